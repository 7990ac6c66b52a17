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
#: Enterprises that one core takes at a time.
TOGETHER = 512

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


@njit(inline="always")
def _standing(value, kind, number, bound, which, published, sign, table, k, coefficient):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Return level, coefficient and whether a level is too near to tell."""
    level = NONE
    found = np.nan
    near = False
    if kind == BY_COEFFICIENT:
        level = ASSIGNED
        found = number
    elif kind == BY_LEVEL:
        level = int(number)
        found = coefficient[level]
    elif not np.isnan(value) and published[table, k] > 0:
        signed = value * sign[table, k]
        level = BELOW
        found = 0.0
        for place in range(published[table, k]):
            reached = bound[table, k, place]
            near |= abs(signed - reached) <= NEAR * max(1.0, abs(reached))
            if signed >= reached:
                level = int(which[table, k, place])
                found = coefficient[level]
                if place > 0:
                    upper = bound[table, k, place - 1]
                    step = coefficient[which[table, k, place - 1]] - found
                    found += (signed - reached) / (upper - reached) * step
                break
    return level, found, near


@njit(cache=True, nogil=True)
def _rows(  # type: ignore[no-untyped-def]  # noqa: PLR0912, PLR0913, PLR0915, PLR0917
    start, stop,
    weight, first, middle, last, part_weight, coefficient, kinds, numbers, grade_from, constants,
    bound, which, published, sign,
    values, cases, tables, management, claimed, deducted,
    kept_level, kept_coefficient, brought, parts, totals, grades, nears,
):  # fmt: skip
    """Score the enterprises from ``start`` to ``stop``."""
    for row in range(start, stop):
        table = tables[row]
        near = False
        basic_total = 0.0
        corrected_total = 0.0
        for part in range(first.shape[0]):
            basic = 0.0
            whole = part_weight[part]
            for k in range(first[part], middle[part]):
                case = cases[row, k]
                kind = kinds[case] if case >= 0 else BY_VALUE
                number = numbers[case] if case >= 0 else 0.0
                level, found, close = _standing(
                    values[row, k], kind, number,
                    bound, which, published, sign, table, k, coefficient,
                )  # fmt: skip
                near |= close
                basic += weight[k] * found
                kept_level[row, k] = level
                kept_coefficient[row, k] = found
                brought[row, k] = weight[k] * found
            analysis = basic / whole
            factor = 0.0 if last[part] > middle[part] else 1.0
            for k in range(middle[part], last[part]):
                case = cases[row, k]
                kind = kinds[case] if case >= 0 else BY_VALUE
                number = numbers[case] if case >= 0 else 0.0
                level, found, close = _standing(
                    values[row, k], kind, number,
                    bound, which, published, sign, table, k, coefficient,
                )  # fmt: skip
                near |= close
                if kind == BY_CORRECTION:
                    raw = number
                elif published[table, k] == 0 or np.isnan(found):
                    raw = 1.0
                elif level == 0:
                    raw = constants[AT_EXCELLENT] + found - analysis
                else:
                    raw = constants[BASE] + found - analysis
                weighted = weight[k] / whole
                if np.isnan(raw):
                    weighted = np.nan
                else:
                    weighted *= min(max(raw, constants[LOWEST]), constants[HIGHEST])
                factor += weighted
                kept_level[row, k] = level
                kept_coefficient[row, k] = found
                brought[row, k] = weighted
            corrected = basic * factor
            if constants[CAPPED] > 0 and corrected > whole:
                corrected = whole
            parts[row, part, BASIC] = basic
            parts[row, part, ANALYSIS] = analysis
            parts[row, part, FACTOR] = factor
            parts[row, part, CORRECTED] = corrected
            basic_total += basic
            corrected_total += corrected
        composite = corrected_total
        if not np.isnan(management[row]):
            share = constants[SHARE]
            composite = corrected_total * share + management[row] * (1.0 - share)
        bonus = min(claimed[row], constants[MOST_BONUS])
        if bonus > 0:
            near |= abs(composite - constants[DAMPED_FROM]) <= NEAR_SCORE
            if composite >= constants[DAMPED_FROM]:
                bonus *= max(0.0, 1.0 - composite / 100.0) * constants[DAMPING]
        final = np.nan
        grade = NONE
        if np.isnan(composite):
            bonus = np.nan
        else:
            final = composite + bonus - deducted[row]
            final = min(max(final, constants[BOTTOM]), constants[TOP])
            grade = grade_from.shape[0] - 1
            for entry in range(grade, -1, -1):
                near |= abs(final - grade_from[entry]) <= NEAR_SCORE
                if final >= grade_from[entry]:
                    grade = entry
        totals[row, BASIC_TOTAL] = basic_total
        totals[row, CORRECTED_TOTAL] = corrected_total
        totals[row, COMPOSITE] = composite
        totals[row, BONUS] = bonus
        totals[row, FINAL] = final
        grades[row] = grade
        nears[row] = near


@njit(parallel=True, cache=True, nogil=True)
def _score(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    weight, first, middle, last, part_weight, coefficient, kinds, numbers, grade_from, constants,
    bound, which, published, sign,
    values, cases, tables, management, claimed, deducted,
    kept_level, kept_coefficient, brought, parts, totals, grades, nears,
):  # fmt: skip
    rows = values.shape[0]
    for block in prange((rows + TOGETHER - 1) // TOGETHER):
        _rows(
            block * TOGETHER, min(rows, (block + 1) * TOGETHER),
            weight, first, middle, last, part_weight, coefficient, kinds, numbers, grade_from,
            constants, bound, which, published, sign,
            values, cases, tables, management, claimed, deducted,
            kept_level, kept_coefficient, brought, parts, totals, grades, nears,
        )  # fmt: skip


def score(law: Law, levels: Levels, block: Block, kept: Kept) -> None:
    """Score every enterprise of a block into ``kept``."""
    _score(*law, *levels, *block, *kept)
