"""A run over the city: scored, ranked, not scored with a reason, sealed, published by another."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from tests.guozi.performance.cases import AT, seal, someone, year_of

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.access.viewer import Viewer
from guozi.audit.models import Leaf
from guozi.cockpit.selectors import best_results
from guozi.performance import selectors, services
from guozi.performance.models import EvaluationResult, EvaluationRun
from guozi.performance.recomputing import NotReproducedError, recompute
from guozi.performance.refusals import EvaluationRefusedError
from guozi.registry.models import Enterprise
from guozi_core.units import Period

pytestmark = pytest.mark.django_db


def results(run: EvaluationRun, viewer: Viewer) -> dict[str, EvaluationResult]:
    return {item.enterprise.short_name: item for item in selectors.results_of_run(viewer, run)}


def test_every_enterprise_has_a_result_and_missing_is_not_zero(
    run: EvaluationRun, maker: Viewer
) -> None:
    with acting_as(maker):
        found = results(run, maker)
    assert (run.enterprise_count, run.scored_count) == (5, 3)
    assert {name for name, item in found.items() if item.scored} == {"甲集团", "乙集团", "丙集团"}
    assert found["丁集团"].final is None
    assert "总资产报酬率" in found["丁集团"].reason
    assert found["戊集团"].version is None
    assert found["戊集团"].reason == "没有报送该期间的报表"


def test_ties_share_a_rank_and_the_next_is_left_out(run: EvaluationRun, maker: Viewer) -> None:
    with acting_as(maker):
        found = results(run, maker)
    assert [found[name].rank for name in ("甲集团", "乙集团", "丙集团")] == [3, 1, 1]
    assert found["甲集团"].group == "industry|工业|大型企业"
    assert found["甲集团"].group_size == 3
    assert found["丁集团"].rank is None


def test_the_best_of_the_city_share_a_place_too(run: EvaluationRun, maker: Viewer) -> None:
    with acting_as(maker):
        best = best_results(maker, run)
        shown = [(place, result.enterprise.short_name) for place, result in best]
    assert sorted(shown) == [(1, "丙集团"), (1, "乙集团"), (3, "甲集团")]
    assert len(best_results(maker, run, count=1)) == 1


def test_a_stored_total_comes_out_again_digit_by_digit(run: EvaluationRun, maker: Viewer) -> None:
    with acting_as(maker):
        result = results(run, maker)["甲集团"]
        again = recompute(result)
    assert again is not None
    assert again.evaluated.evaluation.final == result.final
    assert result.final is not None
    assert -result.final.as_tuple().exponent > 20
    assert again.evaluated.indicators["净资产收益率"].value is not None


def test_what_was_filed_later_does_not_change_a_run(run: EvaluationRun, maker: Viewer) -> None:
    with acting_as(the_product("测试")):
        enterprise = Enterprise.objects.get(short_name="甲集团")
        old = results(run, the_product("测试"))["甲集团"].version
        assert old is not None
        type(old).objects.filter(pk=old.pk).update(current=False)
        seal(enterprise, year_of(净利润=1), number=2)
    with acting_as(maker):
        result = results(run, maker)["甲集团"]
        again = recompute(result)
    assert again is not None
    assert again.evaluated.evaluation.final == result.final


def test_another_text_of_a_rulebook_is_not_passed_off_as_the_run(
    run: EvaluationRun, maker: Viewer
) -> None:
    with acting_as(maker):
        result = results(run, maker)["甲集团"]
        result.run.fingerprints["evaluation"] = "0" * 64
        with pytest.raises(NotReproducedError, match="evaluation"):
            recompute(result)


def test_the_log_holds_the_run_under_one_hash(run: EvaluationRun, maker: Viewer) -> None:
    with acting_as(maker):
        leaf = Leaf.objects.get(action="performance.evaluated")
    assert leaf.payload["after"]["sha256"] == run.results_sha256
    assert leaf.payload["after"]["scored"] == 3


def test_results_are_not_changed_and_a_run_only_published(
    run: EvaluationRun, maker: Viewer
) -> None:
    with acting_as(maker):
        with pytest.raises(DatabaseError), transaction.atomic():
            EvaluationResult.objects.filter(run=run).update(final=Decimal(100))
        with pytest.raises(DatabaseError), transaction.atomic():
            EvaluationRun.objects.filter(pk=run.pk).update(results_sha256="")
        with pytest.raises(DatabaseError), transaction.atomic():
            EvaluationRun.objects.filter(pk=run.pk).update(
                state="published", published_by_id=run.created_by_id
            )


def test_the_maker_does_not_publish(run: EvaluationRun, maker: Viewer, publisher: Viewer) -> None:
    with acting_as(maker), pytest.raises(EvaluationRefusedError) as refused:
        services.publish_run(run, viewer=maker, at=AT)
    assert refused.value.code == "EVR-SELF"
    with acting_as(publisher):
        services.publish_run(run, viewer=publisher, at=AT)
        assert run.is_published
        with pytest.raises(EvaluationRefusedError) as again:
            services.publish_run(run, viewer=publisher, at=AT)
    assert again.value.code == "EVR-DONE"


@pytest.mark.parametrize("role", [Role.REPORTER, Role.SIGNATORY, Role.SUPERVISOR])
def test_enterprises_see_a_run_once_it_is_published_and_only_their_own_result(
    role: Role, city: list[Enterprise], run: EvaluationRun, publisher: Viewer
) -> None:
    viewer = someone(20, role, city[0].pk)
    with acting_as(viewer):
        assert not selectors.list_runs(viewer).exists()
        assert not selectors.results_of_run(viewer, run).exists()
        if role is not Role.SUPERVISOR:
            # The database itself hides them from the enterprise, whatever a page asks.
            assert not EvaluationRun.objects.exists()
            assert not EvaluationResult.objects.exists()
    with acting_as(publisher):
        services.publish_run(run, viewer=publisher, at=AT)
    with acting_as(viewer):
        own = list(selectors.results_of_run(viewer, run))
    assert [item.enterprise_id for item in own] == [city[0].pk]


def test_a_part_of_the_city_is_not_ranked(city: list[Enterprise]) -> None:
    officer = Viewer(
        user_id=30, name="分管", grants=(someone(30, Role.AUDITOR, city[0].pk).grants[0],)
    )
    with acting_as(officer), pytest.raises(EvaluationRefusedError) as refused:
        services.start_run(plan="cn-2006-157", period=Period.annual(2024), viewer=officer, at=AT)
    assert refused.value.code == "EVR-SCOPE"
