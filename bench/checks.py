"""100,000 statements × the whole rulebook of cross-checks: the kernel beside polars and others.

Every contestant judges the same rows on the same figures; their verdicts are compared before
anything is timed. Figures are made so that about half of the sums hold.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy import sparse

from _table import measure, print_ratios
from guozi.rulebooks import library
from guozi_core.checks import Form, bulk, read_rulebook
from guozi_core.checks import _rows_compiled as compiled
from guozi_core.checks._rows_plain import judge_plainly
from guozi_core.statements import Scope, read_dictionary
from guozi_core.units import MoneyUnit

STATEMENTS = 100_000
#: Contestants that are far slower judge this many statements.
FEW_STATEMENTS = 200
LAST_PLACE = 10_000


def figures_for(kernel: bulk.Kernel, rng: np.random.Generator) -> bulk.BulkFigures:
    """Return random figures of which one in five is blank; totals mostly agree."""
    shape = (len(kernel.columns), STATEMENTS)
    values = rng.integers(0, 10**11, size=shape, dtype=np.int64)
    present = (rng.random(shape, dtype=np.float32) < 0.8).astype(np.uint8)
    values *= present
    place = {column: number for number, column in enumerate(kernel.columns)}
    for row in kernel.rows[: len(kernel.assertions)]:
        total = next(iter(row.columns), None)
        if row.assertion.total and total in place:
            others = [place[c] for c in row.columns[1:]]
            weights = -np.array(row.weights[1:]) // row.weights[0]
            right = weights @ values[others]
            values[place[total]] = np.where(rng.random(STATEMENTS) < 0.7, right, right + 10**7)
            present[place[total]] = 1
    return bulk.BulkFigures(values=values, present=present)


def main() -> None:
    """Compare, then time."""
    dictionary = read_dictionary(library.read_text("items", "statement-items"))
    rulebook = read_rulebook(library.read_text("checks", "checks-statements"), dictionary)
    kernel = bulk.compile_kernel(rulebook)
    figures = figures_for(kernel, np.random.default_rng(20260101))
    places = np.full(STATEMENTS, LAST_PLACE, dtype=np.int64)

    def ours() -> bulk.Verdicts:
        return bulk.run_in_bulk(
            kernel,
            figures,
            places=places,
            unit=MoneyUnit.WAN,
            form=Form.FINAL,
            scope=Scope.CONSOLIDATED,
        )

    positions = bulk._positions(kernel)  # noqa: SLF001 - the peers judge the same rows
    terms = bulk._terms(kernel, figures)  # noqa: SLF001
    program = compiled.Program.of(kernel.rows, positions, unit=MoneyUnit.WAN, filed=False)
    values = np.vstack([figures.values, terms[0]])
    counts = np.vstack([figures.present, terms[1]])
    whole = program.run((figures.values, figures.present), terms, places).verdicts

    def in_polars(frame: pl.LazyFrame, queries: list[pl.Expr]) -> np.ndarray:
        return frame.select(queries).collect().to_numpy()

    names = [f"c{n}" for n in range(len(values))]
    frame = pl.DataFrame(
        {name: pl.Series(values[n]) for n, name in enumerate(names)}
        | {f"n{n}": pl.Series(counts[n]) for n in range(len(values))}
    ).lazy()
    queries = [query(program, row).alias(f"r{row}") for row in range(len(kernel.rows))]
    agree("polars", in_polars(frame, queries).T, whole)

    def matrix(columns: np.ndarray, starts: np.ndarray, weights: np.ndarray) -> sparse.csr_matrix:
        return sparse.csr_matrix((weights, columns, starts), shape=(len(kernel.rows), len(values)))

    def ones(columns: np.ndarray) -> np.ndarray:
        return np.ones(len(columns), dtype=np.int64)

    sums = matrix(program.column, program.term_from, program.weight)
    needed = matrix(program.needed, program.needed_from, ones(program.needed))
    counted = matrix(program.counted, program.counted_from, ones(program.counted))
    missing, behind = (counts == 0).astype(np.int64), counts.astype(np.int64)

    def in_scipy() -> np.ndarray:
        """Judge by sparse products; rows with conditions stay out of the comparison."""
        total = sums @ values
        addends = counted @ behind
        valid = needed @ missing == 0
        valid &= (program.any_counted[:, None] == 0) | (addends != 0)
        allowed = np.maximum(program.least[:, None], program.each[:, None] * addends) * LAST_PLACE
        kind = program.relation[:, None]
        over = np.where(kind == 0, np.abs(total), np.where(kind == 2, -total, total))
        return np.where(valid, 1 + (over > allowed), 0).astype(np.int8)

    free = (np.diff(program.row_guards) == 0) & (np.diff(program.absent_from) == 0)
    agree("scipy", in_scipy()[free], whole[free])

    def in_python() -> list[list[int]]:
        return [
            judge_plainly(program, columns, lines, LAST_PLACE)
            for columns, lines in zip(few_values, few_counts, strict=True)
        ]

    few_values = values[:, :FEW_STATEMENTS].T.tolist()
    few_counts = counts[:, :FEW_STATEMENTS].T.tolist()
    agree("plain Python", np.array(in_python()).T, whole[:, :FEW_STATEMENTS])

    work = len(kernel.assertions) * STATEMENTS
    verdicts = ours()
    print(
        f"{STATEMENTS:,} statements, {len(kernel.assertions)} assertions of "
        f"{len(rulebook.checks)} checks; {bulk.judged(verdicts):,} verdicts say something, "
        f"{int((verdicts == bulk.FAILED).sum()):,} failures"
    )
    print_ratios(
        "cross-checks in bulk, exact whole 分",
        "checks",
        measure("guozi kernel", work, ours),
        [
            measure("polars expressions", work, lambda: in_polars(frame, queries), rounds=2),
            measure("scipy sparse products and numpy", work, in_scipy, rounds=2),
            measure(
                "plain Python integers",
                len(kernel.assertions) * FEW_STATEMENTS,
                in_python,
                rounds=1,
            ),
        ],
    )


def agree(name: str, theirs: np.ndarray, ours: np.ndarray) -> None:
    """End the benchmark where a contestant judges differently."""
    if not np.array_equal(theirs, ours):
        message = f"{name} disagrees with the kernel"
        raise SystemExit(message)


def query(program: compiled.Program, row: int) -> pl.Expr:
    """Return one row as a polars expression with the same verdict."""

    def part(values: np.ndarray, starts: np.ndarray, at: int) -> list[int]:
        return [int(value) for value in values[starts[at] : starts[at + 1]]]

    def total(columns: list[int], weights: list[int]) -> pl.Expr:
        return pl.sum_horizontal(
            [pl.lit(0, dtype=pl.Int64)]
            + [pl.col(f"c{c}") * w for c, w in zip(columns, weights, strict=True)]
        )

    valid = pl.lit(value=True)
    for column in part(program.needed, program.needed_from, row):
        valid &= pl.col(f"n{column}") != 0
    for column in part(program.absent, program.absent_from, row):
        valid &= pl.col(f"n{column}") == 0
    counted = part(program.counted, program.counted_from, row)
    addends = pl.sum_horizontal(
        [pl.lit(0, dtype=pl.Int64)] + [pl.col(f"n{c}").cast(pl.Int64) for c in counted]
    )
    if program.any_counted[row]:
        valid &= addends != 0
    for guard in range(int(program.row_guards[row]), int(program.row_guards[row + 1])):
        columns = part(program.guard_column, program.guard_from, guard)
        asked = total(columns, part(program.guard_weight, program.guard_from, guard))
        holds = (asked == 0, asked <= 0, asked >= 0, asked < 0, asked > 0, asked != 0)
        valid &= holds[int(program.guard_sign[guard])]
        for column in columns:
            valid &= pl.col(f"n{column}") != 0
    difference = total(
        part(program.column, program.term_from, row), part(program.weight, program.term_from, row)
    )
    allowed = (
        pl.max_horizontal(
            pl.lit(int(program.least[row]), dtype=pl.Int64), addends * int(program.each[row])
        )
        * LAST_PLACE
    )
    over = (difference.abs(), difference, -difference)[int(program.relation[row])]
    verdict = pl.when(over > allowed).then(2).otherwise(1)
    return pl.when(valid).then(verdict).otherwise(0).cast(pl.Int8)


if __name__ == "__main__":
    main()
