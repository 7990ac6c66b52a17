"""Public disclosures on the way every file takes: arranged, read, checked, sealed, found again."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest

from guozi.access.context import acting_as, the_product
from guozi.filings import disclosures, selectors
from guozi.filings.disclosures import DisclosedLine, Registration
from guozi.filings.models import Draft, Figure, Upload, Version, VersionFinding
from guozi.registry.credit_code import fault_of
from guozi.registry.kinds import Level
from guozi.registry.models import Enterprise
from guozi_core.findings import Severity
from guozi_core.statements import Scope, StatementKind, read_printed_period
from guozi_core.units import MoneyUnit

pytestmark = pytest.mark.django_db

AT = datetime(2026, 2, 8, 3, tzinfo=UTC)
NAME = "云溪市城市建设投资集团有限公司"
HOW = Registration(level=Level.PEER, industry="投资公司", size="全行业")
LOADER = the_product("公开披露装入")
#: 万元 rounded line by line: 1 200.01 + 800.05 is printed as 2 000.05, a place off.
BALANCE = {
    "流动资产：": (None, None),
    "货币资金": ("1200.01", "1100.00"),
    "存货": ("800.05", "450.50"),
    "流动资产合计": ("2000.05", "1550.50"),
    "固定资产": ("3000.02", "3100.00"),
    "非流动资产合计": ("3000.02", "3100.00"),
    "资产总计": ("5000.07", "4650.50"),
    "短期借款": ("2000.00", "1850.50"),
    "流动负债合计": ("2000.00", "1850.50"),
    "负债合计": ("2000.00", "1850.50"),
    "实收资本": ("3000.07", "2800.00"),
    "归属于母公司所有者权益合计": ("3000.07", "2800.00"),
    "所有者权益合计": ("3000.07", "2800.00"),
    "负债和所有者权益总计": ("5000.07", "4650.50"),
}


def lines(changed: dict[str, str] | None = None) -> list[DisclosedLine]:
    found = []
    for column, heading in enumerate(("2024年末", "2023年末")):
        for name, amounts in BALANCE.items():
            amount = amounts[column]
            if column == 0 and changed and name in changed:
                amount = changed[name]
            found.append(
                DisclosedLine(
                    enterprise=NAME,
                    scope=Scope.CONSOLIDATED,
                    kind=StatementKind.BALANCE_SHEET,
                    period=read_printed_period(heading),
                    heading=heading,
                    name=name,
                    value=None if amount is None else Decimal(amount),
                    unit=MoneyUnit.WAN,
                    source="a1b2c3d4 第30页",
                )
            )
    return found


def test_the_arranged_workbook_reads_like_the_printed_statement() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(disclosures.arranged(lines())))["合并资产负债表"]

    assert [cell.value for cell in sheet[4]] == ["项目", "附注：出处", "2024年末", "2023年末"]
    assert sheet["A3"].value == "单位：万元"
    assert [cell.value for cell in sheet[6]] == ["货币资金", "a1b2c3d4 第30页", 1200.01, 1100]
    assert sheet.max_row == 4 + len(BALANCE)


def test_a_line_printed_in_one_period_only_keeps_its_place() -> None:
    later = [line for line in lines() if line.heading == "2024年末"]
    earlier = [line for line in lines() if line.heading == "2023年末" and line.name != "存货"]
    sheet = openpyxl.load_workbook(io.BytesIO(disclosures.arranged([*earlier, *later])))

    names = [row[0].value for row in sheet["合并资产负债表"].iter_rows(min_row=5)]
    assert names == list(BALANCE)


def test_every_period_is_sealed_with_its_opening_balances_and_its_cell() -> None:
    loaded, notes = disclosures.load(lines(), HOW, viewer=LOADER, at=AT)

    assert [(item.period.code, item.number) for item in loaded] == [("2023", 1), ("2024", 1)]
    assert [note.code for note in notes] == ["DIS-001"]
    with acting_as(LOADER):
        version = Version.objects.get(period="2024")
        cash = {
            figure.moment: figure for figure in Figure.objects.filter(version=version, item="BS01")
        }
        upload = Upload.objects.get(pk=version.upload_id)
    assert (cash["e"].amount, cash["o"].amount) == (1_200_010_000, 1_100_000_000)
    assert (cash["e"].sheet, cash["e"].cell, cash["o"].cell) == ("合并资产负债表", "C6", "D6")
    assert (upload.printed_unit, upload.sealed, upload.name.endswith("（公开披露）.xlsx")) == (
        "万元",
        True,
        True,
    )


def test_a_peer_has_a_stand_in_code_that_no_real_enterprise_bears() -> None:
    disclosures.load(lines(), HOW, also=["云溪市交通发展集团有限公司"], viewer=LOADER, at=AT)

    with acting_as(LOADER):
        codes = dict(Enterprise.objects.values_list("name", "uscc"))
    assert len(codes) == 2
    assert all(fault_of(code) is None and code[2:8] == "999900" for code in codes.values())


def test_a_code_that_is_given_is_used_and_needs_no_note() -> None:
    how = Registration(
        level=Level.PEER, industry="投资公司", size="全行业", codes={NAME: "91110000600037341L"}
    )
    loaded, notes = disclosures.load(lines(), how, viewer=LOADER, at=AT)

    assert ({item.uscc for item in loaded}, notes) == ({"91110000600037341L"}, ())


def test_loading_again_changes_nothing_and_says_so() -> None:
    disclosures.load(lines(), HOW, viewer=LOADER, at=AT)
    again, notes = disclosures.load(lines(), HOW, viewer=LOADER, at=AT)

    assert [(item.number, item.findings[0].code) for item in again] == [(1, "FIL-SAME")] * 2
    assert notes == ()
    with acting_as(LOADER):
        assert (Version.objects.count(), Draft.objects.count()) == (2, 0)


def test_a_sum_that_rounding_does_not_explain_is_refused_and_nothing_of_it_saved() -> None:
    loaded, _ = disclosures.load(lines({"资产总计": "5001.07"}), HOW, viewer=LOADER, at=AT)

    wrong = loaded[1]
    assert (wrong.number, wrong.figures) == (None, 0)
    blocking = [item for item in wrong.findings if item.severity is Severity.BLOCK]
    assert {item.code for item in blocking} >= {"X01", "X04"}
    assert {item.locator.cell for item in blocking} >= {"C11"}
    with acting_as(LOADER):
        assert not Version.objects.filter(period="2024").exists()
        assert Upload.objects.filter(period="2024", accepted=False).count() == 1


def test_what_needs_a_reason_says_where_the_figures_come_from() -> None:
    insolvent = dict.fromkeys(("短期借款", "流动负债合计", "负债合计"), "6000.07") | dict.fromkeys(
        ("实收资本", "归属于母公司所有者权益合计", "所有者权益合计"), "-1000.00"
    )
    loaded, _ = disclosures.load(lines(insolvent), HOW, viewer=LOADER, at=AT)
    with acting_as(LOADER):
        doubts = VersionFinding.objects.filter(severity="explain")
        told = {(item.check_id, item.explanation) for item in doubts}
    asked = {
        finding.code
        for item in loaded
        for finding in item.findings
        if finding.severity is Severity.EXPLAIN
    }
    assert {code for code, _ in told} == asked
    assert "X67" in asked
    assert all("公开披露" in reason for _, reason in told)


def test_a_sealed_printed_version_passes_its_checks_again() -> None:
    disclosures.load(lines(), HOW, viewer=LOADER, at=AT)
    with acting_as(LOADER):
        version = Version.objects.get(period="2024")
        uploads = {figure.upload_id for figure in selectors.figures_of(version).values()}
        assert selectors.printed_unit(uploads) is MoneyUnit.WAN
