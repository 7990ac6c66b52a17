"""What was entered for an evaluation, as pages show it: the panel with its means, items, the list.

Means and points come from the same computation as a run's: ``management_scores`` of the core.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from guozi.performance import inputs, selectors
from guozi.performance.models import AdjustmentItem
from guozi.ui.templatetags.guozi import number_text, said
from guozi_core import scoring
from guozi_core.findings import Wording
from guozi_core.scoring import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from guozi.access.viewer import Viewer
    from guozi.performance.models import EvaluationResult, PanelScore
    from guozi.registry.models import Enterprise
    from guozi_core.scoring import EvaluationRulebook

_MEAN_PLACES, _SCORE_PLACES = 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelColumn:
    """A management indicator: its weight, and what the panel comes to; ``—`` without a score."""

    name: str
    weight: str
    mean: str
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertRow:
    """One expert's scores in the order of the columns, and who entered the last of them."""

    expert: str
    scores: tuple[str, ...]
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnRow:
    """An expert taken off the panel, and why."""

    expert: str
    reason: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelTable:
    """The panel of one enterprise and period."""

    columns: tuple[PanelColumn, ...]
    experts: tuple[ExpertRow, ...]
    withdrawn: tuple[WithdrawnRow, ...]
    total: str
    least: int
    #: Indicators that some, but fewer experts than demanded have scored; and those nobody has:
    #: their names as one text.
    too_few: str
    unscored: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """A bonus or deduction; ``taken_back`` is the row that took it back."""

    item: AdjustmentItem
    name: str
    taken_back: AdjustmentItem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A result of the period; ``outdated`` if something was entered or taken back since."""

    result: EvaluationResult
    outdated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """One enterprise in the list: missing is not zero, so sums without an item are ``None``."""

    enterprise: Enterprise
    experts: int
    enough: bool
    management: Decimal | None
    bonus: Decimal | None
    deductions: Decimal | None


def panel_table(enterprise: Enterprise, *, period: str, rulebook: EvaluationRulebook) -> PanelTable:
    """Return the panel as it stands, with the arithmetic a run would do."""
    standing = inputs.standing_scores(enterprise, period=period)
    panel = inputs.panel_now(enterprise, period=period)

    computed = scoring.management_scores(panel, rulebook=rulebook)

    by_name = {item.indicator.name: item for item in computed}
    least = rulebook.least_experts
    return PanelTable(
        columns=tuple(
            PanelColumn(
                name=said(Wording(item.name, item.english)),
                weight=shown(item.weight),
                mean=number_text(found.mean if found else None, _MEAN_PLACES),
                points=number_text(found.points if found else None, _SCORE_PLACES),
            )
            for item in rulebook.management
            for found in (by_name.get(item.name),)
        ),
        experts=_expert_rows(standing, rulebook),
        withdrawn=_withdrawn_rows(selectors.panel_scores(enterprise, period=period)),
        total=number_text(scoring.management_total(computed), _SCORE_PLACES),
        least=least,
        too_few=_names([item for item in computed if 0 < item.experts < least]),
        unscored=_names([item for item in computed if item.mean is None]),
    )


def scores_of(
    enterprise: Enterprise, *, period: str, expert: str, rulebook: EvaluationRulebook
) -> dict[str, str]:
    """Return one expert's standing scores as the form's initial values, empty without any."""
    standing = inputs.standing_scores(enterprise, period=period)
    found = {
        f"score-{number}": shown(standing[item.name, expert].score)
        for number, item in enumerate(rulebook.management, 1)
        if (item.name, expert) in standing
    }
    return {"expert": expert, **found} if found else {}


def item_rows(
    enterprise: Enterprise, *, period: str, rulebook: EvaluationRulebook
) -> tuple[ItemRow, ...]:
    """Return every bonus and deduction ever entered, those taken back too, oldest first."""
    items = selectors.adjustment_items(enterprise, period=period)
    back = {item.revokes_id: item for item in items if item.revokes_id is not None}
    return tuple(
        ItemRow(item=item, name=item_label(item, rulebook), taken_back=back.get(item.pk))
        for item in items
        if item.revokes_id is None
    )


def item_label(item: AdjustmentItem, rulebook: EvaluationRulebook) -> str:
    """Return what the rulebook calls an item, in the language of the page."""
    bonus = item.kind == AdjustmentItem.Kind.BONUS
    scale = rulebook.adjustments.find("bonus" if bonus else "deduction", item.item)
    return said(Wording(item.item, scale.english if scale else item.item))


def run_rows(viewer: Viewer, enterprise: Enterprise, *, period: str) -> tuple[RunRow, ...]:
    """Return the results of a period, newest first, and which were computed from other entries."""
    panel = inputs.panel_rows(inputs.panel_now(enterprise, period=period))
    items = inputs.adjustment_rows(inputs.adjustments_now(enterprise, period=period))
    return tuple(
        RunRow(result=result, outdated=result.panel != panel or result.adjustments != items)
        for result in selectors.results_of_period(viewer, enterprise, period=period)
    )


def input_rows(
    enterprises: Sequence[Enterprise], *, period: str, rulebook: EvaluationRulebook
) -> list[InputRow]:
    """Return what was entered for each enterprise: two queries, however many there are."""
    panels, items = inputs.panels(period), inputs.adjustments(period)
    rows = []
    for enterprise in enterprises:
        computed = scoring.management_scores(panels.get(enterprise.pk, []), rulebook=rulebook)
        mine = items.get(enterprise.pk, [])
        rows.append(
            InputRow(
                enterprise=enterprise,
                experts=len({given.expert for given in panels.get(enterprise.pk, [])}),
                enough=bool(computed)
                and all(item.experts >= rulebook.least_experts for item in computed),
                management=scoring.management_total(computed),
                bonus=_sum([item.points for item in mine if item.kind == "bonus"]),
                deductions=_sum([item.points for item in mine if item.kind == "deduction"]),
            )
        )
    return rows


def total_of(rows: Sequence[ItemRow], kind: AdjustmentItem.Kind) -> Decimal | None:
    """Return the sum of the items of a kind that stand; ``None`` without any."""
    return _sum(
        [
            row.item.points
            for row in rows
            if row.item.kind == kind and row.taken_back is None and row.item.points is not None
        ]
    )


def _sum(points: Sequence[Decimal]) -> Decimal | None:
    return sum(points, Decimal(0)) if points else None


def _names(scores: Sequence[scoring.ManagementScore]) -> str:
    indicators = [score.indicator for score in scores]
    chinese = "、".join(item.name for item in indicators)
    return said(Wording(chinese, ", ".join(item.english for item in indicators)))


def _expert_rows(
    standing: dict[tuple[str, str], PanelScore], rulebook: EvaluationRulebook
) -> tuple[ExpertRow, ...]:
    rows = []
    for expert in dict.fromkeys(row.expert for row in _oldest_first(standing)):
        mine = {indicator: row for (indicator, who), row in standing.items() if who == expert}
        last = max(mine.values(), key=lambda row: row.pk)
        rows.append(
            ExpertRow(
                expert=expert,
                scores=tuple(
                    shown(mine[item.name].score if item.name in mine else None)
                    for item in rulebook.management
                ),
                at=last.at,
                by_name=last.by_name,
            )
        )
    return tuple(rows)


def _withdrawn_rows(rows: Sequence[PanelScore]) -> tuple[WithdrawnRow, ...]:
    told = {
        (row.expert, row.at): WithdrawnRow(
            expert=row.expert, reason=row.reason, at=row.at, by_name=row.by_name
        )
        for row in rows
        if row.score is None
    }
    return tuple(told.values())


def _oldest_first(standing: dict[tuple[str, str], PanelScore]) -> list[PanelScore]:
    return sorted(standing.values(), key=lambda row: row.pk)
