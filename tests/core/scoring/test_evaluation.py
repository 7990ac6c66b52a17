"""The comprehensive evaluation reproduces worked cases and every special case on both sides."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.scoring.cases import ROOT, Case, levels

from guozi_core.scoring import (
    LEVEL_COEFFICIENTS_2006,
    Adjustment,
    Evaluation,
    EvaluationRulebook,
    ExpertScore,
    IndicatorInput,
    Level,
    StandardValue,
    WeightsError,
    added_bonus,
    evaluate,
    explain,
    grade_of,
    improvement_degree,
    read_rulebook,
    standing,
)


def near(value: Decimal | None, expected: object, places: int) -> bool:
    return value is not None and abs(value - Decimal(str(expected))) <= Decimal(1).scaleb(-places)


@pytest.fixture(scope="session")
def result(rulebook: EvaluationRulebook, case: Case) -> Evaluation:
    return evaluate(
        "示例",
        rulebook=rulebook,
        indicators=case.indicators,
        standards=case.standards,
        panel=case.panel(rulebook),
    )


def test_worked_case_basic_scores(result: Evaluation, case: Case) -> None:
    for score in result.basic:
        assert near(score.score, case.expected["basic"][score.indicator.name], 4), score


def test_worked_case_corrections(result: Evaluation, case: Case) -> None:
    for change in result.corrections:
        assert near(change.limited, case.expected["corrections"][change.indicator.name], 6), change
    limited = [
        change.indicator.name for change in result.corrections if change.raw != change.limited
    ]
    assert limited == ["技术投入比率"]


def test_worked_case_parts_and_totals(result: Evaluation, case: Case) -> None:
    for part in result.parts:
        basic, analysis, factor, corrected = case.expected["parts"][part.part.name]
        assert near(part.basic, basic, 4)
        assert near(part.analysis_coefficient, analysis, 6)
        assert near(part.correction_coefficient, factor, 6)
        assert near(part.corrected, corrected, 4)
    totals = case.expected["totals"]
    assert near(result.basic_total, totals["basic"], 4)
    assert near(result.corrected_total, totals["corrected"], 4)
    assert near(result.composite, totals["composite"], 4)
    assert result.grade == totals["grade"]
    assert result.findings == ()


def test_worked_case_by_a_second_method(result: Evaluation, case: Case) -> None:
    """Plain floating-point interpolation over the same inputs gives the same total."""

    def coefficient(name: str) -> float:
        given = case.indicators[name]
        if given.this_year is not None:
            value = float((given.this_year - given.last_year) / given.last_year * 100)  # type: ignore[operator]
        else:
            value = float(given.numerator / given.denominator)  # type: ignore[operator]
            value *= (
                100
                if name not in {"盈余现金保障倍数", "已获利息倍数"} and "周转" not in name
                else 1
            )
        ladder = [float(case.standards[name].values[level]) for level in Level][::-1]
        sign = 1 if ladder[-1] > ladder[0] else -1
        return float(np.interp(sign * value, [sign * v for v in ladder], [0.2, 0.4, 0.6, 0.8, 1.0]))

    total = 0.0
    for part in result.parts:
        basic = sum(float(item.weight) * coefficient(item.name) for item in part.part.basic)
        a = basic / float(part.part.weight)
        factor = sum(
            float(item.weight)
            / float(part.part.weight)
            * min(1.3, max(0.7, 1 + coefficient(item.name) - a))
            for item in part.part.corrections
        )
        total += basic * factor

    assert total == pytest.approx(float(result.corrected_total or 0), abs=1e-9)


def test_single_published_example() -> None:
    """净资产收益率 8 %: 15.23, not the 16.85 that one site prints."""
    standard = StandardValue(values={Level.GOOD: Decimal("9.5"), Level.AVERAGE: Decimal("1.7")})

    place = standing(Decimal(8), standard=standard, coefficients=LEVEL_COEFFICIENTS_2006)

    assert near(place.coefficient * 20, "15.2308", 4)
    assert not near(place.coefficient * 20, "16.85", 1)


def test_sister_example() -> None:
    standard = levels("16.5", "9.5", "1.7", "0", "-5")

    place = standing(Decimal(15), standard=standard, coefficients=LEVEL_COEFFICIENTS_2006)

    assert near(place.coefficient * 20, "19.142857", 6)


MARGIN = levels("30.4", "23.2", "14.0", "6.9", "-1.2")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("35", ["1.2000", "1.3", "1.3", "1.3", "1.3"]),
        ("30.4", ["1.2000", "1.3", "1.3", "1.3", "1.3"]),
        ("30.39", ["0.9997", "1.2270", "1.3", "1.3", "1.3"]),
        ("23.2", ["0.8000", "1.0273", "1.3000", "1.3", "1.3"]),
        ("14", ["0.7", "0.8273", "1.1000", "1.3", "1.3"]),
        ("6.9", ["0.7", "0.7", "0.9000", "1.2000", "1.3"]),
        ("-1.2", ["0.7", "0.7", "0.7000", "1.0000", "1.2000"]),
        ("-1.3", ["0.7", "0.7", "0.7", "0.8000", "1.0000"]),
    ],
)
def test_correction_at_every_boundary(
    value: str, expected: list[str], rulebook: EvaluationRulebook
) -> None:
    """The basic indicators are set so that the part's 分析系数 takes the wanted value."""
    analyses = ["1.0", "0.772740", "0.5", "0.2", "0"]
    for analysis, factor in zip(analyses, expected, strict=True):
        change = correction_at(value, Decimal(analysis), rulebook)
        assert near(change, factor, 4), (analysis, change)


def correction_at(value: str, analysis: Decimal, rulebook: EvaluationRulebook) -> Decimal | None:
    # A ladder from 0 (poor, coefficient 0.2) to 0.8 (excellent): value v has coefficient v + 0.2.
    ladder = levels("0.8", "0.6", "0.4", "0.2", "0")
    basic = IndicatorInput(value=analysis - Decimal("0.2"), denominator=Decimal(1))
    found = evaluate(
        "甲",
        rulebook=rulebook,
        indicators={
            "净资产收益率": basic,
            "总资产报酬率": basic,
            "销售(营业)利润率": IndicatorInput(value=Decimal(value)),
        },
        standards={"净资产收益率": ladder, "总资产报酬率": ladder, "销售(营业)利润率": MARGIN},
    )
    assert found.parts[0].analysis_coefficient == analysis
    return next(c.limited for c in found.corrections if c.indicator.name == "销售(营业)利润率")


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("indicator", "facts", "coefficient"),
    [
        ("资产负债率", {"value": "100"}, "0"),
        ("资产负债率", {"value": "99.99"}, None),
        ("资产负债率", {"numerator": "10", "denominator": "5"}, "0"),
        ("净资产收益率", {"value": "50", "numerator": "-5", "denominator": "-10"}, "0"),
        ("净资产收益率", {"value": "50", "numerator": "5", "denominator": "0"}, "0"),
        ("净资产收益率", {"value": "50", "numerator": "5", "denominator": "10"}, "1"),
        ("已获利息倍数", {"numerator": "5", "denominator": "0"}, "1"),
        ("已获利息倍数", {"numerator": "0", "denominator": "0"}, "0"),
        ("已获利息倍数", {"numerator": "-5", "denominator": "-1"}, "0"),
        ("应收账款周转率", {"numerator": "5", "denominator": "0"}, "1"),
        ("应收账款周转率", {"numerator": "0", "denominator": "0"}, "0"),
        ("资本保值增值率", {"numerator": "5", "denominator": "0"}, "0"),
        ("销售(营业)增长率", {"this_year": "5", "last_year": "0"}, "0.6"),
        ("销售(营业)增长率", {"this_year": "5", "last_year": "0", "value": "99"}, "1"),
    ],
)
def test_special_basic_cases(
    indicator: str,
    facts: dict[str, str],
    coefficient: str | None,
    rulebook: EvaluationRulebook,
    case: Case,
) -> None:
    given = IndicatorInput(**{key: Decimal(text) for key, text in facts.items()})

    found = evaluate(
        "甲",
        rulebook=rulebook,
        indicators=case.indicators | {indicator: given},
        standards=case.standards,
    )

    score = next(item for item in found.basic if item.indicator.name == indicator)
    assert score.standing is not None
    if coefficient is None:
        assert score.standing.coefficient == 0  # worse than poor, by the ordinary formula
        assert score.case is None
    else:
        assert score.standing.coefficient == Decimal(coefficient)


@pytest.mark.parametrize(
    ("indicator", "facts", "raw"),
    [
        ("盈余现金保障倍数", {"numerator": "1", "denominator": "-1"}, "1.1"),
        ("盈余现金保障倍数", {"numerator": "-1", "denominator": "1"}, "0.9"),
        ("盈余现金保障倍数", {"numerator": "-1", "denominator": "-1"}, "0.8"),
        ("盈余现金保障倍数", {"numerator": "1", "denominator": "0"}, "1.1"),
        ("盈余现金保障倍数", {"numerator": "0", "denominator": "0"}, "0.8"),
        ("不良资产比率", {"value": "100"}, "0.8"),
        ("不良资产比率", {"numerator": "1", "denominator": "-1"}, "0.8"),
        ("销售(营业)利润增长率", {"last_year": "-1", "this_year": "1"}, "1.1"),
        ("销售(营业)利润增长率", {"last_year": "0", "this_year": "1"}, "1.0"),
        ("销售(营业)利润增长率", {"last_year": "-1", "this_year": "0"}, "1.0"),
        ("销售(营业)利润增长率", {"last_year": "0", "this_year": "0"}, "0.9"),
        ("或有负债比率", {"numerator": "1", "denominator": "0"}, "0.7"),
    ],
)
def test_special_corrections(
    indicator: str, facts: dict[str, str], raw: str, rulebook: EvaluationRulebook, case: Case
) -> None:
    given = IndicatorInput(**{key: Decimal(text) for key, text in facts.items()})

    found = evaluate(
        "甲",
        rulebook=rulebook,
        indicators=case.indicators | {indicator: given},
        standards=case.standards,
    )

    change = next(item for item in found.corrections if item.indicator.name == indicator)
    assert change.raw == Decimal(raw)
    assert change.rule.startswith("S")


def test_two_losses_in_a_row_are_measured_against_the_first(
    rulebook: EvaluationRulebook, case: Case
) -> None:
    given = IndicatorInput(last_year=Decimal(-100), this_year=Decimal(-80))

    found = evaluate(
        "甲",
        rulebook=rulebook,
        indicators=case.indicators | {"销售(营业)利润增长率": given},
        standards=case.standards,
    )

    change = next(c for c in found.corrections if c.indicator.name == "销售(营业)利润增长率")
    assert change.value == 20


@pytest.mark.parametrize(
    ("indicator", "numerator", "level"),
    [
        ("带息负债比率", "5", Level.EXCELLENT),
        ("速动比率", "5", Level.EXCELLENT),
        ("速动比率", "-5", Level.POOR),
        ("现金流动负债比率", "-5", Level.POOR),
    ],
)
def test_nothing_owed_takes_a_level(
    indicator: str, numerator: str, level: Level, rulebook: EvaluationRulebook, case: Case
) -> None:
    given = IndicatorInput(numerator=Decimal(numerator), denominator=Decimal(0))

    found = evaluate(
        "甲",
        rulebook=rulebook,
        indicators=case.indicators | {indicator: given},
        standards=case.standards,
    )

    change = next(item for item in found.corrections if item.indicator.name == indicator)
    assert change.standing is not None
    assert change.standing.level is level


def test_indicator_without_standard_is_neutral_and_told(
    rulebook: EvaluationRulebook, case: Case
) -> None:
    standards = {name: value for name, value in case.standards.items() if name != "技术投入比率"}

    found = evaluate("甲", rulebook=rulebook, indicators=case.indicators, standards=standards)

    change = next(c for c in found.corrections if c.indicator.name == "技术投入比率")
    assert (change.raw, change.rule) == (Decimal(1), "S7")
    assert [finding.code for finding in found.findings] == ["EVL-003"]


def test_missing_basic_indicator_leaves_no_total(rulebook: EvaluationRulebook, case: Case) -> None:
    indicators = {name: given for name, given in case.indicators.items() if name != "资产负债率"}

    found = evaluate("甲", rulebook=rulebook, indicators=indicators, standards=case.standards)

    assert found.parts[2].basic is None
    assert (found.basic_total, found.final, found.grade) == (None, None, None)
    assert found.parts[0].corrected is not None
    assert "EVL-001" in [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("composite", "claimed", "added"),
    [
        ("88", "8", "6.336"),
        ("85", "8", "7.92"),
        ("95", "15", "4.95"),
        ("84.99", "8", "8"),
        ("60", "18", "15"),
    ],
)
def test_bonus_is_limited_and_damped(
    composite: str, claimed: str, added: str, rulebook: EvaluationRulebook
) -> None:
    assert added_bonus(Decimal(composite), Decimal(claimed), rulebook=rulebook) == Decimal(added)


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("100", "A++"),
        ("95", "A++"),
        ("94.995", "A++"),
        ("94.99499", "A+"),
        ("84.995", "A"),
        ("84.99", "B+"),
        ("75", "B"),
        ("69.99", "C"),
        ("50", "C-"),
        ("40", "D"),
        ("39.99", "E"),
        ("0", "E"),
    ],
)
def test_grade_is_taken_on_the_shown_score(
    score: str, grade: str, rulebook: EvaluationRulebook
) -> None:
    assert grade_of(Decimal(score), rulebook=rulebook) == grade


def test_deductions_and_limits(rulebook: EvaluationRulebook, case: Case) -> None:
    def final(*points: tuple[str, str]) -> Decimal | None:
        return evaluate(
            "甲",
            rulebook=rulebook,
            indicators=case.indicators,
            standards=case.standards,
            adjustments=[Adjustment(kind=k, item="其他", points=Decimal(p)) for k, p in points],  # type: ignore[arg-type]
        ).final

    assert near(final(("bonus", "3"), ("deduction", "5")), "70.0926", 4)
    assert final(("deduction", "99")) == 0


def test_few_experts_are_told(rulebook: EvaluationRulebook, case: Case) -> None:
    panel = [
        ExpertScore(indicator=item.name, expert="一", score=Decimal(80))
        for item in rulebook.management
    ]

    found = evaluate(
        "甲", rulebook=rulebook, indicators=case.indicators, standards=case.standards, panel=panel
    )

    assert found.management_total == 80
    assert {finding.code for finding in found.findings} == {"EVL-006"}


def test_score_sheet_sentences_recompute(result: Evaluation, rulebook: EvaluationRulebook) -> None:
    """Every ``… = number`` without a division or rounding step is true to the digits shown."""
    sentences = explain(result, rulebook=rulebook)
    text = "\n".join(sentence.zh for sentence in sentences)

    assert "本档基础分 = 20×0.6 = 12" in text
    assert "功效系数 = (9.759−5.6)÷(10.7−5.6) = 0.815497" in text
    assert "得分 = 12+3.262 = 15.262" in text
    assert "评价级别 B" in text
    assert all(sentence.en != sentence.zh for sentence in sentences)
    assert len(sentences) == 41


def test_improvement_degree_needs_a_positive_base() -> None:
    assert improvement_degree(Decimal(84), base=Decimal(80)) == Decimal("1.05")
    assert improvement_degree(Decimal(84), base=Decimal(0)) is None


@given(
    values=st.lists(st.decimals(-50, 50, places=2), min_size=5, max_size=5),
    first=st.decimals(-80, 80, places=3),
    second=st.decimals(-80, 80, places=3),
    inverse=st.booleans(),
)
def test_better_value_never_scores_less(
    values: list[Decimal], first: Decimal, second: Decimal, inverse: bool
) -> None:
    ladder = sorted(values, reverse=not inverse)
    if ladder[0] == ladder[-1]:
        return
    standard = levels(*ladder)
    worse, better = sorted((first, second), reverse=inverse)

    coefficients: list[Any] = [
        standing(value, standard=standard, coefficients=LEVEL_COEFFICIENTS_2006).coefficient
        for value in (worse, better)
    ]

    assert coefficients[0] <= coefficients[1]
    assert all(0 <= coefficient <= 1 for coefficient in coefficients)


@given(scale=st.sampled_from(["0.01", "0.1", "10", "1000"]))
def test_unit_of_the_inputs_does_not_matter(scale: str) -> None:
    factor = Decimal(scale)
    standard = levels(5, 4, 3, 2, 1)
    scaled = StandardValue(
        values={level: value * factor for level, value in standard.values.items()}
    )

    plain_place = standing(Decimal("3.7"), standard=standard, coefficients=LEVEL_COEFFICIENTS_2006)
    scaled_place = standing(
        Decimal("3.7") * factor, standard=scaled, coefficients=LEVEL_COEFFICIENTS_2006
    )

    assert plain_place == scaled_place


def test_weights_that_do_not_add_up_are_refused() -> None:
    text = (ROOT / "data/rulebooks/evaluation/cn-2006-157.yaml").read_text(encoding="utf-8")

    with pytest.raises(WeightsError, match="盈利能力状况 basic"):
        read_rulebook(
            text.replace("en: Return on equity, weight: 20", "en: Return on equity, weight: 19")
        )


def test_cap_at_weight_is_a_setting(rulebook: EvaluationRulebook, case: Case) -> None:
    best = {
        name: IndicatorInput(value=standard.values[Level.EXCELLENT], denominator=Decimal(1))
        for name, standard in case.standards.items()
    }

    free = evaluate("甲", rulebook=rulebook, indicators=best, standards=case.standards)
    capped = evaluate(
        "甲",
        rulebook=replace(rulebook, cap_part_at_weight=True),
        indicators=best,
        standards=case.standards,
    )

    assert free.corrected_total == 120
    assert free.final == 100
    assert capped.corrected_total == 100


def test_no_cash_flow_against_a_loss_is_an_ordinary_value_of_zero(
    rulebook: EvaluationRulebook, case: Case
) -> None:
    given = IndicatorInput(numerator=Decimal(0), denominator=Decimal(-1))

    found = evaluate(
        "甲",
        rulebook=rulebook,
        indicators=case.indicators | {"盈余现金保障倍数": given},
        standards=case.standards,
    )

    (score,) = [c for c in found.corrections if c.indicator.name == "盈余现金保障倍数"]
    assert score.value == 0
    # 0 lies between poor −1.1 and low 0.5; the analysis coefficient of the part is 0.772740.
    assert round(score.raw, 4) == Decimal("0.5648")
