"""Rows of integers, laid out flat and run over blocks of statements on all cores."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, prange

from guozi_core.units import MoneyUnit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guozi_core.checks._linear_rows import Column, Row

Ints = npt.NDArray[np.int64]
#: Figures and how many lines stand behind each.
Columns = tuple[Ints, npt.NDArray[np.uint8]]

#: Statements judged together: their columns stay in the cache while all rows pass over them.
BLOCK = 256
_RELATIONS = {"=": 0, "≤": 1, "≥": 2}
_SIGNS = {"=": 0, "≤": 1, "≥": 2, "<": 3, ">": 4, "≠": 5}
_NO_CAP = 2**62


class Run(NamedTuple):
    """What a program found.

    Attributes
    ----------
    verdicts : array of int8, shape (rows, statements)
        0 not applicable, 1 passed, 2 failed.
    widest : array of int64, shape (statements,)
        The largest magnitude among the figures of each statement.
    """

    verdicts: npt.NDArray[np.int8]
    widest: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Rows as flat arrays; ``…_from[r]`` to ``…_from[r + 1]`` belong to row ``r``.

    Parameters
    ----------
    column, weight, term_from : arrays
        The weighted sums.
    needed, needed_from, counted, counted_from, absent, absent_from : arrays
        Columns that must have a figure, that are addends, that must have none.
    any_counted, relation, least, each, cap, exact : arrays
        How a row is judged. Allowed are max(least, each × addends) × last place, at most the cap.
    guard_column, guard_weight, guard_from, guard_sign, row_guards : arrays
        Conditions, and which of them belong to a row.
    heaviest, loosest : int
        Largest sum of weights and largest multiple of a place, to see what fits 64 bits.
    """

    column: Ints
    weight: Ints
    term_from: Ints
    needed: Ints
    needed_from: Ints
    counted: Ints
    counted_from: Ints
    absent: Ints
    absent_from: Ints
    any_counted: Ints
    relation: Ints
    least: Ints
    each: Ints
    cap: Ints
    exact: Ints
    guard_column: Ints
    guard_weight: Ints
    guard_from: Ints
    guard_sign: Ints
    row_guards: Ints
    heaviest: int
    loosest: int
    whole_place: int

    @classmethod
    def of(
        cls, rows: Sequence[Row], place: Mapping[Column, int], *, unit: MoneyUnit, filed: bool
    ) -> Program:
        """Return rows laid out flat, with tolerances for one unit."""
        column, term_from = _flat([[place[c] for c in row.columns] for row in rows])
        weight, _ = _flat([row.weights for row in rows])
        needed, needed_from = _flat([sorted(place[c] for c in row.needed) for row in rows])
        counted, counted_from = _flat([[place[c] for c in row.counted] for row in rows])
        absent, absent_from = _flat([sorted(place[c] for c in row.absent) for row in rows])
        guards = [guard for row in rows for guard in row.guards]
        guard_column, guard_from = _flat([[place[c] for c in guard.columns] for guard in guards])
        guard_weight, _ = _flat([guard.weights for guard in guards])
        starts = np.cumsum([0, *(len(row.guards) for row in rows)]).astype(np.int64)
        least, each, cap, exact = [], [], [], []
        for row in rows:
            rule = row.assertion.tolerance
            least.append(0 if rule is None else int(Fraction(rule.least) * row.scale))
            each.append(0 if rule is None else int(Fraction(rule.each) * row.scale))
            capped = rule is not None and rule.most_yuan is not None and unit is MoneyUnit.YUAN
            most = rule.most_yuan if rule is not None and rule.most_yuan is not None else 0
            cap.append(int(Fraction(most) * unit.fen * row.scale) if capped else _NO_CAP)
            exact.append(int(filed and rule is not None and rule.exact_when_filed))
        weighed = [sum(map(abs, row.weights)) for row in rows]
        guarded = [sum(map(abs, guard.weights)) for guard in guards]
        addends = max((len(row.counted) for row in rows), default=0)
        return cls(
            column=column,
            weight=weight,
            term_from=term_from,
            needed=needed,
            needed_from=needed_from,
            counted=counted,
            counted_from=counted_from,
            absent=absent,
            absent_from=absent_from,
            any_counted=_ints([int(row.any_counted) for row in rows]),
            relation=_ints([_RELATIONS[row.assertion.relation] for row in rows]),
            least=_ints(least),
            each=_ints(each),
            cap=_ints(cap),
            exact=_ints(exact),
            guard_column=guard_column,
            guard_weight=guard_weight,
            guard_from=guard_from,
            guard_sign=_ints([_SIGNS[guard.sign] for guard in guards]),
            row_guards=starts,
            heaviest=max((*weighed, *guarded), default=1) or 1,
            loosest=max((*least, *(one * (addends + 16) * 4 for one in each)), default=1) or 1,
            whole_place=unit.fen,
        )

    def run(self, given: Columns, terms: Columns, places: Ints) -> Run:
        """Return the verdict of every row on every statement, and the widest figure of each."""
        verdicts = np.empty((len(self.relation), len(places)), dtype=np.int8)
        widest = np.zeros(len(places), dtype=np.int64)
        _run(
            np.ascontiguousarray(given[0]), np.ascontiguousarray(given[1]),
            np.ascontiguousarray(terms[0]), np.ascontiguousarray(terms[1]),
            np.ascontiguousarray(places),
            self.column, self.weight, self.term_from,
            self.needed, self.needed_from, self.counted, self.counted_from,
            self.absent, self.absent_from, self.any_counted, self.relation,
            self.least, self.each, self.cap, self.exact, self.whole_place,
            self.guard_column, self.guard_weight, self.guard_from, self.guard_sign,
            self.row_guards, verdicts, widest,
        )  # fmt: skip
        return Run(verdicts, widest)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _flat(groups: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Return groups one after the other, and where each begins."""
    starts = np.cumsum([0, *(len(group) for group in groups)]).astype(np.int64)
    return _ints([value for group in groups for value in group]), starts


@njit(cache=True, nogil=True)
def _look_at(  # type: ignore[no-untyped-def]
    values, counts, first, width, widest, fewest, fullest
):
    """Note the widest figure of each statement of a block, and how full each column is."""
    high = np.zeros(BLOCK, dtype=np.int64)
    low = np.zeros(BLOCK, dtype=np.int64)
    for c in range(values.shape[0]):
        few = np.uint8(255)
        full = np.uint8(0)
        for i in range(width):
            few = min(few, counts[c, first + i])
            full = max(full, counts[c, first + i])
            high[i] = max(high[i], values[c, first + i])
            low[i] = min(low[i], values[c, first + i])
        fewest[c] = few
        fullest[c] = full
    for i in range(width):
        # The least 64-bit number has no positive twin; one less than its magnitude is as good.
        wide = max(high[i], -(low[i] + 1))
        widest[first + i] = max(wide, widest[first + i])


@njit(cache=True, nogil=True)
def _condition(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    given, given_counts, terms, term_counts, first, width, column, weight, sign, valid
):
    """Take from the valid statements those in which a condition is unknown or does not hold."""
    plain = given.shape[0]
    for i in range(width):
        asked = np.int64(0)
        known = True
        for at in range(column.shape[0]):
            c = column[at]
            if c < plain:
                asked += weight[at] * given[c, first + i]
                known &= given_counts[c, first + i] != 0
            else:
                asked += weight[at] * terms[c - plain, first + i]
                known &= term_counts[c - plain, first + i] != 0
        holds = (
            (sign == 0 and asked == 0)
            or (sign == 1 and asked <= 0)
            or (sign == 2 and asked >= 0)
            or (sign == 3 and asked < 0)
            or (sign == 4 and asked > 0)
            or (sign == 5 and asked != 0)
        )
        valid[i] &= np.uint8(known and holds)


@njit(parallel=True, cache=True, nogil=True)
def _run(  # type: ignore[no-untyped-def]  # noqa: PLR0912, PLR0913, PLR0915, PLR0917
    given, given_counts, terms, term_counts, places,
    column, weight, term_from,
    needed, needed_from, counted, counted_from,
    absent, absent_from, any_counted, relation,
    least, each, cap, exact, whole_place,
    guard_column, guard_weight, guard_from, guard_sign, row_guards, verdicts, widest,
):  # fmt: skip
    rows = relation.shape[0]
    statements = places.shape[0]
    plain = given.shape[0]
    blocks = (statements + BLOCK - 1) // BLOCK
    for block in prange(blocks):
        first = block * BLOCK
        last = min(first + BLOCK, statements)
        width = last - first
        total = np.empty(BLOCK, dtype=np.int64)
        addends = np.empty(BLOCK, dtype=np.uint8)
        valid = np.empty(BLOCK, dtype=np.uint8)
        # Looking at every figure first also brings the block into the cache. Columns that are full
        # or empty in a block need no look at each statement.
        fewest = np.empty(plain + terms.shape[0], dtype=np.int64)
        fullest = np.empty(plain + terms.shape[0], dtype=np.int64)
        _look_at(given, given_counts, first, width, widest, fewest[:plain], fullest[:plain])
        _look_at(terms, term_counts, first, width, widest, fewest[plain:], fullest[plain:])
        for row in range(rows):
            silent = False
            for at in range(needed_from[row], needed_from[row + 1]):
                silent |= fullest[needed[at]] == 0
            for at in range(absent_from[row], absent_from[row + 1]):
                silent |= fewest[absent[at]] != 0
            if silent:
                for i in range(width):
                    verdicts[row, first + i] = 0
                continue
            for i in range(width):
                total[i] = 0
                addends[i] = 0
                valid[i] = 1
            for at in range(needed_from[row], needed_from[row + 1]):
                c = needed[at]
                if fewest[c] != 0:
                    continue
                behind = (
                    given_counts[c, first:last] if c < plain else term_counts[c - plain, first:last]
                )
                for i in range(width):
                    valid[i] &= np.uint8(behind[i] != 0)
            for at in range(absent_from[row], absent_from[row + 1]):
                c = absent[at]
                if fullest[c] == 0:
                    continue
                behind = (
                    given_counts[c, first:last] if c < plain else term_counts[c - plain, first:last]
                )
                for i in range(width):
                    valid[i] &= np.uint8(behind[i] == 0)
            for at in range(counted_from[row], counted_from[row + 1]):
                c = counted[at]
                if fullest[c] == 0:
                    continue
                behind = (
                    given_counts[c, first:last] if c < plain else term_counts[c - plain, first:last]
                )
                for i in range(width):
                    addends[i] = np.uint8(addends[i] + behind[i])
            if any_counted[row] == 1:
                for i in range(width):
                    valid[i] &= np.uint8(addends[i] != 0)
            for guard in range(row_guards[row], row_guards[row + 1]):
                _condition(
                    given, given_counts, terms, term_counts, first, width,
                    guard_column[guard_from[guard] : guard_from[guard + 1]],
                    guard_weight[guard_from[guard] : guard_from[guard + 1]],
                    guard_sign[guard], valid,
                )  # fmt: skip
            for at in range(term_from[row], term_from[row + 1]):
                c = column[at]
                w = weight[at]
                if fullest[c] == 0:
                    continue
                figures = given[c, first:last] if c < plain else terms[c - plain, first:last]
                if w == 1:
                    for i in range(width):
                        total[i] += figures[i]
                elif w == -1:
                    for i in range(width):
                        total[i] -= figures[i]
                else:
                    for i in range(width):
                        total[i] += w * figures[i]
            lowest = least[row]
            step = each[row]
            most = cap[row]
            strict = exact[row]
            kind = relation[row]
            for i in range(width):
                place = places[first + i]
                allowed = min(max(lowest, step * np.int64(addends[i])) * place, most)
                if strict == 1 and place < whole_place:
                    allowed = np.int64(0)
                over = total[i]
                if kind == 0:
                    over = abs(over)
                elif kind == 2:
                    over = -over
                verdicts[row, first + i] = valid[i] * np.uint8(1 + (over > allowed))
