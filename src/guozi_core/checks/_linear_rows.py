"""Checks that are weighted sums, as rows of whole numbers.

An assertion ``left relation right`` becomes ``Σ weight × figure relation tolerance`` with integer
weights over columns of whole 分. What is no weighted sum (quotients of figures, shares of lines,
relative tolerances) is left to the exact evaluator and listed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.formula import Computed, Reference, evaluate, linear_form, parse
from guozi_core.statements import ItemKind, Moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from guozi_core.checks._model import Assertion, CheckRulebook, Tolerance
    from guozi_core.formula import Expression, LinearForm

_COMPARISON = re.compile(r"^([^<>=≤≥≠且或非]+?)\s*(<=|>=|=|≤|≥|≠|<|>)\s*([^<>=≤≥≠且或非]+)$")
_SIGNS = {"<=": "≤", ">=": "≥"}


class Column(NamedTuple):
    """One figure of every statement.

    Attributes
    ----------
    name : str
        Line, view, input or term.
    at : str
        The word around it; empty for the period's own column.
    own : bool
        Whether opening and prior columns are never taken from another statement.
    """

    name: str
    at: str
    own: bool


class Guard(NamedTuple):
    """A condition of a row: weights over columns, compared with zero."""

    columns: tuple[Column, ...]
    weights: tuple[int, ...]
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One side minus the other, in whole numbers.

    Parameters
    ----------
    assertion : Assertion
        What it judges.
    reading : int
        -1 for the usual right side, else the place of the reading.
    columns, weights : tuple
        The weighted sum, left minus right, times ``scale``.
    needed : frozenset of Column
        Without a figure here nothing can be said.
    counted : tuple of Column
        The right side: its figures are the addends.
    any_counted : bool
        Whether one of them must have a figure.
    absent : frozenset of Column
        Figures that must not be there.
    scale : int
        What the sum was multiplied with.
    guards : tuple of Guard
        Conditions.
    """

    assertion: Assertion
    reading: int
    columns: tuple[Column, ...]
    weights: tuple[int, ...]
    needed: frozenset[Column]
    counted: tuple[Column, ...]
    any_counted: bool
    absent: frozenset[Column]
    scale: int
    guards: tuple[Guard, ...]


class NotLinearError(Exception):
    """An assertion is no weighted sum."""


@dataclass(frozen=True, kw_only=True)
class RowCompiler:
    """Turns assertions into rows.

    Parameters
    ----------
    rulebook : CheckRulebook
        The checks.
    parameters : mapping of str to Decimal
        The value of every parameter.
    """

    rulebook: CheckRulebook
    parameters: Mapping[str, Decimal]

    def rows(self, assertion: Assertion) -> tuple[Row, ...]:
        """Return the rows of an assertion: the usual one, then its lawful readings.

        Raises
        ------
        NotLinearError
            If it is no weighted sum.
        """
        if assertion.share is not None or assertion.plain or not _whole_places(assertion.tolerance):
            raise NotLinearError
        guards = self._guards(assertion.when, assertion)
        if guards is None:
            # A condition on parameters alone that does not hold: never judged.
            guards = (Guard((), (), "≠"),)
        found = [self._row(assertion, assertion.right, -1, guards)]
        for place, reading in enumerate(assertion.readings):
            more = self._guards(reading.when, assertion)
            if more is not None:
                found.append(self._row(assertion, reading.right, place, (*guards, *more)))
        return tuple(found)

    def _row(
        self, assertion: Assertion, right: Expression, reading: int, guards: tuple[Guard, ...]
    ) -> Row:
        left_form, right_form = self._form(assertion.left), self._form(right)
        weights: dict[Column, Fraction] = {}
        needed: set[Column] = set()
        counted: list[Column] = []
        for sign, form in ((1, left_form), (-1, right_form)):
            for reference, weight in form.coefficients.items():
                column = self.column(reference, assertion)
                weights[column] = weights.get(column, Fraction(0)) + sign * weight
                if sign < 0:
                    counted.append(column)
                may_be_blank = (sign < 0 and assertion.blanks_absent) or reference in form.optional
                if not may_be_blank:
                    needed.add(column)
        for expression in assertion.requires:
            needed.add(self.column(expression.references[0], assertion))
        scale = _scale(weights.values(), assertion.tolerance)
        return Row(
            assertion=assertion,
            reading=reading,
            columns=tuple(weights),
            weights=tuple(int(weight * scale) for weight in weights.values()),
            needed=frozenset(needed),
            counted=tuple(counted),
            any_counted=assertion.blanks_absent,
            absent=frozenset(
                self.column(one.references[0], assertion) for one in assertion.without
            ),
            scale=scale,
            guards=guards,
        )

    def _form(self, expression: Expression) -> LinearForm:
        form = linear_form(self._with_numbers(expression))
        if form is None or form.constant != 0:
            raise NotLinearError
        return form

    def _with_numbers(self, expression: Expression) -> Expression:
        """Return the expression with parameters replaced by their numbers."""
        text = expression.text
        for reference in expression.references:
            if reference.name in self.parameters:
                text = text.replace(reference.name, f"{self.parameters[reference.name]:f}")
        return parse(text)

    def _guards(self, when: Expression | None, assertion: Assertion) -> tuple[Guard, ...] | None:
        """Return a condition as guards; None where it never holds."""
        if when is None:
            return ()
        expression = self._with_numbers(when)
        if not expression.references:
            holds = evaluate(expression, {})
            return () if isinstance(holds, Computed) and holds.value else None
        match = _COMPARISON.match(expression.text)
        if match is None:
            raise NotLinearError
        forms = linear_form(parse(match[1])), linear_form(parse(match[3]))
        weights: dict[Column, Fraction] = {}
        for sign, form in zip((1, -1), forms, strict=True):
            if form is None or form.constant != 0 or form.optional:
                raise NotLinearError
            for reference, weight in form.coefficients.items():
                column = self.column(reference, assertion)
                weights[column] = weights.get(column, Fraction(0)) + sign * weight
        scale = _scale(weights.values(), None)
        whole = tuple(int(weight * scale) for weight in weights.values())
        return (Guard(tuple(weights), whole, _SIGNS.get(match[2], match[2])),)

    def column(self, reference: Reference, assertion: Assertion) -> Column:
        """Return the column a reference of an assertion means."""
        at = reference.at or (assertion.column.value if assertion.column is not None else "")
        item = self.rulebook.dictionary.by_name.get(reference.name)
        if item is None:
            own = assertion.own and reference.name in self.rulebook.terms
            return Column(reference.name, at if reference.name in self.rulebook.terms else "", own)
        natural = Moment.CLOSING if item.kind is ItemKind.STOCK else Moment.CURRENT
        word = "" if at == natural.value else at
        return Column(item.name, word, assertion.own and word in {"期初", "上期"})

    def choices(self, column: Column) -> Iterator[tuple[tuple[Column, ...], tuple[int, ...]]]:
        """Yield the sums a term chooses from, as columns and weights.

        Raises
        ------
        NotLinearError
            If a choice is no plain sum.
        """
        term = self.rulebook.terms[column.name]
        for choice in term.choices:
            form = linear_form(choice)
            if form is None or any(w.denominator != 1 for w in form.coefficients.values()):
                raise NotLinearError
            names = [Reference(one.name, one.at or column.at) for one in form.coefficients]
            yield (
                tuple(self._plain(name, own=column.own) for name in names),
                tuple(int(weight) for weight in form.coefficients.values()),
            )

    def _plain(self, reference: Reference, *, own: bool) -> Column:
        item = self.rulebook.dictionary.by_name[reference.name]
        natural = Moment.CLOSING if item.kind is ItemKind.STOCK else Moment.CURRENT
        word = "" if reference.at == natural.value else reference.at
        return Column(item.name, word, own and word in {"期初", "上期"})


def _whole_places(tolerance: Tolerance | None) -> bool:
    """Return whether a tolerance counts last places only."""
    return tolerance is None or (tolerance.absolute is None and tolerance.relative == 0)


def _scale(weights: Iterable[Fraction], tolerance: Tolerance | None) -> int:
    """Return the number that makes weights and tolerance whole."""
    parts = list(weights)
    if tolerance is not None:
        parts += [Fraction(tolerance.least), Fraction(tolerance.each)]
    return math.lcm(*(part.denominator for part in parts)) if parts else 1
