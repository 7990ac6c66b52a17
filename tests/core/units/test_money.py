"""Money stays exact to the 分 and refuses what it cannot hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guozi_core.units import FEN_LIMIT, InexactMoneyError, Money, MoneyOutOfRangeError, MoneyUnit

fens = st.integers(min_value=-FEN_LIMIT, max_value=FEN_LIMIT)


@given(fen=fens, unit=st.sampled_from(MoneyUnit))
def test_every_amount_survives_the_way_through_any_unit(fen: int, unit: MoneyUnit) -> None:
    printed = str(Money(fen).amount_in(unit))

    assert Money.of(Decimal(printed), unit) == Money(fen)


def test_largest_amount_of_the_catalogue_is_exact() -> None:
    money = Money.of(Decimal("999999999999999.99"), MoneyUnit.YUAN)

    assert money == Money(99_999_999_999_999_999)


def test_amount_beyond_64_bits_is_refused() -> None:
    with pytest.raises(MoneyOutOfRangeError):
        Money.of(Decimal("92233720368547758.08"), MoneyUnit.YUAN)


def test_amount_with_thousands_of_digits_is_refused() -> None:
    with pytest.raises(MoneyOutOfRangeError):
        Money.of(Decimal("9" * 5000), MoneyUnit.WAN)


@pytest.mark.parametrize(
    ("text", "unit"), [("0.001", MoneyUnit.YUAN), ("1.0000001", MoneyUnit.WAN)]
)
def test_fraction_of_a_fen_is_refused(text: str, unit: MoneyUnit) -> None:
    with pytest.raises(InexactMoneyError):
        Money.of(Decimal(text), unit)


@given(left=st.integers(-(10**12), 10**12), right=st.integers(-(10**12), 10**12))
def test_difference_undoes_sum(left: int, right: int) -> None:
    assert Money(left) + Money(right) - Money(right) == Money(left)
    assert -Money(left) == Money(-left)
