"""Indicators: what statements say about an enterprise, by a rulebook that names its sources.

For: computing the indicators of a rulebook for an enterprise and period, exactly and explained, or
for thousands at once. Not for: scores and grades (``scoring``), cross-checks (``checks``).

Entry points: :func:`read_rulebook`, :func:`compute`, :func:`compute_calibres`,
:func:`compute_many`, :func:`compare_printed`. To add an indicator, write it into a rulebook of
``data/rulebooks/indicators`` and a line into the table of ``docs/methods/indicators.md``; no code
changes.
"""

from guozi_core.indicators._bulk import IndicatorColumn, compute_many
from guozi_core.indicators._evaluation import compute, compute_calibres
from guozi_core.indicators._groups import EmptyGroupError, GroupSummary, summarise
from guozi_core.indicators._model import (
    CONSOLIDATED,
    MONEY,
    OPERANDS,
    Calibre,
    Case,
    Direction,
    Indicator,
    IndicatorRulebook,
    Outcome,
    Parameter,
    Role,
    Term,
    Treatment,
    UnknownCalibreError,
)
from guozi_core.indicators._printed import PrintedComparison, Verdict, compare_printed
from guozi_core.indicators._reading import read_rulebook
from guozi_core.indicators._result import IndicatorResult, Input, Status

__all__ = [
    "CONSOLIDATED",
    "MONEY",
    "OPERANDS",
    "Calibre",
    "Case",
    "Direction",
    "EmptyGroupError",
    "GroupSummary",
    "Indicator",
    "IndicatorColumn",
    "IndicatorResult",
    "IndicatorRulebook",
    "Input",
    "Outcome",
    "Parameter",
    "PrintedComparison",
    "Role",
    "Status",
    "Term",
    "Treatment",
    "UnknownCalibreError",
    "Verdict",
    "compare_printed",
    "compute",
    "compute_calibres",
    "compute_many",
    "read_rulebook",
    "summarise",
]
