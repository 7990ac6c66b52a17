"""Many enterprises at once: the same rules in ``float64`` columns, every explanation kept.

What the exact evaluation computes with fifty digits is computed here in binary, thousands of times
faster. Binary numbers are good enough for a score, not for a decision: an enterprise with a value
next to a level, a score next to a grade, or an amount next to zero is marked ``near`` and, where
the caller gives the exact evaluation, replaced by it. Special cases, levels, coefficients, parts
and totals are kept, so that the sentences of any enterprise can be printed on demand; what follows
from them by one product is computed then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from guozi_core.scoring import _bulk_kernel as kernel
from guozi_core.scoring._bulk_arrays import Block, Bools, Floats, Kept, Longs, Small
from guozi_core.scoring._bulk_cases import ask_programs, rewrite
from guozi_core.scoring._bulk_layout import Layout, lay_out, lay_out_ladders
from guozi_core.scoring._bulk_rows import evaluation_of, write_exact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from guozi_core.scoring._evaluation import Evaluation
    from guozi_core.scoring._rules import EvaluationRulebook
    from guozi_core.scoring._standard import StandardValue

__all__ = ["BulkEvaluation", "Layout", "Population", "evaluate_many", "lay_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """What is known of many enterprises.

    Parameters
    ----------
    values : array, shape (n, k)
        Indicators in the order of ``rulebook.indicators``, in their units; not a number where
        missing.
    facts : array, shape (f, n)
        Amounts that special cases ask for, in the order of ``Layout.facts``.
    table : array of int64, shape (n,)
        Which table of standard values each is compared with.
    management : array, shape (n,), optional
        Management score; not a number (or left out) without a panel.
    claimed, deducted : arrays, shape (n,), optional
        Sums of bonus and deduction items.
    """

    values: Floats
    facts: Floats
    table: Longs
    management: Floats | None = None
    claimed: Floats | None = None
    deducted: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEvaluation:
    """Everything kept of many evaluations.

    Parameters
    ----------
    layout : Layout
        The rulebook.
    tables : sequence of mapping
        The standard values that ``population.table`` numbers.
    population : Population
        What was evaluated.
    rewritten : array, shape (h,)
        Enterprises of which a special case wrote a value, in order.
    changed : array, shape (h, k)
        Their values after that.
    kept : Kept
        Levels, coefficients, parts, totals, grades, nearness.
    """

    layout: Layout
    tables: Sequence[Mapping[str, StandardValue]]
    population: Population
    rewritten: Longs
    changed: Floats
    kept: Kept

    @property
    def cases(self) -> Small:
        """Which of ``rulebook.special`` applied, shape (n, k); -1 where none did."""
        return self.kept.cases

    @property
    def values(self) -> Floats:
        """The values after the special cases, shape (n, k), in the indicators' units."""
        if not self.rewritten.size:
            return self.population.values
        values = self.population.values.copy()
        values[self.rewritten] = self.changed
        return values

    def values_of(self, row: int) -> Floats:
        """Return one enterprise's values after the special cases, shape (k,)."""
        at = int(np.searchsorted(self.rewritten, row))
        written = at < self.rewritten.size and self.rewritten[at] == row
        found: Floats = self.changed[at] if written else self.population.values[row]
        return found

    @property
    def final(self) -> Floats:
        """Final score of each; not a number where one could not be scored."""
        return self.kept.totals[:, kernel.FINAL]

    def grade(self, row: int) -> str | None:
        """Return the grade of one enterprise."""
        number = int(self.kept.grade[row])
        return None if number < 0 else self.layout.rulebook.grades[number][0]

    def evaluation(self, row: int, enterprise: str) -> Evaluation:
        """Return one enterprise's evaluation from what was kept: what ``explain`` prints."""
        return evaluation_of(self, row, enterprise)


def evaluate_many(
    rulebook: EvaluationRulebook,
    population: Population,
    tables: Sequence[Mapping[str, StandardValue]],
    *,
    exact: Callable[[int], Evaluation] | None = None,
) -> BulkEvaluation:
    """Return the comprehensive evaluation of many enterprises.

    Parameters
    ----------
    rulebook : EvaluationRulebook
        The rules.
    population : Population
        The enterprises.
    tables : sequence of mapping of str to StandardValue
        Standard values by indicator name.
    exact : callable, optional
        Gives the exact evaluation of a row; asked for those too near a boundary to tell. Without
        it the binary numbers decide.

    Returns
    -------
    BulkEvaluation
        Equal to :func:`guozi_core.scoring.evaluate` to 1e-9.

    References
    ----------
    .. [1] 国资发评价〔2006〕157号.
    """
    layout = lay_out(rulebook)
    ladders = lay_out_ladders(rulebook, tables)
    values = np.ascontiguousarray(population.values, dtype=np.float64)
    rows = values.shape[0]
    facts = np.ascontiguousarray(population.facts, dtype=np.float64)
    facts = facts.reshape(len(layout.facts), rows)
    near: Bools = np.zeros(rows, dtype=np.bool_)
    block = Block(
        values=values,
        compared=values,
        facts=facts,
        told=ask_programs(layout.cases, layout.fact_rows, values=values, facts=facts, near=near),
        table=np.ascontiguousarray(population.table, dtype=np.int64),
        management=_or_one(population.management, np.nan),
        claimed=_or_one(population.claimed, 0.0),
        deducted=_or_one(population.deducted, 0.0),
    )
    kept, applies = _score(layout, ladders, block, near)
    rewritten, changed = rewrite(
        layout.cases, layout.fact_rows, values=values, facts=facts, rewritten=applies, near=near
    )
    if rewritten.size:
        block = _only(block, rewritten, changed)
        again, _ = _score(layout, ladders, block, near[rewritten])
        _put(kept, rewritten, again)
    result = BulkEvaluation(
        layout=layout,
        tables=tables,
        population=population,
        rewritten=rewritten,
        changed=changed,
        kept=kept,
    )
    if exact is not None:
        for row in np.flatnonzero(kept.near):
            write_exact(result, int(row), exact(int(row)))
    return result


def _or_one(given: Floats | None, otherwise: float) -> Floats:
    """Return a column as the loop takes it: a single number stands for everybody."""
    if given is None:
        return np.array([otherwise])
    return np.ascontiguousarray(given, dtype=np.float64)


def _score(layout: Layout, ladders: Floats, block: Block, near: Bools) -> tuple[Kept, Bools]:
    """Return what is kept, and where a case applies that writes the value, shape (v, n)."""
    rows, width = block.values.shape
    # Not filled: the loop writes each number once, and pages are first touched by its threads.
    kept = Kept(
        cases=np.empty((rows, width), dtype=np.int8),
        level=np.empty((rows, width), dtype=np.int8),
        coefficient=np.empty((rows, width)),
        parts=np.empty((rows, len(layout.rulebook.parts), 2)),
        totals=np.empty((rows, 5)),
        grade=np.empty(rows, dtype=np.int8),
        near=near,
    )
    writing = sum(case.value is not None for case in layout.cases)
    applies: Bools = np.zeros((writing, rows), dtype=np.bool_)
    kernel.score(
        law=layout.law,
        trials=layout.trials,
        ladders=ladders,
        block=block,
        kept=kept,
        rewritten=applies,
    )
    return kept, applies


def _put(kept: Kept, rows: Longs, some: Kept) -> None:
    """Put what is kept of some enterprises in its place."""
    arrays: tuple[npt.NDArray[Any], ...] = kept
    for whole, part in zip(arrays, some, strict=True):
        whole[rows] = part


def _only(block: Block, rows: Longs, compared: Floats) -> Block:
    """Return some enterprises of a block, compared with levels by other values."""
    management, claimed, deducted = (
        one if one.size == 1 else one[rows]
        for one in (block.management, block.claimed, block.deducted)
    )
    return Block(
        values=block.values[rows],
        compared=compared,
        facts=np.ascontiguousarray(block.facts[:, rows]),
        told=np.ascontiguousarray(block.told[:, rows]),
        table=block.table[rows],
        management=management,
        claimed=claimed,
        deducted=deducted,
    )
