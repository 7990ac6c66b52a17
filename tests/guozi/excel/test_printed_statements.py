"""Statements as accounting programs print them, read without a template."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from tests.guozi.excel import workbooks
from tests.guozi.excel.workbooks import as_mapping, told

from guozi import excel
from guozi_core import sheets
from guozi_core.statements import Scope
from guozi_core.units import MoneyUnit, Period

if TYPE_CHECKING:
    from collections.abc import Sequence

YEAR = Period.annual(2024)
BALANCE: list[list[object]] = [
    ["资产负债表"],
    [None, None, None, None, None, None, None, "会企01表"],
    ["编制单位：云泽市水务集团有限公司", None, None, "2024年12月31日", None, None, None, "单位：元"],
    ["资　　产", "行次", "期末余额", "年初余额", "负债和所有者权益（或股东权益）", "行次", "期末余额", "年初余额"],
    ["流动资产：", None, None, None, "流动负债：", None, None, None],
    ["　货币资金", 1, 100.5, "90.00", "　短期借款", 32, 50, 40],
    ["　其他应收款", 2, "1,234.50", None, "　应付利息", 33, "—", 1],
    ["　流动资产合计", 3, 1335, 90, "非流动负债：", None, None, None],
    [None, None, None, None, "　应付债券", 34, 7, 0],
    [None, None, None, None, "　　其中：优先股", 35, None, None],
    [None, None, None, None, "　　　　　永续债", 36, 3, None],
    ["资产总计", 4, 1335, 90, "负债和股东权益总计", 37, 1335, 90],
    ["单位负责人：张三", None, "会计机构负责人：李四", None, "制表：王五"],
]  # fmt: skip
INCOME: list[list[object]] = [
    ["合并利润表"],
    ["2024年度"],
    ["编制单位：云泽市水务集团有限公司", None, "金额单位：人民币万元"],
    ["项    目", "附注", "2024年度", "2023年度"],
    ["一、营业总收入", None, 10.123456, 9],
    ["其中：营业收入", "七、1", 10, 9],
    ["二、营业总成本", None, 8, 7],
    ["  财务费用", None, 1, 1],
    ["    其中：利息支出", None, 0.9, 0.8],
    ["三、营业利润（亏损以“－”号填列）", None, "（2.5）", 2],
    ["四、净利润", None, -3, 1],
    ["（一）按经营持续性分类", None, None, None],
    ["1．持续经营净利润", None, -3, 1],
]


def book(**pages: Sequence[Sequence[object]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in pages.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def read(content: bytes, **options: object) -> sheets.Reading:
    opened = excel.open_workbook(content, "年报.xlsx")
    assert opened.workbook is not None, opened.findings
    expected = sheets.Expected(period=YEAR, enterprise="云泽市水务集团有限公司")
    return sheets.interpret_free_form(
        opened.workbook,
        workbooks.dictionary(),
        expected=expected,
        **options,  # type: ignore[arg-type]
    )


def test_balance_sheet_of_two_blocks() -> None:
    reading = read(book(资产负债表=BALANCE))

    assert as_mapping(reading.figures) == {
        ("BS01", "e"): 100_50,
        ("BS01", "o"): 90_00,
        ("BS08", "e"): 1_234_50,
        ("BS14", "e"): 1_335_00,
        ("BS14", "o"): 90_00,
        ("BS40", "e"): 1_335_00,
        ("BS40", "o"): 90_00,
        ("BS41", "e"): 50_00,
        ("BS41", "o"): 40_00,
        ("BS49I", "o"): 1_00,
        ("BS62", "e"): 7_00,
        ("BS62", "o"): 0,
        ("BS62P", "e"): 3_00,
        ("BS95", "e"): 1_335_00,
        ("BS95", "o"): 90_00,
    }
    assert set(told(list(reading.findings))) == {
        ("IMP-NUM-002", "资产负债表", "D6"),
        ("IMP-NUM-002", "资产负债表", "C7"),
    }


def test_income_statement_with_years_as_headings_and_its_own_unit() -> None:
    reading = read(book(利润表=INCOME))

    assert as_mapping(reading.figures) == {
        ("IS01", "c"): 101_234_56,
        ("IS01", "p"): 90_000_00,
        ("IS02", "c"): 100_000_00,
        ("IS02", "p"): 90_000_00,
        ("IS10", "c"): 80_000_00,
        ("IS10", "p"): 70_000_00,
        ("IS16", "c"): 10_000_00,
        ("IS16", "p"): 10_000_00,
        ("IS16I", "c"): 9_000_00,
        ("IS16I", "p"): 8_000_00,
        ("IS30", "c"): -25_000_00,
        ("IS30", "p"): 20_000_00,
        ("IS50", "c"): -30_000_00,
        ("IS50", "p"): 10_000_00,
        ("IS50C", "c"): -30_000_00,
        ("IS50C", "p"): 10_000_00,
    }
    assert told(list(reading.findings)) == [("IMP-NUM-002", "利润表", "C10")]


def changed(rows: list[list[object]], row: int, column: int, value: object) -> list[list[object]]:
    copy = [list(line) for line in rows]
    copy[row - 1].extend([None] * (column - len(copy[row - 1])))
    copy[row - 1][column - 1] = value
    return copy


BS_NOTES = [("IMP-NUM-002", "资产负债表", "C7"), ("IMP-NUM-002", "资产负债表", "D6")]
DOUBTS = {
    "unknown line": (changed(BALANCE, 6, 1, "数字人民币钱包"), [("IMP-LBL-004", "资产负债表", "A6")]),
    "number outside": (changed(BALANCE, 6, 11, 5), [("IMP-TPL-007", "资产负债表", "K6")]),
    "number without a name": (changed(BALANCE, 9, 3, 5), [("IMP-TPL-007", "资产负债表", "C9")]),
    "no number": (changed(BALANCE, 6, 3, "约一百"), [("IMP-NUM-001", "资产负债表", "C6")]),
    "another enterprise": (
        changed(BALANCE, 3, 1, "编制单位：云泽市交通集团有限公司"), [("IMP-TPL-021", "资产负债表", "A3")],
    ),
    "another date": (changed(BALANCE, 3, 4, "2023年12月31日"), [("IMP-TPL-015", "资产负债表", "D3")]),
    "millions": (changed(BALANCE, 3, 8, "单位：百万元"), [("IMP-NUM-017", "资产负债表", "H3")]),
    "twice different": (changed(BALANCE, 10, 5, "应付债券")[:9] + changed(
        changed(BALANCE, 10, 5, "应付债券"), 10, 7, 8)[9:], [("IMP-TPL-013", "资产负债表", "G10")]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), DOUBTS.values(), ids=DOUBTS)
def test_what_is_not_understood_is_reported(
    rows: list[list[object]], expected: list[tuple[str, str, str]]
) -> None:
    reading = read(book(资产负债表=rows))

    found = [place for place in told(list(reading.findings)) if place not in BS_NOTES]
    assert found == expected


def test_unit_is_assumed_aloud() -> None:
    rows = changed(BALANCE, 3, 8, None)

    assumed = read(book(资产负债表=rows))
    given = read(book(资产负债表=rows), unit=MoneyUnit.WAN)

    for reading in (assumed, given):
        assert ("IMP-NUM-035", "资产负债表", None) in told(list(reading.findings))
    assert as_mapping(assumed.figures)["BS01", "e"] == 100_50
    assert as_mapping(given.figures)["BS01", "e"] == 1_005_000_00


def test_monthly_column_is_not_read_beside_the_cumulative_one() -> None:
    rows: list[list[object]] = [
        ["利润表"],
        ["单位：元"],
        ["项目", "本期金额", "本年累计金额"],
        ["营业收入", 5, 50],
    ]

    reading = read(book(利润表=rows))

    assert as_mapping(reading.figures) == {("IS02", "c"): 50_00}
    assert told(list(reading.findings)) == [
        ("IMP-TPL-007", "利润表", "B3"),
        ("IMP-TPL-027", "利润表", None),
    ]


def test_scope_chooses_the_sheet() -> None:
    content = book(合并资产负债表=BALANCE, 母公司资产负债表=BALANCE, 附注=[["说明", 5]])
    opened = excel.open_workbook(content, "年报.xlsx")
    assert opened.workbook is not None

    reading = sheets.interpret_free_form(
        opened.workbook, workbooks.dictionary(), expected=sheets.Expected(scope=Scope.PARENT)
    )

    assert {figure.sheet for figure in reading.figures} == {"母公司资产负债表"}
    assert [f.locator.sheet for f in reading.findings if f.code == "IMP-TPL-006"] == [
        "合并资产负债表",
        "附注",
    ]


def test_dates_as_headings_in_date_cells() -> None:
    rows = [
        ["资产负债表"],
        ["单位：元"],
        ["项目", dt.date(2024, 12, 31), dt.date(2023, 12, 31)],
        ["资产总计", 2, 1],
    ]

    assert as_mapping(read(book(资产负债表=rows)).figures) == {
        ("BS40", "e"): 2_00,
        ("BS40", "o"): 1_00,
    }
