"""Evaluates the example city: experts' panels for the groups, a bonus and a deduction, published runs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from guozi.access.context import acting_as, the_product
from guozi.performance import services as performance
from guozi.performance.models import AdjustmentItem, EvaluationRun
from guozi.registry.models import Enterprise
from guozi.rulebooks import parsed
from guozi_core.findings import Wording
from guozi_core.scoring import ExpertScore
from guozi_core.units import Period

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.random import Generator

    from guozi.demo.build import Progress

PLAN: Final = "cn-2006-157"
YEARS: Final = (2024, 2025)
_EXPERTS: Final = ("专家甲", "专家乙", "专家丙", "专家丁", "专家戊")


def evaluate(rng: Generator, *, name: str, at: datetime, progress: Progress) -> None:
    """Enter panels and adjustments, evaluate each year, publish the runs."""
    viewer = the_product(name)
    for number, year in enumerate(YEARS):
        wording = Wording(f"评价 {year} 年度", f"evaluating {year}")
        progress(number, len(YEARS), wording)
        with acting_as(viewer):
            groups = list(Enterprise.objects.filter(direct=True).order_by("uscc"))
            for place, group in enumerate(groups):
                _panel(group, year, 74 + 3 * (place * 5 % 7), rng, name=name, at=at)
            _adjust(groups, year, name=name, at=at)
            run = performance.run_evaluation(plan=PLAN, period=Period.annual(year), at=at)
        with acting_as(viewer):
            performance.publish_run(run, viewer=viewer, at=at)
    progress(len(YEARS), len(YEARS), Wording("评价完成", "evaluated"))


def is_evaluated(name: str) -> bool:
    """Return whether there is a run: a build broken off before its evaluation is taken up again."""
    with acting_as(the_product(name)):
        return EvaluationRun.objects.exists()


def _panel(
    group: Enterprise, year: int, level: int, rng: Generator, *, name: str, at: datetime
) -> None:
    """Let every expert score every management indicator around a level."""
    indicators = parsed.evaluation_rulebook(parsed.plan(PLAN).evaluation).management
    performance.enter_panel(
        group,
        plan=PLAN,
        period=str(year),
        scores=[
            ExpertScore(
                indicator=indicator.name,
                expert=expert,
                score=Decimal(min(100, max(40, level + int(rng.integers(-8, 9))))),
            )
            for indicator in indicators
            for expert in _EXPERTS
        ],
        viewer=the_product(name),
        at=at,
    )


def _adjust(groups: list[Enterprise], year: int, *, name: str, at: datetime) -> None:
    """Give one group a bonus and another a deduction: the first item of each list, half of it."""
    scales = parsed.evaluation_rulebook(parsed.plan(PLAN).evaluation).adjustments
    for group, kind, items, evidence in (
        (groups[4], AdjustmentItem.Kind.BONUS, scales.bonus_items, f"{year}年度审核意见第3号"),
        (groups[8], AdjustmentItem.Kind.DEDUCTION, scales.deduction_items, f"{year}年度检查通报"),
    ):
        item, highest = next(iter(items.items()))
        performance.add_adjustment(
            group,
            plan=PLAN,
            period=str(year),
            kind=kind,
            item=item,
            points=highest / 2,
            evidence=evidence,
            viewer=the_product(name),
            at=at,
        )
