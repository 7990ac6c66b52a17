"""Reading runs and results, as far as the viewer may see: trials only within the regulator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guozi.access.matrix import Act, Subject, roles_allowed
from guozi.access.roles import Role
from guozi.performance.models import AdjustmentItem, EvaluationResult, EvaluationRun, PanelScore
from guozi_core.scoring import improvement_degree
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from django.db.models import QuerySet

    from guozi.access.viewer import Viewer
    from guozi.registry.models import Enterprise

#: Who sees an evaluation only once it is published.
AFTER_PUBLICATION = frozenset({Role.REPORTER, Role.SIGNATORY, Role.SUPERVISOR, Role.INTERFACE})


def sees_trials(viewer: Viewer) -> bool:
    """Return whether the viewer sees runs that are not published."""
    readers = roles_allowed(Act.READ, Subject.EVALUATION) - AFTER_PUBLICATION
    return viewer.unrestricted or bool(viewer.roles & readers)


def list_runs(viewer: Viewer, *, period: str = "", plan: str = "") -> QuerySet[EvaluationRun]:
    """Return runs, newest period first and of one period the newest run first."""
    found = EvaluationRun.objects.order_by("-period", "-pk")
    if not sees_trials(viewer):
        found = found.filter(state=EvaluationRun.State.PUBLISHED)
    named = {"period": period, "plan": plan}
    return found.filter(**{key: value for key, value in named.items() if value})


def get_run(viewer: Viewer, run_id: int) -> EvaluationRun | None:
    """Return a run the viewer may see."""
    return list_runs(viewer).filter(pk=run_id).first()


def latest_run(viewer: Viewer, *, period: str = "", plan: str = "") -> EvaluationRun | None:
    """Return the newest run of a period and plan; a published one goes before a newer trial."""
    found = list_runs(viewer, period=period, plan=plan)
    newest = found.first()
    if newest is None:
        return None
    published = found.filter(period=newest.period, state=EvaluationRun.State.PUBLISHED)
    return published.first() or newest


def periods_evaluated(viewer: Viewer) -> list[str]:
    """Return the periods that have a run, newest first."""
    return list(list_runs(viewer).order_by("-period").values_list("period", flat=True).distinct())


def results_of_run(viewer: Viewer, run: EvaluationRun) -> QuerySet[EvaluationResult]:
    """Return the results in scope: ranked first, those not scored last."""
    return _results(viewer).filter(run=run).order_by("-scored", "group", "rank", "enterprise_id")


def get_result(viewer: Viewer, run_id: int, uscc: str) -> EvaluationResult | None:
    """Return the result of one enterprise in one run."""
    return _results(viewer).filter(run_id=run_id, enterprise__uscc=uscc).first()


def latest_result(
    viewer: Viewer, enterprise: Enterprise, *, plan: str = "", period: str = ""
) -> EvaluationResult | None:
    """Return the enterprise's result in the newest run it may be read from."""
    run = latest_run(viewer, period=period, plan=plan)
    return None if run is None else _results(viewer).filter(run=run, enterprise=enterprise).first()


def history_of(viewer: Viewer, enterprise: Enterprise, *, plan: str) -> list[EvaluationResult]:
    """Return the result of every evaluated period by one plan, oldest first."""
    runs = [
        run
        for period in sorted(periods_evaluated(viewer))
        if (run := latest_run(viewer, period=period, plan=plan)) is not None
    ]
    found = {
        item.run_id: item for item in _results(viewer).filter(run__in=runs, enterprise=enterprise)
    }
    return [found[run.pk] for run in runs if run.pk in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """绩效改进度: this period's score against that of the same period a year before."""

    base: EvaluationResult
    degree: Decimal | None
    difference: Decimal | None


def improvement_of(viewer: Viewer, result: EvaluationResult) -> Improvement | None:
    """Return the improvement on last year by the same plan, ``None`` without a result then."""
    before = Period.parse(result.run.period).same_period_last_year()
    base = latest_result(viewer, result.enterprise, plan=result.run.plan, period=before.code)
    if base is None:
        return None
    if result.final is None or base.final is None:
        return Improvement(base=base, degree=None, difference=None)
    return Improvement(
        base=base,
        degree=improvement_degree(result.final, base=base.final),
        difference=result.final - base.final,
    )


def finals_of(viewer: Viewer, run: EvaluationRun) -> dict[int, EvaluationResult]:
    """Return the results of a run by enterprise: what a comparison of two runs joins."""
    return {result.enterprise_id: result for result in _results(viewer).filter(run=run)}


def results_of_period(
    viewer: Viewer, enterprise: Enterprise, *, period: str
) -> QuerySet[EvaluationResult]:
    """Return the enterprise's results in every run of a period, newest run first."""
    return _results(viewer).filter(enterprise=enterprise, run__period=period).order_by("-run_id")


def panel_scores(enterprise: Enterprise, *, period: str) -> Sequence[PanelScore]:
    """Return every panel score entered for an enterprise, oldest first."""
    return list(PanelScore.objects.filter(enterprise=enterprise, period=period).order_by("pk"))


def adjustment_items(enterprise: Enterprise, *, period: str) -> Sequence[AdjustmentItem]:
    """Return every bonus and deduction ever entered and every row that took one back."""
    return list(AdjustmentItem.objects.filter(enterprise=enterprise, period=period).order_by("pk"))


def adjustment_of(enterprise: Enterprise, *, period: str, item_id: int) -> AdjustmentItem | None:
    """Return one bonus or deduction of an enterprise and period."""
    return AdjustmentItem.objects.filter(
        enterprise=enterprise, period=period, pk=item_id, revokes__isnull=True
    ).first()


def _results(viewer: Viewer) -> QuerySet[EvaluationResult]:
    found = EvaluationResult.objects.select_related("run", "enterprise", "version")
    if sees_trials(viewer):
        return found
    return found.filter(run__state=EvaluationRun.State.PUBLISHED)
