"""Catalogue 3.B: sheets, rows, columns and cover, one fault at a time, the whole set of findings."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.guozi.excel import workbooks
from tests.guozi.excel.workbooks import edited, told, upload, with_part

from guozi import excel
from guozi_core import sheets
from guozi_core.findings import Severity
from guozi_core.statements import Scope
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

BS, IS, CF = "资产负债表", "利润表", "现金流量表"
COVER = "封面"


def setting(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def insert_column(book: Workbook) -> None:
    book[IS].insert_cols(3)


def swap_headings(book: Workbook) -> None:
    sheet = book[IS]
    for row in range(4, sheet.max_row + 1):
        left, right = sheet.cell(row, 3), sheet.cell(row, 4)
        left.value, right.value = right.value, left.value


def extra_sheet(book: Workbook) -> None:
    book.create_sheet("草稿")["B3"] = 5


def empty_sheet(book: Workbook) -> None:
    book.create_sheet("Sheet1")


def hide_rows(book: Workbook) -> None:
    for row in (6, 7):
        book[BS].row_dimensions[row].hidden = True


def hide_column(book: Workbook) -> None:
    book[BS].column_dimensions["D"].hidden = True


def filter_rows(book: Workbook) -> None:
    book[BS].auto_filter.ref = "A4:D96"
    for row in range(10, 40):
        book[BS].row_dimensions[row].hidden = True


def very_hidden(book: Workbook) -> None:
    book[CF].sheet_state = "veryHidden"


def merge(book: Workbook) -> None:
    book[BS].merge_cells("D10:D11")


def copy_sheet(book: Workbook) -> None:
    book.copy_worksheet(book[IS]).title = "利润表 (2)"


def duplicate_line(book: Workbook) -> None:
    for column in (1, 2, 3, 4):
        book[IS].cell(40, column).value = book[IS].cell(5, column).value


def duplicate_heading(book: Workbook) -> None:
    book[IS]["D4"] = "本年累计"


FAULTS = {
    "B02 inserted column": (insert_column, [("IMP-TPL-004", IS, "C4")]),
    "B02 renamed heading": (
        setting(IS, "C4", "本月数"),
        [("IMP-TPL-004", IS, "C4"), ("IMP-TPL-026", IS, "C4")],
    ),
    "B03 deleted row": (lambda book: book[IS].delete_rows(9), [
        ("IMP-TPL-011", IS, "A9"),
    ]),
    "B04 blanks in the label": (setting(IS, "A6", "营 业 收 入"), [("IMP-LBL-001", IS, "A6")]),
    "B04 alias": (setting(BS, "A46", "资产总额"), [("IMP-LBL-001", BS, "A46")]),
    "B04 unknown label": (
        setting(IS, "A6", "营业收人"),
        [("IMP-LBL-002", IS, "A6"), ("IMP-TPL-011", IS, "A6")],
    ),
    "B05 unknown sheet": (extra_sheet, [("IMP-TPL-006", "草稿", "B3")]),
    "B05 empty sheet": (empty_sheet, []),
    "B06 outside the table": (setting(BS, "H40", 5), [("IMP-TPL-007", BS, "H40")]),
    "B06 below the table": (setting(BS, "C120", 5), [("IMP-TPL-007", BS, "C120")]),
    "B06 in a heading row": (setting(BS, "C5", 5), [("IMP-TPL-007", BS, "C5")]),
    "B06 on the cover": (setting(COVER, "C30", "备忘"), [("IMP-TPL-007", COVER, "C30")]),
    "B07 hidden rows": (hide_rows, [("IMP-TPL-008", BS, "A6")]),
    "B07 hidden column": (hide_column, [("IMP-TPL-008", BS, "D4")]),
    "B07 very hidden sheet": (very_hidden, [("IMP-TPL-009", CF, None)]),
    "B08 merged": (merge, [("IMP-TPL-010", BS, "D10")]),
    "B11 filter": (filter_rows, [("IMP-TPL-018", BS, None)]),
    "B12 swapped columns": (swap_headings, [("IMP-TPL-017", IS, "C4")]),
    "B12 doubled heading": (
        duplicate_heading,
        [("IMP-TPL-020", IS, "D4"), ("IMP-TPL-026", IS, "D4")],
    ),
    "B13 sheet twice": (copy_sheet, [("IMP-TPL-012", "利润表 (2)", None)]),
    "B17 line number": (setting(BS, "B6", 99), [("IMP-TPL-017", BS, "B6")]),
    "B17 title": (setting(BS, "A1", "资产表"), [("IMP-TPL-017", BS, "A1")]),
    "line twice": (duplicate_line, [("IMP-TPL-013", IS, "A40")]),
    "no heading": (setting(IS, "A4", "指标"), [("IMP-TPL-022", IS, None)]),
    "missing sheet": (lambda book: book.remove(book[CF]), [("IMP-TPL-005", None, None)]),
    "no cover": (lambda book: book.remove(book[COVER]), [("IMP-TPL-001", None, None)]),
    "B01 version": (setting(COVER, "C10", "2025.1"), [("IMP-TPL-003", COVER, "C10")]),
    "B14 another form": (setting(COVER, "C9", "financial-final"), [("IMP-TPL-002", COVER, "C9")]),
    "B15 another enterprise": (
        setting(COVER, "C5", "91310000MA1FL0BB2K"),
        [("IMP-TPL-014", COVER, "C5")],
    ),
    "another name": (setting(COVER, "C4", "云泽市水务集团"), [("IMP-TPL-021", COVER, "C4")]),
    "B16 a month typed as a day": (setting(COVER, "C6", dt.date(2026, 1, 1)), [("IMP-DAT-005", COVER, "C6")]),
    "B16 another period": (setting(COVER, "C6", "2026-02"), [("IMP-TPL-015", COVER, "C6")]),
    "D15 no such period": (setting(COVER, "C6", "2026-13"), [("IMP-DAT-009", COVER, "C6")]),
    "another scope": (setting(COVER, "C7", "母公司"), [("IMP-TPL-016", COVER, "C7")]),
    "no code on the cover": (setting(COVER, "C5", None), [("IMP-TPL-025", COVER, None)]),
    "C17 unit on the sheet": (setting(BS, "D3", "单位：元"), [("IMP-NUM-017", BS, "D3")]),
    "no unit on the sheet": (setting(BS, "D3", None), [("IMP-TPL-027", BS, None)]),
    "C17 unit on the cover": (setting(COVER, "C8", "元"), [("IMP-NUM-017", COVER, "C8")]),
    "C33 code as a number": (
        setting(COVER, "C5", 913100001322012345),
        [("IMP-NUM-032", COVER, "C5")],
    ),
    "free fields of the cover": (setting(COVER, "C12", "张三"), []),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), FAULTS.values(), ids=FAULTS)
def test_one_fault_gives_exactly_its_findings(
    change: Callable[[Workbook], None], expected: list[tuple[str, str | None, str | None]]
) -> None:
    findings, _ = upload(edited(change))

    assert told(findings) == expected


@pytest.mark.parametrize("name", ["B07 hidden rows", "B07 hidden column", "B11 filter",
                                  "B12 swapped columns", "B07 very hidden sheet", "B04 alias"])  # fmt: skip
def test_what_is_read_all_the_same_is_read_completely(name: str) -> None:
    _, figures = upload(edited(FAULTS[name][0]))

    assert workbooks.as_mapping(figures) == workbooks.figures()


def test_values_never_move_with_an_inserted_column() -> None:
    """B02: nothing of the sheet is read by position."""
    _, figures = upload(edited(insert_column))

    assert not [figure for figure in figures if figure.sheet == IS]


def test_merged_cells_give_no_figures() -> None:
    _, figures = upload(edited(merge))

    read = workbooks.as_mapping(figures)
    missing = workbooks.figures().keys() - read.keys()
    assert missing == {("BS05", "o"), ("BS04", "o")} or len(missing) == 2
    assert all(workbooks.figures()[key] == amount for key, amount in read.items())


@pytest.mark.parametrize("dimension", [b"A1", b"A1:XFD1048576"], ids=["B09", "B10"])
def test_a_lying_dimension_is_not_believed(dimension: bytes) -> None:
    import re

    content = workbooks.filled()
    for number in range(1, 6):
        content = with_part(
            f"xl/worksheets/sheet{number}.xml",
            lambda xml: re.sub(
                rb'<dimension ref="[^"]*"/>', b'<dimension ref="%b"/>' % dimension, xml
            ),
            content,
        )

    findings, figures = upload(content)

    assert not findings
    assert workbooks.as_mapping(figures) == workbooks.figures()


def test_template_of_another_enterprise_says_nothing_about_it() -> None:
    """B15: only what the reporter wrote is repeated."""
    findings, _ = upload(edited(setting(COVER, "C5", "91310000MA1FL0BB2K")))

    sentence = findings[0].sentence("zh")
    assert "91310000MA1FL0BB2K" in sentence
    assert "存在" not in sentence


def test_both_periods_are_named() -> None:
    findings, _ = upload(edited(setting(COVER, "C6", "2026年2月")))

    assert findings[0].sentence("zh") == (
        "[IMP-TPL-015] 文件《2026年1月财务快报.xlsx》 工作表「封面」 单元格 C6（第6行「报告期」）："
        "文件的报告期是 2026-02，所选期间是 2026-01。读到：“2026年2月”。应为：2026-01。"
        "处理办法：选择正确的期间或上传正确的文件。"
    )


def test_unknown_label_names_the_nearest() -> None:
    findings, _ = upload(edited(setting(IS, "A6", "营业收人")))

    assert findings[0].severity is Severity.BLOCK
    assert "最接近的是「其中：营业收入」" in findings[0].sentence("zh")


def test_period_that_has_not_begun_is_refused_on_the_day_of_upload() -> None:
    """D16."""
    opened = excel.open_workbook(workbooks.filled(), workbooks.FILE)
    assert opened.workbook is not None

    early = dataclasses.replace(workbooks.EXPECTED, as_of=dt.date(2025, 12, 31))
    reading = sheets.interpret(
        workbooks.flash(), workbooks.dictionary(), opened.workbook, expected=early
    )

    assert told(list(reading.findings)) == [("IMP-DAT-010", COVER, "C6")]


def test_final_accounts_round_trip() -> None:
    form = workbooks.final()
    content = excel.write_template(
        form, workbooks.ADDRESSEE, period=Period.annual(2025), scope=Scope.PARENT,
        figures={("BS40", "e"): 123, ("SP01", "e"): 1_200},
    )  # fmt: skip

    opened = excel.open_workbook(content, "a.xlsx")
    assert opened.workbook is not None
    reading = sheets.interpret(form, workbooks.dictionary(), opened.workbook)

    assert {(f.item, f.moment): f.amount for f in reading.figures} == {
        ("BS40", "e"): 123,
        ("SP01", "e"): 1_200,
    }
    assert reading.period == Period.annual(2025)
    assert reading.scope is Scope.PARENT
    assert {finding.code for finding in reading.findings} == {"IMP-NUM-019"}


def test_findings_beyond_thirty_strange_cells_are_counted() -> None:
    def flood(book: Workbook) -> None:
        for row in range(120, 220):
            book[BS].cell(row, 9).value = row

    findings, _ = upload(edited(flood))

    assert {finding.code for finding in findings} == {"IMP-TPL-007"}
    assert len(findings) == 31
    assert findings[-1].got is not None
    assert "（70）" in findings[-1].got


def test_prefilled_figures_with_more_decimals_are_rounded_aloud_and_read_again() -> None:
    content = excel.write_template(
        workbooks.flash(), workbooks.ADDRESSEE, period=workbooks.PERIOD,
        scope=Scope.CONSOLIDATED, figures={("BS40", "e"): 123_456, ("BS40", "o"): 10_000},
    )  # fmt: skip

    findings, figures = upload(content)

    assert workbooks.as_mapping(figures) == {("BS40", "e"): 120_000, ("BS40", "o"): 10_000}
    assert {finding.code for finding in findings} == {"IMP-NUM-019"}
    opened = excel.open_workbook(content, "a.xlsx")
    assert opened.workbook is not None
    cover = opened.workbook.sheets[0]
    assert sheets.ROUNDED in [cell.raw for cell in cover.cells.values()]
