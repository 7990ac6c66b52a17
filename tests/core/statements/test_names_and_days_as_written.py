"""Codes in any width and case, short names of lines, days with any usual sign between the numbers."""

from __future__ import annotations

import pytest
from tests.core.scoring.cases import ROOT

from guozi_core.statements import NameReader, read_dictionary, read_printed_period

LINES = read_dictionary(
    (ROOT / "data/rulebooks/items/statement-items.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("bs40", "BS40"),
        ("ＢＳ４０", "BS40"),
        ("信用减值", "IS24"),
        ("资产减值", "IS25"),
        ("公允价值变动", "IS23"),
        ("授信", "SP26"),
    ],
)
def test_a_line_is_known_by_its_code_or_short_name(written: str, code: str) -> None:
    found = NameReader(dictionary=LINES, statement=None).read(written, has_figures=True)

    assert found.item is not None
    assert found.item.code == code


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2024.12.31", "2024"),
        ("2024/12/31", "2024"),
        ("20241231", "2024"),
        ("2025.6.30", "2025-06"),
        ("2025/6/30", "2025-06"),
        ("20250630", "2025-06"),
    ],
)
def test_a_day_that_ends_a_period_names_it(written: str, period: str) -> None:
    assert read_printed_period(written).code == period
