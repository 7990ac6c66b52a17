"""From the template to the accepted version through the pages, as the people of each step."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.guozi.factories import PASSWORD, person, register
from tests.guozi.filings.statements import CENTS, STAFF, WAN

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.filings.models import Draft, DraftFigure, Figure, Upload, Version
from guozi.registry.models import Enterprise

pytestmark = pytest.mark.django_db

PRODUCT = the_product("测试")
PERIOD = "2026-01"


@pytest.fixture
def enterprise() -> Enterprise:
    with acting_as(PRODUCT):
        first, other = register(2)
        person("reporter", Role.REPORTER, enterprise=first)
        person("signatory", Role.SIGNATORY, enterprise=first)
        person("head", Role.SECTION_HEAD)
        person("stranger", Role.REPORTER, enterprise=other)
    return first


def signed_in(username: str) -> Client:
    client = Client()
    answer = client.post(reverse("access:sign-in"), {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def open_draft(client: Client, enterprise: Enterprise) -> str:
    answer = client.post(
        reverse("filings:open"),
        {
            "enterprise": enterprise.uscc,
            "form": "financial-flash",
            "period": PERIOD,
            "scope": "单户",
        },
    )
    assert answer.status_code == 302
    return str(answer["Location"])


def filled_template(
    client: Client, draft_url: str, changes: dict[str, object] | None = None
) -> bytes:
    """Download the template and fill it as a person would, line by line; ``changes`` by ``BS40e``."""
    content = client.get(f"{draft_url}template/").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    from guozi.rulebooks import parsed

    values: dict[str, object] = {**WAN, **STAFF, **(changes or {})}
    for sheet in parsed.form("financial-flash").sheets:
        page = book[sheet.title.zh]
        for line in sheet.lines:
            if line.item is None:
                continue
            for offset, column in enumerate(sheet.columns):
                moment = column.moment(line.item)
                if moment is not None and f"{line.item.code}{moment.letter}" in values:
                    page.cell(row=sheet.row_of(line), column=3 + offset).value = values[
                        f"{line.item.code}{moment.letter}"
                    ]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(client: Client, draft_url: str, content: bytes, name: str = "快报.xlsx") -> str:
    file = io.BytesIO(content)
    file.name = name
    answer = client.post(f"{draft_url}upload/", {"file": file})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_a_filing_travels_from_template_to_acceptance(enterprise: Enterprise) -> None:
    reporter = signed_in("reporter")
    draft_url = open_draft(reporter, enterprise)
    result_url = upload(reporter, draft_url, filled_template(reporter, draft_url))
    page = reporter.get(result_url).content.decode()
    assert "已读入" in page, page
    with acting_as(PRODUCT):
        draft = Draft.objects.get()
        stored = {(f.item, f.moment): f.amount for f in DraftFigure.objects.filter(draft=draft)}
    assert stored == CENTS

    answer = reporter.post(f"{draft_url}submit/", {"revision": draft.revision}, follow=True)
    assert "回执" in answer.content.decode()
    with acting_as(PRODUCT):
        version = Version.objects.get()
    for who, step, state in (
        ("signatory", "sign", "signed"),
        ("head", "accept", "accepted"),
    ):
        client = signed_in(who)
        client.get(reverse("filings:version", args=[version.pk]))
        client.post(
            reverse("filings:step", args=[version.pk, step]),
            {"content": version.content_sha256},
        )
        version.refresh_from_db()
        assert version.state == state


def test_every_figure_of_a_version_opens_its_cell(enterprise: Enterprise) -> None:
    reporter = signed_in("reporter")
    draft_url = open_draft(reporter, enterprise)
    upload(reporter, draft_url, filled_template(reporter, draft_url))
    with acting_as(PRODUCT):
        revision = Draft.objects.get().revision
    reporter.post(f"{draft_url}submit/", {"revision": revision})
    with acting_as(PRODUCT):
        version = Version.objects.get()
        figures = list(Figure.objects.filter(version=version))
    assert len(figures) == len(CENTS)
    for figure in figures:
        page = reporter.get(
            reverse("filings:where-from", args=[version.pk, figure.item, figure.moment]),
            headers={"HX-Request": "true"},
        ).content.decode()
        assert "快报.xlsx" in page
        assert figure.cell in page
        assert version.content_sha256 in page


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("BS40e", "5万元", "IMP-NUM-007"),
        ("BS40e", 10050, "X01"),
        ("IS01c", "1,23,4", "IMP-NUM-"),
    ],
)
def test_a_blocking_fault_saves_nothing_and_keeps_the_file(
    key: str, value: object, code: str, enterprise: Enterprise
) -> None:
    reporter = signed_in("reporter")
    draft_url = open_draft(reporter, enterprise)
    result_url = upload(reporter, draft_url, filled_template(reporter, draft_url, {key: value}))
    page = reporter.get(result_url).content.decode()
    assert "本次导入未保存任何数据" in page
    assert code in page
    with acting_as(PRODUCT):
        assert not DraftFigure.objects.exists()
        kept = Upload.objects.get()
        assert not kept.accepted
    assert reporter.get(f"{result_url}original/").status_code == 200
    annotated = reporter.get(f"{result_url}annotated/")
    listed, *sheets = openpyxl.load_workbook(io.BytesIO(annotated.content)).worksheets
    cells = [cell.value for row in listed.iter_rows() for cell in row]
    comments = [c.comment.text for s in sheets for row in s.iter_rows() for c in row if c.comment]
    for told in (entry["zh"] for entry in kept.findings):
        assert {told["code"], told["message"]} <= set(cells)
        for more in (told["expected"], told["fix"]):
            assert more is None or more in cells
        if told["locator"]["cell"] and told["fix"]:
            assert any(told["fix"] in text for text in comments)


def test_typed_figures_are_saved_all_or_none(enterprise: Enterprise) -> None:
    reporter = signed_in("reporter")
    draft_url = open_draft(reporter, enterprise)
    good = {"sheet": "BS", "revision": "0", "BS01e": "1,234.50", "BS88e": "（12.00）"}
    answer = reporter.post(f"{draft_url}save/", {**good, "BS14e": "1_000"})
    assert answer.status_code == 422
    with acting_as(PRODUCT):
        assert not DraftFigure.objects.exists()
    assert reporter.post(f"{draft_url}save/", good).status_code == 302
    with acting_as(PRODUCT):
        assert {(f.item, f.amount) for f in DraftFigure.objects.all()} == {
            ("BS01", 1_234_500_000),
            ("BS88", -12_000_000),
        }
    late = reporter.post(f"{draft_url}save/", {**good, "BS01e": "9"})
    assert late.status_code == 409


def test_another_enterprise_finds_none_of_it(enterprise: Enterprise) -> None:
    reporter, stranger = signed_in("reporter"), signed_in("stranger")
    draft_url = open_draft(reporter, enterprise)
    result_url = upload(reporter, draft_url, filled_template(reporter, draft_url))
    with acting_as(PRODUCT):
        revision = Draft.objects.get().revision
    for url in (draft_url, f"{draft_url}template/", result_url, f"{result_url}original/"):
        assert stranger.get(url).status_code == 404
    reporter.post(f"{draft_url}submit/", {"revision": revision})
    with acting_as(PRODUCT):
        version = Version.objects.get()
    for name in ("version", "checks", "receipt", "workbook"):
        assert stranger.get(reverse(f"filings:{name}", args=[version.pk])).status_code == 404
    assert signed_in("head").get(reverse("filings:version", args=[version.pk])).status_code == 200
