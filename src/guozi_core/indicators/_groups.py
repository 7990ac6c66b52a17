"""How the members of a group stand: middle, quartiles, extremes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDE = Context(prec=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSummary:
    """The distribution of one indicator over the members that have a value.

    Parameters
    ----------
    count : int
        Members with a value.
    mean, median, lower_quartile, upper_quartile, least, most : Decimal
        Quartiles interpolate linearly between ordered values (the definition of QUARTILE.INC).
    """

    count: int
    mean: Decimal
    median: Decimal
    lower_quartile: Decimal
    upper_quartile: Decimal
    least: Decimal
    most: Decimal


def summarise(values: Sequence[Decimal]) -> GroupSummary:
    """Return the distribution of values.

    Parameters
    ----------
    values : sequence of Decimal
        At least one; members without a value are left out by the caller.

    Returns
    -------
    GroupSummary
        Middle, quartiles and extremes.

    Raises
    ------
    EmptyGroupError
        If there are no values.

    Examples
    --------
    >>> summary = summarise([Decimal(n) for n in (10, 20, 30, 40)])
    >>> summary.median, summary.lower_quartile, summary.mean
    (Decimal('25.0'), Decimal('17.50'), Decimal('25'))
    """
    if not values:
        raise EmptyGroupError
    ordered = sorted(values)
    total = Decimal(0)
    for value in ordered:
        total = _WIDE.add(total, value)
    return GroupSummary(
        count=len(ordered),
        mean=_WIDE.divide(total, Decimal(len(ordered))),
        median=_quantile(ordered, Decimal("0.5")),
        lower_quartile=_quantile(ordered, Decimal("0.25")),
        upper_quartile=_quantile(ordered, Decimal("0.75")),
        least=ordered[0],
        most=ordered[-1],
    )


def _quantile(ordered: list[Decimal], share: Decimal) -> Decimal:
    """Return the value below which ``share`` of the ordered values lie, interpolated."""
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    step = _WIDE.subtract(ordered[above], ordered[below])
    return _WIDE.add(ordered[below], _WIDE.multiply(step, position - below))


class EmptyGroupError(ValueError):
    """There is nothing to summarise."""

    def __init__(self) -> None:
        super().__init__("no member of the group has a value")
