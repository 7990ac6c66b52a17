"""Every address × method × stranger: nothing of another enterprise is shown, changed or confirmed.

The enterprise 甲集团 files a statement whose texts hold canaries. Then people who may not see it ask for every
address of the product that takes an object of it. New addresses are walked without anybody adding them here;
an address whose parts this test cannot fill in fails it.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.guozi.factories import PASSWORD, person, register
from tests.guozi.filings.statements import CENTS
from tests.guozi.filings.test_sealing import AT, someone
from tests.guozi.performance.cases import seal, year_of

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.audit.models import Head, Leaf
from guozi.config.addresses import Address, addresses
from guozi.filings import services
from guozi.filings.models import Upload, Version
from guozi.jobs.models import Job
from guozi.performance.models import AdjustmentItem, PanelScore
from guozi.performance.services import add_adjustment, run_evaluation
from guozi.registry.models import Enterprise
from guozi_core.statements import Scope
from guozi_core.units import Period

pytestmark = pytest.mark.django_db

PRODUCT = the_product("测试")
CANARIES = ("甲集团", "金丝雀理由", "金丝雀文件", "金丝雀说明", "金丝雀任务", "金丝雀依据")
#: Who runs the system sees the titles of jobs, which name no enterprise.
MAY_SHOW = {"sysadmin": {"金丝雀任务"}}
#: Addresses that show no object, so that there is nothing to keep from anybody.
ABOUT_NOTHING = {"set_language"}


class City:
    """Two enterprises; the first has filed, has an open draft, a file and a job."""

    def __init__(self) -> None:
        with acting_as(PRODUCT):
            self.first, self.second = register(2)
            for name, role, enterprise in (
                ("owner", Role.REPORTER, self.first),
                ("stranger", Role.REPORTER, self.second),
                ("signatory", Role.SIGNATORY, self.second),
            ):
                person(name, role, enterprise=enterprise)
            person("auditor", Role.AUDITOR, listed=(self.second,))
            for name, role in (
                ("sysadmin", Role.SYSTEM_ADMINISTRATOR),
                ("secadmin", Role.SECURITY_ADMINISTRATOR),
            ):
                person(name, role)
            self.head = person("head", Role.SECTION_HEAD)
        owner = someone(1, Role.REPORTER, self.first.pk)
        with acting_as(owner):
            self.version = self._filed(owner, "2026-01")
            self.draft = services.reopen_as_draft(
                self.version, reason="金丝雀理由", viewer=owner, at=AT
            )
            services.explain(
                self.draft, check_id="X19", place="IS01", text="金丝雀说明", viewer=owner, at=AT
            )
            self.upload = services.take_file(
                self.draft,
                name="金丝雀文件.xlsx",
                content=b"not a workbook",
                figures=[],
                findings=[],
                viewer=owner,
                at=AT,
            )
        with acting_as(PRODUCT):
            self.leaf = Leaf.objects.filter(enterprise_id=self.first.pk).latest("index")
            self.job = Job.objects.create(
                kind="test",
                title="金丝雀任务",
                english_title="金丝雀任务",
                arguments={},
                created=AT,
                requested_by_id=self.head.pk,
            )
        self.item = self._adjusted()
        self.run_pk = self._evaluated()

    def _filed(self, owner: object, period: str) -> Version:
        draft = services.open_draft(
            self.first,
            form="financial-flash",
            period=Period.parse(period),
            scope=Scope.SINGLE,
            viewer=owner,  # type: ignore[arg-type]
            at=AT,
        )
        services.save_figures(draft, CENTS, revision=0, viewer=owner, at=AT)  # type: ignore[arg-type]
        return services.submit(draft, revision=1, viewer=owner, at=AT)  # type: ignore[arg-type]

    def _adjusted(self) -> AdjustmentItem:
        """Return a bonus of the enterprise, which only the regulator sees."""
        with acting_as(PRODUCT):
            return add_adjustment(
                self.first,
                plan="cn-2006-157",
                period="2026-01",
                kind=AdjustmentItem.Kind.BONUS,
                item="效益提升",
                points=Decimal(2),
                evidence="金丝雀依据",
                viewer=PRODUCT,
                at=AT,
            )

    def _evaluated(self) -> int:
        """Return a run that only the regulator may see yet."""
        with acting_as(PRODUCT):
            seal(self.first, year_of())
            run = run_evaluation(plan="cn-2006-157", period=Period.annual(2024), at=AT)
        return run.pk

    def parts(self, address: Address) -> dict[str, object]:
        """Return the parts of an address, all of the first enterprise."""
        named = {
            "filings:draft": self.draft.pk,
            "filings:save": self.draft.pk,
            "filings:template": self.draft.pk,
            "filings:upload-file": self.draft.pk,
            "filings:explain": self.draft.pk,
            "filings:submit": self.draft.pk,
            "filings:upload": self.upload.pk,
            "filings:original": self.upload.pk,
            "filings:annotated": self.upload.pk,
            "cockpit:job": self.job.pk,
            "cockpit:cancel-job": self.job.pk,
        }
        known = {
            "pk": named.get(address.name, self.version.pk),
            "uscc": self.first.uscc,
            "item": "BS40",
            "moment": "e",
            "rulebook": "indicators-2025",
            "identifier": "liabilities_to_assets",
            "step": "accept",
            "period": "2026-01",
            "index": self.leaf.index,
            "family": "indicators",
            "rulebook_id": "indicators-2025",
            "run_id": self.run_pk,
            "kind": "pdf",
            "name": "final",
            "number": 1,
            "item_id": self.item.pk,
        }
        return {part: known[part] for part in address.parts}


@pytest.fixture
def city() -> City:
    return City()


def client_of(username: str) -> Client:
    client = Client(raise_request_exception=True)
    if username != "anonymous":
        answer = client.post(
            reverse("access:sign-in"), {"username": username, "password": PASSWORD}
        )
        assert answer.status_code == 302
    return client


STRANGERS = ["anonymous", "stranger", "signatory", "auditor", "sysadmin", "secadmin"]


@pytest.mark.parametrize("who", STRANGERS)
def test_no_address_shows_or_changes_what_is_out_of_scope(who: str, city: City) -> None:
    client = client_of(who)
    with acting_as(PRODUCT):
        before = _state(city)
    for address in addresses():
        if address.name in {*ABOUT_NOTHING, "access:sign-out"}:
            continue
        if (who, address.name) == ("sysadmin", "cockpit:cancel-job"):
            continue  # who runs the system may stop a job
        url = reverse(address.name, kwargs=city.parts(address))
        for method in ("get", "post"):
            answer = getattr(client, method)(url, follow=False)
            text = answer.content.decode(errors="replace")
            assert answer.status_code < 500, (method, url)
            for canary in set(CANARIES) - MAY_SHOW.get(who, set()):
                assert canary not in text, (who, method, url, canary)
            if address.parts and who == "anonymous":
                assert answer.status_code in {302, 403, 404, 405}, (method, url)
    with acting_as(PRODUCT):
        assert _state(city) == before


def test_what_is_out_of_scope_answers_like_what_does_not_exist(city: City) -> None:
    client = client_of("stranger")
    missing = client.get(reverse("filings:version", args=[999_999]))
    hidden = client.get(reverse("filings:version", args=[city.version.pk]))
    assert (missing.status_code, hidden.status_code) == (404, 404)
    unlike = [
        (a, b)
        for a, b in zip(
            missing.content.decode().split(), hidden.content.decode().split(), strict=False
        )
        if a != b and 'class="hash"' not in a and "value=" not in a
    ]
    assert not unlike


def test_the_owner_sees_it(city: City) -> None:
    page = client_of("owner").get(reverse("filings:version", args=[city.version.pk]))
    assert "甲集团" in page.content.decode()


def test_every_address_says_who_may_open_it() -> None:
    assert [address.pattern for address in addresses() if address.permit is None] == []


def _state(city: City) -> tuple[object, ...]:
    return (
        Version.objects.count(),
        Version.objects.get(pk=city.version.pk).state,
        Upload.objects.count(),
        type(city.draft).objects.get(pk=city.draft.pk).revision,
        Enterprise.objects.count(),
        AdjustmentItem.objects.count(),
        PanelScore.objects.count(),
        Job.objects.get(pk=city.job.pk).cancel_requested,
        Head.objects.get(id=1).size > 0,
    )
