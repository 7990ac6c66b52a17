"""Days and periods as people and spreadsheets write them.

A spreadsheet stores a day as a number counted from 1900, with a day 1900-02-29 that never was, or
from 1904. A person writes it in many ways; those with one reading are understood, ``1/2/2026``
and two-digit years are not.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.sheets._catalogue import Remark
from guozi_core.statements import read_printed_period
from guozi_core.units import InvalidPeriodError, Period

if TYPE_CHECKING:
    from decimal import Decimal

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FORMS = (
    re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?", re.ASCII),
    re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII),
)  # fmt: skip
_DAY_FIRST = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?", re.ASCII)
_DIGITS = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")
_LAST_SERIAL = 2_958_465

#: Days outside are taken for slips.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class DayReading(NamedTuple):
    """What a text means as a day.

    Attributes
    ----------
    day : date or None
        The day; None where the text is none.
    remark : Remark or None
        Why it is none, or how it had to be understood.
    """

    day: date | None
    remark: Remark | None = None


def read_day(text: str, *, earliest: date = EARLIEST, latest: date = LATEST) -> DayReading:
    """Return the day written as ``text``.

    Parameters
    ----------
    text : str
        A text, not blank.
    earliest, latest : date
        The range a day of this column lies in, both included.

    Returns
    -------
    DayReading
        The day, with a remark where it is not written 2026-01-31; or why it is none.

    Examples
    --------
    >>> read_day("2026年1月31日").day
    datetime.date(2026, 1, 31)
    >>> [read_day(text).remark.code for text in ("2026-02-29", "1/2/2026", "26-1-31")]
    ['IMP-DAT-002', 'IMP-DAT-003', 'IMP-DAT-004']
    """
    folded = "".join(text.strip().translate(_DIGITS).split(" ")[:2]) if "年" in text else (
        text.strip().translate(_DIGITS)
    )  # fmt: skip
    for form in _FORMS:
        match = form.fullmatch(folded)
        if match is None:
            continue
        year, month, day = (int(part) for part in match.groups())
        try:
            found = date(year, month, day)
        except ValueError:
            return DayReading(None, Remark("IMP-DAT-002", {}))
        return _within(found, earliest, latest, plain=_ISO.fullmatch(text) is not None)
    if _DAY_FIRST.fullmatch(folded):
        return DayReading(None, Remark("IMP-DAT-003", {}))
    if _SHORT_YEAR.fullmatch(folded):
        return DayReading(None, Remark("IMP-DAT-004", {}))
    return DayReading(None, Remark("IMP-DAT-001", {}))


def _within(day: date, earliest: date, latest: date, *, plain: bool) -> DayReading:
    if not earliest <= day <= latest:
        remark = Remark("IMP-DAT-006", {"low": earliest.isoformat(), "high": latest.isoformat()})
        return DayReading(None, remark)
    return DayReading(day, None if plain else Remark("IMP-DAT-005", {"value": day.isoformat()}))


def checked_day(
    day: date | None, *, earliest: date = EARLIEST, latest: date = LATEST
) -> DayReading:
    """Return the day of a date cell, refused where it does not exist or is out of range.

    Parameters
    ----------
    day : date
        The day the cell shows; None where its number names none.
    earliest, latest : date
        The range a day of this column lies in, both included.

    Returns
    -------
    DayReading
        The day, or why it is refused.
    """
    if day is None:
        return DayReading(None, Remark("IMP-DAT-002", {}))
    return _within(day, earliest, latest, plain=True)


def day_of_serial(serial: Decimal, *, from_1904: bool) -> date | None:
    """Return the calendar day a spreadsheet shows for a number.

    Parameters
    ----------
    serial : Decimal
        Days since the workbook's epoch; a fraction is the time of day.
    from_1904 : bool
        Whether the workbook counts from 1904.

    Returns
    -------
    date or None
        None where the number names no day: 0, 60 (1900-02-29) and what lies beyond 9999.

    Examples
    --------
    >>> from decimal import Decimal
    >>> day_of_serial(Decimal(46053), from_1904=False)
    datetime.date(2026, 1, 31)
    >>> day_of_serial(Decimal(46053), from_1904=True)
    datetime.date(2030, 2, 1)
    >>> day_of_serial(Decimal(60), from_1904=False) is None
    True
    """
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    number = int(serial)
    if from_1904:
        day = date(1904, 1, 1).toordinal() + number
        return date.fromordinal(day) if day <= date.max.toordinal() else None
    if number in {0, 60}:
        return None
    return date(1899, 12, 31 if number < 60 else 30) + timedelta(days=number)


class PeriodReading(NamedTuple):
    """What a text means as a period.

    Attributes
    ----------
    period : Period or None
        The period; None where the text is none.
    remark : Remark or None
        Why it is none.
    """

    period: Period | None
    remark: Remark | None = None


def read_period(text: str, *, as_of: date | None = None) -> PeriodReading:
    """Return the period written as ``text``.

    Parameters
    ----------
    text : str
        ``2026-01``, ``2026Q1``, ``2026``, or as printed (``2026年1月``).
    as_of : date
        The day of the question; a period that begins later is refused.

    Returns
    -------
    PeriodReading
        The period, or why it is none.

    Examples
    --------
    >>> read_period("2026年1月").period.code, read_period("2026-13").remark.code
    ('2026-01', 'IMP-DAT-009')
    """
    folded = text.strip().translate(_DIGITS)
    try:
        period = Period.parse(folded)
    except InvalidPeriodError:
        try:
            period = read_printed_period(folded)
        except InvalidPeriodError:
            return PeriodReading(None, Remark("IMP-DAT-009", {}))
    if as_of is not None and period.start_date > as_of:
        return PeriodReading(None, Remark("IMP-DAT-010", {}))
    return PeriodReading(period)
