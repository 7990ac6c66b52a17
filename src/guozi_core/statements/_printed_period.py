"""Periods as statements print them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from guozi_core.units import InvalidPeriodError, Period

if TYPE_CHECKING:
    from collections.abc import Callable

_FORMS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]]] = [
    (
        re.compile(r"(?P<y>\d{4})年?(?:末|度|全年|年末|年度|12月31日)?"),
        lambda match: Period.annual(int(match["y"])),
    ),
    (
        re.compile(r"(?P<y>\d{4})(?P<s>[-./]?)12(?P=s)31"),
        lambda match: Period.annual(int(match["y"])),
    ),
    (
        re.compile(r"(?P<y>\d{4})年(?:0?1[-—–~至])?(?P<m>\d{1,2})月(?:末|份|底)?"),
        lambda match: Period.month(int(match["y"]), int(match["m"])),
    ),
    (
        re.compile(r"(?P<y>\d{4})[年./-](?P<m>\d{1,2})[月./-](?P<d>\d{1,2})日?"),
        lambda match: _month_ending(int(match["y"]), int(match["m"]), int(match["d"])),
    ),
    (
        re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
        lambda match: _month_ending(int(match["y"]), int(match["m"]), int(match["d"])),
    ),
    (
        re.compile(r"(?P<y>\d{4})年?(?:上半年|半年度|中期)末?"),
        lambda match: Period.month(int(match["y"]), 6),
    ),
    (
        re.compile(r"(?P<y>\d{4})年?(?:第?(?P<q>[一二三四1-4])季度|前三季度)末?"),
        lambda match: Period.month(
            int(match["y"]), 3 * (_QUARTERS.find(match["q"]) % 4 + 1 if match["q"] else 3)
        ),
    ),
]
_QUARTERS = "一二三四1234"


def _month_ending(year: int, month: int, day: int) -> Period:
    """Return the month that ends on a date."""
    period = Period.month(year, month)
    if period.end_date.day != day:
        text = f"{year}-{month}-{day}"
        raise InvalidPeriodError(text)
    return period


def read_printed_period(printed: str) -> Period:
    """Return the period a statement means by ``printed``.

    Parameters
    ----------
    printed : str
        ``2026-01``, ``2026Q1``, ``2026``, or as printed: ``2024年末``, ``2024年度``,
        ``2025年6月末``, ``2025年1-6月``, ``2024年12月31日``, ``2025年上半年``.

    Returns
    -------
    Period
        The year for a year-end, else the month of the end, because flows are cumulative.

    Raises
    ------
    InvalidPeriodError
        If no period is meant, or the date is not the last day of a month.

    Examples
    --------
    >>> [read_printed_period(text).code for text in ("2024年末", "2025年1-6月", "2025年6月30日")]
    ['2024', '2025-06', '2025-06']
    """
    text = "".join(unicodedata.normalize("NFKC", printed).split())
    try:
        return Period.parse(text)
    except InvalidPeriodError:
        for pattern, meaning in _FORMS:
            match = pattern.fullmatch(text)
            if match is not None:
                return meaning(match)
        raise
