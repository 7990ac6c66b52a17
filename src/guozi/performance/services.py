"""Starting, making and publishing runs; entering panels and adjustments."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from guozi.audit.context import current_actor
from guozi.audit.services import Subject, record
from guozi.jobs import services as jobs
from guozi.performance import inputs, refusals
from guozi.performance.city import hash_of, results_of
from guozi.performance.evaluating import basis_of
from guozi.performance.models import (
    AdjustmentItem,
    EvaluationResult,
    EvaluationRun,
    PanelScore,
)
from guozi.performance.refusals import EvaluationRefusedError
from guozi.rulebooks import parsed
from guozi_core.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from guozi.access.viewer import Viewer
    from guozi.jobs.models import Job
    from guozi.registry.models import Enterprise
    from guozi_core.scoring import ExpertScore
    from guozi_core.units import Period

JOB = "evaluation-run"
_HUNDRED = Decimal(100)


def start_run(
    *, plan: str, period: Period, standard_year: int | None = None, viewer: Viewer, at: datetime
) -> Job:
    """Queue an evaluation of the whole city.

    Raises
    ------
    EvaluationRefusedError
        If the viewer does not see every enterprise: the ranking would be incomplete.
    """
    if not viewer.sees_everything:
        raise EvaluationRefusedError("EVR-SCOPE", refusals.NOT_WHOLE_CITY)
    title = parsed.plan(plan).header.title
    return jobs.start(
        kind=JOB,
        title=Wording(
            f"综合绩效评价 {period.code}：{title.zh}"[:120], f"Evaluation {period.code}: {title.en}"
        ),
        arguments={
            "plan": plan,
            "period": period.code,
            "standard_year": str(standard_year or ""),
        },
        viewer=viewer,
        at=at,
    )


def run_evaluation(
    *,
    plan: str,
    period: Period,
    standard_year: int | None = None,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> EvaluationRun:
    """Evaluate every enterprise in scope and keep the run as a trial."""
    basis = basis_of(plan, year=standard_year)
    results = results_of(basis, period, progress=progress)
    if not any(result.version for result in results):
        raise EvaluationRefusedError("EVR-NOTHING", refusals.NOTHING_FILED)
    actor = current_actor.get()
    run = EvaluationRun.objects.create(
        plan=plan,
        period=period.code,
        standard_year=basis.year,
        fingerprints=basis.fingerprints,
        enterprise_count=len(results),
        scored_count=sum(result.scored for result in results),
        results_sha256=hash_of(results),
        created_at=at,
        created_by_id=actor.user_id if actor else None,
        created_by_name=actor.name if actor else "",
    )
    for result in results:
        result.run = run
    EvaluationResult.objects.bulk_create(results, batch_size=500)
    record(
        action="performance.evaluated",
        subject=Subject("performance.EvaluationRun", str(run.pk)),
        after={
            "plan": plan,
            "period": period.code,
            "standard_year": basis.year,
            "enterprises": run.enterprise_count,
            "scored": run.scored_count,
            "sha256": run.results_sha256,
            **{f"rulebook_{name}": mark for name, mark in run.fingerprints.items()},
        },
        at=at,
    )
    return run


def publish_run(run: EvaluationRun, *, viewer: Viewer, at: datetime) -> EvaluationRun:
    """Show a run to the enterprises: once, and not by the person who made it.

    Raises
    ------
    EvaluationRefusedError
        If the viewer made the run, or it is published already.
    """
    if viewer.user_id is not None and viewer.user_id == run.created_by_id:
        raise EvaluationRefusedError("EVR-SELF", refusals.OWN_RUN)
    # One conditional update: of two people at once one is told that the other was first.
    changed = EvaluationRun.objects.filter(pk=run.pk, state=EvaluationRun.State.TRIAL).update(
        state=EvaluationRun.State.PUBLISHED,
        published_at=at,
        published_by_id=viewer.user_id,
        published_by_name=viewer.name,
    )
    if not changed:
        raise EvaluationRefusedError("EVR-DONE", refusals.ALREADY_PUBLISHED)
    record(
        action="performance.published",
        subject=Subject("performance.EvaluationRun", str(run.pk)),
        before={"state": EvaluationRun.State.TRIAL.value},
        after={"state": EvaluationRun.State.PUBLISHED.value, "sha256": run.results_sha256},
        at=at,
        receipt=True,
    )
    run.refresh_from_db()
    return run


def enter_panel(
    enterprise: Enterprise,
    *,
    plan: str,
    period: str,
    scores: Sequence[ExpertScore],
    viewer: Viewer,
    at: datetime,
) -> None:
    """Keep experts' scores of management indicators; the latest score of an expert counts.

    Raises
    ------
    EvaluationRefusedError
        If an indicator is unknown to the rulebook, a score is not within 0 to 100 (both included),
        or every score stands already: a form sent twice writes once.
    """
    known = {item.name for item in basis_of(plan).rulebook.management}
    standing = inputs.standing_scores(enterprise, period=period)

    for given in scores:
        if given.indicator not in known or not given.expert.strip():
            raise EvaluationRefusedError("EVR-ITEM", refusals.UNKNOWN_ITEM)
        if not 0 <= given.score <= _HUNDRED:
            raise EvaluationRefusedError("EVR-RANGE", refusals.OUT_OF_RANGE)
    changed = [
        given
        for given in scores
        if (row := standing.get((given.indicator, given.expert.strip()))) is None
        or row.score != given.score
    ]
    if not changed:
        raise EvaluationRefusedError("EVR-SAME", refusals.SAME_SCORES)

    PanelScore.objects.bulk_create(
        PanelScore(
            enterprise=enterprise,
            period=period,
            indicator=given.indicator,
            expert=given.expert.strip(),
            score=given.score,
            at=at,
            by_name=viewer.name,
        )
        for given in changed
    )
    record(
        action="performance.panel-entered",
        subject=Subject("registry.Enterprise", str(enterprise.pk)),
        enterprise_id=enterprise.pk,
        after={
            "period": period,
            "scores": [f"{item.indicator}|{item.expert}|{item.score:f}" for item in changed],
        },
        at=at,
    )


def withdraw_expert(
    enterprise: Enterprise,
    *,
    period: str,
    expert: str,
    reason: str,
    viewer: Viewer,
    at: datetime,
) -> None:
    """Take an expert off the panel, with all their scores; what was entered stays readable.

    Raises
    ------
    EvaluationRefusedError
        If no reason is given, or no score of this expert stands.
    """
    if not reason.strip():
        raise EvaluationRefusedError("EVR-EVIDENCE", refusals.NO_REASON_GIVEN)
    standing = [
        row
        for row in inputs.standing_scores(enterprise, period=period).values()
        if row.expert == expert
    ]
    if not standing:
        raise EvaluationRefusedError("EVR-BACK", refusals.NO_SUCH_EXPERT)

    PanelScore.objects.bulk_create(
        PanelScore(
            enterprise=enterprise,
            period=period,
            indicator=row.indicator,
            expert=expert,
            score=None,
            reason=reason.strip(),
            at=at,
            by_name=viewer.name,
        )
        for row in standing
    )
    record(
        action="performance.panel-withdrawn",
        subject=Subject("registry.Enterprise", str(enterprise.pk)),
        enterprise_id=enterprise.pk,
        before={
            "period": period,
            "scores": [f"{row.indicator}|{expert}|{row.score:f}" for row in standing],
        },
        reason=reason.strip(),
        at=at,
    )


def add_adjustment(  # noqa: PLR0913 - the parts of an item
    enterprise: Enterprise,
    *,
    plan: str,
    period: str,
    kind: AdjustmentItem.Kind,
    item: str,
    points: Decimal,
    evidence: str,
    viewer: Viewer,
    at: datetime,
) -> AdjustmentItem:
    """Keep a bonus or deduction with its evidence.

    Raises
    ------
    EvaluationRefusedError
        If the rulebook has no such item, the points are not above 0 and at most the item's highest
        (included), or there is no evidence.
    """
    bonus = kind == AdjustmentItem.Kind.BONUS
    scale = basis_of(plan).rulebook.adjustments.find("bonus" if bonus else "deduction", item)
    if scale is None:
        raise EvaluationRefusedError("EVR-ITEM", refusals.UNKNOWN_ITEM)
    if not 0 < points <= scale.highest:
        raise EvaluationRefusedError("EVR-RANGE", refusals.points_beyond(scale.highest))
    if not evidence.strip():
        raise EvaluationRefusedError("EVR-EVIDENCE", refusals.NO_REASON_GIVEN)
    added = AdjustmentItem.objects.create(
        enterprise=enterprise,
        period=period,
        kind=kind,
        item=item,
        points=points,
        evidence=evidence.strip(),
        at=at,
        by_name=viewer.name,
    )
    _record_adjustment("performance.adjusted", added, evidence, at)
    return added


def take_back_adjustment(
    item: AdjustmentItem, *, reason: str, viewer: Viewer, at: datetime
) -> AdjustmentItem:
    """Take a bonus or deduction back; both stay readable.

    Raises
    ------
    EvaluationRefusedError
        If it was taken back already, or no reason is given.
    """
    if not reason.strip():
        raise EvaluationRefusedError("EVR-EVIDENCE", refusals.NO_REASON_GIVEN)
    if item.revokes_id is not None or AdjustmentItem.objects.filter(revokes=item).exists():
        raise EvaluationRefusedError("EVR-BACK", refusals.TAKEN_BACK)
    try:
        with transaction.atomic():
            added = AdjustmentItem.objects.create(
                enterprise_id=item.enterprise_id,
                period=item.period,
                kind=item.kind,
                item=item.item,
                points=item.points,
                evidence=reason.strip(),
                revokes=item,
                at=at,
                by_name=viewer.name,
            )
    except IntegrityError as error:  # somebody else at the same moment
        raise EvaluationRefusedError("EVR-BACK", refusals.TAKEN_BACK) from error
    _record_adjustment("performance.adjustment-revoked", added, reason, at)
    return added


def _record_adjustment(action: str, item: AdjustmentItem, reason: str, at: datetime) -> None:
    record(
        action=action,
        subject=Subject("performance.AdjustmentItem", str(item.pk)),
        enterprise_id=item.enterprise_id,
        after={
            "period": item.period,
            "kind": item.kind,
            "item": item.item,
            "points": f"{item.points or 0:f}",
        },
        reason=reason,
        at=at,
    )
