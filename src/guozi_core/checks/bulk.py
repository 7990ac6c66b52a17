"""The checks of a whole city at once, in whole 分.

Every assertion that is a weighted sum becomes one row of integers (:func:`compile_kernel`). The
figures of all statements stand in columns of 64-bit 分 with a count beside each (0 for a blank, the
number of lines behind a term). One pass over blocks of statements that fit a processor's cache
judges every row on every statement, on all cores. Nothing is rounded: where a sum could leave 64
bits, that statement is judged with unbounded integers instead. Answers are those of
:func:`~guozi_core.checks.run`, line for line; explanations are not kept, so judge the statement
again with ``run`` where somebody asks. Lines as printed are not looked at.

Import this module by itself: it loads a compiler, which the exact evaluator does not need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guozi_core.checks import _rows_compiled
from guozi_core.checks._figures import Figures
from guozi_core.checks._linear_rows import Column, NotLinearError, Row, RowCompiler
from guozi_core.checks._rows_plain import judge_plainly
from guozi_core.formula import Reference
from guozi_core.units import Money, MoneyUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from guozi_core.checks._model import Assertion, CheckRulebook, Form
    from guozi_core.statements import Scope, StatementBook
    from guozi_core.units import Period

IntColumns = npt.NDArray[np.int64]
CountColumns = npt.NDArray[np.uint8]
Verdicts = npt.NDArray[np.int8]

#: What stands in a verdict.
NOT_APPLICABLE, PASSED, FAILED = 0, 1, 2

#: Sums stay below this: half of what 64 bits hold, so that two sides may be added.
_SAFE = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """A rulebook compiled to rows of integers.

    Parameters
    ----------
    rulebook : CheckRulebook
        What was compiled.
    assertions : tuple of Assertion
        The assertions that are weighted sums, in the order of the verdicts.
    left_out : tuple of Assertion
        Those that only the exact evaluator judges.
    columns : tuple of Column
        The figures a caller gives, one column each.
    rows : tuple of Row
        The usual row of each assertion in that order, then other readings.
    terms : tuple of Column
        Columns computed from the others: the first of several sums.
    compiler : RowCompiler
        Knows the choices of a term.
    """

    rulebook: CheckRulebook
    assertions: tuple[Assertion, ...]
    left_out: tuple[Assertion, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    terms: tuple[Column, ...]
    compiler: RowCompiler


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkFigures:
    """Figures of many statements.

    Parameters
    ----------
    values : array of int64, shape (columns, statements), unit [分]
        In the order of ``kernel.columns``; 0 where there is none. Persons count as they are.
    present : array of uint8, shape (columns, statements)
        1 where there is a figure.
    """

    values: IntColumns
    present: CountColumns


def compile_kernel(
    rulebook: CheckRulebook, *, parameters: Mapping[str, Decimal] | None = None
) -> Kernel:
    """Return the rulebook as rows of integers.

    Parameters
    ----------
    rulebook : CheckRulebook
        The checks.
    parameters : mapping of str to Decimal, optional
        Parameters that differ from their defaults; they are the same for all statements.

    Returns
    -------
    Kernel
        The rows, and the assertions that are no weighted sums.
    """
    values = {name: p.default for name, p in rulebook.parameters.items()} | dict(parameters or {})
    compiler = RowCompiler(rulebook=rulebook, parameters=values)
    rows: list[Row] = []
    readings: list[Row] = []
    assertions: list[Assertion] = []
    left_out: list[Assertion] = []
    for check in rulebook.checks:
        for assertion in check.assertions:
            try:
                usual, *others = compiler.rows(assertion)
            except NotLinearError:
                left_out.append(assertion)
            else:
                assertions.append(assertion)
                rows.append(usual)
                readings.extend(others)
    rows.extend(readings)
    used = {
        column: None
        for row in rows
        for column in (
            *row.columns,
            *row.needed,
            *row.absent,
            *(one for guard in row.guards for one in guard.columns),
        )
    }
    terms = tuple(column for column in used if column.name in rulebook.terms)
    plain = {column: None for column in used if column.name not in rulebook.terms}
    for term in terms:
        for columns, _ in compiler.choices(term):
            plain.update(dict.fromkeys(columns))
    return Kernel(
        rulebook=rulebook,
        assertions=tuple(assertions),
        left_out=tuple(left_out),
        columns=tuple(plain),
        rows=tuple(rows),
        terms=terms,
        compiler=compiler,
    )


def figures_of(
    kernel: Kernel,
    requests: Sequence[tuple[StatementBook, Period]],
    *,
    inputs: Sequence[Mapping[str, Decimal]] | None = None,
) -> BulkFigures:
    """Return the columns of some statements.

    Parameters
    ----------
    kernel : Kernel
        Knows which figures are needed.
    requests : sequence of (StatementBook, Period)
        One for each statement; figures in 元.
    inputs : sequence of mapping, optional
        Figures of other tables for each statement; money in 元.

    Returns
    -------
    BulkFigures
        One column for each of ``kernel.columns``.

    Raises
    ------
    InexactMoneyError
        If an amount has a fraction of a 分.
    """
    shape = (len(kernel.columns), len(requests))
    values, present = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.uint8)
    for place, (book, period) in enumerate(requests):
        given = inputs[place] if inputs is not None else {}
        figures = Figures(kernel.rulebook, book, period, parameters={}, inputs=given)
        for number, column in enumerate(kernel.columns):
            found = figures.find(Reference(column.name, column.at), None, own=column.own)
            if found is not None:
                values[number, place] = Money.of(found.value, MoneyUnit.YUAN).fen
                present[number, place] = 1
    return BulkFigures(values=values, present=present)


def run_in_bulk(
    kernel: Kernel,
    figures: BulkFigures,
    *,
    places: IntColumns,
    unit: MoneyUnit,
    form: Form,
    scope: Scope,
    filed: bool = False,
) -> Verdicts:
    """Return the verdict of every assertion on every statement.

    Parameters
    ----------
    kernel : Kernel
        The checks.
    figures : BulkFigures
        The figures.
    places : array of int64, shape (statements,), unit [分]
        The last place of each statement (one 万元 is 1,000,000).
    unit : MoneyUnit
        The unit of the tables.
    form, scope : Form, Scope
        What the statements are; assertions for others are not applicable.
    filed : bool
        Whether they are forms whose totals are sums of what stands in them.

    Returns
    -------
    array of int8, shape (assertions, statements)
        ``NOT_APPLICABLE``, ``PASSED`` or ``FAILED``, in the order of ``kernel.assertions``.

    Notes
    -----
    Exact: 64-bit integers where every sum fits, unbounded ones elsewhere.
    """
    given = (figures.values, figures.present)
    terms = _terms(kernel, figures)
    program = _rows_compiled.Program.of(kernel.rows, _positions(kernel), unit=unit, filed=filed)
    verdicts, widest = program.run(given, terms, places)
    # Judged again with unbounded integers: statements in which a sum could leave 64 bits.
    wide = (widest >= _SAFE // program.heaviest) | (places >= _SAFE // program.loosest)
    for statement in np.flatnonzero(wide):
        values = [*given[0][:, statement].tolist(), *terms[0][:, statement].tolist()]
        counts = [*given[1][:, statement].tolist(), *terms[1][:, statement].tolist()]
        verdicts[:, statement] = judge_plainly(program, values, counts, int(places[statement]))
    return _by_assertion(kernel, verdicts, form, scope)


def _positions(kernel: Kernel) -> dict[Column, int]:
    return {column: place for place, column in enumerate((*kernel.columns, *kernel.terms))}


def _terms(kernel: Kernel, figures: BulkFigures) -> _rows_compiled.Columns:
    """Return the columns of the terms."""
    place = {column: number for number, column in enumerate(kernel.columns)}
    count = figures.values.shape[1]
    values = np.zeros((len(kernel.terms), count), dtype=np.int64)
    counts = np.zeros((len(kernel.terms), count), dtype=np.uint8)
    for number, term in enumerate(kernel.terms):
        for columns, weights in kernel.compiler.choices(term):
            places = [place[column] for column in columns]
            behind = figures.present[places].sum(axis=0, dtype=np.uint8)
            free = (counts[number] == 0) & (behind > 0)
            total = np.array(weights, dtype=np.int64) @ figures.values[places]
            values[number] = np.where(free, total, values[number])
            counts[number] = np.where(free, behind, counts[number])
    return values, counts


def _by_assertion(kernel: Kernel, verdicts: Verdicts, form: Form, scope: Scope) -> Verdicts:
    """Return one verdict an assertion: a lawful other reading that holds makes it pass."""
    found = verdicts[: len(kernel.assertions)]
    number = {assertion.id: place for place, assertion in enumerate(kernel.assertions)}
    held: dict[str, npt.NDArray[np.bool_]] = {}
    for place, row in enumerate(kernel.rows[len(found) :], start=len(found)):
        assertion = row.assertion
        verdict = found[number[assertion.id]]
        reading = assertion.readings[row.reading]
        holds = (verdict == FAILED) & (verdicts[place] == PASSED)
        if reading.follows:
            name, _, key = reading.follows.partition("/")
            column = f"@{assertion.column.value}" if assertion.column is not None else ""
            holds &= held.get(f"{name}{column}/{key}", np.zeros_like(holds))
        held[f"{assertion.id}/{reading.key}"] = holds
        verdict[holds] = PASSED
    for place, assertion in enumerate(kernel.assertions):
        if form not in assertion.forms or scope not in assertion.scopes:
            found[place] = NOT_APPLICABLE
    return found


def judged(verdicts: Verdicts) -> int:
    """Return how many verdicts say something."""
    return int(np.count_nonzero(verdicts))


def failures(kernel: Kernel, verdicts: Verdicts) -> Iterable[tuple[Assertion, int]]:
    """Yield every failure as assertion and number of the statement."""
    for place, statement in np.argwhere(verdicts == FAILED):
        yield kernel.assertions[int(place)], int(statement)
