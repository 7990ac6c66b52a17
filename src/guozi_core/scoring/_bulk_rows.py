"""Between the arrays of many evaluations and one evaluation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from guozi_core.scoring import _bulk_kernel as kernel
from guozi_core.scoring._evaluation import BasicScore, Correction, Evaluation, PartScore
from guozi_core.scoring._standard import PRECISE, Level, Standing

if TYPE_CHECKING:
    from guozi_core.scoring._rules import Part, SpecialCase, WeightedIndicator
    from guozi_core.scoring._standard import StandardValue
    from guozi_core.scoring.bulk import BulkEvaluation

_LEVELS = tuple(Level)


def as_decimal(number: float) -> Decimal | None:
    """Return a binary number as the shortest decimal that reads back as it, None if it is none."""
    return None if np.isnan(number) else Decimal(repr(float(number)))


class _Row:
    """One enterprise of a bulk evaluation."""

    def __init__(self, bulk: BulkEvaluation, row: int) -> None:
        self.bulk, self.row = bulk, row
        self.values = bulk.values_of(row)
        self.rulebook = bulk.layout.rulebook
        self.table = bulk.tables[int(bulk.population.table[row])]

    def value(self, k: int) -> Decimal | None:
        return as_decimal(self.values[k])

    def case(self, k: int) -> SpecialCase | None:
        number = int(self.bulk.cases[self.row, k])
        return None if number < 0 else self.rulebook.special[number]

    def standing(self, k: int, standard: StandardValue | None) -> Standing | None:
        code = int(self.bulk.kept.level[self.row, k])
        coefficient = as_decimal(self.bulk.kept.coefficient[self.row, k])
        if code == kernel.NONE or coefficient is None:
            return None
        if code == kernel.ASSIGNED:
            level = Level.EXCELLENT if coefficient == 1 else None
            return _at(level, coefficient)
        if code == kernel.BELOW:
            published = [level for level in Level if standard and level in standard.values]
            return Standing(
                level=None,
                level_coefficient=Decimal(0),
                efficacy=Decimal(0),
                upper=published[-1] if published else None,
                coefficient=Decimal(0),
            )
        return self._between(_LEVELS[code], coefficient, standard, k)

    def _between(
        self, level: Level, coefficient: Decimal, standard: StandardValue | None, k: int
    ) -> Standing:
        own = self.rulebook.coefficients[level]
        case = self.case(k)
        better = [] if standard is None else [one for one in Level if one in standard.values]
        better = better[: better.index(level)] if level in better else []
        if (case is not None and case.level is not None) or not better:
            return _at(level, own)
        upper = better[-1]
        step = self.rulebook.coefficients[upper] - own
        return Standing(
            level=level,
            level_coefficient=own,
            efficacy=(coefficient - own) / step,
            upper=upper,
            coefficient=coefficient,
        )


def _at(level: Level | None, coefficient: Decimal) -> Standing:
    return Standing(
        level=level,
        level_coefficient=coefficient,
        efficacy=Decimal(0),
        upper=None,
        coefficient=coefficient,
    )


def evaluation_of(bulk: BulkEvaluation, row: int, enterprise: str) -> Evaluation:
    """Return one enterprise's evaluation from the arrays."""
    one, kept, rulebook = _Row(bulk, row), bulk.kept, bulk.layout.rulebook
    basic, corrections, parts = [], [], []
    k = 0
    for number, part in enumerate(rulebook.parts):
        points, factor = (as_decimal(value) for value in kept.parts[row, number])
        analysis = None if points is None else PRECISE.divide(points, part.weight)
        for item in part.basic:
            basic.append(_basic(one, k, item))
            k += 1
        for item in part.corrections:
            corrections.append(_correction(one, k, item, part, analysis))
            k += 1
        corrected = None
        if points is not None and factor is not None:
            corrected = PRECISE.multiply(points, factor)
            corrected = min(corrected, part.weight) if rulebook.cap_part_at_weight else corrected
        parts.append(
            PartScore(
                part=part,
                basic=points,
                analysis_coefficient=analysis,
                correction_coefficient=factor,
                corrected=corrected,
            )
        )
    totals = [as_decimal(value) for value in kept.totals[row]]
    population = bulk.population
    claimed = 0.0 if population.claimed is None else population.claimed[row]
    deducted = 0.0 if population.deducted is None else population.deducted[row]
    panel = np.nan if population.management is None else population.management[row]
    return Evaluation(
        enterprise=enterprise,
        basic=tuple(basic),
        corrections=tuple(corrections),
        parts=tuple(parts),
        management=(),
        adjustments=(),
        basic_total=totals[kernel.BASIC_TOTAL],
        corrected_total=totals[kernel.CORRECTED_TOTAL],
        management_total=as_decimal(panel),
        composite=totals[kernel.COMPOSITE],
        bonus_claimed=as_decimal(claimed) or Decimal(0),
        bonus=totals[kernel.BONUS],
        deductions=as_decimal(deducted) or Decimal(0),
        final=totals[kernel.FINAL],
        grade=bulk.grade(row),
        findings=(),
    )


def _basic(one: _Row, k: int, item: WeightedIndicator) -> BasicScore:
    standard = one.table.get(item.name)
    place = one.standing(k, standard)
    return BasicScore(
        indicator=item,
        value=one.value(k),
        standard=standard,
        standing=place,
        score=None if place is None else PRECISE.multiply(item.weight, place.coefficient),
        case=one.case(k),
    )


def _correction(
    one: _Row, k: int, item: WeightedIndicator, part: Part, analysis: Decimal | None
) -> Correction:
    rulebook = one.rulebook
    standard, case = one.table.get(item.name), one.case(k)
    place = one.standing(k, standard)
    raw: Decimal | None = None
    rule = "formula"
    if case is not None and case.correction is not None:
        raw, rule, place = case.correction, case.id, None
    elif standard is None or place is None:
        raw, rule, place = Decimal(1), "S7" if standard is None else "missing", None
    elif analysis is not None:
        excellent = place.level is Level.EXCELLENT
        base = rulebook.correction_base_at_excellent if excellent else rulebook.correction_base
        raw = base + place.coefficient - analysis
        rule = "S1" if excellent else "S2" if place.level is None else rule
    lowest, highest = rulebook.correction_lowest, rulebook.correction_highest
    limited = weighted = None
    if raw is not None:
        limited = min(max(raw, lowest), highest)
        weighted = PRECISE.divide(PRECISE.multiply(item.weight, limited), part.weight)
    return Correction(
        indicator=item,
        value=one.value(k),
        standard=standard,
        standing=place,
        raw=raw,
        limited=limited,
        weighted=weighted,
        rule=rule,
        case=case,
    )


def write_exact(bulk: BulkEvaluation, row: int, evaluation: Evaluation) -> None:
    """Put an exact evaluation in the place of the binary one."""
    kept, rulebook = bulk.kept, bulk.layout.rulebook
    basic = {score.indicator: score for score in evaluation.basic}
    changes = {change.indicator: change for change in evaluation.corrections}
    number_of = {case.id: number for number, case in enumerate(rulebook.special)}
    for k, item in enumerate(rulebook.indicators):
        scored = basic.get(item) or changes[item]
        assigned = isinstance(scored, BasicScore) and (
            scored.case is not None and scored.case.coefficient is not None
        )
        kept.level[row, k] = kernel.ASSIGNED if assigned else _code(scored.standing)
        coefficient = None if scored.standing is None else scored.standing.coefficient
        kept.coefficient[row, k] = _binary(coefficient)
        kept.cases[row, k] = -1 if scored.case is None else number_of[scored.case.id]
    for number, part in enumerate(evaluation.parts):
        kept.parts[row, number] = [_binary(part.basic), _binary(part.correction_coefficient)]
    kept.totals[row] = [
        _binary(evaluation.basic_total),
        _binary(evaluation.corrected_total),
        _binary(evaluation.composite),
        _binary(evaluation.bonus),
        _binary(evaluation.final),
    ]
    grades = [grade for grade, _ in rulebook.grades]
    kept.grade[row] = -1 if evaluation.grade is None else grades.index(evaluation.grade)


def _code(standing: Standing | None) -> int:
    if standing is None:
        return kernel.NONE
    return kernel.BELOW if standing.level is None else _LEVELS.index(standing.level)


def _binary(number: Decimal | None) -> float:
    return np.nan if number is None else float(number)
