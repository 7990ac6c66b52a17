"""The same rows with unbounded integers, for statements whose sums do not fit 64 bits."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guozi_core.checks._rows_compiled import Program

_HOLDS = (operator.eq, operator.le, operator.ge, operator.lt, operator.gt, operator.ne)


def judge_plainly(
    program: Program, values: Sequence[int], counts: Sequence[int], place: int
) -> list[int]:
    """Return the verdict of every row on one statement.

    Parameters
    ----------
    program : Program
        The rows.
    values, counts : sequence of int
        Figures in 分 and how many lines stand behind each, by column.
    place : int
        The last place in 分.

    Returns
    -------
    list of int
        0 not applicable, 1 passed, 2 failed.
    """
    return [_verdict(program, row, values, counts, place) for row in range(len(program.relation))]


def _verdict(
    program: Program, row: int, values: Sequence[int], counts: Sequence[int], place: int
) -> int:
    needed = program.needed[program.needed_from[row] : program.needed_from[row + 1]].tolist()
    absent = program.absent[program.absent_from[row] : program.absent_from[row + 1]].tolist()
    counted = program.counted[program.counted_from[row] : program.counted_from[row + 1]].tolist()
    addends = sum(counts[column] for column in counted)
    if any(counts[column] == 0 for column in needed) or any(counts[column] for column in absent):
        return 0
    if program.any_counted[row] and not addends:
        return 0
    for guard in range(program.row_guards[row], program.row_guards[row + 1]):
        begin, end = program.guard_from[guard], program.guard_from[guard + 1]
        columns = program.guard_column[begin:end].tolist()
        weights = program.guard_weight[begin:end].tolist()
        asked = sum(w * values[c] for w, c in zip(weights, columns, strict=True))
        known = all(counts[column] for column in columns)
        if not known or not _HOLDS[program.guard_sign[guard]](asked, 0):
            return 0
    begin, end = program.term_from[row], program.term_from[row + 1]
    columns, weights = program.column[begin:end].tolist(), program.weight[begin:end].tolist()
    total = sum(w * values[c] for w, c in zip(weights, columns, strict=True))
    allowed = max(int(program.least[row]), int(program.each[row]) * addends) * place
    allowed = min(allowed, int(program.cap[row]))
    if program.exact[row] and place < program.whole_place:
        allowed = 0
    over = (abs(total), total, -total)[int(program.relation[row])]
    return 2 if over > allowed else 1
