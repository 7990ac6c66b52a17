"""Reporting periods, and questions with two clocks."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

_FORMS = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})|Q(?P<quarter>\d))?", flags=re.ASCII)


class PeriodKind(Enum):
    """What a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class InvalidPeriodError(ValueError):
    """The text names no period; the message says what is expected."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"{text!r} is not a period: expected 2026-01, 2026Q1 or 2026")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, a quarter or a year.

    Flows of a month or quarter are cumulative from January (the field's custom); balances are
    those of :attr:`end_date`.

    Parameters
    ----------
    year : int
        Calendar year, 1950 to 2199.
    last_month : int
        Month in which the period ends, 1 to 12.
    kind : PeriodKind
        Month, quarter or year.

    Examples
    --------
    >>> Period.parse("2026-02").end_date
    datetime.date(2026, 2, 28)
    >>> Period.parse("2026Q1").code, Period.parse("2026").code
    ('2026Q1', '2026')
    """

    year: int
    last_month: int
    kind: PeriodKind

    def __post_init__(self) -> None:
        """Refuse what no calendar has."""
        fits = {
            PeriodKind.MONTH: 1 <= self.last_month <= 12,
            PeriodKind.QUARTER: self.last_month in {3, 6, 9, 12},
            PeriodKind.YEAR: self.last_month == 12,
        }
        if not fits[self.kind] or not 1950 <= self.year <= 2199:
            text = f"{self.year}-{self.last_month}"
            raise InvalidPeriodError(text)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """Return one month."""
        return cls(year, month, PeriodKind.MONTH)

    @classmethod
    def annual(cls, year: int) -> Period:
        """Return one calendar year."""
        return cls(year, 12, PeriodKind.YEAR)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the period written as ``2026-01``, ``2026Q1`` or ``2026``.

        Raises
        ------
        InvalidPeriodError
            If the text is no period (``2026-13``, ``2026-1``, ``26-01``).
        """
        match = _FORMS.fullmatch(text.strip())
        if match is None:
            raise InvalidPeriodError(text)
        year = int(match["year"])
        try:
            if match["month"] is not None:
                return cls.month(year, int(match["month"]))
            if match["quarter"] is not None:
                return cls(year, int(match["quarter"]) * 3, PeriodKind.QUARTER)
            return cls.annual(year)
        except InvalidPeriodError as error:
            raise InvalidPeriodError(text) from error

    @property
    def code(self) -> str:
        """The text :meth:`parse` reads."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.year}"
        if self.kind is PeriodKind.QUARTER:
            return f"{self.year}Q{self.last_month // 3}"
        return f"{self.year}-{self.last_month:02d}"

    @property
    def start_date(self) -> date:
        """First day of the period itself (not of the cumulative flows)."""
        length = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}[self.kind]
        return date(self.year, self.last_month - length + 1, 1)

    @property
    def end_date(self) -> date:
        """Last day of the period."""
        return date(self.year, self.last_month, calendar.monthrange(self.year, self.last_month)[1])

    @property
    def is_year_end(self) -> bool:
        """Whether the period closes a calendar year."""
        return self.last_month == 12

    def previous_year_end(self) -> Period:
        """Return the year whose closing balances are this period's opening balances."""
        return Period.annual(self.year - 1)

    def same_period_last_year(self) -> Period:
        """Return the period with which year-on-year changes compare."""
        return Period(self.year - 1, self.last_month, self.kind)

    def preceding(self) -> Period:
        """Return the period of the same kind just before this one."""
        if self.kind is PeriodKind.YEAR:
            return Period.annual(self.year - 1)
        step = 1 if self.kind is PeriodKind.MONTH else 3
        months = self.year * 12 + self.last_month - 1 - step
        return Period(months // 12, months % 12 + 1, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """A question with two clocks: what held on a day, as far as was known at an instant.

    Parameters
    ----------
    valid_on : date
        The day the question is about (valid time).
    known_at : datetime
        The instant whose knowledge answers it (known time), with a time zone.
    """

    valid_on: date
    known_at: datetime
