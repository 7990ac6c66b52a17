"""The one rounding of shown figures: half away from zero."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guozi_core.units import plain, round_half_up


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("2.665", 2, "2.67"), ("-2.665", 2, "-2.67"), ("84.995", 2, "85.00"), ("0.4999", 0, "0")],
)
def test_halves_go_away_from_zero(value: str, places: int, rounded: str) -> None:
    """C32: what is rounded for display goes through this function."""
    assert str(round_half_up(Decimal(value), places=places)) == rounded


@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)
)
def test_rounding_agrees_with_exact_fractions(value: Decimal) -> None:
    magnitude = abs(Fraction(value)) * 100 + Fraction(1, 2)
    hundredths = magnitude.numerator // magnitude.denominator
    expected = Fraction(hundredths if value >= 0 else -hundredths, 100)

    assert Fraction(round_half_up(value, places=2)) == expected


@given(value=st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_plain_text_keeps_the_value(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert "E" not in plain(value)
