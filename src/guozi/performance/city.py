"""The whole city by one plan: every enterprise evaluated, ranked, kept under one hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guozi.filings import selectors as filings
from guozi.performance import inputs
from guozi.performance.comparing import Place, Scored, places
from guozi.performance.evaluating import Basis, Evaluated, evaluate
from guozi.performance.models import EvaluationResult
from guozi.registry import selectors as registry
from guozi.registry.kinds import ClassKind
from guozi.registry.models import Enterprise
from guozi_core.findings import Wording
from guozi_core.scoring import NoStandardsError
from guozi_core.statements import Scope, StatementBook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from guozi.filings.models import Version
    from guozi_core import scoring
    from guozi_core.units import Period

#: Of several accounts of one enterprise the first of these is evaluated.
SCOPES = (Scope.CONSOLIDATED, Scope.SINGLE, Scope.PARENT)
_NOT_FILED = Wording("没有报送该期间的报表", "no statements were filed for this period")
_NO_CLASS = Wording("没有登记行业或规模", "industry or size is not registered")
_STEP = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The statements of one enterprise that an evaluation reads, with the versions behind them."""

    book: StatementBook
    behind: Mapping[Period, Version]


def accounts_of(enterprises: Sequence[Enterprise], period: Period) -> dict[int, Accounts]:
    """Return the statements to evaluate of every enterprise that filed the period."""
    books = filings.books_of(
        enterprises,
        form=filings.form_for(period),
        periods=[period.code, period.same_period_last_year().code],
    )
    found: dict[int, Accounts] = {}
    for enterprise in enterprises:
        for scope in SCOPES:
            book, behind = books.get((enterprise.pk, scope), (None, {}))
            if book is not None and period in behind:
                found[enterprise.pk] = Accounts(book=book, behind=behind)
                break
    return found


def results_of(
    basis: Basis, period: Period, *, progress: Callable[[int, int], None]
) -> list[EvaluationResult]:
    """Return an unsaved result for every enterprise in scope, ranked."""
    enterprises = list(Enterprise.objects.order_by("pk"))
    accounts = accounts_of(enterprises, period)
    industries = registry.class_values(ClassKind.INDUSTRY, on=period.end_date)
    sizes = registry.class_values(ClassKind.SIZE, on=period.end_date)
    panels, adjustments = inputs.panels(period.code), inputs.adjustments(period.code)
    results = []
    for done, enterprise in enumerate(enterprises):
        if done % _STEP == 0:
            progress(done, len(enterprises))
        results.append(
            _result(
                basis,
                period,
                enterprise,
                accounts.get(enterprise.pk),
                classes=(industries.get(enterprise.pk, ""), sizes.get(enterprise.pk, "")),
                panel=panels.get(enterprise.pk, []),
                adjustments=adjustments.get(enterprise.pk, []),
            )
        )
    _rank(results, decimals=basis.rulebook.grade_decimals)
    progress(len(enterprises), len(enterprises))
    return results


def _result(
    basis: Basis,
    period: Period,
    enterprise: Enterprise,
    accounts: Accounts | None,
    *,
    classes: tuple[str, str],
    panel: Sequence[scoring.ExpertScore],
    adjustments: Sequence[scoring.Adjustment],
) -> EvaluationResult:
    industry, size = classes
    result = EvaluationResult(
        enterprise=enterprise,
        level=enterprise.level,
        industry=industry,
        size=size,
        panel=inputs.panel_rows(panel),
        adjustments=inputs.adjustment_rows(adjustments),
        scored=False,
    )
    if accounts is None:
        return _unscored(result, _NOT_FILED)
    result.version = accounts.behind[period]
    result.earlier_version_ids = sorted(
        version.pk for other, version in accounts.behind.items() if other != period
    )
    if not industry or not size:
        return _unscored(result, _NO_CLASS)
    try:
        evaluated = evaluate(
            basis,
            accounts.book,
            period,
            enterprise=enterprise.name,
            industry=industry,
            size=size,
            panel=panel,
            adjustments=adjustments,
        )
    except NoStandardsError as error:
        finding = error.finding
        return _unscored(
            result,
            Wording(f"{finding.message.zh}：{finding.got}", f"{finding.message.en}: {finding.got}"),
        )
    return _filled(result, evaluated)


def _filled(result: EvaluationResult, evaluated: Evaluated) -> EvaluationResult:
    evaluation = evaluated.evaluation
    result.industry_found, result.size_found = evaluated.found.industry, evaluated.found.scale
    result.finding_count = len(evaluation.findings) + len(evaluated.found.findings)
    result.basic_total = evaluation.basic_total
    result.corrected_total = evaluation.corrected_total
    result.management_total = evaluation.management_total
    result.composite = evaluation.composite
    result.bonus, result.deductions = evaluation.bonus, evaluation.deductions
    result.final, result.grade = evaluation.final, evaluation.grade or ""
    if evaluation.final is None:
        return _unscored(result, _why_unscored(evaluation))
    result.scored = True
    return result


def _why_unscored(evaluation: scoring.Evaluation) -> Wording:
    """Return which basic indicators have no score, and why."""
    lacking = [score for score in evaluation.basic if score.score is None]
    told = [
        (score.indicator, score.reason or Wording("缺数据", "the value is missing"))
        for score in lacking
    ]
    if not told:
        return Wording("专家评议不完整", "the expert panel is incomplete")
    return Wording(
        "；".join(f"{item.name}：{reason.zh}" for item, reason in told),
        "; ".join(f"{item.english}: {reason.en}" for item, reason in told),
    )


def _unscored(result: EvaluationResult, reason: Wording) -> EvaluationResult:
    result.reason, result.english_reason = reason.zh, reason.en
    return result


def _rank(results: Iterable[EvaluationResult], *, decimals: int) -> None:
    by_id = {result.enterprise_id: result for result in results}
    scored = [
        Scored(
            enterprise_id=result.enterprise_id,
            industry=result.industry,
            size=result.size,
            level=result.level,
            final=result.final,
        )
        for result in by_id.values()
        if result.final is not None
    ]
    found: dict[int, Place] = places(scored, decimals=decimals)
    for enterprise_id, place in found.items():
        result = by_id[enterprise_id]
        result.group, result.rank, result.group_size = place


def hash_of(results: Iterable[EvaluationResult]) -> str:
    """Return one hash over all results: what the log keeps of a run."""
    lines = [
        "|".join(
            (
                result.enterprise.uscc,
                result.version.content_sha256 if result.version else "",
                "" if result.final is None else f"{result.final:f}",
                result.grade,
                result.group,
                str(result.rank or ""),
            )
        )
        for result in results
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
