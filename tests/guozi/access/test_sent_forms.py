"""A form is carried out once: sent twice, at once, again after a fault, by somebody else."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from tests.guozi.factories import PASSWORD, person, register

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.filings.models import Draft
from guozi.paths import ROOT
from guozi.registry.models import Enterprise

PRODUCT = the_product("测试")
OPEN = "/filings/open/"
_FORM = re.compile(r'<form[^>]*method="post"[^>]*>(?P<rest>[^<]*(?:<input[^>]*>)?)')


def reporter_of(enterprise: Enterprise, name: str = "reporter") -> Client:
    with acting_as(PRODUCT):
        person(name, Role.REPORTER, enterprise=enterprise)
    client = Client()
    client.post("/accounts/sign-in/", {"username": name, "password": PASSWORD})
    return client


def enterprises() -> list[Enterprise]:
    with acting_as(PRODUCT):
        return register(2)


def opening(enterprise: Enterprise, key: str, *, period: str = "2026-01") -> dict[str, str]:
    return {
        "enterprise": enterprise.uscc,
        "form": "financial-flash",
        "period": period,
        "scope": "单户",
        "idempotency-key": key,
    }


def test_every_form_of_a_page_carries_its_key() -> None:
    pages = [
        path
        for path in (ROOT / "src" / "guozi").rglob("templates/*/*.html")
        if path.parts[-2] not in {"access", "ui"}
    ]
    lacking = [
        path.name
        for path in pages
        for form in _FORM.finditer(path.read_text(encoding="utf-8"))
        if "{% idempotency_key %}" not in form["rest"]
    ]
    assert lacking == []


@pytest.mark.django_db
def test_sent_again_a_form_leads_to_the_same_place_and_says_so() -> None:
    enterprise, _ = enterprises()
    client = reporter_of(enterprise)
    key = str(uuid.uuid4())

    first = client.post(OPEN, opening(enterprise, key))
    # Even with other content: the form was carried out.
    second = client.post(OPEN, opening(enterprise, key, period="2026-02"), follow=True)

    assert second.redirect_chain[0][0] == first.headers["Location"]
    assert "这张表单已经提交过，没有重复办理" in second.content.decode()
    with acting_as(PRODUCT):
        assert Draft.objects.count() == 1


@pytest.mark.django_db
def test_a_form_with_faults_may_be_sent_again() -> None:
    enterprise, _ = enterprises()
    client = reporter_of(enterprise)
    client.post(OPEN, opening(enterprise, str(uuid.uuid4())))
    with acting_as(PRODUCT):
        draft = Draft.objects.get()
    key = str(uuid.uuid4())
    typed = {"sheet": "BS", "revision": "0", "idempotency-key": key}

    wrong = client.post(f"/filings/drafts/{draft.pk}/save/", {**typed, "BS01e": "5万元"})
    right = client.post(f"/filings/drafts/{draft.pk}/save/", {**typed, "BS01e": "5"})

    assert (wrong.status_code, right.status_code) == (422, 302)


@pytest.mark.django_db
def test_the_key_of_somebody_else_leads_nowhere() -> None:
    enterprise, other = enterprises()
    key = str(uuid.uuid4())
    reporter_of(enterprise).post(OPEN, opening(enterprise, key))

    answer = reporter_of(other, "stranger").post(OPEN, opening(other, key))

    with acting_as(PRODUCT):
        mine = Draft.objects.get(enterprise=other)
    assert answer.headers["Location"] == f"/filings/drafts/{mine.pk}/"
