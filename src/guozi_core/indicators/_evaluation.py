"""Indicators of one enterprise, exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guozi_core.findings import Wording
from guozi_core.formula import Computed, NotComputable, Reference, Step, evaluate, in_english
from guozi_core.indicators._figures import Figures
from guozi_core.indicators._model import (
    Calibre,
    Case,
    Indicator,
    IndicatorRulebook,
    Outcome,
)
from guozi_core.indicators._notes import assumptions, missing_reason, stood_in
from guozi_core.indicators._result import IndicatorResult, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from guozi_core.formula import Result
    from guozi_core.statements import StatementBook
    from guozi_core.units import Period


def compute(
    rulebook: IndicatorRulebook,
    book: StatementBook,
    period: Period,
    *,
    calibres: Mapping[str, str] | None = None,
    parameters: Mapping[str, Decimal] | None = None,
) -> tuple[IndicatorResult, ...]:
    """Return every indicator of a rulebook for one enterprise and period.

    Parameters
    ----------
    rulebook : IndicatorRulebook
        What to compute.
    book : StatementBook
        The enterprise's statements, figures in 元; averages take opening balances from it.
    period : Period
        For which period.
    calibres : mapping of str to str, optional
        Calibre by indicator name, where another than the usual one is wanted.
    parameters : mapping of str to Decimal, optional
        Values of the rulebook's parameters that differ from the defaults.

    Returns
    -------
    tuple of IndicatorResult
        One for each indicator, in the order of the rulebook; never raises because of figures.

    Raises
    ------
    UnknownCalibreError
        If an indicator has no calibre of the name asked for.

    Notes
    -----
    Arithmetic is exact; only quotients are rounded, to 60 digits. Flows of an interim period are
    taken as they are, not raised to a year.

    References
    ----------
    .. [1] 国资发评价〔2006〕157号, annex on the indicators; ``docs/methods/indicators.md``.

    Examples
    --------
    Liabilities of 60 against assets of 100 are 60 %.

    >>> from decimal import Decimal
    >>> from guozi_core.indicators import read_rulebook
    >>> from guozi_core.statements import sample_dictionary
    >>> from guozi_core.statements import FigureKey, Moment, Scope, Statement, StatementBook
    >>> from guozi_core.units import Period
    >>> rulebook = read_rulebook('''
    ... rulebook: one
    ... family: indicators
    ... version: "1"
    ... title: {zh: 一个指标, en: One indicator}
    ... valid_from: 2020-01-01
    ... sources: [{document: 示例, mark: K}]
    ... indicators:
    ...   - {name: 资产负债率, en: Debt-to-asset ratio, id: liabilities_to_assets, part: 风险,
    ...      role: basic, unit: "%", direction: down, formula: 负债合计 ÷ 资产总计 × 100, mark: K}
    ... ''', sample_dictionary())
    >>> year = Period.annual(2024)
    >>> figures = {FigureKey("BS71", Moment.CLOSING): Decimal(60),
    ...            FigureKey("BS40", Moment.CLOSING): Decimal(100)}
    >>> book = StatementBook.of([Statement(enterprise="甲", period=year, scope=Scope.SINGLE,
    ...                                    figures=figures)])
    >>> compute(rulebook, book, year)[0].value
    Decimal('60')
    """
    figures = Figures(rulebook, book, period, parameters or {})
    chosen = calibres or {}
    return tuple(
        compute_usual(indicator, figures, period)
        if indicator.name not in chosen
        else _by_calibre(indicator, indicator.calibre(chosen[indicator.name]), figures, period)
        for indicator in rulebook.indicators
    )


def compute_calibres(
    rulebook: IndicatorRulebook,
    book: StatementBook,
    period: Period,
    *,
    parameters: Mapping[str, Decimal] | None = None,
) -> tuple[IndicatorResult, ...]:
    """Return every calibre of every indicator for one enterprise and period.

    Parameters
    ----------
    rulebook, book, period, parameters
        As for :func:`compute`.

    Returns
    -------
    tuple of IndicatorResult
        One for each indicator and calibre, in the order of the rulebook.
    """
    figures = Figures(rulebook, book, period, parameters or {})
    return tuple(
        _by_calibre(indicator, calibre, figures, period)
        for indicator in rulebook.indicators
        for calibre in indicator.calibres
    )


def compute_usual(indicator: Indicator, figures: Figures, period: Period) -> IndicatorResult:
    """Return the usual result of one indicator.

    Parameters
    ----------
    indicator : Indicator
        Which.
    figures : Figures
        Where its names get their values.
    period : Period
        For which period.

    Returns
    -------
    IndicatorResult
        By the first calibre, or where that lacks figures by one that may stand in for it.
    """
    first = _by_calibre(indicator, indicator.calibres[0], figures, period)
    if first.code != "missing_value":
        return first
    for calibre in indicator.calibres[1:]:
        if calibre.stands_in:
            other = _by_calibre(indicator, calibre, figures, period)
            if other.code != "missing_value":
                return replace(other, notes=(stood_in(first, other), *other.notes))
    return first


def _by_calibre(
    indicator: Indicator, calibre: Calibre, figures: Figures, period: Period
) -> IndicatorResult:
    """Return the indicator by one calibre: cases first, then the formula."""
    evaluated = {name: evaluate(part, figures.value) for name, part in calibre.operands.items()}
    operands = {name: r.number for name, r in evaluated.items() if isinstance(r, Computed)}
    operand_steps = {
        name: figures.unfolded(r.steps) for name, r in evaluated.items() if isinstance(r, Computed)
    }

    def value(reference: Reference) -> Decimal | None:
        known = operands.get(reference.name)
        return known if known is not None else figures.value(reference)

    case = next((case for case in indicator.cases if _holds(case, value)), None)
    if case is not None and case.outcome is Outcome.NOT_COMPUTABLE:
        steps = Step(
            text=calibre.formula.text,
            value=None,
            parts=tuple(
                replace(step, text=f"{name} = {step.text}") for name, step in operand_steps.items()
            ),
        )
        outcome: Result = NotComputable(code=case.id, reason=case.reason, steps=steps)
    else:
        formula = calibre.formula if case is None or case.formula is None else case.formula
        outcome = evaluate(formula, value)
        steps = outcome.steps if outcome.steps is not None else Step(text=formula.text, value=None)
        steps = figures.unfolded(steps, known=operand_steps)
    return _result(indicator, calibre, figures, period, case, outcome, operands, steps)


def _holds(case: Case, value: Callable[[Reference], Decimal | None]) -> bool:
    """Return whether a case applies; a condition on missing figures does not."""
    condition = evaluate(case.when, value)
    return isinstance(condition, Computed) and bool(condition.value)


def _result(
    indicator: Indicator,
    calibre: Calibre,
    figures: Figures,
    period: Period,
    case: Case | None,
    outcome: Result,
    operands: Mapping[str, Decimal],
    steps: Step,
) -> IndicatorResult:
    """Put the parts of a result together."""
    missing: tuple[Reference, ...] = ()
    code, reason = (case.id, case.reason) if case is not None else ("", None)
    if isinstance(outcome, NotComputable) and code != outcome.code:
        cause = figures.cause(outcome)
        code, reason, missing = cause.code, cause.reason, figures.missing(outcome)
        if code == "missing_value":
            reason = missing_reason(missing, figures.rulebook)
        else:
            english = in_english(cause.reason.en, figures.rulebook.english_of)
            reason = Wording(zh=cause.reason.zh, en=english)
    return IndicatorResult(
        indicator=indicator,
        calibre=calibre,
        period=period,
        status=Status.OK if isinstance(outcome, Computed) else Status.NOT_COMPUTABLE,
        value=outcome.number if isinstance(outcome, Computed) else None,
        code=code,
        reason=reason,
        case=case,
        operands=operands,
        notes=assumptions(steps, figures.rulebook),
        inputs=figures.inputs_of(steps),
        missing=missing,
        steps=steps,
    )
