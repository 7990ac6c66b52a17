"""Indicators of a whole city at once, in ``float64`` columns.

Each formula runs once over all rows instead of once for each enterprise. Binary numbers are good
enough for a value, not for a decision: a row in which a comparison is close, an operand is smaller
than half a 分 or a divisor is zero is computed exactly, so that the case that decides, and whether
there is a value at all, are always those of :func:`~guozi_core.indicators.compute`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from guozi_core.formula import Reference, compile_columns
from guozi_core.indicators._evaluation import compute_usual
from guozi_core.indicators._figures import Figures, shifted
from guozi_core.indicators._model import CONSOLIDATED, Outcome
from guozi_core.indicators._result import Status
from guozi_core.statements import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from guozi_core.formula import Columns, Expression
    from guozi_core.indicators._model import Calibre, Indicator, IndicatorRulebook
    from guozi_core.statements import StatementBook
    from guozi_core.units import Period

FloatVector = npt.NDArray[np.float64]
BoolVector = npt.NDArray[np.bool_]
IndexVector = npt.NDArray[np.int8]
Column = tuple[FloatVector, BoolVector]

#: In 元. Amounts are whole 分 and averages whole half 分: anything smaller is binary noise or zero.
_SMALLEST = 0.004


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorColumn:
    """One indicator over all rows.

    Parameters
    ----------
    indicator : Indicator
        Which.
    values : array, shape (n,)
        The values; not a number where there is none. Amounts in 元.
    valid : array of bool, shape (n,)
        Where there is a value.
    calibre : array of int, shape (n,)
        Which calibre of the indicator was used.
    case : array of int, shape (n,)
        Which case of the indicator decided; -1 where none did.
    exact : array of bool, shape (n,)
        Which rows were computed exactly.
    """

    indicator: Indicator
    values: FloatVector
    valid: BoolVector
    calibre: IndexVector
    case: IndexVector
    exact: BoolVector


def compute_many(
    rulebook: IndicatorRulebook,
    requests: Sequence[tuple[StatementBook, Period]],
    *,
    parameters: Mapping[str, Decimal] | None = None,
) -> tuple[IndicatorColumn, ...]:
    """Return every indicator for many enterprises and periods.

    Parameters
    ----------
    rulebook : IndicatorRulebook
        What to compute.
    requests : sequence of (StatementBook, Period)
        One for each row.
    parameters : mapping of str to Decimal, optional
        Values of the rulebook's parameters, the same for all rows.

    Returns
    -------
    tuple of IndicatorColumn
        One for each indicator, in the order of the rulebook.

    Notes
    -----
    Values agree with :func:`compute` to a relative 1e-12, of the value or, where it is the small
    difference of large figures, of those figures; cases and calibres agree always. Explanations are not
    kept: compute the row again with :func:`compute` where somebody asks.
    """
    run = _Run(rulebook, requests, parameters or {})
    return tuple(run.indicator(indicator) for indicator in rulebook.indicators)


@dataclass(slots=True)
class _Draft:
    """One calibre over all rows, before the exact rows are filled in."""

    values: FloatVector
    valid: BoolVector
    case: IndexVector
    missing: BoolVector
    doubtful: BoolVector


class _Run:
    def __init__(
        self,
        rulebook: IndicatorRulebook,
        requests: Sequence[tuple[StatementBook, Period]],
        parameters: Mapping[str, Decimal],
    ) -> None:
        self.rulebook = rulebook
        self.requests = requests
        self.parameters = parameters
        self.rows = len(requests)
        self.columns: dict[Reference, Column] = {}
        #: Rows in which a term has no trustworthy binary value.
        self.doubts: dict[Reference, BoolVector] = {}

    def indicator(self, indicator: Indicator) -> IndicatorColumn:
        """Return one indicator: the usual calibre, stand-ins where it lacks figures."""
        draft = self._calibre(indicator, indicator.calibres[0])
        calibre = np.zeros(self.rows, dtype=np.int8)
        exact = draft.doubtful.copy()
        for place, other in enumerate(indicator.calibres[1:], start=1):
            if not other.stands_in or not draft.missing.any():
                continue
            instead = self._calibre(indicator, other)
            exact |= instead.doubtful & draft.missing
            taken = draft.missing & ~instead.missing
            calibre[taken] = place
            draft.values = np.where(taken, instead.values, draft.values)
            draft.valid = np.where(taken, instead.valid, draft.valid)
            draft.case = np.where(taken, instead.case, draft.case)
            draft.missing = draft.missing & ~taken
        for row in np.flatnonzero(exact):
            self._exactly(int(row), indicator, draft, calibre)
        values = np.where(draft.valid, draft.values, np.nan)
        return IndicatorColumn(
            indicator=indicator,
            values=values,
            valid=draft.valid,
            calibre=calibre,
            case=draft.case,
            exact=exact,
        )

    def _exactly(self, row: int, indicator: Indicator, draft: _Draft, calibre: IndexVector) -> None:
        """Overwrite one row with its exact result."""
        book, period = self.requests[row]
        figures = Figures(self.rulebook, book, period, self.parameters)
        result = compute_usual(indicator, figures, period)
        draft.valid[row] = result.status is Status.OK
        draft.values[row] = float(result.value) if result.value is not None else np.nan
        draft.case[row] = indicator.cases.index(result.case) if result.case is not None else -1
        calibre[row] = indicator.calibres.index(result.calibre)

    def _calibre(self, indicator: Indicator, calibre: Calibre) -> _Draft:
        """Return one calibre over all rows: cases first, then formulas."""
        doubtful = np.zeros(self.rows, dtype=np.bool_)
        operands: dict[Reference, Column] = {}
        for name, expression in calibre.operands.items():
            found = self._evaluate(expression, operands, doubtful)
            operands[Reference(name)] = (found.values, found.valid)
            doubtful |= found.valid & (np.abs(found.values) < _SMALLEST)
        case = np.full(self.rows, -1, dtype=np.int8)
        for place, one in enumerate(indicator.cases):
            holds = self._evaluate(one.when, operands, doubtful)
            case[(case == -1) & holds.valid & (holds.values != 0)] = place
        plain = self._evaluate(calibre.formula, operands, doubtful)
        values, valid = plain.values, plain.valid
        for place, one in enumerate(indicator.cases):
            here = case == place
            if one.outcome is Outcome.NOT_COMPUTABLE:
                valid = valid & ~here
            elif one.formula is not None and here.any():
                special = self._evaluate(one.formula, operands, doubtful)
                values = np.where(here, special.values, values)
                valid = np.where(here, special.valid, valid)
        missing = ~valid & ~doubtful
        for place, one in enumerate(indicator.cases):
            if one.outcome is Outcome.NOT_COMPUTABLE:
                missing &= case != place
        return _Draft(
            values=values.copy(),
            valid=valid.copy(),
            case=case,
            missing=missing,
            doubtful=doubtful,
        )

    def _evaluate(
        self,
        expression: Expression,
        operands: Mapping[Reference, Column],
        doubtful: BoolVector,
        at: str = "",
    ) -> Columns:
        """Return an expression over all rows and mark the rows that need exact numbers."""
        given: dict[Reference, Column] = {}
        for reference in expression.references:
            if reference in operands:
                given[reference] = operands[reference]
                continue
            asked = shifted(reference, at)
            given[reference] = self._column(asked)
            if asked in self.doubts:
                doubtful |= self.doubts[asked]
        found = compile_columns(expression)(given, rows=self.rows)
        doubtful |= found.doubtful | found.zero_divisor
        return found

    def _column(self, reference: Reference) -> Column:
        """Return the column of a name."""
        if reference not in self.columns:
            self.columns[reference] = self._read(reference)
        return self.columns[reference]

    def _read(self, reference: Reference) -> Column:
        if reference.name == CONSOLIDATED:
            return self._scopes(), np.ones(self.rows, dtype=np.bool_)
        parameter = self.rulebook.parameters.get(reference.name)
        if parameter is not None:
            number = float(self.parameters.get(reference.name, parameter.default))
            return np.full(self.rows, number), np.ones(self.rows, dtype=np.bool_)
        term = self.rulebook.terms.get(reference.name)
        if term is not None:
            doubtful = np.zeros(self.rows, dtype=np.bool_)
            found = self._evaluate(term.formula, {}, doubtful, reference.at)
            self.doubts[reference] = doubtful
            return found.values, found.valid
        item = self.rulebook.dictionary.by_name[reference.name]
        values, present = np.zeros(self.rows), np.zeros(self.rows, dtype=np.bool_)
        for row, (book, period) in enumerate(self.requests):
            figure = book.find(item, reference.at, period)
            if figure is not None:
                values[row], present[row] = float(figure.value), True
        return values, present

    def _scopes(self) -> FloatVector:
        """Return 1 where the accounts are consolidated."""
        scopes = np.zeros(self.rows)
        for row, (book, period) in enumerate(self.requests):
            statement = book.statements.get(period)
            scopes[row] = statement is not None and statement.scope is Scope.CONSOLIDATED
        return scopes
