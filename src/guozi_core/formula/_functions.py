"""The functions of the rule language and the moments a figure can be taken at.

To add one: give it a line in :data:`FUNCTIONS`, its exact meaning in ``_evaluate.py``, its column
meaning in ``_columns.py`` and an example in ``docs/methods/formula.md`` (a test reads it).
"""

from __future__ import annotations

from typing import NamedTuple


class Function(NamedTuple):
    """How many arguments a function takes (``most`` ``None``: any number), and in English."""

    english: str
    least: int
    most: int | None


#: Canonical Chinese name → the function.
FUNCTIONS: dict[str, Function] = {
    "若": Function("if", 3, 3),
    "最大": Function("max", 1, None),
    "最小": Function("min", 1, None),
    "绝对值": Function("abs", 1, 1),
    "合计": Function("sum", 1, None),
    "现有合计": Function("sum_present", 1, None),
    "四舍五入": Function("round", 2, 2),
    "限制": Function("clamp", 3, 3),
    "有值": Function("has_value", 1, 1),
    "缺省": Function("default", 2, 2),
    "开立方": Function("cbrt", 1, 1),
    "取整": Function("floor", 1, 1),
}

#: Moment → its English word; written as a call around one name.
MOMENTS: dict[str, str] = {
    "期末": "closing",
    "期初": "opening",
    "本期": "current",
    "上期": "prior",
    "上月": "previous_month",
    "上年末": "last_year_end",
    "三年前": "three_years_ago",
}

#: ``平均(X)`` is written for ``(期初(X) + 期末(X)) ÷ 2``.
AVERAGE = "平均"
AVERAGE_ENGLISH = "average"

_BY_WORD = (
    {name: name for name in FUNCTIONS}
    | {function.english: name for name, function in FUNCTIONS.items()}
    | {name: name for name in MOMENTS}
    | {english: name for name, english in MOMENTS.items()}
    | {AVERAGE: AVERAGE, AVERAGE_ENGLISH: AVERAGE}
)


def canonical(word: str) -> str | None:
    """Return the canonical Chinese name of a function or moment, ``None`` if there is none."""
    return _BY_WORD.get(word)


def known_words() -> tuple[str, ...]:
    """Return every word that may stand before a bracket."""
    return tuple(_BY_WORD)
