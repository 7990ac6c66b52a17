"""Many enterprises at once: the same rules in ``float64`` columns, every explanation kept.

What the exact evaluation computes with fifty digits is computed here in binary, thousands of times
faster. Binary numbers are good enough for a score, not for a decision: an enterprise with a value
next to a level, a score next to a grade, or an amount next to zero is marked ``near`` and, where
the caller gives the exact evaluation, replaced by it. Levels, coefficients, what each indicator
brings, parts and totals are kept, so that the sentences of any enterprise can be printed on demand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guozi_core.scoring import _bulk_kernel as kernel
from guozi_core.scoring._bulk_kernel import Block, Kept
from guozi_core.scoring._bulk_layout import Layout, cases_of, lay_out, lay_out_levels
from guozi_core.scoring._bulk_rows import evaluation_of, write_exact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from guozi_core.scoring._evaluation import Evaluation
    from guozi_core.scoring._rules import EvaluationRulebook
    from guozi_core.scoring._standard import StandardValue

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]

#: Enterprises whose special cases are looked at together: their columns stay in the cache.
_BLOCK = 16_384

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
    values : array, shape (n, k)
        The values after the special cases.
    cases : array of int8, shape (n, k)
        Which of ``rulebook.special`` applied; -1 where none did.
    kept : Kept
        Levels, coefficients, what each indicator brought, parts, totals, grades, nearness.
    """

    layout: Layout
    tables: Sequence[Mapping[str, StandardValue]]
    population: Population
    values: Floats
    cases: npt.NDArray[np.int8]
    kept: Kept

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
    levels = lay_out_levels(rulebook, tables)
    rows, width = population.values.shape
    kept = Kept(
        level=np.empty((rows, width), dtype=np.int8),
        coefficient=np.empty((rows, width)),
        brought=np.empty((rows, width)),
        parts=np.empty((rows, len(rulebook.parts), 4)),
        totals=np.empty((rows, 5)),
        grade=np.empty(rows, dtype=np.int8),
        near=np.empty(rows, dtype=np.bool_),
    )
    cases = np.empty((rows, width), dtype=np.int8)
    values = population.values
    management = _or_fill(population.management, rows, np.nan)
    claimed, deducted = (
        _or_fill(given, rows, 0.0) for given in (population.claimed, population.deducted)
    )
    for start in range(0, rows, _BLOCK):
        part = slice(start, min(start + _BLOCK, rows))
        given = population.values[part]
        changed, found, doubtful = cases_of(layout, given, population.facts[:, part])
        cases[part] = found
        if changed is not given:
            values = values.copy() if values is population.values else values
            values[part] = changed
        kernel.score(
            layout.law,
            levels,
            Block(
                values=changed,
                cases=found,
                table=population.table[part],
                management=management[part],
                claimed=claimed[part],
                deducted=deducted[part],
            ),
            _rows_of(kept, part),
        )
        kept.near[part] |= doubtful
    result = BulkEvaluation(
        layout=layout,
        tables=tables,
        population=population,
        values=values,
        cases=cases,
        kept=kept,
    )
    if exact is not None:
        for row in np.flatnonzero(kept.near):
            write_exact(result, int(row), exact(int(row)))
    return result


def _or_fill(given: Floats | None, rows: int, filler: float) -> Floats:
    return np.full(rows, filler) if given is None else given


def _rows_of(kept: Kept, part: slice) -> Kept:
    return Kept(
        level=kept.level[part],
        coefficient=kept.coefficient[part],
        brought=kept.brought[part],
        parts=kept.parts[part],
        totals=kept.totals[part],
        grade=kept.grade[part],
        near=kept.near[part],
    )
