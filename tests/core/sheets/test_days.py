"""Catalogue 3.D: days and periods."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guozi_core.sheets import Cell, CellKind, day_of_serial, read_date, read_day, read_period


@pytest.mark.parametrize(
    "raw", ["2026.1.31", "2026/1/31", "2026年1月31日", "20260131", "２０２６－０１－３１", "2026-1-31",
            "2026-01-31 00:00:00", "2026年1月31"],
)  # fmt: skip
def test_other_spellings_are_understood_with_a_note(raw: str) -> None:
    """D04."""
    day, remark = read_day(raw)

    assert day == date(2026, 1, 31)
    assert remark is not None
    assert remark.code == "IMP-DAT-005"


def test_the_plain_spelling_needs_no_note() -> None:
    assert read_day("2026-01-31") == (date(2026, 1, 31), None)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2026-02-29", "IMP-DAT-002"),
        ("2026-13-01", "IMP-DAT-002"),
        ("1/2/2026", "IMP-DAT-003"),
        ("31.1.2026", "IMP-DAT-003"),
        ("26-1-31", "IMP-DAT-004"),
        ("26年1月31日", "IMP-DAT-004"),
        ("0001-01-01", "IMP-DAT-006"),
        ("9999-12-31", "IMP-DAT-006"),
        ("46053", "IMP-DAT-001"),
        ("yesterday", "IMP-DAT-001"),
        ("٢٠٢٦-٠١-٣١", "IMP-DAT-001"),
    ],
    ids=["D01", "D01 month", "D05", "D05 points", "D06", "D06 years", "D10", "D10 far",
         "bare serial", "words", "other digits"],
)  # fmt: skip
def test_what_has_two_readings_or_none_is_refused(raw: str, code: str) -> None:
    day, remark = read_day(raw)

    assert day is None
    assert remark is not None
    assert remark.code == code


@pytest.mark.parametrize(
    ("serial", "from_1904", "day"),
    [
        ("60", False, None),
        ("59", False, date(1900, 2, 28)),
        ("61", False, date(1900, 3, 1)),
        ("0", False, None),
        ("46053", False, date(2026, 1, 31)),
        ("44591", True, date(2026, 1, 31)),
        ("46053.999999988", False, date(2026, 1, 31)),
        ("-1", False, None),
        ("2958466", False, None),
    ],
    ids=["D02", "before", "after", "time only", "1900", "D03", "D07", "negative", "beyond"],
)
def test_serial_numbers_name_the_day_excel_shows(
    serial: str, from_1904: bool, day: date | None
) -> None:  # fmt: skip
    assert day_of_serial(Decimal(serial), from_1904=from_1904) == day


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
def test_serial_numbers_count_days(day: date) -> None:
    """A second way: count from a day both systems agree on."""
    serial = 46053 + (day - date(2026, 1, 31)) // timedelta(days=1)

    assert day_of_serial(Decimal(serial), from_1904=False) == day
    assert read_day(day.isoformat()).day == day
    assert read_day(day.strftime("%Y%m%d")).day == day


def test_date_cell_without_a_day_is_refused() -> None:
    reading = read_date(Cell(2, 2, CellKind.DATE, "60", "yyyy-mm-dd"))

    assert reading.value is None
    assert [remark.code for remark in reading.remarks] == ["IMP-DAT-002"]


@pytest.mark.parametrize("raw", ["2026-13", "2026-00", "26-01", "2026-1-", "二月"])
def test_no_such_period(raw: str) -> None:
    """D15."""
    period, remark = read_period(raw)

    assert period is None
    assert remark is not None
    assert remark.code == "IMP-DAT-009"


def test_period_that_has_not_begun() -> None:
    """D16: the first day of the period is included in what may be reported."""
    refused = read_period("2026-02", as_of=date(2026, 1, 31))
    begun = read_period("2026-02", as_of=date(2026, 2, 1))

    assert refused.remark is not None
    assert refused.remark.code == "IMP-DAT-010"
    assert begun.period is not None
    assert begun.period.code == "2026-02"
