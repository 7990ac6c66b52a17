"""Names a formula may use, and the nearest one when it uses another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi_core.findings import Wording
from guozi_core.formula._errors import FormulaError
from guozi_core.formula._nodes import Expression, Figure, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def _distance(left: str, right: str) -> int:
    """Return the number of single-character edits between two short texts."""
    previous = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        current = [row]
        for column, other in enumerate(right, start=1):
            change = previous[column - 1] + (letter != other)
            current.append(min(change, previous[column] + 1, current[-1] + 1))
        previous = current
    return previous[-1]


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to ``name``, if it is close enough to be meant.

    Parameters
    ----------
    name : str
        What was written.
    known : iterable of str
        What would have been understood.

    Returns
    -------
    str or None
        At most one third of its characters differ; the first of equals in sorted order.

    Examples
    --------
    >>> nearest_name("营业收人", ["营业收入", "营业成本"])
    '营业收入'
    """
    if len(name) > 60:
        return None
    limit = max(1, len(name) // 3)
    scored = sorted(
        (_distance(name, other), other) for other in known if abs(len(other) - len(name)) <= limit
    )
    return scored[0][1] if scored and scored[0][0] <= limit else None


def check_names(expression: Expression, known: Collection[str]) -> None:
    """Refuse an expression that uses a name not in ``known``.

    Parameters
    ----------
    expression : Expression
        The formula.
    known : collection of str
        The names that can have a value.

    Raises
    ------
    FormulaError
        With code ``FRM-NAME`` at the first unknown name, suggesting the nearest known one.
    """
    for node in walk(expression.node):
        if isinstance(node, Figure) and node.reference.name not in known:
            raise unknown_name(expression.text, node.reference.name, known)


def unknown_name(text: str, name: str, known: Iterable[str]) -> FormulaError:
    """Return the error for a name that has no meaning."""
    suggestion = nearest_name(name, known)
    hint_zh = f"，是否为“{suggestion}”" if suggestion else ""
    hint_en = f"; did you mean “{suggestion}”?" if suggestion else ""
    if suggestion is None and any(word in name for word in "且或非"):
        hint_zh, hint_en = "（“且、或、非”前后要有空格）", " (且, 或, 非 need blanks around them)"
    return FormulaError(
        "FRM-NAME",
        position=max(text.find(name), 0) + 1,
        message=Wording(f"没有名为“{name}”的项目{hint_zh}", f"unknown name “{name}”{hint_en}"),
        suggestion=suggestion,
    )
