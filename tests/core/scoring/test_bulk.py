"""Many at once: equal to the exact evaluation, levels and cases included, also at every boundary."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.scoring.cases import ROOT, Case, levels

from guozi_core.scoring import (
    Adjustment,
    Evaluation,
    EvaluationRulebook,
    IndicatorInput,
    Level,
    StandardValue,
    evaluate,
    explain,
    read_rulebook,
)
from guozi_core.scoring.bulk import BulkEvaluation, Population, evaluate_many, lay_out

FIELDS = {"分子": "numerator", "分母": "denominator", "本年": "this_year", "上年": "last_year"}


def book(name: str) -> EvaluationRulebook:
    path = ROOT / "data" / "rulebooks" / "evaluation" / f"{name}.yaml"
    return read_rulebook(path.read_text(encoding="utf-8"))


BOOKS = {name: book(name) for name in ("cn-2006-157", "city-2025")}


def in_bulk(
    rulebook: EvaluationRulebook,
    people: list[dict[str, IndicatorInput]],
    tables: list[dict[str, StandardValue]],
    claimed: list[Decimal] | None = None,
) -> BulkEvaluation:
    """Evaluate in bulk what ``evaluate`` takes; enterprise number n uses table n modulo."""

    def number(value: Decimal | None) -> float:
        return np.nan if value is None else float(value)

    layout = lay_out(rulebook)
    names = [item.name for item in rulebook.indicators]
    nothing = IndicatorInput()
    population = Population(
        values=np.array(
            [[number(one.get(name, nothing).value) for name in names] for one in people]
        ),
        facts=np.array(
            [
                [number(getattr(one.get(name, nothing), FIELDS[word])) for one in people]
                for name, word in layout.facts
            ]
        ),
        table=np.arange(len(people), dtype=np.int64) % len(tables),
        claimed=np.array([float(points) for points in claimed]) if claimed else None,
    )

    def exactly(row: int) -> Evaluation:
        points = claimed[row] if claimed else Decimal(0)
        return evaluate(
            "甲",
            rulebook=rulebook,
            indicators=people[row],
            standards=tables[row % len(tables)],
            adjustments=[Adjustment(kind="bonus", item="其他", points=points)] if points else [],
        )

    result = evaluate_many(rulebook, population, tables, exact=exactly)
    for row in range(len(people)):
        same(result, row, exactly(row))
    return result


def same(result: BulkEvaluation, row: int, exact: Evaluation) -> None:
    told = result.evaluation(row, "甲")
    for name in ("basic_total", "corrected_total", "composite", "bonus", "final"):
        close(getattr(told, name), getattr(exact, name))
    assert told.grade == exact.grade
    for mine, due in zip(told.parts, exact.parts, strict=True):
        close(mine.corrected, due.corrected)
    for one, other in zip(told.basic, exact.basic, strict=True):
        assert (one.standing and one.standing.level) == (other.standing and other.standing.level)
        assert one.case == other.case
        close(one.score, other.score)
    for left, right in zip(told.corrections, exact.corrections, strict=True):
        assert left.case == right.case
        close(left.weighted, right.weighted)


def close(mine: Decimal | None, due: Decimal | None) -> None:
    assert (mine is None) == (due is None)
    if mine is not None and due is not None:
        assert abs(mine - due) <= Decimal("1e-9")


@pytest.mark.parametrize("name", BOOKS)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_equal_to_the_exact_evaluation(name: str, seed: int) -> None:
    rulebook = BOOKS[name]
    rng = np.random.default_rng(seed)
    tables = [table_for(rulebook, rng) for _ in range(3)]
    people = [person_for(rulebook, tables[n % 3], rng) for n in range(12)]
    claimed = [Decimal(int(points)) for points in rng.integers(0, 20, 12)]
    in_bulk(rulebook, people, tables, claimed)


def table_for(rulebook: EvaluationRulebook, rng: np.random.Generator) -> dict[str, StandardValue]:
    found = {}
    corrections = {item.name for part in rulebook.parts for item in part.corrections}
    for item in rulebook.indicators:
        ladder = sorted(Decimal(int(one)) / 10 for one in rng.integers(-200, 1500, 5))
        falling = item.name in {"资产负债率", "带息负债比率", "不良资产比率"}
        whole = dict(zip(Level, ladder if falling else ladder[::-1], strict=True))
        if rng.random() < 0.1:
            del whole[Level(rng.choice([level.value for level in Level]))]
        if item.name not in corrections or rng.random() < 0.8:
            found[item.name] = StandardValue(values=whole)
    return found


def person_for(
    rulebook: EvaluationRulebook, table: dict[str, StandardValue], rng: np.random.Generator
) -> dict[str, IndicatorInput]:
    found = {}
    for item in rulebook.indicators:
        standard = table.get(item.name)
        value: Decimal | None = Decimal(int(rng.integers(-300_000, 1_600_000))) / 7919
        kind = rng.random()
        if standard is not None and kind < 0.25:
            value = Decimal(rng.choice([str(one) for one in standard.values.values()]))
            value += Decimal(rng.choice(["0", "1e-30", "-1e-30", "1e-13", "-1e-13"]))
        elif kind < 0.3:
            value = Decimal(100) + Decimal(rng.choice(["0", "-1e-25", "1e-25"]))
        facts = [Decimal(int(rng.choice([-500, -1, 0, 1, 700]))) for _ in range(4)]
        if rng.random() < 0.03:
            # Where there is no value there is nothing to compute one from either.
            value, facts = None, [Decimal(-1), Decimal(-1), Decimal(-5), Decimal(0)]
        found[item.name] = IndicatorInput(
            value=value,
            numerator=facts[0],
            denominator=facts[1],
            last_year=facts[2],
            this_year=facts[3],
        )
    return found


def test_a_level_a_hair_away_is_told_exactly() -> None:
    rulebook = BOOKS["city-2025"]
    table = {item.name: levels(5, 4, 3, 2, 1) for item in rulebook.indicators}
    hair = Decimal("1e-25")
    people = [
        {item.name: IndicatorInput(value=Decimal(3) + step) for item in rulebook.indicators}
        for step in (-hair, Decimal(0), hair)
    ]
    result = in_bulk(rulebook, people, [table])
    told = [result.evaluation(row, "甲").basic[0].standing for row in range(3)]
    assert [place and place.level for place in told] == [Level.LOW, Level.AVERAGE, Level.AVERAGE]
    assert result.kept.near.all()


def test_the_sentences_are_printed_from_what_was_kept(
    rulebook: EvaluationRulebook, case: Case
) -> None:
    inputs = {
        name: IndicatorInput(value=None, **{key: getattr(one, key) for key in FIELDS.values()})
        for name, one in case.indicators.items()
    }
    exact = evaluate("甲", rulebook=rulebook, indicators=inputs, standards=case.standards)
    values = {score.indicator.name: score.value for score in (*exact.basic, *exact.corrections)}
    known = {
        name: IndicatorInput(
            value=values[name], **{key: getattr(one, key) for key in FIELDS.values()}
        )
        for name, one in inputs.items()
    }
    result = in_bulk(rulebook, [known], [case.standards])
    assert explain(result.evaluation(0, "甲"), rulebook=rulebook) == explain(
        exact, rulebook=rulebook
    )
