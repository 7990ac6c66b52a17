"""Periods as printed on statements."""

import pytest

from guozi_core.statements import read_printed_period
from guozi_core.units import InvalidPeriodError


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("2024", "2024"),
        ("2024年", "2024"),
        ("2024年末", "2024"),
        ("2024年度", "2024"),
        ("2024年年末", "2024"),
        ("2024年12月31日", "2024"),
        ("2024-12-31", "2024"),
        ("２０２４年末", "2024"),
        ("2025年6月末", "2025-06"),
        ("2025年1-6月", "2025-06"),
        ("2025年1—3月", "2025-03"),
        ("2025年 6月 30日", "2025-06"),
        ("2025-03-31", "2025-03"),
        ("2024-02-29", "2024-02"),
        ("2025年12月", "2025-12"),
        ("2025年上半年", "2025-06"),
        ("2025年前三季度", "2025-09"),
        ("2025年第一季度", "2025-03"),
        ("2025年4季度", "2025-12"),
        ("2026Q1", "2026Q1"),
        ("2026-01", "2026-01"),
    ],
)
def test_a_printed_period_is_understood(printed: str, code: str) -> None:
    assert read_printed_period(printed).code == code


@pytest.mark.parametrize(
    "printed",
    ["", "二〇二四年", "2025年13月", "2025年6月29日", "2025-02-29", "24年末", "2025年2-6月"],
)
def test_what_is_no_period_is_refused(printed: str) -> None:
    with pytest.raises(InvalidPeriodError):
        read_printed_period(printed)
