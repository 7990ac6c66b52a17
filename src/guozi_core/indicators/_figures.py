"""Where the names of formulas get their values: statement lines, terms, parameters.

A term may be asked at another moment: 期初(带息负债额) is the same formula over opening balances.
Every figure and every term is looked up once and remembered, with its steps, so that the
explanation of an indicator can unfold what its formula only names.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from guozi_core.formula import Computed, NotComputable, Reference, Step, evaluate
from guozi_core.indicators._model import CONSOLIDATED
from guozi_core.indicators._result import Input
from guozi_core.statements import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi_core.formula import Result
    from guozi_core.indicators._model import IndicatorRulebook
    from guozi_core.statements import StatementBook
    from guozi_core.units import Period


def shifted(reference: Reference, at: str) -> Reference:
    """Return a figure at the moment at which the term around it is asked."""
    return Reference(reference.name, at) if at and not reference.at else reference


class Figures:
    """The values of names for one book and period.

    Parameters
    ----------
    rulebook : IndicatorRulebook
        Knows items, terms and parameters.
    book : StatementBook
        The statements.
    period : Period
        The period of the computation.
    parameters : mapping of str to Decimal
        Values that differ from the defaults.
    """

    def __init__(
        self,
        rulebook: IndicatorRulebook,
        book: StatementBook,
        period: Period,
        parameters: Mapping[str, Decimal],
    ) -> None:
        self.rulebook = rulebook
        self._book = book
        self._period = period
        self._parameters = {name: p.default for name, p in rulebook.parameters.items()}
        self._parameters.update(parameters)
        statement = book.statements.get(period)
        consolidated = statement is not None and statement.scope is Scope.CONSOLIDATED
        self._parameters[CONSOLIDATED] = Decimal(int(consolidated))
        self._inputs: dict[Reference, Input | None] = {}
        self._terms: dict[Reference, Result] = {}

    def value(self, reference: Reference) -> Decimal | None:
        """Return the value of a name, None where it is missing."""
        parameter = self._parameters.get(reference.name)
        if parameter is not None:
            return parameter
        if reference.name in self.rulebook.terms:
            term = self.term(reference)
            return term.number if isinstance(term, Computed) else None
        found = self.input(reference)
        return found.figure.value if found is not None else None

    def input(self, reference: Reference) -> Input | None:
        """Return the statement figure of a name, None where it is missing or no figure."""
        if reference not in self._inputs:
            item = self.rulebook.dictionary.by_name.get(reference.name)
            figure = self._book.find(item, reference.at, self._period) if item else None
            found = Input(reference, item, figure) if item and figure else None
            self._inputs[reference] = found
        return self._inputs[reference]

    def term(self, reference: Reference) -> Result:
        """Return the result of a term at a moment."""
        if reference not in self._terms:
            formula = self.rulebook.terms[reference.name].formula
            self._terms[reference] = evaluate(
                formula, lambda inner: self.value(shifted(inner, reference.at))
            )
        return self._terms[reference]

    def missing(self, result: NotComputable, at: str = "") -> tuple[Reference, ...]:
        """Return the statement figures a result lacks, those of its terms among them."""
        found: list[Reference] = []
        for reference in result.missing:
            asked = shifted(reference, at)
            term = self.term(asked) if asked.name in self.rulebook.terms else None
            if isinstance(term, NotComputable):
                found.extend(self.missing(term, asked.at))
            else:
                found.append(asked)
        return tuple(dict.fromkeys(found))

    def cause(self, result: NotComputable, at: str = "") -> NotComputable:
        """Return the deepest reason: a term without a value may itself divide by zero."""
        for reference in result.missing:
            asked = shifted(reference, at)
            term = self.term(asked) if asked.name in self.rulebook.terms else None
            if isinstance(term, NotComputable):
                inner = self.cause(term, asked.at)
                if inner.code != "missing_value":
                    return inner
        return result

    def unfolded(self, step: Step, at: str = "", known: Mapping[str, Step] | None = None) -> Step:
        """Return the steps with every term, and every name in ``known``, replaced by its steps."""
        parts = tuple(self.unfolded(part, at, known) for part in step.parts)
        if step.reference is None:
            return replace(step, parts=parts)
        asked = shifted(step.reference, at)
        if known is not None and asked.name in known:
            return replace(step, parts=(known[asked.name],))
        if asked.name in self.rulebook.terms:
            inner = self.term(asked).steps
            parts = () if inner is None else (self.unfolded(inner, asked.at),)
        return replace(step, text=str(asked), reference=asked, parts=parts)

    def inputs_of(self, step: Step) -> tuple[Input, ...]:
        """Return the statement figures in unfolded steps, in order, without repetition."""
        found: dict[Reference, Input] = {}
        waiting = [step]
        while waiting:
            current = waiting.pop()
            waiting.extend(reversed(current.parts))
            one = self.input(current.reference) if current.reference is not None else None
            if one is not None:
                found.setdefault(one.reference, one)
        return tuple(found.values())
