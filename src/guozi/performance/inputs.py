"""What people add to an evaluation: expert panels, bonus and deduction items."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast

from guozi.performance.models import AdjustmentItem, PanelScore
from guozi_core import scoring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from guozi.registry.models import Enterprise


def panels(period: str) -> dict[int, list[scoring.ExpertScore]]:
    """Return the panel of every enterprise: of each expert and indicator the score that stands."""
    found: dict[int, list[scoring.ExpertScore]] = defaultdict(list)
    rows = PanelScore.objects.filter(period=period)
    for (enterprise_id, _indicator, _expert), row in sorted(_standing(rows).items()):
        found[enterprise_id].append(_score(row))
    return found


def panel_now(enterprise: Enterprise, *, period: str) -> list[scoring.ExpertScore]:
    """Return the panel of one enterprise as a run would take it now."""
    return [_score(row) for _key, row in sorted(standing_scores(enterprise, period=period).items())]


def standing_scores(enterprise: Enterprise, *, period: str) -> dict[tuple[str, str], PanelScore]:
    """Return the rows that stand by indicator and expert: the latest, unless taken back."""
    rows = PanelScore.objects.filter(enterprise=enterprise, period=period)
    return {(key[1], key[2]): row for key, row in _standing(rows).items()}


def _standing(rows: QuerySet[PanelScore]) -> dict[tuple[int, str, str], PanelScore]:
    latest = {(row.enterprise_id, row.indicator, row.expert): row for row in rows.order_by("pk")}
    return {key: row for key, row in latest.items() if row.score is not None}


def _score(row: PanelScore) -> scoring.ExpertScore:
    return scoring.ExpertScore(
        indicator=row.indicator, expert=row.expert, score=cast("Decimal", row.score)
    )


def adjustments(period: str) -> dict[int, list[scoring.Adjustment]]:
    """Return the bonus and deduction items of every enterprise that nobody took back."""
    found: dict[int, list[scoring.Adjustment]] = defaultdict(list)
    for row in _not_taken_back(AdjustmentItem.objects.filter(period=period)):
        found[row.enterprise_id].append(_adjustment(row))
    return found


def adjustments_now(enterprise: Enterprise, *, period: str) -> list[scoring.Adjustment]:
    """Return the items of one enterprise as a run would take them now."""
    rows = AdjustmentItem.objects.filter(enterprise=enterprise, period=period)
    return [_adjustment(row) for row in _not_taken_back(rows)]


def _not_taken_back(rows: QuerySet[AdjustmentItem]) -> QuerySet[AdjustmentItem]:
    return rows.filter(revokes__isnull=True, revoked_by__isnull=True).order_by("pk")


def _adjustment(row: AdjustmentItem) -> scoring.Adjustment:
    return scoring.Adjustment(
        kind=cast("Literal['bonus', 'deduction']", row.kind),
        item=row.item,
        points=cast("Decimal", row.points),
        evidence=row.evidence,
    )


def panel_rows(panel: Sequence[scoring.ExpertScore]) -> list[list[str]]:
    """Return a panel as a result keeps it; numbers as text, so that nothing is lost."""
    return [[item.indicator, item.expert, str(item.score)] for item in panel]


def panel_of(rows: Sequence[Sequence[str]]) -> list[scoring.ExpertScore]:
    """Return the panel a result was computed with."""
    return [
        scoring.ExpertScore(indicator=indicator, expert=expert, score=Decimal(score))
        for indicator, expert, score in rows
    ]


def adjustment_rows(items: Sequence[scoring.Adjustment]) -> list[list[str]]:
    """Return adjustments as a result keeps them."""
    return [[item.kind, item.item, str(item.points), item.evidence] for item in items]


def adjustments_of(rows: Sequence[Sequence[str]]) -> list[scoring.Adjustment]:
    """Return the adjustments a result was computed with."""
    return [
        scoring.Adjustment(
            kind=cast("Literal['bonus', 'deduction']", kind),
            item=item,
            points=Decimal(points),
            evidence=evidence,
        )
        for kind, item, points, evidence in rows
    ]
