"""Services of entries: what stands counts, what was taken back stays readable, twice is once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.guozi.performance.cases import AT

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.access.viewer import Viewer
from guozi.audit.models import Leaf
from guozi.performance import inputs, panel_table, services
from guozi.performance.evaluating import basis_of
from guozi.performance.models import AdjustmentItem, EvaluationResult, PanelScore
from guozi.performance.refusals import EvaluationRefusedError
from guozi.registry.models import Enterprise
from guozi_core.scoring import ExpertScore
from guozi_core.units import Period

pytestmark = pytest.mark.django_db
PLAN, YEAR = "cn-2006-157", "2024"
RULEBOOK = basis_of(PLAN).rulebook
EXPERTS = "甲乙丙丁戊己庚"


def scores(expert: str, *, level: str = "80") -> list[ExpertScore]:
    return [
        ExpertScore(indicator=item.name, expert=expert, score=Decimal(level))
        for item in RULEBOOK.management
    ]


def enter(enterprise: Enterprise, viewer: Viewer, given: list[ExpertScore]) -> None:
    services.enter_panel(enterprise, plan=PLAN, period=YEAR, scores=given, viewer=viewer, at=AT)


def add(enterprise: Enterprise, viewer: Viewer, *, points: str = "2") -> AdjustmentItem:
    return services.add_adjustment(
        enterprise, plan=PLAN, period=YEAR, kind=AdjustmentItem.Kind.BONUS, item="效益提升",
        points=Decimal(points), evidence="审计报告", viewer=viewer, at=AT,
    )  # fmt: skip


def test_the_latest_score_of_an_expert_counts(city: list[Enterprise], maker: Viewer) -> None:
    with acting_as(maker):
        enter(city[0], maker, scores("甲"))
        enter(city[0], maker, scores("甲", level="60.5"))
        standing = inputs.panel_now(city[0], period=YEAR)

    assert {item.score for item in standing} == {Decimal("60.5")}
    assert len(standing) == len(RULEBOOK.management)


def test_the_same_scores_again_write_nothing_and_say_so(
    city: list[Enterprise], maker: Viewer
) -> None:
    with acting_as(maker):
        enter(city[0], maker, scores("甲"))
        before = PanelScore.objects.count()
        with pytest.raises(EvaluationRefusedError) as refused:
            enter(city[0], maker, scores("甲"))

        assert refused.value.code == "EVR-SAME"
        assert PanelScore.objects.count() == before


def test_an_expert_taken_off_counts_no_longer_and_may_come_back(
    city: list[Enterprise], maker: Viewer
) -> None:
    with acting_as(maker):
        enter(city[0], maker, scores("甲") + scores("乙", level="60"))
        services.withdraw_expert(
            city[0], period=YEAR, expert="乙", reason="姓名有误", viewer=maker, at=AT
        )
        table = panel_table.panel_table(city[0], period=YEAR, rulebook=RULEBOOK)
        with pytest.raises(EvaluationRefusedError) as twice:
            services.withdraw_expert(
                city[0], period=YEAR, expert="乙", reason="姓名有误", viewer=maker, at=AT
            )
        enter(city[0], maker, scores("乙", level="60"))
        again = panel_table.panel_table(city[0], period=YEAR, rulebook=RULEBOOK)

    assert [row.expert for row in table.experts] == ["甲"]
    assert [(row.expert, row.reason) for row in table.withdrawn] == [("乙", "姓名有误")]
    assert table.total == "80.0000"
    assert twice.value.code == "EVR-BACK"
    assert again.total == "70.0000"
    with acting_as(the_product("测试")):
        leaf = Leaf.objects.filter(action="performance.panel-withdrawn").get()
    assert leaf.reason == "姓名有误"


def test_the_table_of_a_panel_is_the_arithmetic_of_a_run(
    city: list[Enterprise], maker: Viewer
) -> None:
    with acting_as(maker):
        for place, expert in enumerate(EXPERTS):
            enter(city[0], maker, scores(expert, level=str(70 + place * 3)))
        table = panel_table.panel_table(city[0], period=YEAR, rulebook=RULEBOOK)
        run = services.run_evaluation(plan=PLAN, period=Period.annual(2024), at=AT)
        result = EvaluationResult.objects.get(run=run, enterprise=city[0])

    assert table.total == "79.0000"
    assert (table.too_few, table.unscored) == ("", "")
    assert result.management_total == Decimal(79)
    assert {column.mean for column in table.columns} == {"79.00"}


def test_fewer_experts_than_the_rulebook_demands_are_told(
    city: list[Enterprise], maker: Viewer
) -> None:
    with acting_as(maker):
        enter(city[0], maker, scores("甲")[:7])
        table = panel_table.panel_table(city[0], period=YEAR, rulebook=RULEBOOK)

    assert table.least == 7
    assert table.too_few.count("、") == 6
    assert table.unscored == "社会贡献"
    assert table.total == "—"


@pytest.mark.parametrize("points", ["0", "-1", "5.01"])
def test_points_beyond_the_item_are_refused_with_its_highest(
    points: str, city: list[Enterprise], maker: Viewer
) -> None:
    with acting_as(maker), pytest.raises(EvaluationRefusedError) as refused:
        add(city[0], maker, points=points)

    assert refused.value.code == "EVR-RANGE"
    assert refused.value.reason.zh == "分值应大于 0 且不超过该项目最高 5 分"


def test_a_run_says_when_entries_changed_after_it(city: list[Enterprise], maker: Viewer) -> None:
    with acting_as(maker):
        item = add(city[0], maker)
        services.run_evaluation(plan=PLAN, period=Period.annual(2024), at=AT)
        fresh = panel_table.run_rows(maker, city[0], period=YEAR)
        services.take_back_adjustment(item, reason="重复登记", viewer=maker, at=AT)
        after = panel_table.run_rows(maker, city[0], period=YEAR)

    assert [row.outdated for row in fresh] == [False]
    assert [row.outdated for row in after] == [True]


def test_sums_without_an_item_are_missing_not_zero(city: list[Enterprise], maker: Viewer) -> None:
    with acting_as(maker):
        add(city[0], maker)
        enter(city[1], maker, scores("甲"))
        rows = panel_table.input_rows(city, period=YEAR, rulebook=RULEBOOK)

    assert (rows[0].experts, rows[0].management, rows[0].bonus) == (0, None, Decimal(2))
    assert (rows[1].experts, rows[1].enough, rows[1].bonus) == (1, False, None)
    assert rows[1].management == Decimal(80)


def test_enterprises_and_departments_do_not_read_panels() -> None:
    from guozi.access.matrix import Act, Subject, roles_allowed

    readers = roles_allowed(Act.READ, Subject.PANEL)
    assert readers & {Role.REPORTER, Role.SIGNATORY, Role.SUPERVISOR, Role.INTERFACE} == set()
    # Whoever enters may also evaluate, and the other way round.
    assert roles_allowed(Act.CREATE, Subject.PANEL) == roles_allowed(Act.CREATE, Subject.EVALUATION)
