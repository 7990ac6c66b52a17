"""What a file leaves open must be explained before anything is sealed."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from django.test import Client
from tests.guozi.factories import PASSWORD, person, register
from tests.guozi.filings.statements import CENTS

from guozi import excel
from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.filings import imports, services
from guozi.filings.models import Draft, VersionFinding
from guozi.filings.services import FilingRefusedError
from guozi.registry.models import Enterprise
from guozi.rulebooks import parsed
from guozi_core.findings import Severity
from guozi_core.statements import Scope
from guozi_core.units import Period

pytestmark = pytest.mark.django_db

AT = datetime(2026, 2, 8, 3, tzinfo=UTC)
PERIOD = Period.parse("2026-01")
PRODUCT = the_product("测试")


@pytest.fixture
def enterprise() -> Enterprise:
    with acting_as(PRODUCT):
        (first,) = register(1)
        person("reporter", Role.REPORTER, enterprise=first)
    return first


def workbook(enterprise: Enterprise, *, extra: dict[str, object]) -> bytes:
    """Return a filled template with a sheet that no form asks for."""
    content = excel.write_template(
        parsed.form("financial-flash"),
        excel.Addressee(uscc=enterprise.uscc, name=enterprise.name),
        period=PERIOD,
        scope=Scope.SINGLE,
        figures=CENTS,
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    for title, value in extra.items():
        book.create_sheet(title)["B2"] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def taken(enterprise: Enterprise, content: bytes) -> Draft:
    draft = services.open_draft(
        enterprise, form="financial-flash", period=PERIOD, scope=Scope.SINGLE,
        viewer=PRODUCT, at=AT,
    )  # fmt: skip
    imports.take_in(
        draft, name="快报.xlsx", content=content, free_form=False, viewer=PRODUCT, at=AT
    )
    draft.refresh_from_db()
    return draft


def test_an_unknown_sheet_must_be_explained_before_submitting(enterprise: Enterprise) -> None:
    with acting_as(PRODUCT):
        draft = taken(enterprise, workbook(enterprise, extra={"往来明细": 5}))
        with pytest.raises(FilingRefusedError) as refused:
            services.submit(draft, revision=draft.revision, viewer=PRODUCT, at=AT)
        assert refused.value.code == "FIL-UNEXPLAINED"
        (doubt,) = [f for f in refused.value.findings if f.code.startswith("IMP-")]
        services.explain(
            draft, check_id=doubt.code, place="往来明细!B2", text="备查用", viewer=PRODUCT, at=AT
        )
        version = services.submit(draft, revision=draft.revision, viewer=PRODUCT, at=AT)
        sealed = VersionFinding.objects.get(version=version, check_id=doubt.code)
    assert doubt.severity is Severity.EXPLAIN
    assert (sealed.place, sealed.explanation) == ("往来明细!B2", "备查用")


def test_a_clean_file_takes_the_doubts_of_the_one_before_away(enterprise: Enterprise) -> None:
    with acting_as(PRODUCT):
        taken(enterprise, workbook(enterprise, extra={"往来明细": 5}))
        draft = taken(enterprise, workbook(enterprise, extra={}))
        from guozi.filings.doubts import findings_of

        assert not [f for f in findings_of(draft, CENTS) if f.code.startswith("IMP-")]


def test_one_reason_serves_all_doubts_of_a_kind(enterprise: Enterprise) -> None:
    with acting_as(PRODUCT):
        draft = taken(enterprise, workbook(enterprise, extra={"往来明细": 5, "台账": 6}))
    client = Client()
    client.post("/accounts/sign-in/", {"username": "reporter", "password": PASSWORD})
    page = client.get(f"/filings/drafts/{draft.pk}/").content.decode()
    assert page.count("未识别工作表") == 2
    assert "用于全部2项同类问题" in page

    client.post(
        f"/filings/drafts/{draft.pk}/explain/",
        {"check": "IMP-TPL-006", "place": "台账!B2", "text": "备查用", "alike": "1"},
    )

    with acting_as(PRODUCT):
        places = set(draft.explanations.values_list("check_id", "place"))
    assert places == {("IMP-TPL-006", "台账!B2"), ("IMP-TPL-006", "往来明细!B2")}
