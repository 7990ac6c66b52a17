"""The loop over enterprises: levels, coefficients, parts and totals of one block, on all cores.

Arrays are laid out by enterprise, so that all thirty numbers of one stand side by side. Codes of
``level``: 0 优秀 … 4 较差, 5 below 较差, 6 a coefficient that a case sets, -1 none.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, prange

Floats = npt.NDArray[np.float64]
Small = npt.NDArray[np.int8]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

BELOW, ASSIGNED, NONE = 5, 6, -1
#: What a case does: set the coefficient, the level, the single correction, or only the value.
BY_COEFFICIENT, BY_LEVEL, BY_CORRECTION, BY_VALUE = range(4)
#: Relative distance from a boundary within which a binary number does not decide.
NEAR = 1e-11
NEAR_SCORE = 1e-9

#: Columns of ``parts`` and ``totals``.
BASIC, ANALYSIS, FACTOR, CORRECTED = range(4)
BASIC_TOTAL, CORRECTED_TOTAL, COMPOSITE, BONUS, FINAL = range(5)
#: Places of ``Law.constants``.
(BASE, AT_EXCELLENT, LOWEST, HIGHEST, CAPPED, SHARE) = range(6)
(TOP, BOTTOM, MOST_BONUS, DAMPED_FROM, DAMPING) = range(6, 11)


class Law(NamedTuple):
    """The rulebook as arrays.

    Attributes
    ----------
    weight : array, shape (k,)
        Weight of each indicator, parts in order, basic ones of a part before its corrections.
    first, middle, last : arrays, shape (p,)
        Indicators of a part: basic from ``first`` to ``middle``, corrections to ``last``.
    part_weight : array, shape (p,)
        Weight of each part.
    coefficient : array, shape (5,)
        标准系数 of the levels.
    kind, number : arrays
        What each special case does, and its number.
    grade_from : array
        Entry scores, best first.
    constants : array, shape (11,)
        The single numbers of the rulebook, in the places named above.
    """

    weight: Floats
    first: Longs
    middle: Longs
    last: Longs
    part_weight: Floats
    coefficient: Floats
    kind: Longs
    number: Floats
    grade_from: Floats
    constants: Floats


class Levels(NamedTuple):
    """Published levels of all tables, best first, signed so that larger is better.

    Attributes
    ----------
    bound : array, shape (t, k, 5)
        The levels that are published, without gaps.
    which : array of int8, shape (t, k, 5)
        Which level each is.
    published : array of int8, shape (t, k)
        How many there are; 0 where the indicator has none.
    sign : array, shape (t, k)
        -1 where smaller is better.
    """

    bound: Floats
    which: Small
    published: Small
    sign: Floats


class Block(NamedTuple):
    """What is known of some enterprises."""

    values: Floats
    cases: Small
    table: Longs
    management: Floats
    claimed: Floats
    deducted: Floats


class Kept(NamedTuple):
    """Everything kept of some enterprises."""

    level: Small
    coefficient: Floats
    brought: Floats
    parts: Floats
    totals: Floats
    grade: Small
    near: Bools


@njit(cache=True, nogil=True)
def _place(
    value: float, bound: Floats, which: Small, count: int, coefficient: Floats
) -> tuple[int, float, bool]:
    """Return level, coefficient and whether a level is too near to tell."""
    near = False
    for place in range(count):
        reached = bound[place]
        near |= abs(value - reached) <= NEAR * max(1.0, abs(reached))
        if value < reached:
            continue
        level = which[place]
        own = coefficient[level]
        if place == 0:
            return level, own, near
        upper = bound[place - 1]
        efficacy = (value - reached) / (upper - reached)
        return level, own + efficacy * (coefficient[which[place - 1]] - own), near
    return BELOW, 0.0, near


@njit(cache=True, nogil=True)
def _standing(law: Law, levels: Levels, block: Block, row: int, k: int) -> tuple[int, float, bool]:
    """Return level, coefficient and nearness of one indicator; not a number where it has none."""
    case = block.cases[row, k]
    table = block.table[row]
    value = block.values[row, k]
    if case >= 0 and law.kind[case] == BY_COEFFICIENT:
        return ASSIGNED, law.number[case], False
    if case >= 0 and law.kind[case] == BY_LEVEL:
        level = int(law.number[case])
        return level, law.coefficient[level], False
    if np.isnan(value) or levels.published[table, k] == 0:
        return NONE, np.nan, False
    return _place(
        value * levels.sign[table, k],
        levels.bound[table, k],
        levels.which[table, k],
        levels.published[table, k],
        law.coefficient,
    )


@njit(cache=True, nogil=True)
def _single(
    law: Law,
    levels: Levels,
    block: Block,
    row: int,
    k: int,
    place: tuple[int, float],
    analysis: float,
) -> float:
    """Return 单项修正系数 before the limits; not a number without the part's basic score."""
    case = block.cases[row, k]
    if case >= 0 and law.kind[case] == BY_CORRECTION:
        return float(law.number[case])
    if levels.published[block.table[row], k] == 0 or np.isnan(place[1]):
        return 1.0
    base = law.constants[AT_EXCELLENT] if place[0] == 0 else law.constants[BASE]
    return float(base + place[1] - analysis)


@njit(cache=True, nogil=True)
def _part(law: Law, levels: Levels, block: Block, kept: Kept, row: int, part: int) -> bool:
    """Score one part of one enterprise; return whether something was too near to tell."""
    near = False
    basic = 0.0
    for k in range(law.first[part], law.middle[part]):
        level, coefficient, close = _standing(law, levels, block, row, k)
        near |= close
        points = law.weight[k] * coefficient
        basic += points
        kept.level[row, k] = level
        kept.coefficient[row, k] = coefficient
        kept.brought[row, k] = points
    weight = law.part_weight[part]
    analysis = basic / weight
    factor = 0.0 if law.last[part] > law.middle[part] else 1.0
    for k in range(law.middle[part], law.last[part]):
        level, coefficient, close = _standing(law, levels, block, row, k)
        near |= close
        raw = _single(law, levels, block, row, k, (level, coefficient), analysis)
        limited = min(max(raw, law.constants[LOWEST]), law.constants[HIGHEST])
        weighted = np.nan if np.isnan(raw) else law.weight[k] * limited / weight
        factor += weighted
        kept.level[row, k] = level
        kept.coefficient[row, k] = coefficient
        kept.brought[row, k] = weighted
    corrected = basic * factor
    if law.constants[CAPPED] > 0 and corrected > weight:
        corrected = weight
    kept.parts[row, part, BASIC] = basic
    kept.parts[row, part, ANALYSIS] = analysis
    kept.parts[row, part, FACTOR] = factor
    kept.parts[row, part, CORRECTED] = corrected
    return near


@njit(cache=True, nogil=True)
def _grade(law: Law, final: float) -> tuple[int, bool]:
    """Return the grade's number and whether an entry score is too near to tell."""
    near = False
    grade = law.grade_from.shape[0] - 1
    for entry in range(law.grade_from.shape[0] - 1, -1, -1):
        near |= abs(final - law.grade_from[entry]) <= NEAR_SCORE
        if final >= law.grade_from[entry]:
            grade = entry
    return grade, near


@njit(cache=True, nogil=True)
def _combine(law: Law, block: Block, kept: Kept, row: int) -> bool:
    """Put one enterprise's parts together; return whether something was too near to tell."""
    basic = 0.0
    corrected = 0.0
    for part in range(kept.parts.shape[1]):
        basic += kept.parts[row, part, BASIC]
        corrected += kept.parts[row, part, CORRECTED]
    share = law.constants[SHARE]
    composite = corrected
    if not np.isnan(block.management[row]):
        composite = corrected * share + block.management[row] * (1.0 - share)
    near = False
    bonus = min(block.claimed[row], law.constants[MOST_BONUS])
    if bonus > 0:
        near = abs(composite - law.constants[DAMPED_FROM]) <= NEAR_SCORE
        if composite >= law.constants[DAMPED_FROM]:
            bonus *= max(0.0, 1.0 - composite / 100.0) * law.constants[DAMPING]
    final = composite + bonus - block.deducted[row]
    if np.isnan(composite):
        bonus = np.nan
        grade = NONE
    else:
        final = min(max(final, law.constants[BOTTOM]), law.constants[TOP])
        grade, close = _grade(law, final)
        near |= close
    kept.totals[row, BASIC_TOTAL] = basic
    kept.totals[row, CORRECTED_TOTAL] = corrected
    kept.totals[row, COMPOSITE] = composite
    kept.totals[row, BONUS] = bonus
    kept.totals[row, FINAL] = final
    kept.grade[row] = grade
    return near


@njit(parallel=True, cache=True, nogil=True)
def score(law: Law, levels: Levels, block: Block, kept: Kept) -> None:
    """Score every enterprise of a block into ``kept``."""
    for row in prange(block.values.shape[0]):
        near = False
        for part in range(law.first.shape[0]):
            near |= _part(law, levels, block, kept, row, part)
        kept.near[row] = near | _combine(law, block, kept, row)
