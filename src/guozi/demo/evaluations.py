"""Evaluates the example city: experts' panels for the groups, bonus and deduction items, published runs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

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

    from guozi.access.viewer import Viewer
    from guozi.demo.build import Progress

PLAN: Final = "cn-2006-157"
YEARS: Final = (2024, 2025)
_EXPERTS: Final = ("专家甲", "专家乙", "专家丙", "专家丁", "专家戊", "专家己", "专家庚")
_BONUS, _DEDUCTION = AdjustmentItem.Kind.BONUS, AdjustmentItem.Kind.DEDUCTION


class _Entry(NamedTuple):
    """An item for the group at a place; ``back`` is why it was taken back, empty where it stands."""

    place: int
    kind: AdjustmentItem.Kind
    item: str
    points: str
    evidence: str
    back: str = ""


_ENTRIES: Final = (
    _Entry(0, _BONUS, "重大科技创新", "3", "{year}年度国家重点研发计划课题验收意见书第12号"),
    _Entry(4, _BONUS, "效益提升", "2.5", "{year}年度审计报告附表3与行业平均增长水平对照表"),
    _Entry(
        4,
        _BONUS,
        "管理难度",
        "1.5",
        "{year}年度平均资产总额对照表",
        back="平均资产总额未超过全部监管企业平均水平，登记有误",
    ),
    _Entry(6, _DEDUCTION, "巨额逾期债务", "2", "{year}年末债务台账：逾期负债占带息负债11.3%"),
    _Entry(8, _DEDUCTION, "安全质量事故", "3", "{year}年度安全生产事故调查报告第2号"),
)


def evaluate(rng: Generator, *, name: str, at: datetime, progress: Progress) -> None:
    """Enter panels and adjustments, evaluate each year, publish the runs."""
    viewer = the_product(name)
    for number, year in enumerate(YEARS):
        wording = Wording(f"评价 {year} 年度", f"evaluating {year}")
        progress(number, len(YEARS), wording)
        with acting_as(viewer):
            enter(year, rng, viewer=viewer, at=at)
            run = performance.run_evaluation(plan=PLAN, period=Period.annual(year), at=at)
        with acting_as(viewer):
            performance.publish_run(run, viewer=viewer, at=at)
    progress(len(YEARS), len(YEARS), Wording("评价完成", "evaluated"))


def enter(year: int, rng: Generator, *, viewer: Viewer, at: datetime) -> None:
    """Enter a panel for every group of the city, and the bonus and deduction items of some."""
    groups = list(Enterprise.objects.filter(direct=True).order_by("uscc"))
    for place, group in enumerate(groups):
        _panel(group, year, 74 + 3 * (place * 5 % 7), rng, viewer=viewer, at=at)
    for entry in _ENTRIES:
        added = performance.add_adjustment(
            groups[entry.place],
            plan=PLAN,
            period=str(year),
            kind=entry.kind,
            item=entry.item,
            points=Decimal(entry.points),
            evidence=entry.evidence.format(year=year),
            viewer=viewer,
            at=at,
        )
        if entry.back:
            performance.take_back_adjustment(added, reason=entry.back, viewer=viewer, at=at)


def is_evaluated(name: str) -> bool:
    """Return whether there is a run: a build broken off before its evaluation is taken up again."""
    with acting_as(the_product(name)):
        return EvaluationRun.objects.exists()


def _panel(
    group: Enterprise, year: int, level: int, rng: Generator, *, viewer: Viewer, at: datetime
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
        viewer=viewer,
        at=at,
    )
