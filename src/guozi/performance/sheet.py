"""The score sheet of one enterprise as words and formatted figures: what page and files show alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from guozi.performance.labels import TOTALS
from guozi.ui.templatetags.guozi import in_english, number_text, said, unit_name
from guozi_core import scoring
from guozi_core.findings import Wording
from guozi_core.scoring import Level

if TYPE_CHECKING:
    from guozi.performance.recomputing import Recomputed
    from guozi_core.findings import Finding
    from guozi_core.indicators import IndicatorResult
    from guozi_core.scoring import (
        Adjustment,
        BasicScore,
        Correction,
        PartScore,
        StandardValue,
        Standing,
    )

_COEFFICIENT_PLACES = 4
_SCORE_PLACES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One indicator: its value, the five levels, where it stands, what it brings."""

    name: str
    unit: str
    value: str
    levels: tuple[str, ...]
    standing: str
    coefficient: str
    weight: str
    #: Points of a basic indicator; of a correction the limited coefficient.
    score: str
    notes: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """A part of the rulebook with its lines and what they come to."""

    name: str
    weight: str
    basic: tuple[SheetLine, ...]
    corrections: tuple[SheetLine, ...]
    basic_total: str
    analysis: str
    factor: str
    corrected: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTotal:
    """A total with the address of its origin."""

    key: str
    name: str
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetManagement:
    """A management indicator: how many experts, their mean, the points, the address of its origin."""

    name: str
    weight: str
    experts: int
    mean: str
    points: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAdjustment:
    """A bonus or deduction with its evidence; ``url`` opens the total it is part of."""

    kind: str
    name: str
    points: str
    evidence: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything on a score sheet."""

    parts: tuple[SheetPart, ...]
    totals: tuple[SheetTotal, ...]
    management: tuple[SheetManagement, ...]
    adjustments: tuple[SheetAdjustment, ...]
    sentences: tuple[str, ...]
    findings: tuple[str, ...]


def sheet_of(again: Recomputed) -> Sheet:
    """Return the sheet of an evaluation, in the language of the page."""
    evaluation = again.evaluated.evaluation
    rulebook = again.basis.rulebook
    address = [again.result.run_id, again.result.enterprise.uscc]
    return Sheet(
        parts=tuple(_part(again, part, number) for number, part in enumerate(evaluation.parts, 1)),
        totals=tuple(
            SheetTotal(
                key=key,
                name=said(label),
                text=number_text(getattr(evaluation, key), _SCORE_PLACES),
                url=reverse("performance:total-from", args=[*address, key]),
            )
            for key, label in TOTALS.items()
            if getattr(evaluation, key) is not None
        ),
        management=tuple(
            SheetManagement(
                name=_name(item.indicator.name, item.indicator.english),
                weight=scoring.shown(item.indicator.weight),
                experts=item.experts,
                mean=number_text(item.mean, 2),
                points=number_text(item.points, _SCORE_PLACES),
                url=reverse("performance:management-from", args=[*address, number]),
            )
            for number, item in enumerate(evaluation.management, 1)
        ),
        adjustments=tuple(_adjustment(again, item) for item in evaluation.adjustments),
        sentences=tuple(
            said(sentence) for sentence in scoring.explain(evaluation, rulebook=rulebook)
        ),
        findings=tuple(
            _finding(again, finding)
            for finding in (*again.evaluated.found.findings, *evaluation.findings)
        ),
    )


def _adjustment(again: Recomputed, item: Adjustment) -> SheetAdjustment:
    scale = again.basis.rulebook.adjustments.find(item.kind, item.item)
    total = "bonus" if item.kind == "bonus" else "deductions"
    address = [again.result.run_id, again.result.enterprise.uscc, total]
    return SheetAdjustment(
        kind=item.kind,
        name=_name(item.item, scale.english if scale else item.item),
        points=number_text(item.points, 2),
        evidence=item.evidence,
        url=reverse("performance:total-from", args=address),
    )


def _finding(again: Recomputed, finding: Finding) -> str:
    """Return a finding with the indicator it is about, in the language of the page."""
    place = finding.locator.item or ""
    rulebook = again.basis.rulebook
    known = {item.name: item.english for item in (*rulebook.indicators, *rulebook.management)}
    where = _name(place, known.get(place, "standard values"))
    return f"{where}: {finding.message.en}" if in_english() else f"{where}：{finding.message.zh}"


def _part(again: Recomputed, part: PartScore, number: int) -> SheetPart:
    evaluation = again.evaluated.evaluation
    address = [again.result.run_id, again.result.enterprise.uscc, number]
    return SheetPart(
        name=_name(part.part.name, part.part.english),
        weight=number_text(part.part.weight, 0),
        basic=tuple(
            _basic(again, score) for score in evaluation.basic if score.indicator in part.part.basic
        ),
        corrections=tuple(
            _correction(again, item)
            for item in evaluation.corrections
            if item.indicator in part.part.corrections
        ),
        basic_total=number_text(part.basic, _SCORE_PLACES),
        analysis=number_text(part.analysis_coefficient, _COEFFICIENT_PLACES),
        factor=number_text(part.correction_coefficient, _COEFFICIENT_PLACES),
        corrected=number_text(part.corrected, _SCORE_PLACES),
        url=reverse("performance:part-from", args=address),
    )


def _basic(again: Recomputed, score: BasicScore) -> SheetLine:
    reason = score.case.reason if score.case is not None else score.reason
    return _line(
        again,
        score,
        coefficient=number_text(
            None if score.standing is None else score.standing.coefficient, _COEFFICIENT_PLACES
        ),
        score=number_text(score.score, _SCORE_PLACES),
        reason=reason,
    )


def _correction(again: Recomputed, item: Correction) -> SheetLine:
    reason = item.case.reason if item.case is not None else None
    if reason is None and item.standing is None:
        reason = (
            Wording("没有标准值，修正系数取1.0", "no published levels: 1.0")
            if item.rule == "S7"
            else Wording("缺数据，修正系数取1.0", "no value: 1.0")
        )
    return _line(
        again,
        item,
        coefficient=number_text(item.raw, _COEFFICIENT_PLACES),
        score=number_text(item.limited, _COEFFICIENT_PLACES),
        reason=reason,
    )


def _line(
    again: Recomputed,
    scored: BasicScore | Correction,
    *,
    coefficient: str,
    score: str,
    reason: Wording | None,
) -> SheetLine:
    item = scored.indicator
    computed = again.evaluated.indicators.get(item.name)
    address = [again.result.run_id, again.result.enterprise.uscc]
    return SheetLine(
        name=_name(item.name, item.english),
        unit=unit_name(item.unit),
        value=number_text(scored.value, 2),
        levels=_levels(scored.standard),
        standing=_standing(scored.standing),
        coefficient=coefficient,
        weight=number_text(item.weight, 0),
        score=score,
        notes=tuple(said(words) for words in _notes(again, item.name, reason, computed)),
        url=reverse("performance:where-from", args=[*address, computed.indicator.identifier])
        if computed is not None
        else "",
    )


def _notes(
    again: Recomputed, name: str, reason: Wording | None, computed: IndicatorResult | None
) -> list[Wording]:
    notes = [reason] if reason is not None else []
    stand_in = again.basis.plan.stand_ins.get(name)
    if stand_in is not None and name in again.evaluated.standards:
        notes.append(
            Wording(
                f"标准值取自“{stand_in.standard}”〔{stand_in.mark}〕：{stand_in.reason.zh}",
                f"levels of another name [{stand_in.mark}]: {stand_in.reason.en}",
            )
        )
    if computed is not None and computed.value is None and computed.reason is not None:
        notes.append(computed.reason)
    return notes


def _levels(standard: StandardValue | None) -> tuple[str, ...]:
    if standard is None:
        return ("—",) * len(Level)
    return tuple(
        scoring.shown(standard.values[level]) if level in standard.values else "—"
        for level in Level
    )


def _standing(standing: Standing | None) -> str:
    return "—" if standing is None else said(standing.label)


def _name(chinese: str, english: str) -> str:
    return said(Wording(chinese, english))
