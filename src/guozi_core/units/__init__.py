"""Money, periods, dates with two clocks, and rounding by name.

Money is an integer number of 分 (fen). A period is a month, a quarter or a year. An
:class:`AsOf` says both which day a question is about and what was known when it was asked.
Nothing here knows a regulation; nothing here reads a clock.
"""

from guozi_core.units._money import (
    FEN_LIMIT,
    InexactMoneyError,
    Money,
    MoneyOutOfRangeError,
    MoneyUnit,
)
from guozi_core.units._names import unit_in_english
from guozi_core.units._period import AsOf, InvalidPeriodError, Period, PeriodKind
from guozi_core.units._rounding import plain, round_half_up

__all__ = [
    "FEN_LIMIT",
    "AsOf",
    "InexactMoneyError",
    "InvalidPeriodError",
    "Money",
    "MoneyOutOfRangeError",
    "MoneyUnit",
    "Period",
    "PeriodKind",
    "plain",
    "round_half_up",
    "unit_in_english",
]
