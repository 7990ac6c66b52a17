"""The rulebook and the standard values laid out for the loop, and its special cases as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guozi_core.formula import Reference, compile_columns
from guozi_core.scoring._bulk_kernel import (
    BY_COEFFICIENT,
    BY_CORRECTION,
    BY_LEVEL,
    BY_VALUE,
    Law,
    Levels,
)
from guozi_core.scoring._standard import Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guozi_core.formula import ColumnProgram
    from guozi_core.scoring._rules import EvaluationRulebook, SpecialCase
    from guozi_core.scoring._standard import StandardValue

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Small = npt.NDArray[np.int8]

VALUE = "数值"
#: A conditional on amounts is certain unless an amount is this small and not zero (in 元).
_SMALLEST = 0.004
_ORDER = {level: place for place, level in enumerate(Level)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseColumns:
    """One special case ready to run over columns."""

    number: int
    indicator: int
    when: ColumnProgram
    value: ColumnProgram | None
    words: tuple[str, ...]


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
    facts : tuple of (str, str)
        Indicator and word (分子, 分母, 本年, 上年) of every column that the cases ask for.
    """

    rulebook: EvaluationRulebook
    law: Law
    cases: tuple[CaseColumns, ...]
    facts: tuple[tuple[str, str], ...]


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
    cases = tuple(
        CaseColumns(
            number=number,
            indicator=names.index(case.indicator),
            when=compile_columns(case.when),
            value=None if case.value is None else compile_columns(case.value),
            words=_words(case),
        )
        for number, case in enumerate(rulebook.special)
    )
    facts = dict.fromkeys(
        (names[case.indicator], word) for case in cases for word in case.words if word != VALUE
    )
    return Layout(rulebook=rulebook, law=law, cases=cases, facts=tuple(facts))


def lay_out_levels(
    rulebook: EvaluationRulebook, tables: Sequence[Mapping[str, StandardValue]]
) -> Levels:
    """Return the levels of several tables of standard values as arrays."""
    names = [item.name for item in rulebook.indicators]
    shape = (len(tables), len(names))
    bound = np.full((*shape, len(Level)), np.nan)
    which = np.zeros((*shape, len(Level)), dtype=np.int8)
    counts = np.zeros(shape, dtype=np.int8)
    sign = np.ones(shape)
    for row, table in enumerate(tables):
        for column, name in enumerate(names):
            standard = table.get(name)
            if standard is None:
                continue
            sign[row, column] = -1.0 if standard.smaller_is_better else 1.0
            published = [level for level in Level if level in standard.values]
            counts[row, column] = len(published)
            for place, level in enumerate(published):
                bound[row, column, place] = float(standard.values[level]) * sign[row, column]
                which[row, column, place] = _ORDER[level]
    return Levels(bound=bound, which=which, published=counts, sign=sign)


def cases_of(layout: Layout, values: Floats, facts: Floats) -> tuple[Floats, Small, Bools]:
    """Return the values after the cases, the case of every indicator, and the doubtful rows.

    Parameters
    ----------
    layout : Layout
        The rulebook.
    values : array, shape (n, k)
        Indicator values, not a number where missing.
    facts : array, shape (f, n)
        The columns of ``layout.facts``.
    """
    rows = values.shape[0]
    found = np.full(values.shape, -1, dtype=np.int8)
    doubtful: Bools = np.zeros(rows, dtype=np.bool_)
    place = {key: number for number, key in enumerate(layout.facts)}
    names = [item.name for item in layout.rulebook.indicators]
    for fact in facts:
        doubtful |= (fact != 0) & (np.abs(fact) < _SMALLEST)
    changed = values
    for case in layout.cases:
        column = case.indicator
        given = {}
        for word in case.words:
            vector = (
                np.ascontiguousarray(changed[:, column])
                if word == VALUE
                else facts[place[names[column], word]]
            )
            given[Reference(word)] = (vector, ~np.isnan(vector))
        answer = case.when(given, rows=rows)
        doubtful |= _still_doubtful(case, given, answer.doubtful)
        hit = answer.valid & (answer.values != 0) & (found[:, column] < 0)
        if not hit.any():
            continue
        found[hit, column] = case.number
        if case.value is not None:
            computed = case.value(given, rows=rows)
            changed = changed.copy() if changed is values else changed
            taken = hit & computed.valid
            changed[taken, column] = computed.values[taken]
    return changed, found, doubtful


def _still_doubtful(
    case: CaseColumns, given: Mapping[Reference, tuple[Floats, Bools]], doubtful: Bools
) -> Bools:
    """Return the doubtful rows without those in doubt only because an amount is exactly zero.

    A blank line or a zero is no binary noise: it is looked at again without its comparisons.
    """
    rows = np.flatnonzero(doubtful)
    if not rows.size:
        return doubtful
    apart = {
        reference: (vector[rows], present[rows] & (vector[rows] != 0))
        for reference, (vector, present) in given.items()
    }
    found = doubtful.copy()
    found[rows] = case.when(apart, rows=rows.size).doubtful
    return found


def _kind(case: SpecialCase, *, is_correction: bool) -> tuple[int, float]:
    if case.coefficient is not None and not is_correction:
        return BY_COEFFICIENT, float(case.coefficient)
    if case.level is not None:
        return BY_LEVEL, float(_ORDER[case.level])
    if case.correction is not None and is_correction:
        return BY_CORRECTION, float(case.correction)
    return BY_VALUE, 0.0


def _words(case: SpecialCase) -> tuple[str, ...]:
    asked = [reference.name for reference in case.when.references]
    asked += [] if case.value is None else [item.name for item in case.value.references]
    return tuple(dict.fromkeys(asked))


def _floats(numbers: Sequence[object]) -> Floats:
    return np.array([float(str(number)) for number in numbers], dtype=np.float64)
