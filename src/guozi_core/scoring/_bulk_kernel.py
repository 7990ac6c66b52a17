"""The loop over enterprises: levels, coefficients, parts and totals, on all cores.

Arrays are laid out by enterprise, so that all thirty numbers of one stand side by side, and so do
the levels of one table: a core compares eight indicators at once, without a branch. What special
cases change is put right afterwards. Codes of ``level``: 0 优秀 … 4 较差, 5 below 较差, 6 a
coefficient that a case sets, -1 none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit, prange

if TYPE_CHECKING:
    from guozi_core.scoring._bulk_arrays import Block, Bools, Floats, Kept, Law, Trials

BELOW, ASSIGNED, NONE = 5, 6, -1
#: What a case does: set the coefficient, the level, the level where levels are published, the
#: single correction, or at most the value.
BY_COEFFICIENT, BY_LEVEL, BY_PUBLISHED_LEVEL, BY_CORRECTION, BY_VALUE = range(5)
#: Relative distance from a boundary within which a binary number does not decide.
NEAR = 1e-11
NEAR_SCORE = 1e-9
#: A condition on amounts is certain unless an amount is this small and not zero (in 元).
SMALLEST = 0.004
#: Enterprises that one core takes at a time: their columns stay in its cache.
TOGETHER = 256
#: Larger than any indicator: infinity times no slope would not be a number.
_HUGE = 1e300
#: Indicators are padded to a multiple of this many, so that no vector is left half empty.
LANES = 32

#: Columns of ``parts`` and ``totals``.
BASIC, FACTOR = range(2)
BASIC_TOTAL, CORRECTED_TOTAL, COMPOSITE, BONUS, FINAL = range(5)
#: Places of ``Law.constants``.
(BASE, AT_EXCELLENT, LOWEST, HIGHEST, CAPPED, SHARE) = range(6)
(TOP, BOTTOM, MOST_BONUS, DAMPED_FROM, DAMPING) = range(6, 11)
#: Rows of a ladder: the sign, the five levels, the steps up from each.
SIGN, REACHED, SLOPE, LADDER_ROWS = 0, 1, 6, 11


#: Compiled into the loop and kept with it: all of it stands in this file, whose change is noticed.
_inner = njit(nogil=True, error_model="numpy")


@_inner
def _decide(start, size, trials, values, facts, told, found, unsure, cases, rewritten):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Decide the cases of ``size`` enterprises from ``start``.

    Written are the case of every indicator that has any (``found``, shape (i, size), and ``cases``,
    shape (n, k)), where a case applies that writes the value (``rewritten``, shape (v, n)), and
    where a condition is too near to tell (``unsure``, shape (size,)).
    """
    indicators = trials.indicator.shape[0]
    holds = np.empty(size, dtype=np.int8)
    value = np.empty(size)
    for fact in range(facts.shape[0]):
        column = facts[fact, start : start + size]
        for at in range(size):
            unsure[at] |= np.int8((column[at] != 0) & (abs(column[at]) < SMALLEST))
    for place in range(indicators):
        k = trials.indicator[place]
        chosen = found[place]
        chosen[:] = -1
        for at in range(size):
            value[at] = values[start + at, k]
        for doubt in range(trials.doubt_from[place], trials.doubt_from[place + 1]):
            fact = trials.doubt_fact[doubt]
            column = value if fact < 0 else facts[fact, start : start + size]
            low, high = trials.doubt_low[doubt], trials.doubt_high[doubt]
            for at in range(size):
                unsure[at] |= np.int8((low <= column[at]) & (column[at] <= high))
        # From the last to the first, so that the first that holds stays.
        for trial in range(trials.case_from[place + 1] - 1, trials.case_from[place] - 1, -1):
            answer = trials.told[trial]
            for at in range(size):
                holds[at] = np.int8(1) if answer < 0 else np.int8(told[answer, start + at])
            for test in range(trials.test_from[trial], trials.test_from[trial + 1]):
                fact = trials.fact[test]
                column = value if fact < 0 else facts[fact, start : start + size]
                low, high, within = trials.low[test], trials.high[test], trials.within[test]
                for at in range(size):
                    inside = (low <= column[at]) & (column[at] <= high)
                    holds[at] &= np.int8(inside == within)
            case = np.int8(trials.case[trial])
            for at in range(size):
                chosen[at] = case if holds[at] else chosen[at]
        for trial in range(trials.case_from[place], trials.case_from[place + 1]):
            written = trials.rewrites[trial]
            if written >= 0:
                for at in range(size):
                    rewritten[written, start + at] = chosen[at] == trials.case[trial]
    cases[start : start + size] = -1
    for at in range(size):
        for place in range(indicators):
            cases[start + at, trials.indicator[place]] = found[place, at]


@_inner
def _climb(place, signed, allowed, bound, level, coefficient, slope):  # type: ignore[no-untyped-def]
    """Return the place of a value that may have reached one more level."""
    above = signed - bound
    reached = above >= 0.0
    return (
        level if reached else place[0],
        coefficient if reached else place[1],
        slope if reached else place[2],
        above if reached else place[3],
        place[4] | int(abs(above) <= allowed),
    )


@_inner
def _stand(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    start, size, coefficient, ladders, compared, tables, levels, founds, unsure, kept
):  # fmt: skip
    """Find level and coefficient of every indicator as if there were no special cases.

    Without branches, from the lowest level up. A level that is not published is not a number:
    nothing reaches it and nothing is near it. Neither does a missing value reach anything.
    """
    width, padded = compared.shape[1], ladders.shape[2]
    kept_level, kept_coefficient = kept.level, kept.coefficient
    excellent, good, average, low, poor = (
        coefficient[0], coefficient[1], coefficient[2], coefficient[3], coefficient[4],
    )  # fmt: skip
    value = np.full(padded, np.nan)
    level, found = np.empty(padded, dtype=np.int8), np.empty(padded)
    for at in range(size):
        row = start + at
        table = tables[row]
        for k in range(width):
            value[k] = compared[row, k]
        near = 0
        for k in range(padded):
            signed = value[k] * ladders[table, SIGN, k]
            allowed = NEAR * max(abs(signed), 1.0)
            place = (float(BELOW), 0.0, 0.0, 0.0, 0)
            place = _climb(
                place,
                signed,
                allowed,
                ladders[table, REACHED + 4, k],
                4.0,
                poor,
                ladders[table, SLOPE + 4, k],
            )
            place = _climb(
                place,
                signed,
                allowed,
                ladders[table, REACHED + 3, k],
                3.0,
                low,
                ladders[table, SLOPE + 3, k],
            )
            place = _climb(
                place,
                signed,
                allowed,
                ladders[table, REACHED + 2, k],
                2.0,
                average,
                ladders[table, SLOPE + 2, k],
            )
            place = _climb(
                place,
                signed,
                allowed,
                ladders[table, REACHED + 1, k],
                1.0,
                good,
                ladders[table, SLOPE + 1, k],
            )
            place = _climb(place, signed, allowed, ladders[table, REACHED, k], 0.0, excellent, 0.0)
            stands, own, slope, beyond, close = place
            near |= close
            missing = np.isnan(signed)
            level[k] = np.int8(float(NONE) if missing else stands)
            found[k] = np.nan if missing else own + min(beyond, _HUGE) * slope
        unsure[at] |= np.int8(near)
        for k in range(width):
            kept_level[row, k] = level[k]
            kept_coefficient[row, k] = found[k]
        for k in range(width):
            levels[k, at] = level[k]
            founds[k, at] = found[k]


@_inner
def _assign(start, size, law, trials, cases, ladders, tables, levels, founds, kept):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Put right the levels and coefficients that special cases set."""
    kinds, numbers, coefficient = law.kind, law.number, law.coefficient
    kept_level, kept_coefficient = kept.level, kept.coefficient
    for place in range(trials.indicator.shape[0]):
        k = trials.indicator[place]
        for at in range(size):
            case = cases[place, at]
            if case < 0:
                continue
            row = start + at
            kind, number = kinds[case], numbers[case]
            if kind == BY_COEFFICIENT:
                levels[k, at], founds[k, at] = ASSIGNED, number
            elif kind == BY_LEVEL or (
                kind == BY_PUBLISHED_LEVEL and not np.isnan(ladders[tables[row], SIGN, k])
            ):
                levels[k, at], founds[k, at] = int(number), coefficient[int(number)]
            kept_level[row, k], kept_coefficient[row, k] = levels[k, at], founds[k, at]


@_inner
def _limit(number, lowest, highest):  # type: ignore[no-untyped-def]
    """Hold a number between limits; not a number stays none."""
    return lowest if number < lowest else (min(number, highest))


@_inner
def _parts(start, size, law, trials, cases, levels, founds, kept):  # type: ignore[no-untyped-def]
    """Weigh the indicators of every part and correct its basic score."""
    constants, kinds, numbers = law.constants, law.kind, law.number
    base, excellent = constants[BASE], constants[AT_EXCELLENT]
    lowest, highest, capped = constants[LOWEST], constants[HIGHEST], constants[CAPPED] > 0
    parts, totals = kept.parts, kept.totals
    place_of = np.full(law.weight.shape[0], -1)
    for place in range(trials.indicator.shape[0]):
        place_of[trials.indicator[place]] = place
    basic, factor = np.empty(size), np.empty(size)
    basic_total, corrected_total = np.zeros(size), np.zeros(size)
    raw = np.empty(size)
    for part in range(law.first.shape[0]):
        middle, last, whole = law.middle[part], law.last[part], law.part_weight[part]
        basic[:] = 0.0
        factor[:] = 0.0 if last > middle else whole
        for k in range(law.first[part], middle):
            weight = law.weight[k]
            for at in range(size):
                basic[at] += weight * founds[k, at]
        for k in range(middle, last):
            for at in range(size):
                found = founds[k, at]
                start_from = excellent if levels[k, at] == 0 else base
                # Without a value or without levels there is nothing to correct.
                raw[at] = 1.0 if np.isnan(found) else start_from + found - basic[at] / whole
            place = place_of[k]
            if place >= 0:
                for at in range(size):
                    case = cases[place, at]
                    if case >= 0 and kinds[case] == BY_CORRECTION:
                        raw[at] = numbers[case]
            weight = law.weight[k]
            for at in range(size):
                factor[at] += weight * _limit(raw[at], lowest, highest)
        for at in range(size):
            factor[at] /= whole
            corrected = basic[at] * factor[at]
            corrected_total[at] += whole if capped and corrected > whole else corrected
            basic_total[at] += basic[at]
        for at in range(size):
            parts[start + at, part, BASIC] = basic[at]
            parts[start + at, part, FACTOR] = factor[at]
    for at in range(size):
        totals[start + at, BASIC_TOTAL] = basic_total[at]
        totals[start + at, CORRECTED_TOTAL] = corrected_total[at]


@_inner
def _grade(start, size, law, block, unsure, kept):  # type: ignore[no-untyped-def]
    """Combine, add and deduct, and grade."""
    constants, grade_from, totals = law.constants, law.grade_from, kept.totals
    managements, claims, deductions = block.management, block.claimed, block.deducted
    grades, nears = kept.grade, kept.near
    for at in range(size):
        row = start + at
        management = managements[min(row, managements.shape[0] - 1)]
        claimed = claims[min(row, claims.shape[0] - 1)]
        deducted = deductions[min(row, deductions.shape[0] - 1)]
        near = False
        composite = totals[row, CORRECTED_TOTAL]
        if not np.isnan(management):
            composite = composite * constants[SHARE] + management * (1.0 - constants[SHARE])
        bonus = min(claimed, constants[MOST_BONUS])
        if bonus > 0:
            near |= abs(composite - constants[DAMPED_FROM]) <= NEAR_SCORE
            if composite >= constants[DAMPED_FROM]:
                bonus *= max(0.0, 1.0 - composite / 100.0) * constants[DAMPING]
        final = np.nan
        grade = NONE
        if np.isnan(composite):
            bonus = np.nan
        else:
            final = _limit(composite + bonus - deducted, constants[BOTTOM], constants[TOP])
            grade = grade_from.shape[0] - 1
            for entry in range(grade, -1, -1):
                near |= abs(final - grade_from[entry]) <= NEAR_SCORE
                if final >= grade_from[entry]:
                    grade = entry
        totals[row, COMPOSITE] = composite
        totals[row, BONUS] = bonus
        totals[row, FINAL] = final
        grades[row] = grade
        nears[row] |= near | (unsure[at] != 0)


@_inner
def _some(start, stop, law, trials, ladders, block, kept, rewritten):  # type: ignore[no-untyped-def]
    """Score the enterprises from ``start`` to ``stop``."""
    size = stop - start
    width = law.weight.shape[0]
    # Rows of the scratch are not a power of two apart: they would share few places of the cache.
    cases = np.empty((trials.indicator.shape[0], TOGETHER + 8), dtype=np.int8)
    levels = np.empty((width, TOGETHER + 8), dtype=np.int8)
    founds = np.empty((width, TOGETHER + 8))
    unsure = np.zeros(size, dtype=np.int8)
    _decide(
        start, size, trials, block.values, block.facts, block.told,
        cases, unsure, kept.cases, rewritten,
    )  # fmt: skip
    _stand(
        start, size, law.coefficient, ladders, block.compared, block.table,
        levels, founds, unsure, kept,
    )  # fmt: skip
    _assign(start, size, law, trials, cases, ladders, block.table, levels, founds, kept)
    _parts(start, size, law, trials, cases, levels, founds, kept)
    _grade(start, size, law, block, unsure, kept)


@njit(parallel=True, cache=True, nogil=True, error_model="numpy")
def _score(law, trials, ladders, block, kept, rewritten):  # type: ignore[no-untyped-def]
    rows = block.values.shape[0]
    for chunk in prange((rows + TOGETHER - 1) // TOGETHER):
        start = chunk * TOGETHER
        _some(
            start, min(rows, start + TOGETHER), law, trials, ladders, block, kept, rewritten
        )  # fmt: skip


def score(
    *, law: Law, trials: Trials, ladders: Floats, block: Block, kept: Kept, rewritten: Bools
) -> None:
    """Score every enterprise of a block into ``kept``, whose ``near`` is only added to.

    Parameters
    ----------
    law : Law
        The rulebook.
    trials : Trials
        Its special cases.
    ladders : array, shape (t, 11, m)
        Of every table and indicator, so signed that larger is better: the sign, the five levels
        and the steps of the coefficient from each level to the next better one; not a number where
        there is none. Padded from ``k`` to ``m`` indicators.
    block : Block
        The enterprises.
    kept : Kept
        Written.
    rewritten : array of bool, shape (v, n)
        Written: where a case applies that writes the value, one row for each such case.
    """
    _score(law, trials, ladders, block, kept, rewritten)
