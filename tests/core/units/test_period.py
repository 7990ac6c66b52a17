"""Periods read, print and step as the calendar does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guozi_core.units import InvalidPeriodError, Period, PeriodKind

months = st.builds(Period.month, st.integers(1960, 2190), st.integers(1, 12))


@given(period=months)
def test_code_reads_back(period: Period) -> None:
    assert Period.parse(period.code) == period


@given(period=months)
def test_twelve_steps_back_are_the_same_period_last_year(period: Period) -> None:
    stepped = period
    for _ in range(12):
        stepped = stepped.preceding()

    assert stepped == period.same_period_last_year()


@pytest.mark.parametrize(
    "text",
    ["2026-13", "2026-00", "2026-1", "26-01", "2026Q5", "2026Q0", "", "2026-01-31", "二〇二六"],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InvalidPeriodError):
        Period.parse(text)


def test_leap_february_ends_on_the_29th() -> None:
    assert Period.parse("2028-02").end_date == date(2028, 2, 29)
    assert Period.parse("2028-02").same_period_last_year().end_date == date(2027, 2, 28)


def test_quarter_covers_its_months_and_steps_over_the_year() -> None:
    quarter = Period.parse("2026Q1")

    assert quarter.start_date == date(2026, 1, 1)
    assert quarter.end_date == date(2026, 3, 31)
    assert quarter.preceding() == Period(2025, 12, PeriodKind.QUARTER)
    assert quarter.previous_year_end() == Period.annual(2025)


def test_only_december_closes_a_year() -> None:
    assert Period.parse("2025").is_year_end
    assert Period.parse("2025-12").is_year_end
    assert not Period.parse("2025-11").is_year_end
