"""The shipped standard values: look-up, open fall-back, and the known traps."""

from __future__ import annotations

import gzip

import pytest
from tests.core.scoring.cases import ROOT

from guozi_core.scoring import (
    LEVEL_COEFFICIENTS_2006,
    NoStandardsError,
    StandardTable,
    read_standards,
    standing,
)


@pytest.fixture(scope="session")
def table() -> StandardTable:
    path = ROOT / "data" / "rulebooks" / "standards" / "sasac-standard-values.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return read_standards(lines)


def test_the_book_is_complete(table: StandardTable) -> None:
    tables_2025 = [key for key in table.tables if key[0] == 2025]

    assert len(tables_2025) == 331
    assert len({industry for _, industry, _ in tables_2025}) == 166
    assert sum(len(table.tables[key]) for key in tables_2025) == 7937


def test_exact_table_is_found_silently(table: StandardTable) -> None:
    found = table.find(year=2025, industry="全国国有企业", scale="大型")

    assert (found.industry, found.scale, found.findings) == ("全国国有企业", "大型企业", ())


def test_industry_without_sizes_falls_back_to_its_whole_and_says_so(table: StandardTable) -> None:
    found = table.find(year=2025, industry="投资公司", scale="大型企业")

    assert (found.industry, found.scale) == ("投资公司", "全行业")
    assert [finding.code for finding in found.findings] == ["STD-010"]


def test_edition_that_lacks_the_industry_falls_back_to_a_parent(table: StandardTable) -> None:
    parent = table.find(year=2025, industry="住宿业")
    assert parent.industry == "住宿业"
    with pytest.raises(NoStandardsError):
        table.find(year=2024, industry="住宿业")


@pytest.mark.parametrize("name", ["黑色金属矿釆选业", "黑色金属矿采选业", "地质勘査业"])
def test_characters_that_scanning_confuses_are_understood(name: str, table: StandardTable) -> None:
    assert table.find(year=2025, industry=name).findings == ()


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"year": 2025, "industry": "火星农业"}, "STD-003"),
        ({"year": 2019, "industry": "工业"}, "STD-002"),
        ({"year": 2025, "industry": "工业", "scale": "巨型"}, "STD-001"),
    ],
)
def test_unknown_request_is_refused(
    wanted: dict[str, object], code: str, table: StandardTable
) -> None:
    with pytest.raises(NoStandardsError) as refused:
        table.find(**wanted)  # type: ignore[arg-type]

    assert refused.value.finding.code == code


def test_reversed_indicators_are_exactly_these(table: StandardTable) -> None:
    reversed_names = {
        name
        for key, found in table.tables.items()
        for name, (standard, _) in found.items()
        if standard.smaller_is_better
    }

    assert reversed_names == {
        "两金占流动资产比重",
        "资产负债率",
        "带息负债比率",
        "百元收入支付的成本费用",
    }


def test_equal_neighbours_take_the_better_level(table: StandardTable) -> None:
    equal = [
        (standard, ladder[k])
        for found in table.tables.values()
        for standard, _ in found.values()
        for ladder in [list(standard.values.values())]
        for k in range(4)
        if ladder[k] == ladder[k + 1]
    ]

    assert len(equal) == 7
    for standard, value in equal:
        place = standing(value, standard=standard, coefficients=LEVEL_COEFFICIENTS_2006)
        best = next(level for level, published in standard.values.items() if published == value)
        assert place.level is best
        assert place.efficacy == 0


def test_every_industry_ends_at_the_whole_economy(table: StandardTable) -> None:
    assert {path[0] for path in table.paths.values()} == {"全国国有企业"}
    assert all(parent in table.paths for path in table.paths.values() for parent in path)
