"""Opening balances and last year's figures come from what was filed; what is typed in stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.guozi.factories import register
from tests.guozi.filings.statements import CENTS

from guozi.access.context import acting_as, the_product
from guozi.filings import services
from guozi.filings.carrying import carried_into
from guozi.filings.models import Draft, DraftFigure
from guozi.filings.origins import origin_of
from guozi.filings.services import DraftConflictError
from guozi.filings.states import State
from guozi.registry.models import Enterprise
from guozi_core.statements import Scope
from guozi_core.units import Period

pytestmark = pytest.mark.django_db

AT = datetime(2026, 4, 8, 3, tzinfo=UTC)
PRODUCT = the_product("测试")


def filed(enterprise: Enterprise, period: str, **figures: int) -> None:
    form = "financial-final" if len(period) == 4 else "financial-flash"
    services.seal_in_bulk(
        [
            services.BulkVersion(
                enterprise_id=enterprise.pk, uscc=enterprise.uscc, form=form, form_version="1",
                period=period, scope="单户", items=[key[:-1] for key in figures],
                moments=[key[-1] for key in figures], amounts=list(figures.values()),
                state=State.ACCEPTED, submitted_at=AT, submitted_by_id=None,
                submitted_by_name="甲",
            )
        ]
    )  # fmt: skip


def opened(enterprise: Enterprise, period: str) -> Draft:
    form = "financial-final" if len(period) == 4 else "financial-flash"
    return services.open_draft(
        enterprise, form=form, period=Period.parse(period), scope=Scope.SINGLE,
        viewer=PRODUCT, at=AT,
    )  # fmt: skip


@pytest.fixture
def enterprise() -> Enterprise:
    with acting_as(PRODUCT):
        return register(1)[0]


def test_a_later_month_takes_the_opening_balance_of_the_months_before(
    enterprise: Enterprise,
) -> None:
    with acting_as(PRODUCT):
        filed(enterprise, "2025-12", BS40e=100, IS01c=7)
        filed(enterprise, "2025-03", IS01c=40, BS40e=90)
        # January restated the opening balance.
        filed(enterprise, "2026-01", BS40o=101, BS40e=120)
        carried = carried_into(opened(enterprise, "2026-03"))

    assert {key: tuple(value) for key, value in carried.items()} == {
        ("BS40", "o"): (101, "2026-01 v1"),
        ("IS01", "p"): (40, "2025-03 v1"),
    }


def test_january_takes_the_end_of_last_year(enterprise: Enterprise) -> None:
    with acting_as(PRODUCT):
        filed(enterprise, "2025-12", BS40e=100, IS01c=7)
        # The audited accounts are another form: their 分 would have to be rounded.
        filed(enterprise, "2025", BS40e=99)
        carried = carried_into(opened(enterprise, "2026-01"))

    assert carried == {("BS40", "o"): (100, "2025-12 v1")}


def test_annual_accounts_take_those_of_the_year_before(enterprise: Enterprise) -> None:
    with acting_as(PRODUCT):
        filed(enterprise, "2024", BS40e=100, IS01c=7, IS01p=6)
        carried = carried_into(opened(enterprise, "2025"))

    assert carried == {("BS40", "o"): (100, "2024 v1"), ("IS01", "p"): (7, "2024 v1")}


def test_what_is_typed_in_stays_and_the_rest_tells_where_it_came_from(
    enterprise: Enterprise,
) -> None:
    with acting_as(PRODUCT):
        filed(enterprise, "2025-12", BS40e=1_000_000, BS14e=400_000)
        draft = opened(enterprise, "2026-01")
        draft = services.save_figures(
            draft, {("BS40", "o"): 5_000_000}, revision=0, viewer=PRODUCT, at=AT
        )
        services.carry_forward(
            draft, carried_into(draft), revision=draft.revision, viewer=PRODUCT, at=AT
        )
        stored = {
            (figure.item, figure.moment): (figure.amount, figure.raw)
            for figure in DraftFigure.objects.filter(draft=draft)
        }
        with pytest.raises(DraftConflictError):
            services.carry_forward(draft, {}, revision=0, viewer=PRODUCT, at=AT)

    assert stored == {
        ("BS40", "o"): (5_000_000, ""),
        ("BS14", "o"): (400_000, "2025-12 v1"),
    }


def test_a_carried_figure_says_so_when_it_is_sealed(enterprise: Enterprise) -> None:
    ends = {f"{item}e": amount for (item, moment), amount in CENTS.items() if moment == "o"}
    typed = {key: amount for key, amount in CENTS.items() if key[1] != "o"}
    with acting_as(PRODUCT):
        filed(enterprise, "2025-12", **ends)
        draft = opened(enterprise, "2026-01")
        draft = services.save_figures(draft, typed, revision=0, viewer=PRODUCT, at=AT)
        carried = carried_into(draft)
        services.carry_forward(draft, carried, revision=draft.revision, viewer=PRODUCT, at=AT)
        version = services.submit(draft, revision=draft.revision, viewer=PRODUCT, at=AT)
        origin = origin_of(version, "BS01", "o")

    assert len(carried) == len(ends)
    assert origin is not None
    assert ("录入方式", "由已报数带入：2025-12 v1") in origin.facts
