"""Workbooks of reporters: cells in, figures and findings out, nothing dropped in silence.

For: the neutral model of a workbook (:class:`Workbook`), strict grammars for numbers, days and
periods, forms as data (:func:`read_form`), and reading a filled template (:func:`interpret`). Not
for: opening files (``guozi.excel`` does), cross-checks between lines, storing anything.

Every fault has one row in :data:`FAULTS`. A new fault is a new row; a new form is a new file of
``data/rulebooks/forms``; no code changes for either.
"""

from guozi_core.sheets._catalogue import FAULTS, Remark, finding, visible
from guozi_core.sheets._cover import FACTS, FREE, INSTRUCTIONS_HEADING, ROUNDED
from guozi_core.sheets._days import day_of_serial, read_day, read_period
from guozi_core.sheets._fault import Fault
from guozi_core.sheets._form import (
    COVER,
    FIRST_VALUE_COLUMN,
    HEADER_ROW,
    LABEL_COLUMN,
    NUMBER_COLUMN,
    TITLE_ROW,
    UNIT_ROW,
    WHO_ROW,
    Form,
    FormColumn,
    FormLine,
    FormSheet,
)
from guozi_core.sheets._form_reading import read_form
from guozi_core.sheets._free_form import interpret_free_form
from guozi_core.sheets._interpretation import interpret
from guozi_core.sheets._model import Area, Cell, CellKind, Sheet, Visibility, Workbook
from guozi_core.sheets._numbers import DASHES, read_number, read_stored_number, to_places
from guozi_core.sheets._reading import Expected, ReadFigure, Reading
from guozi_core.sheets._table import (
    ColumnKind,
    ColumnSpec,
    RawValue,
    ReadTable,
    TableSpec,
    read_table,
)
from guozi_core.sheets._values import (
    AmountReading,
    CodeReading,
    DateReading,
    read_amount,
    read_code,
    read_date,
    read_percent,
    says_nothing,
)

__all__ = [
    "COVER",
    "DASHES",
    "FACTS",
    "FAULTS",
    "FIRST_VALUE_COLUMN",
    "FREE",
    "HEADER_ROW",
    "INSTRUCTIONS_HEADING",
    "LABEL_COLUMN",
    "NUMBER_COLUMN",
    "ROUNDED",
    "TITLE_ROW",
    "UNIT_ROW",
    "WHO_ROW",
    "AmountReading",
    "Area",
    "Cell",
    "CellKind",
    "CodeReading",
    "ColumnKind",
    "ColumnSpec",
    "DateReading",
    "Expected",
    "Fault",
    "Form",
    "FormColumn",
    "FormLine",
    "FormSheet",
    "RawValue",
    "ReadFigure",
    "ReadTable",
    "Reading",
    "Remark",
    "Sheet",
    "TableSpec",
    "Visibility",
    "Workbook",
    "day_of_serial",
    "finding",
    "interpret",
    "interpret_free_form",
    "read_amount",
    "read_code",
    "read_date",
    "read_day",
    "read_form",
    "read_number",
    "read_percent",
    "read_period",
    "read_stored_number",
    "read_table",
    "says_nothing",
    "to_places",
    "visible",
]
