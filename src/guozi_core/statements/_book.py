"""Statements of several periods of one enterprise, and the figures a rule may ask them for.

A rule names a line and says at which date or for which period it means it: 期初(资产总计),
上期(营业收入). The book knows where such a figure stands:

========== ===================================== =========================================
asked      balances                              flows
========== ===================================== =========================================
(nothing)  closing column                        current column
期末        closing column                        –
期初        opening column; else closing of the   –
           previous year-end
本期        –                                     current column
上期        prior column; else closing of the     prior-year column; else current column of
           same period last year                 the same period last year
上月        closing of the month before           current column of the month before
上年末      closing of the previous year-end as    current column of the previous year
           reported then
三年前      closing three years before            current column three years before
========== ===================================== =========================================

A printed opening or prior-year column wins over the earlier statement, because it holds what was
restated since. A year, its December and its fourth quarter close on the same day: where one of
them was not filed the book takes another, but it never fills a gap of one statement from another
of the same day (a flash report and the audited accounts are different facts).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.statements._item import Item, ItemKind
from guozi_core.statements._moment import Moment
from guozi_core.statements._statement import FigureKey
from guozi_core.units import Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from guozi_core.statements._moment import Scope
    from guozi_core.statements._statement import Statement

#: Every word with which a rule may ask a balance or a flow.
STOCK_WORDS = frozenset({"", "期末", "期初", "上期", "上月", "上年末", "三年前"})
FLOW_WORDS = frozenset({"", "本期", "上期", "上月", "上年末", "三年前"})


class MixedBookError(ValueError):
    """The statements of one book belong to several enterprises or scopes, or repeat a period."""


class Figure(NamedTuple):
    """A figure found in a book, with the place it was found.

    Attributes
    ----------
    value : Decimal
        The figure in 元 (persons in persons).
    period : Period
        The statement it stands in.
    key : FigureKey
        Line and column there.
    """

    value: Decimal
    period: Period
    key: FigureKey


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementBook:
    """Statements of one enterprise and one scope, by period.

    Parameters
    ----------
    statements : mapping of Period to Statement
        One statement a period.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from guozi_core.statements import Scope, Statement, sample_dictionary
    >>> from guozi_core.units import Period
    >>> assets = sample_dictionary().by_code["BS40"]
    >>> def year(number, value):
    ...     key = FigureKey("BS40", Moment.CLOSING)
    ...     return Statement(enterprise="甲", period=Period.annual(number),
    ...                      scope=Scope.SINGLE, figures={key: Decimal(value)})
    >>> book = StatementBook.of([year(2023, 80), year(2024, 100)])
    >>> book.find(assets, "期初", Period.annual(2024)).value
    Decimal('80')
    """

    statements: Mapping[Period, Statement]

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> StatementBook:
        """Return the book of some statements.

        Raises
        ------
        MixedBookError
            If they belong to several enterprises or scopes, or two have the same period.
        """
        found: dict[Period, Statement] = {}
        owners: set[tuple[str, Scope]] = set()
        for statement in statements:
            owners.add((statement.enterprise, statement.scope))
            if statement.period in found:
                message = f"two statements for {statement.period.code}"
                raise MixedBookError(message)
            found[statement.period] = statement
        if len(owners) > 1:
            message = f"statements of several enterprises or scopes: {sorted(map(str, owners))}"
            raise MixedBookError(message)
        return cls(statements=found)

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods by their last day; of those that end together the longest first."""
        return tuple(
            sorted(self.statements, key=lambda period: (period.end_date, period.start_date))
        )

    def find(self, item: Item, at: str, period: Period) -> Figure | None:
        """Return the figure a rule means by ``item`` with the word ``at``, None if it is missing.

        Parameters
        ----------
        item : Item
            The line.
        at : str
            The word of the rule: empty, 期末, 期初, 本期, 上期, 上月, 上年末 or 三年前.
        period : Period
            The period the rule is computed for.

        Returns
        -------
        Figure or None
            The figure and where it stands.
        """
        for place, moment in _places(item, at, period):
            statement = self._ending_with(place)
            if statement is not None:
                value = statement.figure(item.code, moment)
                if value is not None:
                    return Figure(value, statement.period, FigureKey(item.code, moment))
        return None

    def _ending_with(self, period: Period) -> Statement | None:
        """Return the statement of the period, else one whose period ends on the same day."""
        for candidate in _ending_together(period):
            statement = self.statements.get(candidate)
            if statement is not None:
                return statement
        return None


def _places(item: Item, at: str, period: Period) -> Iterator[tuple[Period, Moment]]:
    """Yield where the figure may stand, best place first."""
    natural = Moment.CLOSING if item.kind is ItemKind.STOCK else Moment.CURRENT
    if at in {"", natural.value}:
        yield period, natural
    elif at == Moment.OPENING.value and item.kind is ItemKind.STOCK:
        yield period, Moment.OPENING
        yield period.previous_year_end(), natural
    elif at == Moment.PRIOR.value:
        yield period, Moment.PRIOR
        yield period.same_period_last_year(), natural
        if item.kind is ItemKind.STOCK and period.is_year_end:
            yield period, Moment.OPENING
    elif at == "上月" and (item.kind is ItemKind.STOCK or period.last_month > 1):
        yield _month_before(period), natural
    elif at == "上年末":
        yield period.previous_year_end(), natural
    elif at == "三年前":
        yield Period(period.year - 3, period.last_month, period.kind), natural
        if item.kind is ItemKind.STOCK and period.is_year_end:
            yield Period(period.year - 2, period.last_month, period.kind), Moment.OPENING
        elif item.kind is ItemKind.FLOW:
            yield Period(period.year - 2, period.last_month, period.kind), Moment.PRIOR


def _month_before(period: Period) -> Period:
    """Return the month that ends before the last month of ``period``."""
    return Period.month(period.year, period.last_month).preceding()


def _ending_together(period: Period) -> Iterator[Period]:
    """Yield the period itself, then the other kinds of period that end on the same day."""
    yield period
    for kind in (PeriodKind.YEAR, PeriodKind.MONTH, PeriodKind.QUARTER):
        fits = {
            PeriodKind.YEAR: period.last_month == 12,
            PeriodKind.QUARTER: period.last_month % 3 == 0,
        }
        if kind is not period.kind and fits.get(kind, True):
            yield Period(period.year, period.last_month, kind)
