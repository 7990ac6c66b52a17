"""Evaluations as the command line prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi_core import scoring
from guozi_core.units import round_half_up

if TYPE_CHECKING:
    from decimal import Decimal

    from guozi_core.findings import Language
    from guozi_core.units import Period

#: Digits printed of a number that does not end; far more than any score shows.
_PLACES = 12


def of_rulebook(
    result: scoring.Evaluation,
    rulebook: scoring.EvaluationRulebook,
    language: Language,
    *,
    with_trace: bool,
) -> dict[str, object]:
    """Return one result of the rulebook form."""
    answer: dict[str, object] = {
        "enterprise": result.enterprise,
        "basic": {score.indicator.name: _basic(score, language) for score in result.basic},
        "parts": {
            part.part.name: {
                "basic": _number(part.basic),
                "analysis_coefficient": _number(part.analysis_coefficient),
                "correction_coefficient": _number(part.correction_coefficient),
                "corrected": _number(part.corrected),
            }
            for part in result.parts
        },
        "corrections": {
            change.indicator.name: {
                "value": _number(change.value),
                "raw": _number(change.raw),
                "limited": _number(change.limited),
                "weighted": _number(change.weighted),
                "rule": change.rule,
            }
            for change in result.corrections
        },
        "basic_total": _number(result.basic_total),
        "corrected_total": _number(result.corrected_total),
        "management_total": _number(result.management_total),
        "composite": _number(result.composite),
        "bonus": _number(result.bonus),
        "deductions": _number(result.deductions),
        "final": _number(result.final),
        "grade": result.grade,
    }
    if result.management:
        answer["management"] = {
            item.indicator.name: {"mean": _number(item.mean), "score": _number(item.points)}
            for item in result.management
        }
    if with_trace:
        sentences = scoring.explain(result, rulebook=rulebook)
        answer["trace"] = [sentence.in_language(language) for sentence in sentences]
    answer["findings"] = [finding.to_dict(language) for finding in result.findings]
    return answer


def of_book(
    result: scoring.BookEvaluation,
    standards: scoring.FoundStandards,
    period: Period,
    language: Language,
) -> dict[str, object]:
    """Return one result of the standard-value book form."""
    return {
        "enterprise": result.enterprise,
        "period": period.code,
        "standard": {
            "year": standards.year,
            "industry": standards.industry,
            "size": standards.scale,
        },
        "basic": {score.name: _graded(score, language) for score in result.basic},
        "supplementary": {score.name: _graded(score, language) for score in result.supplementary},
        "findings": [finding.to_dict(language) for finding in result.findings],
    }


def _basic(score: scoring.BasicScore, language: Language) -> dict[str, object]:
    place = score.standing
    answer: dict[str, object] = {
        "value": _number(score.value),
        "grade": None if place is None else place.label.in_language(language),
        "coefficient": None if place is None else _number(place.coefficient),
        "score": _number(score.score),
        "weight": score.indicator.weight,
    }
    if score.reason is not None:
        answer |= {"status": "not_computable", "reason": score.reason.in_language(language)}
    if score.case is not None:
        answer |= {"rule": score.case.id, "reason": score.case.reason.in_language(language)}
    return answer


def _graded(score: scoring.BookScore, language: Language) -> dict[str, object]:
    place = score.standing
    answer: dict[str, object] = {
        "value": _number(score.value),
        "grade": None if place is None else place.label.in_language(language),
        "coefficient": None if place is None else _number(place.coefficient),
    }
    if place is None:
        answer["status"] = "not_computable"
    if score.reason is not None:
        answer["reason"] = score.reason.in_language(language)
    return answer


def _number(value: Decimal | None) -> Decimal | None:
    """Return a number whole, or to twelve decimals where it does not end."""
    if value is None or -_exponent(value) <= _PLACES:
        return value
    return round_half_up(value, places=_PLACES)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
