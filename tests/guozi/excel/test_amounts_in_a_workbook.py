"""Catalogue 3.C in a real workbook: one odd amount, the whole set of findings, exact figures."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.guozi.excel import workbooks
from tests.guozi.excel.workbooks import edited, told, upload, with_part

from guozi import excel
from guozi_core import sheets
from guozi_core.sheets import Cell, CellKind

if TYPE_CHECKING:
    from openpyxl import Workbook

BS = "资产负债表"
#: 应收账款 and 资产总计, closing, and the amounts the correct report has there.
CELL, ITEM = "C11", ("BS05", "e")
TOTAL_CELL = "C46"


def with_value(value: object, cell: str = CELL, number_format: str | None = None) -> bytes:
    def change(book: Workbook) -> None:
        book[BS][cell] = value
        if number_format is not None:
            book[BS][cell].number_format = number_format

    return edited(change)


def with_stored(xml: bytes) -> bytes:
    """Put a cell into the sheet's XML as it stands."""

    def change(part: bytes) -> bytes:
        return re.sub(rb'<c r="C11"[^>]*>.*?</c>', xml, part, count=1)

    return with_part("xl/worksheets/sheet2.xml", change)


ODD = {
    "C01 full width": (with_value("１２３４．５０"), ["IMP-NUM-002"], 1234_50),
    "C02 thousands": (with_value("1,234.50"), ["IMP-NUM-002"], 1234_50),
    "C03 grouping": (with_value("1,23,4"), ["IMP-NUM-003"], None),
    "C06 text": (with_value("1234"), ["IMP-NUM-002"], 1234_00),
    "C15 brackets": (with_value("(1,234.50)"), ["IMP-NUM-027", "IMP-NUM-002"], -1234_50),
    "C16 unit": (with_value("5万元"), ["IMP-NUM-007"], None),
    "C21 decimals": (with_value(12.345), ["IMP-NUM-013"], None),
    "C21 noise": (
        with_stored(b'<c r="C11"><v>0.30000000000000004</v></c>'), ["IMP-NUM-014"], 30,
    ),
    "C22 large": (with_value("9223372036854.77"), ["IMP-NUM-002"], 922337203685477),
    "C25 too large": (with_value(92233720368547.77), ["IMP-NUM-016"], None),
    "C26 uncomputed": (with_value("=C6+C7"), ["IMP-NUM-021"], None),
    "C27 error": (with_stored(b'<c r="C11" t="e"><v>#REF!</v></c>'), ["IMP-NUM-020"], None),
    "C27 error of a formula": (
        with_stored(b'<c r="C11" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), ["IMP-NUM-020"], None,
    ),
    "C28 dash": (with_value("—"), [], None),
    "C28 nothing": (with_value(None), [], None),
    "C28 formula giving nothing": (
        with_stored(b'<c r="C11" t="str"><f>IF(1,"","")</f><v></v></c>'), [], None,
    ),
    "C29 boolean": (with_value(True), ["IMP-NUM-022"], None),
    "C30 date": (with_value(dt.date(2023, 3, 15)), ["IMP-NUM-023"], None),
    "C30 formatted as date": (
        with_value(45000, number_format='yyyy"年"m"月"d"日"'), ["IMP-NUM-023"], None,
    ),
    "C31 negative": (with_value(-5), ["IMP-NUM-027"], -5_00),
    "percent format": (with_value(0.05, number_format="0.00%"), ["IMP-NUM-024"], None),
    "scaled format": (with_value(50000, number_format='0!.0,"万"'), ["IMP-NUM-025"], 50000_00),
    "coloured format": (with_value(5, number_format="[Red]#,##0.00;[Green]-#,##0.00"), [], 5_00),
    "zero": (with_value(0), [], 0),
    "formula with result": (with_stored(b'<c r="C11"><f>1+1</f><v>2</v></c>'), [], 2_00),
    "B19 another workbook": (
        with_stored(b'<c r="C11"><f>[1]Sheet1!$A$1</f><v>2</v></c>'), ["IMP-TPL-019"], 2_00,
    ),
    "rich text": (
        with_stored(b'<c r="C11" t="inlineStr"><is><r><t>1</t></r><r><t>2</t></r></is></c>'),
        ["IMP-NUM-002"], 12_00,
    ),
    "C34 zero-width space": (with_value("1\u200b2"), ["IMP-NUM-028"], None),
}  # fmt: skip


@pytest.mark.parametrize(("content", "codes", "amount"), ODD.values(), ids=ODD)
def test_one_odd_amount(content: bytes, codes: list[str], amount: int | None) -> None:
    """The amounts are written here in 1/100 万元; a figure is in 分."""
    findings, figures = upload(content)

    assert told(findings) == [(code, BS, CELL) for code in codes]
    read = workbooks.as_mapping(figures)
    assert read.pop(ITEM, None) == (None if amount is None else amount * 10_000)
    others = {key: value for key, value in workbooks.figures().items() if key != ITEM}
    assert read == others


def test_message_names_row_column_value_and_what_to_do() -> None:
    findings, _ = upload(with_value("5万元"))

    assert findings[0].sentence("zh") == (
        "[IMP-NUM-007] 文件《2026年1月财务快报.xlsx》 工作表「资产负债表」 单元格 C11"
        "（第11行「应收账款」，列「期末余额」）：金额含有单位文字。读到：“5万元”。应为：纯数字。"
        "处理办法：删除单位文字，只填数字。"
    )
    assert findings[0].to_dict("en")["severity"] == "block"


def test_required_figure_left_out() -> None:
    """C28."""
    for value in (None, "-", "无"):
        findings, figures = upload(with_value(value, TOTAL_CELL))

        assert told(findings) == [("IMP-NUM-019", BS, TOTAL_CELL)]
        assert ("BS40", "e") not in workbooks.as_mapping(figures)


def test_negative_total_blocks() -> None:
    """C31."""
    findings, figures = upload(with_value(-1, TOTAL_CELL))

    assert told(findings) == [("IMP-NUM-026", BS, TOTAL_CELL)]
    assert ("BS40", "e") not in workbooks.as_mapping(figures)


def test_noise_in_many_cells_is_one_note() -> None:
    """C36."""

    def change(part: bytes) -> bytes:
        return re.sub(
            rb'<c r="(C(?:[6-9]|1\d))"([^>]*)><v>.*?</v></c>',
            rb'<c r="\1"\2><v>0.30000000000000004</v></c>',
            part,
        )

    findings, figures = upload(with_part("xl/worksheets/sheet2.xml", change))

    assert [finding.code for finding in findings] == ["IMP-NUM-014"]
    assert "14 个数字" in findings[0].sentence("zh")
    read = workbooks.as_mapping(figures)
    assert sum(read[code, "e"] for code in ("BS01", "BS02", "BS03")) == 3 * 30 * 10_000


def test_all_faults_come_in_one_pass() -> None:
    def change(book: Workbook) -> None:
        book[BS]["C11"] = "5万元"
        book[BS]["D12"] = True
        book["利润表"]["C9"] = "1E5"
        book["封面"]["C6"] = "2026-02"

    findings, _ = upload(edited(change))

    assert set(told(findings)) == {
        ("IMP-NUM-007", BS, "C11"),
        ("IMP-NUM-022", BS, "D12"),
        ("IMP-NUM-005", "利润表", "C9"),
        ("IMP-TPL-015", "封面", "C6"),
    }


@pytest.mark.parametrize(
    ("divisor", "suspected"), [(10_000, True), (Decimal("0.0001"), True), (1, False), (100, False)]
)
def test_whole_table_in_the_wrong_unit(divisor: Decimal, suspected: bool) -> None:
    """C18, both directions."""
    opened = excel.open_workbook(workbooks.filled(), workbooks.FILE)
    assert opened.workbook is not None
    previous = {key: int(amount / divisor) for key, amount in workbooks.figures().items()}

    reading = sheets.interpret(
        workbooks.flash(), workbooks.dictionary(), opened.workbook, previous=previous
    )

    assert [f.code for f in reading.findings] == ["IMP-NUM-018"] * (4 if suspected else 0)
    if suspected:
        assert reading.findings[0].locator.cell == "D3"


VALUES = st.one_of(
    st.integers(-(10**14), 10**14).map(lambda n: (CellKind.NUMBER, str(n))),
    st.decimals(-(10**9), 10**9, places=4).map(lambda n: (CellKind.NUMBER, str(n))),
    st.text(min_size=1, max_size=8).map(lambda t: (CellKind.TEXT, t)),
    st.sampled_from(["1,234", "5万", "-", "12.50", "１２", "项目", "期末余额", "货币资金"]).map(
        lambda t: (CellKind.TEXT, t)
    ),
    st.sampled_from([(CellKind.ERROR, "#REF!"), (CellKind.BOOLEAN, "TRUE")]),
    st.just((CellKind.UNCOMPUTED, "=A1")),
)


@given(sheet=st.integers(0, 4), row=st.integers(1, 110), column=st.integers(1, 9), value=VALUES)
def test_a_random_value_in_a_random_cell_is_never_silently_accepted(
    sheet: int, row: int, column: int, value: tuple[CellKind, str]
) -> None:
    """P10: it is a figure read exactly, or a finding, or it says nothing."""
    opened = excel.open_workbook(workbooks.filled(), workbooks.FILE)
    assert opened.workbook is not None
    before = opened.workbook.sheets[sheet]
    kind, raw = value
    cell = Cell(row, column, kind, raw)
    changed = dataclasses.replace(before, cells={**before.cells, (row, column): cell})
    book = dataclasses.replace(
        opened.workbook,
        sheets=tuple(changed if s is before else s for s in opened.workbook.sheets),
    )

    reading = sheets.interpret(
        workbooks.flash(), workbooks.dictionary(), book, expected=workbooks.EXPECTED
    )

    figure = next(
        (f for f in reading.figures if (f.sheet, f.cell) == (before.name, cell.name)), None
    )
    told_here = [f for f in reading.findings if f.locator.sheet == before.name]
    was = before.cells.get((row, column))
    says_nothing = kind is CellKind.TEXT and (raw.strip() in sheets.DASHES or not raw.strip())
    on_cover_field = sheet == 0 and column == 3 and 12 <= row <= 16
    if figure is not None and not told_here:
        assert kind is CellKind.NUMBER
        unit = Decimal(100) if figure.item in {"SP01", "SP01A"} else Decimal(1_000_000)
        assert Decimal(figure.amount) == Decimal(raw) * unit
    else:
        assert told_here or says_nothing or on_cover_field or (was is not None and was.raw == raw)
    untouched = {(f.item, f.moment): f.amount for f in reading.figures if f.cell != cell.name}
    assert untouched.items() <= workbooks.figures().items() or told_here


def test_annotated_copy_shows_every_finding() -> None:
    content = with_value("=cmd|'/c calc'!A1")
    findings, _ = upload(with_value("5万元"))

    book = load_workbook(io.BytesIO(excel.annotate(content, findings)))

    assert book.sheetnames[0] == "检查结果"
    assert book["检查结果"]["B2"].value == "IMP-NUM-007"
    assert book["检查结果"]["D2"].value == CELL
    comment = book[BS][CELL].comment
    assert comment is not None
    assert "金额含有单位文字" in comment.text
    assert book[BS][CELL].fill.fgColor.rgb.endswith("F8CBAD")


def test_annotation_of_an_unreadable_file_is_the_list_alone() -> None:
    content = workbooks.filled()[:-1024]
    findings, _ = upload(content)

    book = load_workbook(io.BytesIO(excel.annotate(content, findings, language="en")))

    assert book.sheetnames == ["Findings"]
    assert book["Findings"]["G2"].value == "the file is incomplete; upload it again"


def test_list_keeps_numbers_numbers_and_texts_texts() -> None:
    content = excel.write_table(
        [excel.TableColumn(title="企业"), excel.TableColumn(title="资产总计", unit="万元", places=2)],
        [
            ["=1+1", Decimal("12.5")],
            ["+8613800000000", 10**17 + 1],
            ["@x", None],
            ["甲", dt.date(2026, 1, 31)],
        ],
        title="企业[清单]",
        notes=["截至 2026-01-31"],
    )  # fmt: skip

    opened = excel.open_workbook(content, "清单.xlsx")
    assert opened.workbook is not None
    sheet = opened.workbook.sheets[0]

    assert sheet.text(3, 2) == "资产总计（万元）"
    assert sheet.cells[4, 1] == Cell(4, 1, CellKind.TEXT, "=1+1", "@")
    assert sheet.cells[4, 2].kind is CellKind.NUMBER
    assert sheet.text(5, 2) == str(10**17 + 1)
    assert sheet.cells[5, 2].kind is CellKind.TEXT
    assert (6, 2) not in sheet.cells
    assert sheet.cells[7, 2].day == dt.date(2026, 1, 31)
    assert not any(cell.formula for cell in sheet.cells.values())
