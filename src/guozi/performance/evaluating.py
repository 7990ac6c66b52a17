"""One enterprise by one plan: from its statements to the evaluation, with everything in between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from guozi.rulebooks import library, parsed
from guozi_core import indicators, scoring
from guozi_core.rulebook import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guozi_core.statements import StatementBook
    from guozi_core.units import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a run is computed by: the texts of a plan, read."""

    plan: scoring.Plan
    rulebook: scoring.EvaluationRulebook
    indicators: indicators.IndicatorRulebook
    table: scoring.StandardTable
    year: int

    @property
    def fingerprints(self) -> dict[str, str]:
        """The exact wording of every text, as a run keeps it."""
        return {
            "plan": parsed.mark_of("plans", self.plan.header.id),
            "evaluation": parsed.mark_of("evaluation", self.plan.evaluation),
            "indicators": parsed.mark_of("indicators", self.plan.indicators),
            "items": parsed.mark_of("items", "statement-items"),
            "standards": _standards_mark(),
        }


def basis_of(plan_id: str, *, year: int | None = None) -> Basis:
    """Return what a plan is computed by; ``year`` names another book of standard values."""
    plan = parsed.plan(plan_id)
    return Basis(
        plan=plan,
        rulebook=parsed.evaluation_rulebook(plan.evaluation),
        indicators=_needed(plan_id),
        table=parsed.standards(),
        year=year or plan.edition,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """An evaluation with the indicators and the standard values behind it."""

    evaluation: scoring.Evaluation
    indicators: Mapping[str, indicators.IndicatorResult]
    found: scoring.FoundStandards
    standards: Mapping[str, scoring.StandardValue]


def evaluate(
    basis: Basis,
    book: StatementBook,
    period: Period,
    *,
    enterprise: str,
    industry: str,
    size: str,
    panel: Sequence[scoring.ExpertScore] = (),
    adjustments: Sequence[scoring.Adjustment] = (),
) -> Evaluated:
    """Evaluate one enterprise.

    Raises
    ------
    guozi_core.scoring.NoStandardsError
        If there are no standard values of the edition, industry or size.
    """
    found = basis.table.find(year=basis.year, industry=industry, scale=size)
    standards = basis.plan.standards(found.values)
    computed = indicators.compute(
        basis.indicators, book, period, calibres=basis.plan.calibres or None
    )
    evaluation = scoring.evaluate(
        enterprise,
        rulebook=basis.rulebook,
        indicators=scoring.inputs_of(computed),
        standards=standards,
        panel=panel,
        adjustments=adjustments,
    )
    return Evaluated(
        evaluation=evaluation,
        indicators={result.indicator.name: result for result in computed},
        found=found,
        standards=standards,
    )


@cache
def _needed(plan_id: str) -> indicators.IndicatorRulebook:
    """Return the indicator rulebook with those indicators only that the evaluation asks for."""
    plan = parsed.plan(plan_id)
    asked = {item.name for item in parsed.evaluation_rulebook(plan.evaluation).indicators}
    whole = parsed.indicator_rulebook(plan.indicators)
    return indicators.IndicatorRulebook(
        header=whole.header,
        dictionary=whole.dictionary,
        parameters=whole.parameters,
        terms=whole.terms,
        indicators=tuple(item for item in whole.indicators if item.name in asked),
    )


@cache
def _standards_mark() -> str:
    return fingerprint("".join(library.read_standard_lines()))
