"""What people add to an evaluation: expert panels, bonus and deduction items."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast

from guozi.performance.models import AdjustmentItem, PanelScore
from guozi_core import scoring

if TYPE_CHECKING:
    from collections.abc import Sequence


def panels(period: str) -> dict[int, list[scoring.ExpertScore]]:
    """Return the panel of every enterprise: of each expert and indicator the latest score."""
    latest: dict[tuple[int, str, str], PanelScore] = {}
    for row in PanelScore.objects.filter(period=period).order_by("pk"):
        latest[row.enterprise_id, row.indicator, row.expert] = row
    found: dict[int, list[scoring.ExpertScore]] = defaultdict(list)
    for (enterprise_id, indicator, expert), row in sorted(latest.items()):
        found[enterprise_id].append(
            scoring.ExpertScore(indicator=indicator, expert=expert, score=row.score or Decimal(0))
        )
    return found


def adjustments(period: str) -> dict[int, list[scoring.Adjustment]]:
    """Return the bonus and deduction items of every enterprise that nobody took back."""
    found: dict[int, list[scoring.Adjustment]] = defaultdict(list)
    standing = AdjustmentItem.objects.filter(
        period=period, revokes__isnull=True, revoked_by__isnull=True
    )
    for row in standing.order_by("pk"):
        found[row.enterprise_id].append(
            scoring.Adjustment(
                kind=cast("Literal['bonus', 'deduction']", row.kind),
                item=row.item,
                points=row.points or Decimal(0),
                evidence=row.evidence,
            )
        )
    return found


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
