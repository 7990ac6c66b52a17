"""The rule language: what an official reads is what is computed, exactly.

A formula is numbers, names, ``+ − × ÷``, comparisons, ``且 或 非``, ``若(…)`` and a dozen
functions, in Chinese or English words, full-width or plain signs. Names are figures; a name inside
``期初(…)``, ``上期(…)`` and so on is the same figure at another moment, and ``平均(X)`` stands for
``(期初(X) + 期末(X)) ÷ 2``. A name that holds punctuation is quoted: ``「销售(营业)利润率」``.

Values are exact decimals. A missing figure is not zero: what depends on it is
:class:`NotComputable`, with every missing name listed. Nothing can be executed: there are no
attributes, strings, loops, powers or calls of anything outside the list, and size is bounded.

Entry points: :func:`parse`, :func:`check_names`, :func:`evaluate`, :func:`linear_form`,
:func:`figure_tests`, :func:`compile_columns`, :func:`in_english`. To add a function, see ``_functions.py``.
"""

from guozi_core.formula._columns import ColumnProgram, Columns, compile_columns
from guozi_core.formula._english import in_english
from guozi_core.formula._errors import FormulaError
from guozi_core.formula._evaluate import (
    Computed,
    NotComputable,
    Result,
    Step,
    Values,
    evaluate,
)
from guozi_core.formula._functions import FUNCTIONS, MOMENTS
from guozi_core.formula._linear import LinearForm, linear_form
from guozi_core.formula._names import check_names, nearest_name
from guozi_core.formula._nodes import Expression, Reference
from guozi_core.formula._parse import parse
from guozi_core.formula._tests import FigureTest, figure_tests

__all__ = [
    "FUNCTIONS",
    "MOMENTS",
    "ColumnProgram",
    "Columns",
    "Computed",
    "Expression",
    "FigureTest",
    "FormulaError",
    "LinearForm",
    "NotComputable",
    "Reference",
    "Result",
    "Step",
    "Values",
    "check_names",
    "compile_columns",
    "evaluate",
    "figure_tests",
    "in_english",
    "linear_form",
    "nearest_name",
    "parse",
]
