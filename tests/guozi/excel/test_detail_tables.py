"""Ledgers read by columns: the same grammar as cell by cell, and nothing lost for speed."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.guozi.excel.workbooks import told, with_part

from guozi import excel
from guozi_core import sheets
from guozi_core.sheets import Cell, CellKind, ColumnKind, ColumnSpec, TableSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

SPEC = TableSpec(
    columns=(
        ColumnSpec(key="contract", title="合同编号", kind=ColumnKind.CODE, required=True),
        ColumnSpec(key="begin", title="起始日", kind=ColumnKind.DAY),
        ColumnSpec(key="end", title="到期日", kind=ColumnKind.DAY, not_before="begin"),
        ColumnSpec(key="amount", title="余额", kind=ColumnKind.AMOUNT, required=True),
        ColumnSpec(key="terms", title="期数", kind=ColumnKind.COUNT),
    )
)
HEAD = ["合同编号", "起始日", "到期日", "余额（万元）", "期数"]
DAY, LATER = dt.date(2026, 1, 31), dt.date(2027, 1, 31)
#: A spreadsheet knows no time zones.
EVENING = dt.datetime(2026, 1, 31, 23, 59, 59, 999000)  # noqa: DTZ001
ROW: list[object] = ["HT-1", DAY, LATER, 1234.5, 4]


def ledger(*rows: Sequence[object], head: Sequence[object] = HEAD) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "债务"
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def load(content: bytes, spec: TableSpec = SPEC) -> sheets.ReadTable:
    loaded = excel.read_columns(content, spec, name="债务.xlsx")
    assert loaded.table is not None, loaded.findings
    return loaded.table


def changed(column: int, value: object) -> bytes:
    row = list(ROW)
    row[column] = value
    return ledger(ROW, row)


def test_plain_rows_are_read_exactly() -> None:
    table = load(ledger(ROW, ["HT-2", None, None, 0.1, None]))

    assert not table.findings
    assert table.texts["contract"] == ["HT-1", "HT-2"]
    assert table.days["end"] == [LATER, None]
    assert table.amounts["amount"].tolist() == [1_234_500_000, 100_000]
    assert table.filled["terms"].tolist() == [True, False]
    assert table.first_row == 2


ODD = {
    "text number": (changed(3, "1,234.50"), [("IMP-NUM-002", "D3")], 1_234_500_000),
    "unit": (changed(3, "5万元"), [("IMP-NUM-007", "D3")], None),
    "three decimals": (changed(3, 12.345), [("IMP-NUM-013", "D3")], None),
    "boolean": (changed(3, True), [("IMP-NUM-022", "D3")], None),
    "day": (changed(3, DAY), [("IMP-NUM-023", "D3")], None),
    "error": (changed(3, "#REF!"), [("IMP-NUM-020", "D3")], None),
    "uncomputed": (changed(3, "=1+1"), [("IMP-NUM-021", "D3")], None),
    "negative": (changed(3, -5), [("IMP-NUM-027", "D3")], -5_000_000),
    "missing": (changed(3, None), [("IMP-NUM-019", "D3")], None),
    "dash": (changed(3, "—"), [("IMP-NUM-019", "D3")], None),
    "too large": (changed(3, 1e14), [("IMP-NUM-016", "D3")], None),
    "zero": (changed(3, 0), [], 0),
    "part of a term": (changed(4, 1.5), [("IMP-NUM-034", "E3")], 1_234_500_000),
    "long code as number": (changed(0, 913100001322012345), [("IMP-NUM-032", "A3")], 1_234_500_000),
    "garbled": (changed(0, "HT\ufffd"), [("IMP-TXT-002", "A3")], 1_234_500_000),
    "blanks": (changed(0, " HT-2 "), [("IMP-TXT-001", "A3")], 1_234_500_000),
    "D01 no such day": (changed(1, "2026-02-30"), [("IMP-DAT-002", "B3")], 1_234_500_000),
    "D04 another spelling": (changed(1, "2026.1.31"), [("IMP-DAT-005", "B3")], 1_234_500_000),
    "D05 two readings": (changed(1, "1/2/2026"), [("IMP-DAT-003", "B3")], 1_234_500_000),
    "D07 last moment": (changed(1, EVENING), [], 1_234_500_000),
    "D08 ends before it begins": (
        changed(2, dt.date(2026, 1, 30)), [("IMP-DAT-007", "C3")], 1_234_500_000,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected", "amount"), ODD.values(), ids=ODD)
def test_one_odd_cell(content: bytes, expected: list[tuple[str, str]], amount: int | None) -> None:
    table = load(content)

    assert told(list(table.findings)) == [(code, "债务", cell) for code, cell in expected]
    assert table.filled["amount"].tolist() == [True, amount is not None]
    assert table.amounts["amount"].tolist() == [1_234_500_000, amount or 0]


def test_day_shown_is_the_day_read() -> None:
    """D03, D07: an hour before midnight is the same day; 1904 shows the same calendar day."""
    evening = load(changed(1, EVENING))
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append(ROW)
    stream = io.BytesIO()
    book.save(stream)

    assert evening.days["begin"][1] == DAY
    assert load(stream.getvalue()).days["begin"] == [DAY]


def test_both_days_are_named() -> None:
    sentence = load(changed(2, dt.date(2026, 1, 30))).findings[0].sentence("zh")

    assert "到期日早于起始日（B3）" in sentence
    assert "2026-01-30 < 2026-01-31" in sentence


def test_row_limit_is_included() -> None:
    """B18."""
    spec = replace(SPEC, most_rows=3)

    within = load(ledger(*[ROW] * 3), spec)
    above = load(ledger(*[ROW] * 4), spec)

    assert (within.rows, within.findings) == (3, ())
    assert above.rows == 0
    assert [finding.code for finding in above.findings] == ["IMP-TPL-023"]
    assert "4 行，上限 3 行" in above.findings[0].sentence("zh")


def test_empty_detail_blocks_unless_it_may_be_empty() -> None:
    """B20."""
    assert [f.code for f in load(ledger()).findings] == ["IMP-TPL-024"]
    assert not load(ledger(), replace(SPEC, may_be_empty=True)).findings


def test_unknown_double_and_missing_columns() -> None:
    head = ["合同编号", "合同编号", "到期日", "备注", "期数"]

    table = load(ledger(["HT-1", "HT-1", LATER, "x", 4], head=head))

    assert set(told(list(table.findings))) == {
        ("IMP-TPL-020", "债务", "B1"),
        ("IMP-TPL-007", "债务", "D1"),
        ("IMP-TPL-026", "债务", None),
    }


@pytest.mark.parametrize(
    ("unit", "fen"), [("元", 1_234_50), ("万元", 1_234_500_000), ("亿元", 12_345_000_000_000)]
)
def test_unit_of_the_heading_counts(unit: str, fen: int) -> None:
    head = ["合同编号", "起始日", "到期日", f"余额({unit})", "期数"]

    assert load(ledger(ROW, head=head)).amounts["amount"].tolist() == [fen]


def test_merged_cells_block() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, ROW, ROW):
        sheet.append(row)
    sheet.merge_cells("D2:D3")
    stream = io.BytesIO()
    book.save(stream)

    assert "IMP-TPL-010" in [finding.code for finding in load(stream.getvalue()).findings]


def test_many_faults_of_one_kind_are_counted() -> None:
    table = load(ledger(*[["HT", DAY, LATER, "5元", 1]] * 50))

    assert [finding.code for finding in table.findings] == ["IMP-NUM-007"] * 21
    assert table.findings[-1].got == "… +30"


def test_a_single_far_cell_is_refused_before_it_is_laid_out() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = with_part(
        "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", far), ledger(ROW)
    )
    odd = with_part(
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", far.replace(b' r="', b'\nr = "')),
        ledger(ROW),
    )

    for hostile in (content, odd):
        loaded = excel.read_columns(hostile, SPEC, name="债务.xlsx")
        assert loaded.table is None
        assert [finding.code for finding in loaded.findings] == ["IMP-FIL-021"]


def test_unknown_sheet_and_unreadable_file() -> None:
    absent = excel.read_columns(ledger(ROW), SPEC, sheet="担保")
    broken = excel.read_columns(b"PK\x03\x04", SPEC)

    assert [finding.code for finding in absent.findings] == ["IMP-TPL-005"]
    assert [finding.code for finding in broken.findings] == ["IMP-FIL-007"]


@given(
    st.lists(
        st.one_of(
            st.integers(-(10**11), 10**11).map(lambda n: n / 100),
            st.floats(-1e12, 1e12, allow_nan=False),
            st.integers(-(10**6), 10**6),
            st.sampled_from(["1,234.5", "５", "(3)", "-", "", "1e5", "5万"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_columns_and_single_cells_agree(values: list[float | int | str | bool]) -> None:
    """The fast way against the slow one, cell by cell, on anything a column may hold."""
    spec = TableSpec(
        columns=(ColumnSpec(key="a", title="余额", kind=ColumnKind.AMOUNT, may_be_negative=True),)
    )
    sheet = sheets.Sheet(name="债务", cells={})

    table = sheets.read_table(spec, [["余额"], *([v] for v in values)], file="a", sheet=sheet)

    for index in range(table.rows):
        value = values[index]
        if isinstance(value, bool):
            cell = Cell(1, 1, CellKind.BOOLEAN, str(value))
        elif isinstance(value, str):
            cell = Cell(1, 1, CellKind.TEXT, value)
        else:
            cell = Cell(1, 1, CellKind.NUMBER, repr(value))
        slow = sheets.read_amount(cell, places=2).value
        assert table.filled["a"][index] == (slow is not None)
        if slow is not None:
            assert Decimal(int(table.amounts["a"][index])) == slow * 1_000_000
