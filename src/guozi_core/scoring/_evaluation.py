"""Comprehensive evaluation of one enterprise, every intermediate value kept.

Order of evaluation (157号): basic score of each indicator by efficacy coefficient → basic score of
each part and its 分析系数 → 单项修正系数 of each correction indicator, limited, weighted → corrected
part → financial score → management panel → combination → bonus → deductions → limits → grade.
Nothing is rounded on the way; the grade is taken on the score as it is shown.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from guozi_core import formula
from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.formula import Reference
from guozi_core.scoring._standard import (
    PRECISE,
    Level,
    StandardValue,
    Standing,
    standing,
    standing_at,
)
from guozi_core.units import plain, round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guozi_core.scoring._rules import EvaluationRulebook, Part, SpecialCase, WeightedIndicator

_HUNDRED = Decimal(100)
#: Far below what is printed, far above what fifty digits leave uncertain.
_SETTLED = Decimal("1e-30")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorInput:
    """What is known of an indicator: its value, or what it is computed from, or both.

    ``numerator`` and ``denominator`` (净利润 and 平均净资产 for 净资产收益率) and ``last_year`` and
    ``this_year`` also decide special cases. ``None`` is missing.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    last_year: Decimal | None = None
    this_year: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertScore:
    """One expert's score (0 to 100) of one management indicator."""

    indicator: str
    expert: str
    score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """One bonus or deduction item with its positive points and its evidence."""

    kind: Literal["bonus", "deduction"]
    item: str
    points: Decimal
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicScore:
    """The score of a basic indicator; ``standing`` and ``score`` are ``None`` without a value."""

    indicator: WeightedIndicator
    value: Decimal | None
    standard: StandardValue | None
    standing: Standing | None
    score: Decimal | None
    case: SpecialCase | None = None
    reason: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The correction by one indicator: ``raw`` before the limits, ``limited`` within them."""

    indicator: WeightedIndicator
    value: Decimal | None
    standard: StandardValue | None
    standing: Standing | None
    raw: Decimal | None
    limited: Decimal | None
    weighted: Decimal | None
    rule: str
    case: SpecialCase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartScore:
    """A part: basic score, 分析系数, 综合修正系数 and corrected score."""

    part: Part
    basic: Decimal | None
    analysis_coefficient: Decimal | None
    correction_coefficient: Decimal | None
    corrected: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementScore:
    """One management indicator: mean of the experts, and points."""

    indicator: WeightedIndicator
    scores: tuple[Decimal, ...]
    experts: int
    mean: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The whole evaluation of one enterprise."""

    enterprise: str
    basic: tuple[BasicScore, ...]
    corrections: tuple[Correction, ...]
    parts: tuple[PartScore, ...]
    management: tuple[ManagementScore, ...]
    adjustments: tuple[Adjustment, ...]
    basic_total: Decimal | None
    corrected_total: Decimal | None
    management_total: Decimal | None
    composite: Decimal | None
    bonus_claimed: Decimal
    bonus: Decimal | None
    deductions: Decimal
    final: Decimal | None
    grade: str | None
    findings: tuple[Finding, ...]


def evaluate(
    enterprise: str,
    *,
    rulebook: EvaluationRulebook,
    indicators: Mapping[str, IndicatorInput],
    standards: Mapping[str, StandardValue],
    panel: Sequence[ExpertScore] = (),
    adjustments: Sequence[Adjustment] = (),
) -> Evaluation:
    """Return the comprehensive evaluation of one enterprise.

    Parameters
    ----------
    enterprise : str
        Name or code, for the findings.
    rulebook : EvaluationRulebook
        Weights, coefficients, special cases, grades.
    indicators : mapping of str to IndicatorInput
        By the indicator names of the rulebook.
    standards : mapping of str to StandardValue
        Published levels by indicator name.
    panel : sequence of ExpertScore
        Empty: the composite is the financial score.
    adjustments : sequence of Adjustment
        Bonus and deduction items.

    Returns
    -------
    Evaluation
        Every intermediate value, unrounded. Where a basic indicator has no value, its part and all
        totals are ``None`` and a finding says why: missing is not zero.

    References
    ----------
    .. [1] 国资发评价〔2006〕157号.
    """
    run = _Run(enterprise, rulebook, indicators, standards)
    basic = [run.basic(part, item) for part in rulebook.parts for item in part.basic]
    parts, corrections = [], []
    for part in rulebook.parts:
        own = [score for score in basic if score.indicator in part.basic]
        points = _sum_or_none([score.score for score in own])
        analysis = None if points is None else PRECISE.divide(points, part.weight)
        found = [run.correction(part, item, analysis) for item in part.corrections]
        corrections += found
        # A part without correction indicators is not corrected.
        factor = _sum_or_none([item.weighted for item in found]) if found else Decimal(1)
        corrected = None if points is None or factor is None else PRECISE.multiply(points, factor)
        if corrected is not None and rulebook.cap_part_at_weight:
            corrected = min(corrected, part.weight)
        parts.append(
            PartScore(
                part=part,
                basic=points,
                analysis_coefficient=analysis,
                correction_coefficient=factor,
                corrected=corrected,
            )
        )
    management = run.management(panel)
    return _combined(run, tuple(basic), tuple(corrections), tuple(parts), management, adjustments)


def management_scores(
    panel: Sequence[ExpertScore], *, rulebook: EvaluationRulebook
) -> tuple[ManagementScore, ...]:
    """Return the mean and the points of every management indicator.

    Parameters
    ----------
    panel : sequence of ExpertScore
        Scores in [0, 100]; of one expert and indicator there is one.
    rulebook : EvaluationRulebook
        Management indicators with their weights in points.

    Returns
    -------
    tuple of ManagementScore
        One for each indicator of the rulebook, in its order; nothing if there is no panel. Without
        a score of an indicator its mean and points are ``None``.

    Notes
    -----
    Mean = sum of the scores ÷ number of experts; points = mean ÷ 100 × weight. No extreme is left
    out: the text does not say so.

    References
    ----------
    .. [1] 中央企业综合绩效评价实施细则（国资发评价〔2006〕157号），管理绩效评议.
    """
    if not panel:
        return ()
    scores: dict[str, list[Decimal]] = defaultdict(list)
    experts: dict[str, set[str]] = defaultdict(set)
    for given in panel:
        scores[given.indicator].append(given.score)
        experts[given.indicator].add(given.expert)
    found = []
    for item in rulebook.management:
        given_scores = tuple(scores.get(item.name, ()))
        mean = points = None
        if given_scores:
            mean = PRECISE.divide(sum(given_scores, Decimal(0)), Decimal(len(given_scores)))
            points = PRECISE.multiply(mean / _HUNDRED, item.weight)
        found.append(
            ManagementScore(
                indicator=item,
                scores=given_scores,
                experts=len(experts.get(item.name, ())),
                mean=mean,
                points=points,
            )
        )
    return tuple(found)


def management_total(scores: Sequence[ManagementScore]) -> Decimal | None:
    """Return 管理绩效定性评价分数, ``None`` without a panel or where an indicator has no score.

    Parameters
    ----------
    scores : sequence of ManagementScore
        Of every management indicator.

    Returns
    -------
    Decimal or None
        The sum of the points.
    """
    return _sum_or_none([item.points for item in scores]) if scores else None


def _combined(
    run: _Run,
    basic: tuple[BasicScore, ...],
    corrections: tuple[Correction, ...],
    parts: tuple[PartScore, ...],
    management: tuple[ManagementScore, ...],
    adjustments: Sequence[Adjustment],
) -> Evaluation:
    rulebook = run.rulebook
    corrected_total = _sum_or_none([part.corrected for part in parts])
    panel_total = management_total(management)
    composite = corrected_total
    if management:
        composite = None
        if corrected_total is not None and panel_total is not None:
            composite = PRECISE.add(
                PRECISE.multiply(corrected_total, rulebook.financial_share),
                PRECISE.multiply(panel_total, rulebook.management_share),
            )
    claimed = sum((item.points for item in adjustments if item.kind == "bonus"), Decimal(0))
    deductions = sum((item.points for item in adjustments if item.kind == "deduction"), Decimal(0))
    bonus = None if composite is None else added_bonus(composite, claimed, rulebook=rulebook)
    final = None
    if composite is not None and bonus is not None:
        total = PRECISE.subtract(PRECISE.add(composite, bonus), deductions)
        final = min(max(total, rulebook.lowest), rulebook.highest)
    return Evaluation(
        enterprise=run.enterprise,
        basic=basic,
        corrections=corrections,
        parts=parts,
        management=management,
        adjustments=tuple(adjustments),
        basic_total=_sum_or_none([part.basic for part in parts]),
        corrected_total=corrected_total,
        management_total=panel_total,
        composite=composite,
        bonus_claimed=claimed,
        bonus=bonus,
        deductions=deductions,
        final=final,
        grade=None if final is None else grade_of(final, rulebook=rulebook),
        findings=tuple(run.findings),
    )


def added_bonus(composite: Decimal, claimed: Decimal, *, rulebook: EvaluationRulebook) -> Decimal:
    """Return the bonus really added: limited, and damped where the score is already excellent.

    Parameters
    ----------
    composite : Decimal, unit [points]
        Score before bonus (X).
    claimed : Decimal, unit [points]
        Sum of the bonus items (Y).
    rulebook : EvaluationRulebook
        Limit, threshold (included) and factor.

    Returns
    -------
    Decimal, unit [points]
        ``(1 − X%) × 6.6 × Y`` from the threshold on, else ``Y``: the rule jumps there.

    References
    ----------
    .. [1] 国资发评价〔2006〕157号, 加分事项.
    """
    scale = rulebook.adjustments
    limited = min(claimed, scale.highest_bonus)
    if _settled(composite) < scale.damped_from:
        return limited
    rest = max(Decimal(0), 1 - composite / _HUNDRED)
    return PRECISE.multiply(PRECISE.multiply(rest, scale.damping_factor), limited)


def grade_of(final: Decimal, *, rulebook: EvaluationRulebook) -> str:
    """Return the grade of a score, taken on the score as it is shown.

    Parameters
    ----------
    final : Decimal, unit [points]
        Unrounded score.
    rulebook : EvaluationRulebook
        Entry scores, included, best first.

    Returns
    -------
    str
        ``A++`` … ``E``.
    """
    shown = round_half_up(_settled(final), places=rulebook.grade_decimals)
    return next(
        (grade for grade, entry in rulebook.grades if shown >= entry), rulebook.grades[-1][0]
    )


def _settled(score: Decimal) -> Decimal:
    """Return a score without what endless quotients leave in its fiftieth digit.

    A score that is 85 in fractions must not miss the 85 of a threshold by that.

    >>> _settled(Decimal("84." + "9" * 47))
    Decimal('85.000000000000000000000000000000')
    """
    return PRECISE.quantize(score, _SETTLED)


def improvement_degree(score: Decimal, *, base: Decimal) -> Decimal | None:
    """Return 绩效改进度: this period's score ÷ the base period's, ``None`` if that is not positive.

    Parameters
    ----------
    score, base : Decimal, unit [points]
        Scores of the two periods.

    Returns
    -------
    Decimal or None, unit [1]
        Above 1 is better than the base period.

    Examples
    --------
    >>> improvement_degree(Decimal(84), base=Decimal(80))
    Decimal('1.05')
    """
    return PRECISE.divide(score, base) if base > 0 else None


class _Run:
    """One evaluation: the inputs, and the findings collected on the way."""

    def __init__(
        self,
        enterprise: str,
        rulebook: EvaluationRulebook,
        indicators: Mapping[str, IndicatorInput],
        standards: Mapping[str, StandardValue],
    ) -> None:
        self.enterprise = enterprise
        self.rulebook = rulebook
        self.indicators = indicators
        self.standards = standards
        self.findings: list[Finding] = []

    def basic(self, part: Part, item: WeightedIndicator) -> BasicScore:
        del part
        given = self.indicators.get(item.name, IndicatorInput())
        value, case = self._value(item, given)
        standard = self.standards.get(item.name)
        place: Standing | None = None
        reason: Wording | None = None
        if case is not None and case.coefficient is not None:
            # The case sets the coefficient itself, whatever level the value would reach.
            place = Standing(
                level=Level.EXCELLENT if case.coefficient == 1 else None,
                level_coefficient=case.coefficient,
                efficacy=Decimal(0),
                upper=None,
                coefficient=case.coefficient,
            )
        elif case is not None and case.level is not None:
            place = standing_at(case.level, coefficients=self.rulebook.coefficients)
        elif value is None:
            reason = Wording("缺数据", "the value is missing")
            self._note(
                "EVL-001", item, Wording("指标缺数据，不能计分", "no value: cannot be scored")
            )
        elif standard is None:
            reason = Wording("没有标准值", "no standard values")
            self._note(
                "EVL-002", item, Wording("基本指标没有标准值，不能计分", "no standard values")
            )
        else:
            place = self._standing(item, value, standard)
        score = None if place is None else PRECISE.multiply(item.weight, place.coefficient)
        return BasicScore(
            indicator=item,
            value=value,
            standard=standard,
            standing=place,
            score=score,
            case=case,
            reason=reason,
        )

    def correction(
        self, part: Part, item: WeightedIndicator, analysis: Decimal | None
    ) -> Correction:
        given = self.indicators.get(item.name, IndicatorInput())
        value, case = self._value(item, given)
        standard = self.standards.get(item.name)
        place: Standing | None = None
        raw: Decimal | None = None
        rule = "formula"
        if case is not None and case.correction is not None:
            raw, rule = case.correction, case.id
        elif standard is None:
            raw, rule = Decimal(1), "S7"
            text = Wording(
                "没有标准值，修正系数取1.0", "no standard values: the coefficient is 1.0"
            )
            self._note("EVL-003", item, text)
        elif case is not None and case.level is not None:
            place = standing_at(case.level, coefficients=self.rulebook.coefficients)
            raw, rule = self._raw(place, analysis), case.id
        elif value is None:
            raw, rule = Decimal(1), "missing"
            text = Wording("指标缺数据，修正系数取1.0", "no value: the coefficient is 1.0")
            self._note("EVL-004", item, text)
        else:
            place = self._standing(item, value, standard)
            raw = self._raw(place, analysis)
            rule = "S1" if place.level is Level.EXCELLENT else "S2" if place.level is None else rule
        limited = None
        if raw is not None:
            limited = min(
                max(raw, self.rulebook.correction_lowest), self.rulebook.correction_highest
            )
        weighted = None
        if limited is not None:
            weighted = PRECISE.divide(PRECISE.multiply(item.weight, limited), part.weight)
        return Correction(
            indicator=item,
            value=value,
            standard=standard,
            standing=place,
            raw=raw,
            limited=limited,
            weighted=weighted,
            rule=rule,
            case=case,
        )

    def management(self, panel: Sequence[ExpertScore]) -> tuple[ManagementScore, ...]:
        found = management_scores(panel, rulebook=self.rulebook)
        for score in found:
            if score.mean is None:
                text = Wording("评议指标没有专家给分", "no expert scored this indicator")
                self._note("EVL-005", score.indicator, text)
            elif score.experts < self.rulebook.least_experts:
                text = Wording(
                    f"专家少于{self.rulebook.least_experts}名",
                    f"fewer than {self.rulebook.least_experts} experts",
                )
                self._note("EVL-006", score.indicator, text, got=str(score.experts))
        return found

    def _raw(self, place: Standing, analysis: Decimal | None) -> Decimal | None:
        """Return 单项修正系数 before the limits."""
        if analysis is None:
            return None
        rulebook = self.rulebook
        if place.level is Level.EXCELLENT:
            return rulebook.correction_base_at_excellent + place.level_coefficient - analysis
        return rulebook.correction_base + place.coefficient - analysis

    def _value(
        self, item: WeightedIndicator, given: IndicatorInput
    ) -> tuple[Decimal | None, SpecialCase | None]:
        """Return the indicator's value and the special case that applies, if any."""
        numerator, denominator = given.numerator, given.denominator
        last_year, this_year = given.last_year, given.this_year
        value = given.value
        if value is None and numerator is not None and denominator is not None and denominator > 0:
            value = PRECISE.divide(numerator, denominator)
            value = value * _HUNDRED if item.unit == "%" else value
        if value is None and last_year is not None and this_year is not None and last_year > 0:
            value = PRECISE.divide((this_year - last_year) * _HUNDRED, last_year)
        facts = {
            Reference("数值"): value,
            Reference("分子"): numerator,
            Reference("分母"): denominator,
            Reference("本年"): this_year,
            Reference("上年"): last_year,
        }
        for case in self.rulebook.cases_of(item.name):
            truth = formula.evaluate(case.when, facts)
            if not isinstance(truth, formula.Computed) or not truth.value:
                continue
            if case.value is not None:
                computed = formula.evaluate(case.value, facts)
                value = computed.number if isinstance(computed, formula.Computed) else value
            if case.explain:
                self._note("EVL-007", item, case.reason, rule=case.id)
            return value, case
        return value, None

    def _standing(
        self, item: WeightedIndicator, value: Decimal, standard: StandardValue
    ) -> Standing:
        if not standard.is_complete:
            text = Wording(
                "标准值不完整，用相邻已公布档次", "levels missing: the nearest published are used"
            )
            self._note("EVL-008", item, text)
        return standing(value, standard=standard, coefficients=self.rulebook.coefficients)

    def _note(
        self,
        code: str,
        item: WeightedIndicator,
        message: Wording,
        *,
        got: str | None = None,
        rule: str | None = None,
    ) -> None:
        self.findings.append(
            Finding(
                code=code,
                severity=Severity.EXPLAIN,
                message=message,
                locator=Locator(enterprise=self.enterprise, item=item.name),
                got=got,
                rule=rule,
            )
        )


def _sum_or_none(numbers: Sequence[Decimal | None]) -> Decimal | None:
    """Return the sum, ``None`` as soon as one is missing."""
    total = Decimal(0)
    for number in numbers:
        if number is None:
            return None
        total = PRECISE.add(total, number)
    return total


def shown(number: Decimal | None, *, places: int = 4) -> str:
    """Return a number as a score sheet prints it, ``—`` where there is none.

    Examples
    --------
    >>> shown(Decimal("15.23077"), places=2), shown(None)
    ('15.23', '—')
    """
    return "—" if number is None else plain(round_half_up(number, places=places))
