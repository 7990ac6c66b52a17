"""Dated facts with two clocks, hierarchies, search, and row security over them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from tests.guozi.factories import CODES, register

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.access.viewer import Grant, Viewer
from guozi.registry import selectors, services
from guozi.registry.kinds import ClassKind, HierarchyKind, Level
from guozi.registry.models import ClassFact, Enterprise
from guozi.registry.services import NewEnterprise, RegistryRefusedError

pytestmark = pytest.mark.django_db

PRODUCT = the_product("测试")
THEN, LATER = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)


def _someone(*ids: int, role: Role = Role.REPORTER) -> Viewer:
    return Viewer(user_id=9, name="某人", grants=(Grant(role=role, enterprise_ids=frozenset(ids)),))


def test_a_new_name_counts_from_its_day_and_the_old_one_stays_true_before() -> None:
    with acting_as(PRODUCT):
        (enterprise,) = register(1)
        services.rename(
            enterprise,
            name="云泽新名集团有限公司",
            short_name="新名集团",
            valid_from=date(2025, 3, 1),
            known_at=LATER,
            source="工商变更",
            reason="更名",
        )
        before = selectors.profile_of(enterprise, on=date(2025, 2, 28))
        after = selectors.profile_of(enterprise, on=date(2025, 3, 1))
        as_known_then = selectors.profile_of(enterprise, on=date(2025, 3, 1), known_at=THEN)
    assert (before.short_name, after.short_name) == ("甲集团", "新名集团")
    assert as_known_then.short_name == "甲集团"


def test_an_enterprise_is_found_by_old_name_code_and_pinyin() -> None:
    with acting_as(PRODUCT):
        (enterprise,) = register(1)
        services.rename(
            enterprise,
            name="云泽城市更新有限公司",
            short_name="城市更新",
            valid_from=date(2025, 3, 1),
            known_at=LATER,
            source="",
            reason="更名",
        )
        for text in (
            "甲集团",
            "城市更新",
            "csgx",
            "chengshigengxin",
            CODES[0][:10],
            CODES[0].lower(),
        ):
            assert list(selectors.list_enterprises(text=text)) == [enterprise], text
        assert not selectors.list_enterprises(text="没有这家")


def test_facts_of_one_kind_never_overlap() -> None:
    with acting_as(PRODUCT):
        (enterprise,) = register(1)
        with pytest.raises(IntegrityError), transaction.atomic():
            ClassFact.objects.create(
                enterprise=enterprise,
                kind=ClassKind.LEVEL.value,
                value="county",
                valid=DateRange(date(2025, 1, 1), None),
                known=DateTimeTZRange(LATER, None),
            )


def test_a_parent_cannot_stand_below_its_child() -> None:
    with acting_as(PRODUCT):
        first, second, third = register(3)
        links = [(second, first, Decimal(1)), (third, second, Decimal("0.6"))]
        common = {
            "kind": HierarchyKind.CONSOLIDATION,
            "valid_from": date(2023, 1, 1),
            "known_at": THEN,
            "source": "",
        }
        services.set_links(links, **common)
        with pytest.raises(RegistryRefusedError) as refused:
            services.set_links([(first, third, None)], **common)
    assert refused.value.code == "REG-CIRCLE"


def test_an_own_scope_with_subsidiaries_reaches_all_levels_below() -> None:
    with acting_as(PRODUCT):
        first, second, third, other = register(4)
        services.set_links(
            [(second, first, None), (third, second, None)],
            kind=HierarchyKind.CONSOLIDATION,
            valid_from=date(2024, 1, 1),
            known_at=THEN,
            source="",
        )
        scope = {"enterprise_id": first.pk, "department_id": None}
        found = selectors.scope_of(with_subsidiaries=True, on=date(2024, 1, 1), **scope)
        before = selectors.scope_of(with_subsidiaries=True, on=date(2023, 12, 31), **scope)
        alone = selectors.scope_of(with_subsidiaries=False, on=date(2024, 1, 1), **scope)
    assert found == {first.pk, second.pk, third.pk}
    assert before == alone == {first.pk}
    assert other.pk not in found


@pytest.mark.parametrize("code", ["911100006000373410", "91110000600037341l", "X"])
def test_a_wrong_credit_code_is_refused(code: str) -> None:
    new = NewEnterprise(uscc=code, name="某公司", short_name="某", level=Level.COUNTY)
    with acting_as(PRODUCT), pytest.raises(RegistryRefusedError) as refused:
        services.create_enterprises([new], valid_from=date(2023, 1, 1), known_at=THEN, source="")
    assert refused.value.code == "REG-USCC"


def test_a_viewer_sees_only_the_rows_of_their_enterprises() -> None:
    with acting_as(PRODUCT):
        first, second = register(2)
    with acting_as(_someone(first.pk)):
        assert list(Enterprise.objects.all()) == [first]
        assert selectors.get_enterprise(second.uscc) is None
        assert set(ClassFact.objects.values_list("enterprise_id", flat=True)) == {first.pk}
    with acting_as(_someone()):
        assert not Enterprise.objects.exists()


def test_a_viewer_cannot_write_rows_of_another_enterprise() -> None:
    with acting_as(PRODUCT):
        first, second = register(2)
    with acting_as(_someone(first.pk)):
        assert Enterprise.objects.filter(pk=second.pk).update(name="改了") == 0
        from django.db.utils import ProgrammingError

        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ClassFact.objects.create(
                enterprise_id=second.pk,
                kind=ClassKind.SIZE.value,
                value="大型",
                valid=DateRange(date(2025, 1, 1), None),
                known=DateTimeTZRange(LATER, None),
            )
