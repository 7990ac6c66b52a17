"""The rulebook and the standard values laid out for the loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guozi_core.scoring._bulk_arrays import Floats, Law, Trials
from guozi_core.scoring._bulk_cases import (
    VALUE,
    CaseColumns,
    case_columns,
    lay_out_trials,
)
from guozi_core.scoring._bulk_kernel import (
    BY_COEFFICIENT,
    BY_CORRECTION,
    BY_LEVEL,
    BY_PUBLISHED_LEVEL,
    BY_VALUE,
    LADDER_ROWS,
    LANES,
    REACHED,
    SIGN,
    SLOPE,
)
from guozi_core.scoring._standard import Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from guozi_core.scoring._rules import EvaluationRulebook, SpecialCase
    from guozi_core.scoring._standard import StandardValue


_LEVELS = tuple(Level)
_ORDER = {level: place for place, level in enumerate(_LEVELS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A rulebook as arrays.

    Parameters
    ----------
    rulebook : EvaluationRulebook
        What is laid out.
    law : Law
        Its numbers.
    cases : tuple of CaseColumns
        In the order in which they are tried.
    trials : Trials
        The same cases as arrays.
    facts : tuple of (str, str)
        Indicator and word (分子, 分母, 本年, 上年) of every column that the cases ask for.
    """

    rulebook: EvaluationRulebook
    law: Law
    cases: tuple[CaseColumns, ...]
    trials: Trials
    facts: tuple[tuple[str, str], ...]

    @property
    def fact_rows(self) -> dict[tuple[int, str], int]:
        """The row of the facts by number of the indicator and word."""
        names = [item.name for item in self.rulebook.indicators]
        return {(names.index(name), word): row for row, (name, word) in enumerate(self.facts)}


def lay_out(rulebook: EvaluationRulebook) -> Layout:
    """Return a rulebook as arrays."""
    names = [item.name for item in rulebook.indicators]
    first, middle, last = [], [], []
    at = 0
    for part in rulebook.parts:
        first.append(at)
        middle.append(at + len(part.basic))
        at += len(part.basic) + len(part.corrections)
        last.append(at)
    cases = case_columns(rulebook)
    corrections = {item.name for part in rulebook.parts for item in part.corrections}
    kinds = [_kind(case, is_correction=case.indicator in corrections) for case in rulebook.special]
    half = 0.5 * 10.0 ** (-rulebook.grade_decimals)
    scale = rulebook.adjustments
    law = Law(
        weight=_floats([item.weight for item in rulebook.indicators]),
        first=np.array(first, dtype=np.int64),
        middle=np.array(middle, dtype=np.int64),
        last=np.array(last, dtype=np.int64),
        part_weight=_floats([part.weight for part in rulebook.parts]),
        coefficient=_floats([rulebook.coefficients[level] for level in Level]),
        kind=np.array([kind for kind, _ in kinds] or [BY_VALUE], dtype=np.int64),
        number=_floats([number for _, number in kinds] or [0]),
        # A score is graded as it is shown: half a digit below the entry score is rounded up to it.
        grade_from=_floats([entry for _, entry in rulebook.grades]) - half,
        constants=_floats(
            [
                rulebook.correction_base,
                rulebook.correction_base_at_excellent,
                rulebook.correction_lowest,
                rulebook.correction_highest,
                int(rulebook.cap_part_at_weight),
                rulebook.financial_share,
                rulebook.highest,
                rulebook.lowest,
                scale.highest_bonus,
                scale.damped_from,
                scale.damping_factor,
            ]
        ),
    )
    facts = tuple(
        dict.fromkeys(
            (case.indicator, word) for case in cases for word in case.words if word != VALUE
        )
    )
    return Layout(
        rulebook=rulebook,
        law=law,
        cases=cases,
        trials=lay_out_trials(rulebook, cases, {key: row for row, key in enumerate(facts)}),
        facts=tuple((names[indicator], word) for indicator, word in facts),
    )


def lay_out_ladders(
    rulebook: EvaluationRulebook, tables: Sequence[Mapping[str, StandardValue]]
) -> Floats:
    """Return the levels of several tables of standard values as :func:`score` takes them."""
    names = [item.name for item in rulebook.indicators]
    padded = -(-len(names) // LANES) * LANES
    ladders = np.full((len(tables), LADDER_ROWS, padded), np.nan)
    ladders[:, SLOPE:] = 0.0
    nothing = (np.nan,) * len(_LEVELS)
    raw = np.array(
        [
            [
                nothing if standard is None else _numbers(standard.values)
                for standard in map(table.get, names)
            ]
            for table in tables
        ],
        dtype=np.float64,
    ).reshape(len(tables), len(names), len(_LEVELS))
    published = ~np.isnan(raw)
    best, worst = published.argmax(axis=2), 4 - published[:, :, ::-1].argmax(axis=2)
    gap = np.take_along_axis(raw, worst[..., None], 2) - np.take_along_axis(raw, best[..., None], 2)
    sign = np.where(gap[..., 0] > 0, -1.0, 1.0)
    for row, column in np.argwhere((gap[..., 0] == 0) & (best < worst)):
        # Levels that differ by less than binary numbers tell.
        sign[row, column] = -1.0 if tables[row][names[column]].smaller_is_better else 1.0
    sign[~published.any(axis=2)] = np.nan
    ladders[:, SIGN, : len(names)] = sign
    signed = (raw * sign[..., None]).transpose(2, 0, 1)
    better, better_coefficient = np.full(signed.shape[1:], np.nan), np.zeros(signed.shape[1:])
    for place, (level, bound) in enumerate(zip(_LEVELS, signed, strict=True)):
        ladders[:, REACHED + place, : len(names)] = bound
        own = float(rulebook.coefficients[level])
        # Of two equal levels the better is reached: nothing stands between them.
        rises = better > bound
        step = np.where(rises, better_coefficient - own, 0.0)
        ladders[:, SLOPE + place, : len(names)] = step / np.where(rises, better - bound, 1.0)
        better = np.where(np.isnan(bound), better, bound)
        better_coefficient = np.where(np.isnan(bound), better_coefficient, own)
    return ladders


def _numbers(values: Mapping[Level, Decimal]) -> tuple[float, ...]:
    """Return the five levels, not a number where one is not published."""
    if tuple(values) == _LEVELS:
        # Nearly all are complete and in order, and then no level need be looked up.
        return tuple(map(float, values.values()))
    return tuple(np.nan if number is None else float(number) for number in map(values.get, _LEVELS))


def _kind(case: SpecialCase, *, is_correction: bool) -> tuple[int, float]:
    if case.coefficient is not None and not is_correction:
        return BY_COEFFICIENT, float(case.coefficient)
    if case.level is not None:
        return BY_PUBLISHED_LEVEL if is_correction else BY_LEVEL, float(_ORDER[case.level])
    if case.correction is not None and is_correction:
        return BY_CORRECTION, float(case.correction)
    return BY_VALUE, 0.0


def _floats(numbers: Sequence[object]) -> Floats:
    return np.array([float(str(number)) for number in numbers], dtype=np.float64)
