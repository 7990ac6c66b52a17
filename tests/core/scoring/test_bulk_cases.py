"""Special cases of many: by intervals or by column programs, equal to the exact evaluation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.scoring.cases import levels
from tests.core.scoring.test_bulk import BOOKS, in_bulk, person_for, table_for

from guozi_core.formula import parse
from guozi_core.scoring import EvaluationRulebook, IndicatorInput, StandardValue
from guozi_core.scoring.bulk import (
    BulkEvaluation,
    Population,
    evaluate_many,
    lay_out,
)

LIQUIDITY = "速动比率"
GROWTH = "销售(营业)利润增长率"


def with_condition(text: str) -> EvaluationRulebook:
    """Return the rulebook of 2006 in which the quick ratio has one case, and this condition."""
    rulebook = BOOKS["cn-2006-157"]
    case = next(case for case in rulebook.special if case.indicator == LIQUIDITY)
    kept = tuple(case for case in rulebook.special if case.indicator != LIQUIDITY)
    return replace(rulebook, special=(*kept, replace(case, when=parse(text))))


def told_by_programs(rulebook: EvaluationRulebook) -> EvaluationRulebook:
    """Return a rulebook that says the same, but in no condition by tests of figures alone."""
    special = tuple(
        replace(case, when=parse(f"({case.when.text}) 或 ({case.when.text})"))
        for case in rulebook.special
    )
    return replace(rulebook, special=special)


def plain_table(rulebook: EvaluationRulebook) -> dict[str, StandardValue]:
    return {item.name: levels(50, 40, 30, 20, 10) for item in rulebook.indicators}


def random_population(
    rulebook: EvaluationRulebook, rng: np.random.Generator, rows: int, tables: int
) -> Population:
    """Return values and amounts with many zeros, gaps, levels and hundreds."""
    width, facts = len(rulebook.indicators), len(lay_out(rulebook).facts)
    values = np.round(rng.normal(45, 40, size=(rows, width)), 1)
    values[rng.random(values.shape) < 0.02] = np.nan
    values[rng.random(values.shape) < 0.02] = 100.0
    amounts = rng.choice([-500.0, -1.0, 0.0, 0.001, 1.0, 700.0, np.nan], size=(facts, rows))
    return Population(values=values, facts=amounts, table=rng.integers(0, tables, rows))


def assert_same_arrays(one: BulkEvaluation, other: BulkEvaluation) -> None:
    for mine, due in zip(one.kept, other.kept, strict=True):
        np.testing.assert_array_equal(mine, due)
    np.testing.assert_array_equal(one.values, other.values)


@pytest.mark.parametrize("name", BOOKS)
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_both_ways_of_deciding_agree(name: str, seed: int) -> None:
    rulebook = BOOKS[name]
    programs = told_by_programs(rulebook)
    rng = np.random.default_rng(seed)
    tables = [table_for(rulebook, rng) for _ in range(3)]
    population = random_population(rulebook, rng, 700, 3)

    by_intervals = evaluate_many(rulebook, population, tables)
    by_programs = evaluate_many(programs, population, tables)

    assert all(case.when is None for case in lay_out(rulebook).cases)
    assert all(case.when is not None for case in lay_out(programs).cases)
    assert_same_arrays(by_intervals, by_programs)


@pytest.mark.parametrize(
    ("text", "by_intervals"),
    [
        ("分母 < 0", True),
        ("分母 ≤ 0", True),
        ("分母 > 0", True),
        ("分母 ≥ 0", True),
        ("分母 = 0", True),
        ("分母 ≠ 0", True),
        ("0 < 分母", True),
        ("分子 ≠ 700 且 分母 ≥ -1 且 数值 < 35", True),
        ("有值(分子)", True),
        ("非 有值(分子) 且 分母 > 0", True),
        ("分子 > 0 或 分母 > 0", False),
        ("分子 < 0 或 非 有值(分母)", False),
        ("非 (分子 > 0)", False),
        ("非 (分子 > 0 且 有值(分母))", False),
        ("分子 + 分母 > 0", False),
        ("若(分子 > 0, 分母 > 0, 数值 > 30)", False),
        ("期初(分母) ≤ 0", False),
    ],
)
def test_any_condition_agrees_with_the_exact_evaluation(text: str, *, by_intervals: bool) -> None:
    rulebook = with_condition(text)
    amounts = [None, Decimal(-500), Decimal(-1), Decimal(0), Decimal(1), Decimal(700)]
    people = [
        {
            item.name: IndicatorInput(value=Decimal(36), numerator=numerator, denominator=below)
            if item.name == LIQUIDITY
            else IndicatorInput(value=Decimal(25))
            for item in rulebook.indicators
        }
        for numerator in amounts
        for below in amounts
    ]

    result = in_bulk(rulebook, people, [plain_table(rulebook)])

    assert (lay_out(rulebook).cases[-1].when is None) == by_intervals
    assert result.kept.near.mean() < 0.5, "most were told in binary"


@pytest.mark.parametrize(
    ("text", "value", "near"),
    [
        ("数值 ≥ 33", "33", True),
        ("数值 ≥ 33", "33.00000000000001", True),
        ("数值 ≥ 33", "33.001", False),
        ("数值 ≥ -33", "-33.00000000000001", True),
        ("分母 ≤ 0", "33", False),
    ],
)
def test_a_number_next_to_that_of_a_condition_is_near(text: str, value: str, *, near: bool) -> None:
    rulebook = with_condition(text)
    person = {item.name: IndicatorInput(value=Decimal(25)) for item in rulebook.indicators}
    person[LIQUIDITY] = IndicatorInput(value=Decimal(value), denominator=Decimal(0))

    result = in_bulk(rulebook, [person], [plain_table(rulebook)])

    assert result.kept.near.tolist() == [near]


@pytest.mark.parametrize("amount", [0.001, -0.003])
def test_an_amount_below_half_a_fen_is_near(amount: float) -> None:
    rulebook = with_condition("分母 ≤ 0")
    population = random_population(rulebook, np.random.default_rng(1), 2, 1)
    population.facts[:] = 700.0
    population.facts[0, 1] = amount

    result = evaluate_many(rulebook, population, [plain_table(rulebook)])

    assert result.kept.near.tolist()[1]


def test_only_the_enterprises_whose_value_is_written_are_looked_at_again() -> None:
    rulebook = BOOKS["cn-2006-157"]
    losses = IndicatorInput(value=Decimal(50), this_year=Decimal(-50), last_year=Decimal(-200))
    profits = IndicatorInput(value=Decimal(50), this_year=Decimal(300), last_year=Decimal(200))
    people = [
        {item.name: IndicatorInput(value=Decimal(25)) for item in rulebook.indicators}
        | {GROWTH: losses if number % 3 == 1 else profits}
        for number in range(6)
    ]

    result = in_bulk(rulebook, people, [plain_table(rulebook)])

    k = [item.name for item in rulebook.indicators].index(GROWTH)
    assert result.rewritten.tolist() == [1, 4]
    assert result.values[:, k].tolist() == [50, 75, 50, 50, 75, 50]
    assert result.population.values[:, k].tolist() == [50] * 6
    assert result.evaluation(4, "甲").corrections[-3].value == 75


def test_every_enterprise_may_have_its_value_written() -> None:
    rulebook = BOOKS["cn-2006-157"]
    people = [
        {item.name: IndicatorInput(value=Decimal(25)) for item in rulebook.indicators}
        | {GROWTH: IndicatorInput(this_year=Decimal(-number), last_year=Decimal(-100))}
        for number in range(1, 9)
    ]

    result = in_bulk(rulebook, people, [plain_table(rulebook)])

    assert result.rewritten.tolist() == list(range(8))


def test_the_same_enterprise_scores_the_same_wherever_it_stands() -> None:
    rulebook = BOOKS["city-2025"]
    rng = np.random.default_rng(7)
    tables = [table_for(rulebook, rng) for _ in range(2)]
    few = random_population(rulebook, rng, 13, 2)
    many = Population(
        values=np.tile(few.values, (50, 1)),
        facts=np.tile(few.facts, (1, 50)),
        table=np.tile(few.table, 50),
    )

    alone = evaluate_many(rulebook, few, tables)
    together = evaluate_many(rulebook, many, tables)

    for mine, due in zip(together.kept, alone.kept, strict=True):
        np.testing.assert_array_equal(mine, np.tile(due, (50, *([1] * (due.ndim - 1)))))


def test_more_indicators_than_one_row_of_vectors_holds() -> None:
    narrow = BOOKS["cn-2006-157"]
    parts = tuple(
        replace(
            part,
            corrections=(
                *part.corrections,
                *(
                    replace(part.corrections[0], name=f"{part.name}{number}", weight=Decimal(0))
                    for number in range(5)
                ),
            ),
        )
        for part in narrow.parts
    )
    rulebook = replace(narrow, parts=parts)
    rng = np.random.default_rng(11)
    table = table_for(rulebook, rng)
    people = [person_for(rulebook, table, rng) for _ in range(5)]

    in_bulk(rulebook, people, [table])

    assert len(rulebook.indicators) > 32


@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_an_infinite_value_is_above_or_below_all_levels(value: float) -> None:
    rulebook = replace(BOOKS["city-2025"], special=())
    population = random_population(rulebook, np.random.default_rng(3), 1, 1)
    population.values[:] = value
    table = {item.name: levels(5, 4, 3, 2, 1) for item in rulebook.indicators}

    result = evaluate_many(rulebook, population, [table])

    assert set(result.kept.coefficient.ravel().tolist()) == {1.0 if value > 0 else 0.0}


def test_nobody_is_evaluated() -> None:
    rulebook = BOOKS["cn-2006-157"]
    nobody = random_population(rulebook, np.random.default_rng(5), 0, 1)

    result = evaluate_many(rulebook, nobody, [plain_table(rulebook)])

    assert result.final.shape == (0,)
