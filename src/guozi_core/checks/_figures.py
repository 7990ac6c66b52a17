"""Where the names of a check get their figures.

A plain name is the line of the period's own column, or of the column the assertion is about. A
word around it asks the book of statements. ``快报·资产总计`` asks another statement, and inputs come
from the caller. Terms take the first of their sums that has a figure.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from guozi_core.checks._model import SEEN_AS
from guozi_core.checks._outcome import InvolvedFigure
from guozi_core.formula import Computed, Reference, evaluate
from guozi_core.statements import Moment
from guozi_core.units import Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi_core.checks._model import CheckRulebook, Term
    from guozi_core.formula import Expression
    from guozi_core.statements import Item, StatementBook

_OWN_COLUMNS = {Moment.OPENING.value: Moment.OPENING, Moment.PRIOR.value: Moment.PRIOR}


class Figures:
    """The figures of one enterprise for one period.

    Parameters
    ----------
    rulebook : CheckRulebook
        Knows the names.
    book : StatementBook
        The statements.
    period : Period
        The period that is checked.
    parameters, inputs : mapping of str to Decimal
        Values that differ from the defaults; figures of other tables, money in 元.
    """

    def __init__(
        self,
        rulebook: CheckRulebook,
        book: StatementBook,
        period: Period,
        *,
        parameters: Mapping[str, Decimal],
        inputs: Mapping[str, Decimal],
    ) -> None:
        self.rulebook = rulebook
        self.book = book
        self.period = period
        self.statement = book.statements.get(period)
        self._parameters = {name: p.default for name, p in rulebook.parameters.items()}
        self._parameters.update(parameters)
        self._inputs = inputs
        self._seen: dict[tuple[Reference, Moment | None, bool], InvolvedFigure | None] = {}

    def column(self, column: Moment | None = None, *, own: bool = False) -> ColumnFigures:
        """Return the figures as an assertion about ``column`` sees them."""
        return ColumnFigures(self, column, own=own)

    def parameter(self, name: str) -> Decimal | None:
        """Return the value of a parameter, None if there is none of this name."""
        return self._parameters.get(name)

    def set_fact(self, name: str, value: Decimal) -> None:
        """Set a parameter that says something about the statement itself."""
        if name in self._parameters:
            self._parameters[name] = value

    def has_input(self, name: str) -> bool:
        """Return whether the caller gave an input."""
        return name in self._inputs

    def find(
        self, reference: Reference, column: Moment | None, *, own: bool
    ) -> InvolvedFigure | None:
        """Return the figure of a line, an input or a view, None where it is missing."""
        key = (reference, column, own)
        if key not in self._seen:
            self._seen[key] = self._find(reference, column, own=own)
        return self._seen[key]

    def _find(
        self, reference: Reference, column: Moment | None, *, own: bool
    ) -> InvolvedFigure | None:
        name = reference.name
        item = self.rulebook.dictionary.by_name.get(name)
        if item is not None:
            return self._line(reference, item, column, own=own)
        view, mark, line = name.partition(SEEN_AS)
        if mark and view in self.rulebook.views:
            return self._view(name, view, self.rulebook.dictionary.by_name[line])
        value = self._inputs.get(name)
        return None if value is None else InvolvedFigure(name, None, None, None, value)

    def _line(
        self, reference: Reference, item: Item, column: Moment | None, *, own: bool
    ) -> InvolvedFigure | None:
        word = reference.at or (column.value if column is not None else "")
        name = str(Reference(item.name, word))
        if own and word in _OWN_COLUMNS:
            moment = _OWN_COLUMNS[word]
            value = self.statement.figure(item.code, moment) if self.statement is not None else None
            return None if value is None else InvolvedFigure(name, item, moment, self.period, value)
        found = self.book.find(item, word, self.period)
        if found is None:
            return None
        return InvolvedFigure(name, item, found.key.moment, found.period, found.value)

    def _view(self, name: str, view: str, item: Item) -> InvolvedFigure | None:
        """Return a figure of another statement of the enterprise."""
        if view == "上年报告":
            places = [(self.period.same_period_last_year(), Moment.CURRENT)]
        elif view == "上月期初":
            earlier = [
                period
                for period in self.book.periods
                if period.year == self.period.year and period.last_month < self.period.last_month
            ]
            places = [(period, Moment.OPENING) for period in reversed(earlier)]
        elif self.period.kind is PeriodKind.YEAR:
            december = Period.month(self.period.year, 12)
            places = [(december, Moment.CLOSING), (december, Moment.CURRENT)]
        else:
            places = []
        for period, moment in places:
            statement = self.book.statements.get(period)
            value = statement.figure(item.code, moment) if statement is not None else None
            if value is not None:
                return InvolvedFigure(name, item, moment, period, value)
        return None


class ColumnFigures:
    """The same figures, with plain names meaning one column."""

    def __init__(self, figures: Figures, column: Moment | None, *, own: bool) -> None:
        self.figures = figures
        self._column = column
        self._own = own
        self._terms: dict[Reference, tuple[Decimal, Expression] | None] = {}

    def value(self, reference: Reference) -> Decimal | None:
        """Return the value of a name, None where it is missing."""
        parameter = self.figures.parameter(reference.name)
        if parameter is not None:
            return parameter
        if reference.name in self.figures.rulebook.terms:
            chosen = self._term(reference)
            return chosen[0] if chosen is not None else None
        found = self.figures.find(reference, self._column, own=self._own)
        return found.value if found is not None else None

    def involved(self, expression: Expression) -> tuple[InvolvedFigure, ...]:
        """Return the figures an expression really uses, without repetition."""
        found: dict[InvolvedFigure, None] = {}
        for reference in expression.references:
            if self.figures.parameter(reference.name) is not None:
                continue
            if reference.name in self.figures.rulebook.terms:
                chosen = self._term(reference)
                inner = chosen[1].references if chosen is not None else ()
                references = [Reference(one.name, reference.at or one.at) for one in inner]
            else:
                references = [reference]
            for one in references:
                figure = self.figures.find(one, self._column, own=self._own)
                if figure is not None:
                    found[figure] = None
        return tuple(found)

    def sum_of_present(self, expression: Expression) -> Decimal | None:
        """Return an expression with blanks as absent lines; None where every figure is blank."""
        values = {reference: self.value(reference) for reference in expression.references}
        if all(
            value is None
            for reference, value in values.items()
            if self.figures.parameter(reference.name) is None
        ):
            return None
        given = {one: Decimal(0) if value is None else value for one, value in values.items()}
        result = evaluate(expression, given)
        return result.number if isinstance(result, Computed) else None

    def _term(self, reference: Reference) -> tuple[Decimal, Expression] | None:
        """Return the value of a term and the choice that gives it."""
        if reference not in self._terms:
            self._terms[reference] = self._first_of(
                self.figures.rulebook.terms[reference.name], reference.at
            )
        return self._terms[reference]

    def _first_of(self, term: Term, at: str) -> tuple[Decimal, Expression] | None:
        inner = _Shifted(self.figures, at, own=self._own) if at else self
        for choice in term.choices:
            value = inner.sum_of_present(choice)
            if value is not None:
                return value, choice
        return None


class _Shifted(ColumnFigures):
    """Figures asked with a word of the book around every name."""

    def __init__(self, figures: Figures, at: str, *, own: bool) -> None:
        super().__init__(figures, None, own=own)
        self._at = at

    def value(self, reference: Reference) -> Decimal | None:
        return super().value(Reference(reference.name, reference.at or self._at))
