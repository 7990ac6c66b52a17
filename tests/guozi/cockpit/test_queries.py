"""Pages ask the database a fixed number of times, however many enterprises and reports there are."""

import hashlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.guozi.factories import PASSWORD, person, register
from tests.guozi.performance.cases import AT

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.audit.services import Subject, record
from guozi.cockpit import selectors
from guozi.filings.models import Figure, Version
from guozi.filings.states import State
from guozi.registry.models import Enterprise

CITY_MOST = 25
ENTERPRISE_MOST = 40


@pytest.fixture
def leader(db: None) -> Client:
    del db
    with acting_as(the_product("测试")):
        person("leader", Role.LEADER)
    client = Client()
    client.post("/accounts/sign-in/", {"username": "leader", "password": PASSWORD})
    return client


def file(enterprise: Enterprise, period: str, *, scope: str = "单户", assets: int = 100) -> None:
    """Seal a flash report with a few figures, amounts in 分."""
    version = Version.objects.create(
        enterprise=enterprise,
        form="financial-flash",
        form_version="1",
        period=period,
        scope=scope,
        number=1,
        state="submitted",
        current=True,
        content_sha256=hashlib.sha256(f"{enterprise.pk}{period}{scope}".encode()).hexdigest(),
        submitted_at=AT,
        submitted_by_name="测试",
    )
    figures = {("BS40", "e"): assets, ("BS71", "e"): 40, ("BS40", "o"): 7, ("IS01", "c"): 30}
    Figure.objects.bulk_create(
        Figure(version=version, enterprise=enterprise, item=item, moment=moment, amount=amount)
        for (item, moment), amount in figures.items()
    )
    record(action="filings.submitted", subject=Subject("filings.Version", str(version.pk)), at=AT)


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_pages_ask_a_fixed_number_of_times(leader: Client) -> None:
    with acting_as(the_product("测试")):
        first = register(2)
        for enterprise in first:
            for month in (1, 2, 3):
                file(enterprise, f"2024-{month:02}")
    city, one = queries(leader, "/"), queries(leader, f"/enterprises/{first[0].uscc}/")
    with acting_as(the_product("测试")):
        for enterprise in (*first, *register(6, first=2)):
            for month in (4, 5, 6, 7):
                file(enterprise, f"2024-{month:02}")

    assert queries(leader, "/") == city <= CITY_MOST
    assert queries(leader, f"/enterprises/{first[0].uscc}/") == one <= ENTERPRISE_MOST


@pytest.mark.usefixtures("db")
def test_consolidated_accounts_count_once_and_the_year_before_is_beside() -> None:
    with acting_as(the_product("测试")):
        first, second = register(2)
        file(first, "2024-05", scope="单户", assets=1)
        file(first, "2024-05", scope="合并", assets=1000)
        file(second, "2024-05", scope="单户", assets=20)
        file(second, "2023-05", scope="单户", assets=5)
        totals = selectors.totals_over({first.pk, second.pk}, "2024-05")
        only = selectors.totals_over({second.pk}, "2024-05")

    assets = totals["BS40", "e"]
    assert (assets.amount, assets.count, assets.last_year) == (1020, 2, 5)
    # Like for like: who did not file last year does not count as growth.
    assert (assets.like, assets.compared, assets.change) == (20, 1, 300)
    assert (only["BS40", "e"].amount, only["BS40", "e"].count) == (20, 1)
    missing = totals["IS50", "c"]
    assert (missing.amount, missing.count, missing.last_year) == (None, 0, None)


@pytest.mark.usefixtures("db")
def test_who_has_filed_and_who_has_not() -> None:
    with acting_as(the_product("测试")):
        filed, unfiled, _never = register(3)
        for month in ("2024-04", "2024-05"):
            file(filed, month)
        file(filed, "2024-05", scope="合并")
        file(unfiled, "2024-04")
        turnout = selectors.turnout("2024-05")

    assert (turnout.filed, turnout.unfiled) == (1, 1)
    assert turnout.states == {State.SUBMITTED: 2}
