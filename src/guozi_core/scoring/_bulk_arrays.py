"""The arrays of an evaluation of many: the law, its special cases, what is known, what is kept.

``n`` enterprises, ``k`` indicators, ``p`` parts, ``c`` special cases, ``t`` tables. The compiled
loop is kept beside ``_bulk_kernel.py`` and knows these fields by their order: whoever changes the
order changes that file too, so that the loop is compiled anew.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Small = npt.NDArray[np.int8]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


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
    kind, number : arrays, shape (c,)
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


class Trials(NamedTuple):
    """All special cases as arrays; ``c`` cases of ``i`` indicators.

    Attributes
    ----------
    indicator : array, shape (i,)
        Indicators that have cases.
    case_from : array, shape (i + 1,)
        Where the cases of an indicator begin in ``case``.
    case : array, shape (c,)
        Case numbers, in the order in which they are tried.
    told : array, shape (c,)
        Which row of the answers of column programs decides the case; -1 where its tests do.
    rewrites : array, shape (c,)
        Which row of ``rewritten`` the case marks; -1 where it keeps the value.
    test_from : array, shape (c + 1,)
        Where the tests of a case begin.
    fact, low, high, within : arrays, shape (s,)
        A test: whether a fact (-1: the value) lies from ``low`` to ``high``, both included, or,
        where ``within`` is false, does not.
    doubt_from : array, shape (i + 1,)
        Where the doubts of an indicator begin.
    doubt_fact, doubt_low, doubt_high : arrays
        Intervals in which a number is too near to tell.
    """

    indicator: Longs
    case_from: Longs
    case: Longs
    told: Longs
    rewrites: Longs
    test_from: Longs
    fact: Longs
    low: Floats
    high: Floats
    within: Bools
    doubt_from: Longs
    doubt_fact: Longs
    doubt_low: Floats
    doubt_high: Floats


class Block(NamedTuple):
    """What is known of some enterprises.

    Attributes
    ----------
    values : array, shape (n, k)
        Indicators as the special cases see them, not a number where missing.
    compared : array, shape (n, k)
        Indicators as they are compared with levels: the same, but for cases that write the value.
    facts : array, shape (f, n)
        Amounts, not a number where missing.
    told : array of bool, shape (d, n)
        Answers of the column programs.
    table : array, shape (n,)
        Which ladders each is compared with.
    management, claimed, deducted : arrays, shape (n,) or (1,)
        Of each, or one for all.
    """

    values: Floats
    compared: Floats
    facts: Floats
    told: Bools
    table: Longs
    management: Floats
    claimed: Floats
    deducted: Floats


class Kept(NamedTuple):
    """Everything kept of some enterprises; what follows by one product is computed when asked for.

    Attributes
    ----------
    cases : array of int8, shape (n, k)
        Which of ``rulebook.special`` applied; -1 where none did.
    level : array of int8, shape (n, k)
        Where each value stands.
    coefficient : array, shape (n, k), unit [1]
        标准系数 with the adjustment; not a number where there is none.
    parts : array, shape (n, p, 2)
        Basic score and 综合修正系数 of each part.
    totals : array, shape (n, 5)
        Basic, corrected, composite score, bonus, final score.
    grade : array of int8, shape (n,)
        Place in ``rulebook.grades``; -1 without a score.
    near : array of bool, shape (n,)
        Where a binary number was too near a boundary to tell.
    """

    cases: Small
    level: Small
    coefficient: Floats
    parts: Floats
    totals: Floats
    grade: Small
    near: Bools
