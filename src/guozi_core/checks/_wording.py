"""What a check found, in sentences and as findings."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING

from guozi_core.checks._outcome import CheckOutcome, Status
from guozi_core.findings import Finding, Locator, Wording
from guozi_core.statements import ItemKind, ItemUnit, Moment
from guozi_core.units import MoneyUnit, plain, unit_in_english

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guozi_core.checks._outcome import InvolvedFigure
    from guozi_core.findings import Language
    from guozi_core.statements import Item, Statement


_SHOWN = Context(prec=28)
_NOT = {"=": "≠", "≤": ">", "≥": "<"}


def amount(value: Decimal, outcome: CheckOutcome) -> Decimal:
    """Return a side in the unit of the table.

    Parameters
    ----------
    value : Decimal
        A side, a difference or a tolerance of ``outcome``.
    outcome : CheckOutcome
        Knows the unit and whether the sides are money.

    Returns
    -------
    Decimal
        The amount people read; ratios and counts stay as they are.
    """
    if outcome.assertion.plain:
        return value
    return value.scaleb(len(str(MoneyUnit.YUAN.fen)) - len(str(outcome.unit.fen)))


def figure_amount(figure: InvolvedFigure, unit: MoneyUnit) -> Decimal:
    """Return a figure in the unit of the table; persons stay persons."""
    if figure.item is not None and figure.item.unit is not ItemUnit.MONEY:
        return figure.value
    return figure.value.scaleb(len(str(MoneyUnit.YUAN.fen)) - len(str(unit.fen)))


def sentence(outcome: CheckOutcome) -> Wording:
    """Return what was found, with both sides, the difference and what was allowed.

    Parameters
    ----------
    outcome : CheckOutcome
        Any outcome.

    Returns
    -------
    Wording
        One sentence in each language.
    """
    return Wording(zh=_sentence(outcome, "zh"), en=_sentence(outcome, "en"))


def _sentence(outcome: CheckOutcome, language: Language) -> str:
    assertion, zh = outcome.assertion, language == "zh"
    title = assertion.title.in_language(language)
    reason = outcome.reason.in_language(language) if outcome.reason is not None else ""
    if outcome.status is Status.NOT_APPLICABLE:
        return f"{title}：不适用，{reason}" if zh else f"{title}: not applicable, {reason}"
    if outcome.left is None or outcome.right is None or assertion.share is not None:
        return f"{title}：{reason}" if zh else f"{title}: {reason}"
    sign = _NOT[assertion.relation] if outcome.failed else assertion.relation
    sides = f"{_shown(outcome.left, outcome)} {sign} {_shown(outcome.right, outcome)}"
    unit = "" if assertion.plain else outcome.unit.value
    difference = _shown(outcome.difference or Decimal(0), outcome)
    allowed = _shown(outcome.tolerance or Decimal(0), outcome)
    if zh:
        text = f"{title}：{sides}，相差{difference}{unit}，允许{allowed}{unit}"
        return f"{text}；{reason}" if reason else text
    unit = f" (in {unit_in_english(unit)})" if unit else ""
    text = f"{title}: {sides}, difference {difference}, allowed {allowed}{unit}"
    return f"{text}; {reason}" if reason else text


def _shown(value: Decimal, outcome: CheckOutcome) -> str:
    return plain(_SHOWN.plus(amount(value, outcome)))


def findings_of(
    outcomes: Iterable[CheckOutcome],
    statement: Statement,
    *,
    rulebook: str,
    locate: Callable[[Item, Moment], Locator | None] | None = None,
) -> tuple[Finding, ...]:
    """Return a finding for every failed outcome.

    Parameters
    ----------
    outcomes : iterable of CheckOutcome
        Outcomes of one statement.
    statement : Statement
        That statement.
    rulebook : str
        Identifier of the rulebook, named in each finding's rule.
    locate : callable, optional
        Gives the cell of a line and column; by default the place where the line was printed.

    Returns
    -------
    tuple of Finding
        Code is the check; the locator names enterprise, period, scope and the line on the left.
    """
    return tuple(
        _finding(outcome, statement, rulebook, locate) for outcome in outcomes if outcome.failed
    )


def _finding(
    outcome: CheckOutcome,
    statement: Statement,
    rulebook: str,
    locate: Callable[[Item, Moment], Locator | None] | None,
) -> Finding:
    assertion = outcome.assertion
    known = outcome.left is not None and outcome.right is not None and assertion.share is None
    relation = "" if assertion.relation == "=" else f"{assertion.relation} "
    finding = Finding(
        code=outcome.check.id,
        severity=outcome.level,
        message=sentence(outcome),
        locator=place_of(outcome, statement, locate),
        got=_shown(outcome.left, outcome) if known and outcome.left is not None else None,
        expected=f"{relation}{_shown(outcome.right, outcome)}"
        if known and outcome.right is not None
        else None,
        rule=f"{rulebook}/{assertion.id}",
        source=outcome.check.source.citation or None,
        fix=_fix(outcome),
    )
    return finding.at(
        enterprise=statement.enterprise,
        period=statement.period.code,
        scope=statement.scope.value,
    )


def _fix(outcome: CheckOutcome) -> Wording:
    """Return what to do; a figure that alone explains the failure comes first."""
    fix = outcome.check.fix
    if not outcome.suspects:
        return fix
    suspect = outcome.suspects[0]
    return Wording(
        zh=f"先看“{suspect.item.name}”：{suspect.reason.zh}；{fix.zh}",
        en=f"look at {suspect.item.english} first: {suspect.reason.en}; {fix.en}",
    )


def place_of(
    outcome: CheckOutcome,
    statement: Statement,
    locate: Callable[[Item, Moment], Locator | None] | None = None,
) -> Locator:
    """Return where the figure on the left stands; the first one involved where it is no line."""
    figures = outcome.figures
    lines = [(f.item, f) for f in figures if f.item is not None]
    item, figure = next(
        ((item, f) for item, f in lines if item.code == outcome.assertion.item),
        lines[0] if lines else (None, None),
    )
    if item is None or figure is None:
        return Locator()
    moment = outcome.assertion.column
    if moment is None and figure.period == statement.period:
        moment = figure.moment
    moment = moment or (Moment.CLOSING if item.kind is ItemKind.STOCK else Moment.CURRENT)
    if locate is not None:
        found = locate(item, moment)
        if found is not None:
            return found
    for line in statement.lines:
        if line.item is item and line.moment is moment and line.value is not None:
            return line.locator
    return Locator(item=item.name)
