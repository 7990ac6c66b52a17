"""Special cases of many enterprises, decided in a loop over intervals.

Nearly every condition of a rulebook is a row of tests of single figures (``分母 ≤ 0 且 分子 > 0``),
and each such test asks whether a number lies in an interval: ``x < 5`` is ``x`` between minus
infinity and the binary number just below 5. Intervals need no branches, so a core tests eight
enterprises at once. A condition that is more than such tests is decided beforehand by its column
program; the loop then only reads the answer. Not a number lies in no interval: missing is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guozi_core.formula import Reference, compile_columns, figure_tests
from guozi_core.scoring._bulk_arrays import Bools, Floats, Longs, Trials

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guozi_core.formula import ColumnProgram, FigureTest
    from guozi_core.scoring._rules import EvaluationRulebook, SpecialCase

VALUE = "数值"
#: Relative distance from a number other than zero within which a comparison is not trusted.
DOUBTFUL = 1e-9
#: Enterprises that a column program takes at a time.
_BLOCK = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseColumns:
    """One special case.

    Parameters
    ----------
    number : int
        Its place in ``rulebook.special``.
    indicator : int
        Its indicator.
    when : ColumnProgram or None
        Its condition, where intervals cannot say it.
    value : ColumnProgram or None
        What the value becomes.
    words : tuple of str
        What condition and value ask for.
    """

    number: int
    indicator: int
    when: ColumnProgram | None
    value: ColumnProgram | None
    words: tuple[str, ...]


class _Test(NamedTuple):
    fact: int
    low: float
    high: float
    within: bool = True


def case_columns(rulebook: EvaluationRulebook) -> tuple[CaseColumns, ...]:
    """Return the special cases with programs for what intervals cannot say."""
    names = [item.name for item in rulebook.indicators]
    return tuple(
        CaseColumns(
            number=number,
            indicator=names.index(case.indicator),
            when=None if _tests_of(case) is not None else compile_columns(case.when),
            value=None if case.value is None else compile_columns(case.value),
            words=_words(case),
        )
        for number, case in enumerate(rulebook.special)
    )


def lay_out_trials(
    rulebook: EvaluationRulebook,
    cases: Sequence[CaseColumns],
    facts: Mapping[tuple[int, str], int],
) -> Trials:
    """Return the special cases as arrays.

    Parameters
    ----------
    rulebook : EvaluationRulebook
        Holds the conditions.
    cases : sequence of CaseColumns
        The same cases.
    facts : mapping of (int, str) to int
        The row of the facts that holds a word of an indicator.
    """
    indicators = sorted({case.indicator for case in cases})
    asked = [case.number for case in cases if case.when is not None]
    writing = [case.number for case in cases if case.value is not None]
    order: list[int] = []
    tests: list[_Test] = []
    doubts: list[_Test] = []
    case_from, test_from, doubt_from = [0], [0], [0]
    for indicator in indicators:
        unsure: dict[_Test, None] = {}
        for case in cases:
            if case.indicator != indicator:
                continue
            order.append(case.number)
            for test in _tests_of(rulebook.special[case.number]) or ():
                word = test.reference.name
                fact = -1 if word == VALUE else facts[indicator, word]
                tests += _intervals(fact, test)
                unsure |= dict.fromkeys(_doubt(fact, test))
            test_from.append(len(tests))
        doubts += unsure
        case_from.append(len(order))
        doubt_from.append(len(doubts))
    return Trials(
        indicator=_longs(indicators),
        case_from=_longs(case_from),
        case=_longs(order),
        told=_longs([asked.index(case) if case in asked else -1 for case in order]),
        rewrites=_longs([writing.index(case) if case in writing else -1 for case in order]),
        test_from=_longs(test_from),
        fact=_longs([test.fact for test in tests]),
        low=np.array([test.low for test in tests], dtype=np.float64),
        high=np.array([test.high for test in tests], dtype=np.float64),
        within=np.array([test.within for test in tests], dtype=np.bool_),
        doubt_from=_longs(doubt_from),
        doubt_fact=_longs([test.fact for test in doubts]),
        doubt_low=np.array([test.low for test in doubts], dtype=np.float64),
        doubt_high=np.array([test.high for test in doubts], dtype=np.float64),
    )


def rewrite(
    cases: Sequence[CaseColumns],
    facts_of: Mapping[tuple[int, str], int],
    *, values: Floats, facts: Floats, rewritten: Bools, near: Bools,
) -> tuple[Longs, Floats]:  # fmt: skip
    """Return the enterprises whose value a case writes, and their values after that.

    Parameters
    ----------
    cases : sequence of CaseColumns
        The cases.
    facts_of : mapping of (int, str) to int
        The row of ``facts`` that holds a word of an indicator.
    values : array, shape (n, k)
        Indicator values, not a number where missing.
    facts : array, shape (f, n)
        Amounts, not a number where missing.
    rewritten : array of bool, shape (v, n)
        Where a case applies that writes the value.
    near : array of bool, shape (n,)
        Marked where what a case writes is too near a boundary to tell.

    Returns
    -------
    rows : array, shape (h,)
        The enterprises, in order.
    changed : array, shape (h, k)
        Their values.
    """
    rows = np.flatnonzero(rewritten.any(axis=0))
    changed = values[rows]
    writing = (case for case in cases if case.value is not None)
    for case, applies in zip(writing, rewritten, strict=True):
        at = np.flatnonzero(applies[rows])
        if at.size and case.value is not None:
            hit = rows[at]
            computed = case.value(_given(case, facts_of, values, facts, hit), rows=hit.size)
            before = changed[at, case.indicator]
            changed[at, case.indicator] = np.where(computed.valid, computed.values, before)
            near[hit] |= computed.doubtful
    return rows, changed


def ask_programs(
    cases: Sequence[CaseColumns],
    facts_of: Mapping[tuple[int, str], int],
    *, values: Floats, facts: Floats, near: Bools,
) -> Bools:  # fmt: skip
    """Return where conditions hold that are more than tests of figures, shape (d, n).

    Parameters
    ----------
    cases : sequence of CaseColumns
        The cases; those without a program are passed over.
    facts_of : mapping of (int, str) to int
        The row of ``facts`` that holds a word of an indicator.
    values : array, shape (n, k)
        Indicator values, not a number where missing.
    facts : array, shape (f, n)
        Amounts, not a number where missing.
    near : array of bool, shape (n,)
        Marked where a condition is too near to tell.
    """
    rows = values.shape[0]
    cases = [case for case in cases if case.when is not None]
    told: Bools = np.zeros((len(cases), rows), dtype=np.bool_)
    for start in range(0, rows if cases else 0, _BLOCK):
        block = slice(start, min(start + _BLOCK, rows))
        size = block.stop - start
        for place, case in enumerate(cases):
            if case.when is None:
                continue
            given = _given(case, facts_of, values, facts, block)
            answer = case.when(given, rows=size)
            near[block] |= _still_doubtful(case.when, given, answer.doubtful)
            told[place, block] = answer.valid & (answer.values != 0)
    return told


def _given(
    case: CaseColumns,
    facts_of: Mapping[tuple[int, str], int],
    values: Floats,
    facts: Floats,
    rows: slice | Longs,
) -> dict[Reference, tuple[Floats, Bools]]:
    found = {}
    for word in case.words:
        if word == VALUE:
            vector = np.ascontiguousarray(values[rows, case.indicator])
        else:
            vector = facts[facts_of[case.indicator, word], rows]
        found[Reference(word)] = (vector, ~np.isnan(vector))
    return found


def _still_doubtful(
    when: ColumnProgram, given: Mapping[Reference, tuple[Floats, Bools]], doubtful: Bools
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
    found[rows] = when(apart, rows=rows.size).doubtful
    return found


def _tests_of(case: SpecialCase) -> tuple[FigureTest, ...] | None:
    """Return the tests a condition consists of, if all ask for figures of this very moment."""
    tests = figure_tests(case.when)
    if tests is None or any(test.reference.at for test in tests):
        return None
    return tests


def _intervals(fact: int, test: FigureTest) -> list[_Test]:
    """Return a test of a figure as tests of intervals, all of which must hold."""
    number = float(test.number)
    everywhere = _Test(fact, -np.inf, np.inf)
    match test.sign:
        case "<":
            return [_Test(fact, -np.inf, float(np.nextafter(number, -np.inf)))]
        case "≤":
            return [_Test(fact, -np.inf, number)]
        case ">":
            return [_Test(fact, float(np.nextafter(number, np.inf)), np.inf)]
        case "≥":
            return [_Test(fact, number, np.inf)]
        case "=":
            return [_Test(fact, number, number)]
        case "≠":
            return [everywhere, _Test(fact, number, number, within=False)]
        case "present":
            return [everywhere]
        case _:
            return [everywhere._replace(within=False)]


def _doubt(fact: int, test: FigureTest) -> list[_Test]:
    """Return where a comparison is too near to tell; zero itself is told by its sign."""
    number = float(test.number)
    if number == 0 or test.sign in {"present", "missing"}:
        return []
    edges = (number * (1 - DOUBTFUL), number / (1 - DOUBTFUL))
    return [_Test(fact, min(edges), max(edges))]


def _words(case: SpecialCase) -> tuple[str, ...]:
    asked = [reference.name for reference in case.when.references]
    asked += [] if case.value is None else [item.name for item in case.value.references]
    return tuple(dict.fromkeys(asked))


def _longs(numbers: Sequence[int]) -> Longs:
    return np.array(numbers, dtype=np.int64)
