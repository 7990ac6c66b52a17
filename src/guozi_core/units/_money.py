"""Money as an integer number of 分, read from and written in 元, 万元 or 亿元 without loss."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from enum import Enum

#: Largest amount a 64-bit column holds, in 分 (about 9.2e16 元).
FEN_LIMIT = 2**63 - 1

_EXACT = Context(prec=60, traps=[Inexact])


class MoneyUnit(Enum):
    """Units in which statements print money."""

    FEN = "分"
    YUAN = "元"
    THOUSAND = "千元"
    WAN = "万元"
    YI = "亿元"

    @property
    def fen(self) -> int:
        """Number of 分 in one unit."""
        return _FEN_PER_UNIT[self]

    @classmethod
    def parse(cls, text: str) -> MoneyUnit:
        """Return the unit printed as ``text`` (``人民币万元`` and blanks are understood).

        Raises
        ------
        ValueError
            If the text names no unit.

        Examples
        --------
        >>> MoneyUnit.parse("人民币万元")
        <MoneyUnit.WAN: '万元'>
        """
        return cls(text.strip().removeprefix("人民币").strip())


_FEN_PER_UNIT = {
    MoneyUnit.FEN: 1,
    MoneyUnit.YUAN: 100,
    MoneyUnit.THOUSAND: 100_000,
    MoneyUnit.WAN: 1_000_000,
    MoneyUnit.YI: 10_000_000_000,
}


class InexactMoneyError(ValueError):
    """The amount has a fraction of a 分 and would have to be rounded."""

    def __init__(self, value: Decimal, unit: MoneyUnit) -> None:
        self.value = value
        self.unit = unit
        super().__init__(f"{value} {unit.value} is not a whole number of 分")


class MoneyOutOfRangeError(ValueError):
    """The amount does not fit a 64-bit number of 分."""

    def __init__(self, value: Decimal, unit: MoneyUnit) -> None:
        self.value = value
        self.unit = unit
        super().__init__(f"{value} {unit.value} exceeds what can be recorded")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of renminbi, exact to the 分.

    Parameters
    ----------
    fen : int
        The amount in 分, within ±(2**63 - 1).

    Examples
    --------
    >>> Money.of(Decimal("1.5"), MoneyUnit.WAN)
    Money(fen=1500000)
    >>> Money(1500000).amount_in(MoneyUnit.YUAN)
    Decimal('15000.00')
    """

    fen: int

    @classmethod
    def of(cls, value: Decimal, unit: MoneyUnit) -> Money:
        """Return ``value`` units of money.

        Raises
        ------
        InexactMoneyError
            If the value holds a fraction of a 分.
        MoneyOutOfRangeError
            If it exceeds a 64-bit number of 分.
        """
        try:
            fen = _EXACT.multiply(value, Decimal(unit.fen))
        except Inexact as error:
            raise MoneyOutOfRangeError(value, unit) from error
        if fen != fen.to_integral_value():
            raise InexactMoneyError(value, unit)
        if abs(fen) > FEN_LIMIT:
            raise MoneyOutOfRangeError(value, unit)
        return cls(int(fen))

    def amount_in(self, unit: MoneyUnit) -> Decimal:
        """Return the exact amount in ``unit``."""
        places = len(str(unit.fen)) - 1
        return Decimal(self.fen).scaleb(-places)

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)
