"""``guozi load`` and ``guozi import`` on the database: what they print, what they leave behind."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from tests.guozi.factories import PASSWORD, person, register
from tests.guozi.filings.statements import CENTS

from guozi import excel
from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role, ScopeKind
from guozi.cli import _platform, main
from guozi.filings.models import Draft, DraftFigure, Version
from guozi.registry.models import Enterprise
from guozi.rulebooks import parsed
from guozi_core.statements import Scope
from guozi_core.units import Period

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[2] / "data" / "disclosures"
PRODUCT = the_product("测试")


@pytest.fixture(autouse=True)
def running_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_platform, "start", lambda **_options: None)


def answer(
    capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0
) -> dict[str, list[dict[str, Any]]]:
    assert main([*arguments, "--lang", "zh"]) == code
    found: dict[str, list[dict[str, Any]]] = json.loads(capsys.readouterr().out)
    return found


def template(enterprise: Enterprise, folder: Path, *, spoiled: bool = False) -> Path:
    content = excel.write_template(
        parsed.form("financial-flash"),
        excel.Addressee(uscc=enterprise.uscc, name=enterprise.name),
        period=Period.parse("2026-01"),
        scope=Scope.SINGLE,
        figures=CENTS,
    )
    path = folder / "快报.xlsx"
    if spoiled:
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book["资产负债表"]
        rows = {str(row[0].value).strip(): row for row in sheet.iter_rows()}
        rows["货币资金"][2].value = "5万元"
        book.save(path)
    else:
        path.write_bytes(content)
    return path


@pytest.fixture
def enterprise() -> Enterprise:
    with acting_as(PRODUCT):
        first, second = register(2)
        person("reporter", Role.REPORTER, enterprise=first)
        person("stranger", Role.REPORTER, enterprise=second)
    return first


def test_a_folder_of_disclosures_is_sealed_and_what_is_left_out_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, "load", str(FOLDER))

    assert [(row["period"], row["scope"], row["version"]) for row in found["rows"]] == [
        ("2023", "合并", 1),
        ("2024", "合并", 1),
        ("2025-06", "合并", 1),
    ]
    codes = [finding["code"] for finding in found["findings"]]
    assert codes.count("DIS-001") == 2
    assert [f["locator"]["file"] for f in found["findings"] if f["code"] == "DIS-002"] == [
        "holdings.csv"
    ]
    # 2 000.00 ÷ 5 000.07 is 40.00 %; 41.00 was printed.
    (misprint,) = [f for f in found["findings"] if f["code"] == "IND-001"]
    assert (misprint["got"], misprint["severity"], misprint["locator"]["period"]) == (
        "41",
        "explain",
        "2025-06",
    )
    with acting_as(PRODUCT):
        assert Version.objects.count() == 3
        # The group without statements is there too.
        assert Enterprise.objects.filter(level="peer").count() == 2


def test_a_folder_without_statements_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["load", str(tmp_path)])
    assert ended.value.code == 2


def test_a_template_says_itself_whose_it_is(
    enterprise: Enterprise, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = template(enterprise, tmp_path)

    found = answer(capsys, "import", str(path), "--as", "financial-flash", "--user", "reporter")

    (row,) = found["rows"]
    assert (row["enterprise"], row["period"], row["scope"], row["accepted"]) == (
        enterprise.uscc,
        "2026-01",
        "单户",
        True,
    )
    with acting_as(PRODUCT):
        draft = Draft.objects.get(pk=row["draft"])
        stored = DraftFigure.objects.filter(draft=draft)
        assert {(f.item, f.moment): f.amount for f in stored} == CENTS
        assert draft.changed_by_name == "reporter某"


def test_every_fault_is_told_and_nothing_is_saved(
    enterprise: Enterprise, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = template(enterprise, tmp_path, spoiled=True)

    found = answer(capsys, "import", str(path), "--as", "financial-flash", code=1)

    assert found["rows"][0]["accepted"] is False
    (fault,) = [f for f in found["findings"] if f["severity"] == "block"]
    assert (fault["code"], fault["locator"]["cell"], fault["got"]) == (
        "IMP-NUM-007",
        "C6",
        "5万元",
    )
    with acting_as(PRODUCT):
        assert not DraftFigure.objects.exists()


def test_another_enterprise_is_as_good_as_unknown(
    enterprise: Enterprise, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = template(enterprise, tmp_path)

    found = answer(
        capsys, "import", str(path), "--as", "financial-flash", "--user", "stranger", code=1
    )

    assert [f["code"] for f in found["findings"]] == ["IMP-FIL-101"]
    with acting_as(PRODUCT):
        assert not Draft.objects.exists()


def test_with_submit_the_draft_is_sealed_once(
    enterprise: Enterprise, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = template(enterprise, tmp_path)
    words = ("import", str(path), "--as", "financial-flash", "--user", "reporter", "--submit")

    first = answer(capsys, *words)
    second = answer(capsys, *words, code=1)

    assert (first["rows"][0]["version"], first["findings"]) == (1, [])
    assert [f["code"] for f in second["findings"]] == ["FIL-SAME"]
    with acting_as(PRODUCT):
        assert Version.objects.count() == 1


def test_loaded_groups_are_shown_in_the_same_pages_and_never_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, "load", str(FOLDER))
    uscc = found["rows"][0]["uscc"]
    with acting_as(PRODUCT):
        person("officer", Role.OFFICER, scope=ScopeKind.ALL)
        version = Version.objects.get(period="2024")
    client = Client()
    client.post("/accounts/sign-in/", {"username": "officer", "password": PASSWORD})

    page = client.get(f"/enterprises/{uscc}/").content.decode()
    origin = client.get(f"/filings/versions/{version.pk}/where-from/BS01/e/").content.decode()
    checks = client.get(f"/filings/versions/{version.pk}/checks/").content.decode()
    city = client.get("/").content.decode()

    assert "对标企业（外市公开披露）" in page
    # 4 650.50 ÷ … : liabilities 1 850.50 of assets 4 650.50.
    assert "39.79" in page
    for text in ("合并资产负债表", "D6", "11,000,000.00", "（公开披露）.xlsx"):
        assert text in origin, text
    assert "资产总计 = 流动资产合计 + 非流动资产合计" in checks
    assert "还没有报表" in city
