"""Which single figure would explain the failures.

A sum that misses by exactly what a swapped pair of digits, a wrong sign or a figure ten thousand
times too large would do, points at that figure. So does a figure for which two failed checks ask
the same other value. Nothing is corrected: a suspect is where a person looks first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.checks._outcome import CheckOutcome, InvolvedFigure, Suspect
from guozi_core.findings import Wording
from guozi_core.formula import Reference, linear_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guozi_core.checks._model import Assertion
    from guozi_core.statements import Statement

#: Powers of ten by which figures are mistyped or given in the wrong unit.
_POWERS = (1, 2, 3, 4, 8)
#: Of many suspects only the first are named.
_MOST_NAMED = 3


class _Asked(NamedTuple):
    """What a failed check would need a figure to be."""

    figure: InvolvedFigure
    instead: Decimal
    tolerance: Decimal


def name_suspects(outcomes: Iterable[CheckOutcome], statement: Statement) -> list[CheckOutcome]:
    """Return the outcomes, failures with the figures that alone would explain them.

    Parameters
    ----------
    outcomes : iterable of CheckOutcome
        All outcomes of one statement.
    statement : Statement
        That statement; figures of others are never suspects.

    Returns
    -------
    list of CheckOutcome
        In the same order.
    """
    judged = list(outcomes)
    asked = {n: list(_asked(outcome, statement)) for n, outcome in enumerate(judged)}
    agreeing: dict[str, list[tuple[int, _Asked]]] = defaultdict(list)
    for number, wishes in asked.items():
        for wish in wishes:
            agreeing[wish.figure.name].append((number, wish))
    for number, wishes in asked.items():
        named = [
            suspect
            for wish in wishes
            if (suspect := _suspect(wish, number, agreeing[wish.figure.name])) is not None
        ]
        if named:
            judged[number] = replace(judged[number], suspects=tuple(named[:_MOST_NAMED]))
    return judged


def _asked(outcome: CheckOutcome, statement: Statement) -> Iterator[_Asked]:
    """Yield for each figure of a failed sum the value with which it would hold."""
    assertion = outcome.assertion
    if not outcome.failed or assertion.relation != "=" or outcome.difference is None:
        return
    weights = _weights(assertion)
    for figure in outcome.figures:
        weight = weights.get(figure.name)
        if weight and figure.item is not None and figure.period == statement.period:
            instead = figure.value - outcome.difference * weight
            yield _Asked(figure, instead, outcome.tolerance or Decimal(0))


def _weights(assertion: Assertion) -> dict[str, int]:
    """Return with which sign each figure enters left minus right, where that is 1 or -1."""
    left, right = linear_form(assertion.left), linear_form(assertion.right)
    found: dict[str, int] = {}
    for sign, form in ((1, left), (-1, right)):
        for reference, weight in form.coefficients.items() if form is not None else ():
            at = reference.at or (assertion.column.value if assertion.column is not None else "")
            if abs(weight) == 1:
                found[str(Reference(reference.name, at))] = sign * int(weight)
    return found


def _suspect(wish: _Asked, number: int, others: list[tuple[int, _Asked]]) -> Suspect | None:
    """Return the figure as a suspect, None where nothing but the difference speaks against it."""
    figure, instead = wish.figure, wish.instead
    if figure.item is None:
        return None
    elsewhere = any(
        other != number and abs(one.instead - instead) <= one.tolerance + wish.tolerance
        for other, one in others
    )
    reason = _AGREED if elsewhere else _slip(figure.value, instead, wish.tolerance)
    return None if reason is None else Suspect(figure.item, figure.value, instead, reason)


_AGREED = Wording(
    zh="不止一项核对指向这个数", en="more than one check asks for the same other figure"
)


def _slip(value: Decimal, instead: Decimal, tolerance: Decimal) -> Wording | None:
    """Return what kind of slip turns ``instead`` into ``value``; None if it looks like none."""
    if value == 0 or abs(instead) <= tolerance:
        return None
    if abs(value + instead) <= tolerance:
        return Wording(zh="符号可能相反", en="the sign may be wrong")
    for power in _POWERS:
        for shifted in (value.scaleb(-power), value.scaleb(power)):
            if abs(shifted - instead) <= tolerance and abs(shifted) > tolerance:
                return Wording(
                    zh=f"可能相差10的{power}次方倍（位数或单位）",
                    en=f"may be off by 10 to the power of {power} (digits or unit)",
                )
    if _transposed(value, instead):
        return Wording(zh="可能有两位数字颠倒", en="two digits may be swapped")
    return None


def _transposed(value: Decimal, instead: Decimal) -> bool:
    """Return whether two neighbouring digits are swapped."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or (value < 0) != (instead < 0):
        return False
    written = str(int(abs(value).scaleb(-exponent)))
    other = abs(instead).scaleb(-exponent)
    if other != other.to_integral_value():
        return False
    meant = str(int(other)).rjust(len(written), "0")
    return len(meant) == len(written) and any(
        written[:n] + written[n + 1] + written[n] + written[n + 2 :] == meant
        for n in range(len(written) - 1)
        if written[n] != written[n + 1]
    )
