"""Plans: every shipped one fits its rulebooks and the book of standard values."""

from __future__ import annotations

import gzip
from decimal import Decimal

import pytest
from tests.core.scoring.cases import ROOT, levels

from guozi_core.indicators import read_rulebook as read_indicators
from guozi_core.rulebook import RulebookError
from guozi_core.scoring import IndicatorInput, evaluate, read_plan, read_rulebook, read_standards
from guozi_core.statements import read_dictionary

BOOKS = ROOT / "data" / "rulebooks"
PLANS = sorted(path.stem for path in (BOOKS / "plans").glob("*.yaml"))


def text(family: str, name: str) -> str:
    return (BOOKS / family / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_names_what_exists(name: str) -> None:
    plan = read_plan(text("plans", name))
    rulebook = read_rulebook(text("evaluation", plan.evaluation))
    dictionary = read_dictionary(text("items", "statement-items"))
    indicators = read_indicators(text("indicators", plan.indicators), dictionary)
    path = BOOKS / "standards" / "sasac-standard-values.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        table = read_standards(lines)
    found = table.find(year=plan.edition, industry="工业", scale="大型")
    standards = plan.standards(found.values)

    computed = {item.name: item for item in indicators.indicators}
    for item in rulebook.indicators:
        assert item.name in computed
        assert computed[item.name].unit == item.unit
    for stand_in in plan.stand_ins.values():
        assert stand_in.standard in found.values
        if stand_in.calibre is not None:
            computed[stand_in.indicator].calibre(stand_in.calibre)
    basic = {item.name for part in rulebook.parts for item in part.basic}
    assert basic <= set(standards), "a basic indicator without levels leaves everybody unscored"
    for item in rulebook.indicators:
        if item.name in standards:
            falling = standards[item.name].smaller_is_better
            assert falling == (computed[item.name].direction.value == "down")


def test_levels_stand_in_in_the_unit_of_the_indicator() -> None:
    plan = read_plan(text("plans", "cn-2006-157"))
    standards = plan.standards({"速动比率": levels(1.4, 1.0, 0.8, 0.7, 0.5)})

    assert list(standards["速动比率"].values.values()) == [140, 100, 80, 70, 50]
    assert "销售(营业)增长率" not in standards


def test_a_misspelt_key_of_a_stand_in_is_refused() -> None:
    with pytest.raises(RulebookError):
        read_plan(text("plans", "cn-2006-157").replace("factor: 100", "facter: 100"))


def test_a_part_without_corrections_keeps_its_basic_score() -> None:
    rulebook = read_rulebook(text("evaluation", "city-2025"))
    at_average = {item.name: IndicatorInput(value=Decimal(3)) for item in rulebook.indicators}
    standards = {item.name: levels(5, 4, 3, 2, 1) for item in rulebook.indicators}
    result = evaluate("甲", rulebook=rulebook, indicators=at_average, standards=standards)

    assert result.basic_total == result.corrected_total == result.final == Decimal(60)
    assert result.grade == "C"
