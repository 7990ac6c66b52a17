"""1 M enterprises × 30 indicators scored with every explanation kept, beside plain Python.

The rulebook is that of 2006 with two further correction indicators a part. Every contestant scores
the same enterprises, special cases included; scores are compared to 1e-9 before anything is timed.
Two peers: the same rules in plain Python with binary numbers, as one would write them in an
afternoon, and the product's own exact evaluation, which the pages show.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from _table import measure, print_ratios
from guozi.rulebooks import parsed
from guozi_core import scoring
from guozi_core.scoring import Level, StandardValue, bulk

if TYPE_CHECKING:
    from collections.abc import Callable

ENTERPRISES = 1_000_000
PLAIN, EXACT = 4_000, 300
WORDS = {"分子": "numerator", "分母": "denominator", "本年": "this_year", "上年": "last_year"}
Rulebook = scoring.EvaluationRulebook
Table = dict[str, StandardValue]


def wide_rulebook() -> Rulebook:
    """Return the rulebook of 2006 with 30 indicators instead of 22."""
    rulebook = parsed.evaluation_rulebook("cn-2006-157")
    parts = []
    for part in rulebook.parts:
        heaviest = max(part.corrections, key=lambda item: item.weight)
        added = tuple(
            replace(heaviest, name=f"{heaviest.name}·{extra}", weight=Decimal(1))
            for extra in ("甲", "乙")
        )
        corrections = tuple(
            replace(item, weight=item.weight - 2) if item is heaviest else item
            for item in part.corrections
        )
        parts.append(replace(part, corrections=corrections + added))
    return replace(rulebook, parts=tuple(parts))


def tables_for(rulebook: Rulebook, rng: np.random.Generator, count: int = 331) -> list[Table]:
    """Return as many tables as the published book has, levels to one decimal."""
    falling = {"资产负债率", "带息负债比率", "不良资产比率", "或有负债比率"}
    found = []
    for _ in range(count):
        table = {}
        for item in rulebook.indicators:
            ladder = sorted(
                Decimal(int(one)) / 10
                for one in rng.choice(np.arange(-200, 1_200), 5, replace=False)
            )
            best_first = ladder if item.name in falling else ladder[::-1]
            table[item.name] = StandardValue(values=dict(zip(Level, best_first, strict=True)))
        found.append(table)
    return found


def population_for(rulebook: Rulebook, rng: np.random.Generator) -> bulk.Population:
    """Return enterprises with whole spreads and now and then a special case."""
    layout = bulk.lay_out(rulebook)
    values = rng.normal(45, 40, size=(ENTERPRISES, len(rulebook.indicators)))
    facts = rng.integers(-(10**8), 10**10, size=(len(layout.facts), ENTERPRISES)).astype(float)
    facts[rng.random(facts.shape) < 0.02] = 0.0
    return bulk.Population(
        values=values,
        facts=facts,
        table=rng.integers(0, 331, ENTERPRISES),
        claimed=rng.integers(0, 16, ENTERPRISES).astype(float),
        deducted=rng.integers(0, 3, ENTERPRISES).astype(float),
    )


class PlainPython:
    """The same rules with dictionaries, loops and binary numbers; every step kept in a list."""

    def __init__(self, rulebook: Rulebook, tables: list[Table]) -> None:
        self.rulebook = rulebook
        self.parts = [
            (
                float(part.weight),
                [(item.name, float(item.weight)) for item in part.basic],
                [(item.name, float(item.weight)) for item in part.corrections],
            )
            for part in rulebook.parts
        ]
        self.cases: dict[str, list[tuple[Callable[..., bool], scoring.SpecialCase]]] = {}
        for case in rulebook.special:
            self.cases.setdefault(case.indicator, []).append((_condition(case.when.text), case))
        self.coefficients = [float(rulebook.coefficients[level]) for level in Level]
        self.tables = [
            {
                name: (
                    -1.0 if standard.smaller_is_better else 1.0,
                    [float(standard.values[level]) for level in Level],
                )
                for name, standard in table.items()
            }
            for table in tables
        ]
        self.entries = [(grade, float(entry) - 0.005) for grade, entry in rulebook.grades]

    def evaluate(self, given: dict[str, tuple[float, ...]], table: int) -> dict[str, object]:
        """Return score, grade and every step of one enterprise."""
        steps: list[tuple[object, ...]] = []
        total = 0.0
        for weight, basic, corrections in self.parts:
            points = 0.0
            for name, share in basic:
                place = self.stand(name, given[name], table)
                points += share * place[1]
                steps.append((name, *place, share * place[1]))
            analysis = points / weight
            factor = 0.0
            for name, share in corrections:
                level, coefficient, single = self.stand(name, given[name], table)
                if single is None:
                    single = (1.2 if level == 0 else 1.0) + coefficient - analysis
                limited = min(max(single, 0.7), 1.3)
                factor += share / weight * limited
                steps.append((name, level, coefficient, single, share / weight * limited))
            total += points * factor
        bonus = min(given["claimed"][0], 15.0)
        if total >= 85:
            bonus *= max(0.0, 1 - total / 100) * 6.6
        final = min(max(total + bonus - given["deducted"][0], 0.0), 100.0)
        grade = next((grade for grade, entry in self.entries if final >= entry), "E")
        return {"final": final, "grade": grade, "steps": steps}

    def stand(
        self, name: str, facts: tuple[float, ...], table: int
    ) -> tuple[int, float, float | None]:
        """Return level, coefficient and what a case sets outright."""
        value = facts[0]
        for holds, case in self.cases.get(name, ()):
            if holds(*facts):
                if case.coefficient is not None:
                    return 6, float(case.coefficient), None
                if case.level is not None:
                    level = list(Level).index(case.level)
                    return level, self.coefficients[level], None
                if case.correction is not None:
                    return -1, 0.0, float(case.correction)
                value = (facts[3] - facts[4]) / abs(facts[4]) * 100
                break
        sign, ladder = self.tables[table][name]
        for level, reached in enumerate(ladder):
            if value * sign >= reached * sign:
                own = self.coefficients[level]
                if level == 0:
                    return 0, own, None
                part = (value - reached) / (ladder[level - 1] - reached)
                return level, own + part * (self.coefficients[level - 1] - own), None
        return 5, 0.0, None


def _condition(text: str) -> Callable[..., bool]:
    """Return a condition of the rulebook as a Python function of five numbers."""
    for sign, python in (
        ("≥", ">="),
        ("≤", "<="),
        ("且", " and "),
        ("非 有值(数值)", "value is None"),
    ):
        text = text.replace(sign, python)
    for word, name in {"数值": "value", **WORDS}.items():
        text = text.replace(word, name)
    text = re.sub(r"(?<![<>=])=(?!=)", "==", text)
    found: Callable[..., bool] = eval(  # noqa: S307 - the shipped rulebook, in a benchmark
        f"lambda value, numerator, denominator, this_year, last_year: {text}"
    )
    return found


def as_tuples(
    rulebook: Rulebook, population: bulk.Population, rows: int
) -> list[dict[str, tuple[float, ...]]]:
    """Return the first enterprises as plain Python has them."""
    facts = bulk.lay_out(rulebook).facts
    place = {key: number for number, key in enumerate(facts)}
    found = []
    for row in range(rows):
        one = {}
        for k, item in enumerate(rulebook.indicators):
            amounts = [
                float(population.facts[place[item.name, word], row])
                if (item.name, word) in place
                else 1.0
                for word in WORDS
            ]
            one[item.name] = (float(population.values[row, k]), *amounts)
        if population.claimed is not None:
            one["claimed"] = (float(population.claimed[row]),)
        if population.deducted is not None:
            one["deducted"] = (float(population.deducted[row]),)
        found.append(one)
    return found


def exact_of(
    rulebook: Rulebook, tables: list[Table], given: dict[str, tuple[float, ...]], table: int
) -> scoring.Evaluation:
    """Return the exact evaluation of one enterprise."""
    inputs = {}
    for item in rulebook.indicators:
        value, *amounts = (Decimal(repr(number)) for number in given[item.name])
        inputs[item.name] = scoring.IndicatorInput(
            value=value, **dict(zip(WORDS.values(), amounts, strict=True))
        )
    claimed, deducted = given["claimed"][0], given["deducted"][0]
    adjustments = [
        scoring.Adjustment(kind="bonus", item="其他", points=Decimal(repr(claimed))),
        scoring.Adjustment(kind="deduction", item="其他", points=Decimal(repr(deducted))),
    ]
    return scoring.evaluate(
        "甲",
        rulebook=rulebook,
        indicators=inputs,
        standards=tables[table],
        adjustments=adjustments,
    )


def agree(row: int, *, same: bool) -> None:
    """Stop where contestants do not come to the same score, grade and story."""
    if not same:
        message = f"enterprise {row}: the contestants do not agree"
        raise RuntimeError(message)


def main() -> None:
    """Compare, then time."""
    rng = np.random.default_rng(20260101)
    rulebook = wide_rulebook()
    tables = tables_for(rulebook, rng)
    population = population_for(rulebook, rng)
    plain = PlainPython(rulebook, tables)
    people = as_tuples(rulebook, population, PLAIN)
    numbers = [int(number) for number in population.table[:PLAIN]]

    whole = bulk.evaluate_many(rulebook, population, tables)
    for row in range(PLAIN):
        told = plain.evaluate(people[row], numbers[row])
        same = abs(float(whole.final[row]) - float(str(told["final"]))) <= 1e-9
        agree(row, same=same and whole.grade(row) == told["grade"])
    for row in range(EXACT):
        exact = exact_of(rulebook, tables, people[row], numbers[row])
        far = abs(Decimal(float(whole.final[row])) - (exact.final or Decimal("NaN")))
        mine = scoring.explain(whole.evaluation(row, "甲"), rulebook=rulebook)
        whole_story = len(mine) == len(scoring.explain(exact, rulebook=rulebook))
        agree(row, same=far <= Decimal("1e-9") and whole_story)
    print(f"equal to 1e-9: plain Python {PLAIN:,}, exact {EXACT:,}; near a boundary and left to")
    print(f"the exact evaluation: {int(whole.kept.near.sum()):,} of {ENTERPRISES:,}")

    size = len(rulebook.indicators)
    bytes_kept = sum(array.nbytes for array in whole.kept)
    print(f"{size} indicators; kept {bytes_kept / ENTERPRISES:.0f} bytes an enterprise")
    ours = measure(
        "in columns, all kept",
        ENTERPRISES * size,
        lambda: bulk.evaluate_many(rulebook, population, tables),
        rounds=3,
    )
    in_plain = measure(
        "plain Python, binary",
        PLAIN * size,
        lambda: [plain.evaluate(one, at) for one, at in zip(people, numbers, strict=True)],
        rounds=3,
    )
    in_full = measure(
        "exact evaluation (Decimal)",
        EXACT * size,
        lambda: [exact_of(rulebook, tables, people[row], numbers[row]) for row in range(EXACT)],
        rounds=2,
    )
    print_ratios("1 M enterprises × 30 indicators", "indicators", ours, [in_plain, in_full])


if __name__ == "__main__":
    main()
