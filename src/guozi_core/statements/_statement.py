"""Figures of one enterprise for one period."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from guozi_core.findings import Locator
    from guozi_core.statements._item import Item, StatementKind
    from guozi_core.statements._moment import Moment, Scope
    from guozi_core.units import Period


class FigureKey(NamedTuple):
    """Which figure of a statement: the line and the column.

    Attributes
    ----------
    item : str
        Code of the line.
    moment : Moment
        The column.
    """

    item: str
    moment: Moment


class Line(NamedTuple):
    """One printed line of one column, kept in printed order.

    Attributes
    ----------
    printed : str
        The name as printed.
    statement : StatementKind or None
        The table it stands in, where that is known.
    item : Item or None
        What it means; None where the dictionary does not know it.
    heading : str or None
        Code of the section's total, where the line is a heading.
    moment : Moment
        The column.
    value : Decimal or None
        The figure in 元 (persons in persons); None where nothing is printed.
    locator : Locator
        Where it was read.
    """

    printed: str
    statement: StatementKind | None
    item: Item | None
    heading: str | None
    moment: Moment
    value: Decimal | None
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The figures of one enterprise, one period and one scope.

    Parameters
    ----------
    enterprise : str
        Who reports: a name or a code, as the caller identifies enterprises.
    period : Period
        The period; flows are cumulative from January.
    scope : Scope
        For which accounts.
    figures : mapping of FigureKey to Decimal
        Figures in 元 (persons in persons). What is not filled is not in it: missing is not zero.
    lines : tuple of Line
        The printed lines in order, where the statement was read from a printed one.
    """

    enterprise: str
    period: Period
    scope: Scope
    figures: Mapping[FigureKey, Decimal]
    lines: tuple[Line, ...] = field(default=(), compare=False)

    def figure(self, item: str, moment: Moment) -> Decimal | None:
        """Return the figure of a line and column, None where it is missing."""
        return self.figures.get(FigureKey(item, moment))
