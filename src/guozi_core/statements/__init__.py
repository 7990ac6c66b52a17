"""Financial statements: the lines there are, what printed names mean, figures by period.

For: turning printed statements (资产负债表, 利润表, 现金流量表, 补充指标表) into figures that rules
can name, and finding the figure a rule means (opening, prior year, three years ago). Not for:
reading files, cross-checks, indicators.

Entry points: :func:`read_dictionary` (the lines), :func:`assemble` (printed rows to statements),
:class:`StatementBook` (statements of one enterprise by period). A new line is a new entry of
``data/rulebooks/items/statement-items.yaml``; no code changes.
"""

from guozi_core.statements._assembly import Assembled, PrintedRow, assemble
from guozi_core.statements._book import (
    FLOW_WORDS,
    STOCK_WORDS,
    Figure,
    MixedBookError,
    StatementBook,
)
from guozi_core.statements._dictionary import (
    DictionaryError,
    ItemDictionary,
    NameReader,
    Resolution,
    resolve_all,
)
from guozi_core.statements._item import (
    Heading,
    Item,
    ItemKind,
    ItemUnit,
    ItemUse,
    StatementForm,
    StatementKind,
)
from guozi_core.statements._moment import Moment, Scope, asked_in_english
from guozi_core.statements._printed_name import PrintedName, fold
from guozi_core.statements._printed_period import read_printed_period
from guozi_core.statements._reading import read_dictionary
from guozi_core.statements._sample import sample_dictionary
from guozi_core.statements._statement import FigureKey, Line, Statement

__all__ = [
    "FLOW_WORDS",
    "STOCK_WORDS",
    "Assembled",
    "DictionaryError",
    "Figure",
    "FigureKey",
    "Heading",
    "Item",
    "ItemDictionary",
    "ItemKind",
    "ItemUnit",
    "ItemUse",
    "Line",
    "MixedBookError",
    "Moment",
    "NameReader",
    "PrintedName",
    "PrintedRow",
    "Resolution",
    "Scope",
    "Statement",
    "StatementBook",
    "StatementForm",
    "StatementKind",
    "asked_in_english",
    "assemble",
    "fold",
    "read_dictionary",
    "read_printed_period",
    "resolve_all",
    "sample_dictionary",
]
