"""Bad files and bad numbers, each by its identifier: what is handed in, and everything that is told.

Every file goes the way of a reporter: uploaded on the page of a draft that already holds a figure. ``Desk.hand_in``
holds for each of them that the page answers, that the file is kept byte for byte with its hash, that the log has an
entry, and that nothing was saved where something blocks. A case adds the whole list of findings with code, sheet and
cell, in the order they are told, and what the draft holds afterwards.

docs/methods/bad-input.md says where every identifier is tested, or why it does not apply.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from tests.guozi.factories import CODES
from tests.guozi.filings import damage
from tests.guozi.filings.damage import (
    BS,
    BS_PART,
    CF,
    COVER,
    COVER_PART,
    IS,
    add_sheet,
    copy_sheet,
    damaged,
    hide_column,
    hide_rows,
    in_part,
    on,
    printed,
    put,
    stored,
    swap_amounts,
    with_parts,
    zipped,
)
from tests.guozi.filings.desk import FILE, NAME, Desk, Figures, Told, correct_report
from tests.guozi.filings.statements import CENTS

from guozi import excel
from guozi.rulebooks import parsed
from guozi_core.statements import Scope
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

#: 应收账款 closing in the report, the line most cases spoil: 1 500 万元.
CELL, ITEM = "C11", ("BS05", "e")
TOTAL = "C46"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


@dataclass(frozen=True, kw_only=True)
class Case:
    """A file and all that is told of it; ``figures`` replace those of the correct report."""

    build: Callable[[], bytes]
    told: list[Told]
    figures: Figures = field(default_factory=dict)
    name: str = FILE
    free_form: bool = False


def file_fault(code: str, build: Callable[[], bytes], name: str = FILE) -> Case:
    """Return a case of a file that is not even opened."""
    return Case(build=build, told=[(code, None, None)], name=name)


def cell_fault(
    code: str, value: object, cell: str = CELL, number_format: str | None = None
) -> Case:
    """Return a case of one value in the balance sheet that is told by one code."""
    return Case(build=lambda: damaged(put(BS, cell, value, number_format)), told=[(code, BS, cell)])


def cover(cell: str, value: object, *codes: str, number_format: str | None = None) -> Case:
    return Case(
        build=lambda: damaged(put(COVER, cell, value, number_format)),
        told=[(code, COVER, cell) for code in codes],
    )


def with_doctype(declaration: bytes) -> bytes:
    return in_part(
        lambda xml: xml.replace(b"?>", b"?><!DOCTYPE worksheet [" + declaration + b"]>", 1)
    )


def many_rows() -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 10**6))
    return in_part(
        lambda xml: xml[: xml.index(b"<sheetData>")] + b"<sheetData>" + rows + b"</sheetData></worksheet>"
    )  # fmt: skip


def external_link() -> bytes:
    target = b'<Relationship Id="rId1" Target="//127.0.0.1/share/b.xlsx" TargetMode="External"/>'
    return with_parts(
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
        ("xl/externalLinks/_rels/externalLink1.xml.rels", RELATIONS + target + b"</Relationships>"),
    )


def entities() -> bytes:
    return b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(10)
    )


def every_dimension(reference: bytes) -> bytes:
    content = correct_report()
    for number in range(1, 6):
        content = in_part(
            lambda xml: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="%b"/>' % reference, xml),
            f"xl/worksheets/sheet{number}.xml",
            content,
        )  # fmt: skip
    return content


def noisy() -> bytes:
    """Return the report whose every closing balance is a binary fraction away from its amount."""
    return in_part(
        lambda xml: re.sub(
            rb'(<c r="C\d+"(?: s="\d+")?>)<v>([\dE.+]+)</v>',
            lambda cell: cell[1] + b"<v>%d.0000000004</v>" % float(cell[2]),
            xml,
        )
    )


CONTAINERS = {
    "A01 nothing in it": file_fault("IMP-FIL-001", lambda: b""),
    "A02 text with another ending": file_fault(
        "IMP-FIL-003", lambda: "项目,期末余额\n资产总计,1\n".encode("gb18030")
    ),
    "A03 web page of an office program": file_fault(
        "IMP-FIL-004", lambda: b"<html><body><table><tr><td>1</td></tr></table>", "快报.xls"
    ),
    "A04 Excel 97": file_fault(
        "IMP-FIL-005", lambda: OLE + bytes(600) + "Workbook".encode("utf-16-le"), "快报.xls"
    ),
    "A05 password": file_fault(
        "IMP-FIL-006", lambda: OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    ),
    "A06 cut off": file_fault("IMP-FIL-007", lambda: correct_report()[:-1024]),
    "A07 checksum": file_fault("IMP-FIL-008", lambda: damage.cut_checksum(correct_report())),
    "A08 a million rows": file_fault("IMP-FIL-009", many_rows),
    "A09 zeros": file_fault(
        "IMP-FIL-010", lambda: with_parts(("xl/media/zeros.bin", bytes(210 * 2**20)))
    ),
    "A10 parts": file_fault(
        "IMP-FIL-011", lambda: with_parts(*((f"x/{n}.bin", b"") for n in range(20_000)))
    ),
    "A11 climbing name": file_fault("IMP-FIL-012", lambda: with_parts(("../../x", b"x"))),
    "A11 absolute name": file_fault("IMP-FIL-012", lambda: with_parts(("/etc/x", b"x"))),
    "A11 link": file_fault("IMP-FIL-012", lambda: with_parts((damage.link(), b"/etc/hostname"))),
    "A12 one name twice": file_fault(
        "IMP-FIL-013", lambda: with_parts((BS_PART.replace("sheet2", "SHEET2"), b"<worksheet/>"))
    ),
    "A13 entity of a file": file_fault(
        "IMP-FIL-014", lambda: with_doctype(b'<!ENTITY x SYSTEM "file:///etc/hostname">')
    ),
    "A14 billion laughs": file_fault("IMP-FIL-014", lambda: with_doctype(entities())),
    "A15 long entity": file_fault(
        "IMP-FIL-014", lambda: with_doctype(b'<!ENTITY x "' + b"a" * 200_000 + b'">')
    ),
    "A16 external link": Case(build=external_link, told=[("IMP-FIL-015", None, None)]),
    "A17 macro": file_fault(
        "IMP-FIL-016", lambda: with_parts(("xl/vbaProject.bin", OLE)), "快报.xlsm"
    ),
    "A18 text document": file_fault(
        "IMP-FIL-017",
        lambda: zipped([("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]),
        "附注.docx",
    ),
    "A19 PDF with a script": file_fault(
        "IMP-FIL-003", lambda: b"%PDF-1.7\n<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", "a.pdf"
    ),
    "A20 drawing with a script": file_fault(
        "IMP-FIL-003", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.svg"
    ),
    "A20 web page": file_fault("IMP-FIL-004", lambda: b"<!DOCTYPE html><script>1</script>", "a.html"),
    "A21 picture of 50,000 by 50,000": file_fault(
        "IMP-FIL-003",
        lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (50_000).to_bytes(4, "big") * 2 + bytes(500),
        "a.png",
    ),
    "A25 test string of virus scanners": file_fault(
        "IMP-FIL-003",
        lambda: rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ),
}  # fmt: skip

STRUCTURE = {
    "B01 last year's template": cover("C10", "2025.1", "IMP-TPL-003"),
    "B02 inserted column": Case(
        build=lambda: damaged(on(IS, lambda sheet: sheet.insert_cols(3))),
        told=[("IMP-TPL-004", IS, "C4")],
    ),
    "B03 deleted row": Case(
        build=lambda: damaged(on(IS, lambda sheet: sheet.delete_rows(8))),
        told=[("IMP-TPL-011", IS, "A8")],
    ),
    "B04 blanks in a name": Case(
        build=lambda: damaged(put(BS, "A11", "应 收 账 款")), told=[("IMP-LBL-001", BS, "A11")]
    ),
    "B04 no such name": Case(
        build=lambda: damaged(put(BS, "A11", "应收账教")),
        told=[("IMP-LBL-002", BS, "A11"), ("IMP-TPL-011", BS, "A11")],
    ),
    "B04 zero-width blank in a name": Case(
        build=lambda: damaged(put(BS, "A11", "应收\u200b账款")), told=[("IMP-LBL-001", BS, "A11")]
    ),
    "B05 unknown sheet": Case(
        build=lambda: damaged(add_sheet("往来明细", 5)), told=[("IMP-TPL-006", "往来明细", "B2")]
    ),
    "B06 outside the table": Case(
        build=lambda: damaged(put(BS, "H40", 5)), told=[("IMP-TPL-007", BS, "H40")]
    ),
    "B07 hidden rows": Case(
        build=lambda: damaged(on(BS, hide_rows(11, 12))), told=[("IMP-TPL-008", BS, "A11")]
    ),
    "B07 hidden column": Case(
        build=lambda: damaged(on(BS, hide_column("D"))), told=[("IMP-TPL-008", BS, "D4")]
    ),
    "B07 hidden sheet": Case(
        build=lambda: damaged(on(CF, lambda sheet: setattr(sheet, "sheet_state", "veryHidden"))),
        told=[("IMP-TPL-009", CF, None)],
    ),
    "B07 hidden sheet nobody knows": Case(
        build=lambda: damaged(add_sheet("账外", 5, hidden=True)),
        told=[("IMP-TPL-006", "账外", "B2"), ("IMP-TPL-009", "账外", None)],
    ),
    "B08 merged amounts": Case(
        build=lambda: damaged(on(BS, lambda sheet: sheet.merge_cells("D10:D11"))),
        told=[("IMP-TPL-010", BS, "D10")],
    ),
    "B09 dimension too small": Case(build=lambda: every_dimension(b"A1"), told=[]),
    "B10 dimension too large": Case(build=lambda: every_dimension(b"A1:XFD1048576"), told=[]),
    "B11 filter": Case(
        build=lambda: damaged(
            on(BS, lambda sheet: setattr(sheet.auto_filter, "ref", "A4:D96")),
            on(BS, hide_rows(*range(10, 40))),
        ),
        told=[("IMP-TPL-018", BS, None)],
    ),
    "B12 swapped columns are read by heading": Case(
        build=lambda: damaged(on(IS, swap_amounts)), told=[("IMP-TPL-017", IS, "C4")]
    ),
    "B13 sheet twice": Case(
        build=lambda: damaged(copy_sheet(IS, "利润表 (2)")),
        told=[("IMP-TPL-012", "利润表 (2)", None)],
    ),
    "B14 printed statement taken for the template": Case(
        build=printed, told=[("IMP-TPL-001", None, None)]
    ),
    "B14 template of another form": Case(
        build=lambda: excel.write_template(
            parsed.form("financial-final"), excel.Addressee(uscc=CODES[0], name=NAME),
            period=Period.annual(2025), scope=Scope.PARENT,
        ),
        told=[("IMP-TPL-002", COVER, "C9")],
    ),
    "B15 template of another enterprise": Case(
        build=lambda: correct_report(addressee=excel.Addressee(uscc=CODES[1], name=NAME)),
        told=[("IMP-TPL-014", COVER, "C5")],
    ),
    "B16 template of another period": Case(
        build=lambda: correct_report(period=Period.parse("2025-12")),
        told=[("IMP-TPL-015", COVER, "C6")],
    ),
    "B16 template for other accounts": Case(
        build=lambda: correct_report(scope=Scope.PARENT), told=[("IMP-TPL-016", COVER, "C7")]
    ),
    "B17 changed title": Case(
        build=lambda: damaged(put(BS, "A1", "资产表")), told=[("IMP-TPL-017", BS, "A1")]
    ),
    "B17 emptied title": Case(
        build=lambda: damaged(put(BS, "A1", None)), told=[("IMP-TPL-017", BS, "A1")]
    ),
    "B17 emptied line number": Case(
        build=lambda: damaged(put(BS, "B11", None)), told=[("IMP-TPL-017", BS, "B11")]
    ),
    "B17 emptied unit of the cover": Case(
        build=lambda: damaged(put(COVER, "C8", None)), told=[("IMP-TPL-017", COVER, None)]
    ),
    "B19 formula into another file": Case(
        build=lambda: stored(CELL, b'<c r="C11"><f>[1]Sheet1!$A$1</f><v>1500</v></c>'),
        told=[("IMP-TPL-019", BS, CELL)],
    ),
    "name of a sheet that no database can hold": Case(
        build=lambda: in_part(
            lambda xml: xml.replace('利润表"'.encode(), '利润_x0000_表"'.encode()), "xl/workbook.xml"
        ),
        told=[("IMP-TPL-005", None, None), ("IMP-TPL-006", "利润_x0000_表", "A1")],
    ),
}  # fmt: skip

#: A text, the code it is told by, and the amount in 万元 that is understood; the same in a file and in the grid.
TYPED: dict[str, tuple[str, str, str | None]] = {
    "C01 full width": ("１５００．００", "IMP-NUM-002", "1500"),
    "C02 thousands": ("1,500.00", "IMP-NUM-002", "1500"),
    "C03 misplaced comma": ("15,00", "IMP-NUM-004", None),
    "C03 misplaced commas": ("1,50,0", "IMP-NUM-003", None),
    "C04 point and comma changed": ("1.500,00", "IMP-NUM-004", None),
    "C05 no-break space": ("1\u00a0500.00", "IMP-NUM-002", "1500"),
    "C06 text": ("1500", "IMP-NUM-002", "1500"),
    "C06 blanks around": (" 1500 ", "IMP-NUM-002", "1500"),
    "C07 underscore": ("1_500", "IMP-NUM-033", None),
    "C08 exponent": ("1E5", "IMP-NUM-005", None),
    "C09 no number": ("NaN", "IMP-NUM-006", None),
    "C09 infinity": ("-inf", "IMP-NUM-006", None),
    "C10 huge exponent": ("1e400", "IMP-NUM-005", None),
    "C10 5,000 nines": ("9" * 5000, "IMP-NUM-012", None),
    "C11 digits of another script": ("٣", "IMP-NUM-008", None),
    "C12 circled": ("①", "IMP-NUM-009", None),
    "C12 raised": ("5²", "IMP-NUM-009", None),
    "C13 capital words": ("壹仟", "IMP-NUM-010", None),
    "C13 words": ("三百", "IMP-NUM-010", None),
    "C14 en dash": ("–5", "IMP-NUM-011", None),
    "C16 yuan": ("5元", "IMP-NUM-007", None),
    "C16 ten thousand yuan": ("5万元", "IMP-NUM-007", None),
    "C16 currency sign": ("￥5", "IMP-NUM-007", None),
    "C20 percent sign": ("5%", "IMP-NUM-015", None),
    "C35 growth as percent": ("850%", "IMP-NUM-015", None),
    "C21 third decimal": ("12.345", "IMP-NUM-013", None),
    "C29 truth value": ("TRUE", "IMP-NUM-001", None),
    "C34 zero-width space": ("1\u200b2", "IMP-NUM-028", None),
}
#: What reads as a negative amount: told with the sign, and again by the cross-check on this line.
NEGATIVE = {
    "C14 full-width minus": "－1500",
    "C14 minus sign": "−1500",
    "C15 brackets": "(1,500.00)",
    "C15 full-width brackets": "（1,500.00）",
}

AMOUNTS = {
    "C17 unit on the sheet": Case(
        build=lambda: damaged(put(BS, "D3", "单位：元")), told=[("IMP-NUM-017", BS, "D3")]
    ),
    "C17 unit on the cover": cover("C8", "元", "IMP-NUM-017"),
    "C17 no unit on the sheet": Case(
        build=lambda: damaged(put(BS, "D3", None)), told=[("IMP-TPL-027", BS, None)]
    ),
    "C19 one line 10,000 times": Case(
        build=lambda: damaged(put(BS, CELL, 15_000_000)), told=[("X05", BS, "C23")]
    ),
    "C20 percent format": cell_fault("IMP-NUM-024", 0.05, number_format="0.00%"),
    "C21 third decimal": cell_fault("IMP-NUM-013", 12.345),
    "C25 beyond 2^63": cell_fault("IMP-NUM-016", 9_223_372_036_854.78),
    "C10 1e308": Case(
        build=lambda: stored(CELL, b'<c r="C11"><v>1e308</v></c>'), told=[("IMP-NUM-016", BS, CELL)]
    ),
    "C26 uncomputed": cell_fault("IMP-NUM-021", "=C6-C18"),
    "C27 lost reference": Case(
        build=lambda: stored(CELL, b'<c r="C11" t="e"><v>#REF!</v></c>'),
        told=[("IMP-NUM-020", BS, CELL)],
    ),
    "C27 division": Case(
        build=lambda: stored(CELL, b'<c r="C11" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        told=[("IMP-NUM-020", BS, CELL)],
    ),
    "C27 not available": Case(
        build=lambda: stored(CELL, b'<c r="C11" t="e"><v>#N/A</v></c>'),
        told=[("IMP-NUM-020", BS, CELL)],
    ),
    **{
        f"C28 required line {value!r}": cell_fault("IMP-NUM-019", value, TOTAL)
        for value in (None, "-", "—", "/", "无")
    },
    **{
        f"C28 other line {value!r}": Case(build=lambda value=value: damaged(put(BS, "C12", value)), told=[])
        for value in ("-", "—", "/", "无")
    },
    "C29 truth value": cell_fault("IMP-NUM-022", True),
    "C30 day": cell_fault("IMP-NUM-023", 45000, number_format="yyyy-mm-dd"),
    "C31 total below zero": cell_fault("IMP-NUM-026", -10_000, TOTAL),
    "C31 cost below zero": Case(
        build=lambda: damaged(put(IS, "C14", -3000)),
        told=[("IMP-NUM-027", IS, "C14"), ("X13", IS, "C9"), ("X61", IS, "C14")],
    ),
    "C33 code as a number": cover("C5", 913100001322012345, "IMP-NUM-032"),
    "C36 noise": Case(build=noisy, told=[("IMP-NUM-014", BS, "C6")]),
    "minus zero": Case(
        build=lambda: stored("C12", b'<c r="C12"><v>-0</v></c>'), told=[], figures={("BS05P", "e"): 0}
    ),
    "text that no database can hold": Case(
        build=lambda: stored(CELL, b'<c r="C11" t="inlineStr"><is><t>1_x0000_5_xD800_</t></is></c>'),
        told=[("IMP-NUM-001", BS, CELL)],
    ),
}  # fmt: skip

#: Lines of our own form that printed statements do not have.
NOT_PRINTED = {"SP01"}

#: The one day or period of the present forms is 报告期 on the cover.
PERIODS = {
    "D01 no such day": cover("C6", "2026-02-29", "IMP-DAT-009"),
    "D02 day 60": cover("C6", 60, "IMP-DAT-009", number_format="yyyy-mm-dd"),
    "D03 counted from 1904": Case(
        build=lambda: in_part(
            lambda xml: xml.replace(b"<workbookPr", b'<workbookPr date1904="1"'),
            "xl/workbook.xml",
            damaged(put(COVER, "C6", 46023 - 1462, "yyyy-mm-dd")),
        ),
        told=[("IMP-DAT-005", COVER, "C6")],
    ),
    "D03 the same number counted from 1900": cover(
        "C6", 46023 - 1462, "IMP-TPL-015", "IMP-DAT-005", number_format="yyyy-mm-dd"
    ),
    "D04 in words": cover("C6", "2026年1月", "IMP-DAT-005"),
    "D04 last day": cover("C6", "2026-01-31", "IMP-DAT-005"),
    "D05 two readings": cover("C6", "1/2/2026", "IMP-DAT-009"),
    "D06 year of two digits": cover("C6", "26-01", "IMP-DAT-009"),
    "D07 last moment of the month": cover(
        "C6", 46053.999999988, "IMP-DAT-005", number_format="yyyy-mm-dd"
    ),
    "D10 far past": cover("C6", "0001-01-01", "IMP-DAT-009"),
    "D10 far future": cover("C6", "9999-12-31", "IMP-DAT-009"),
    "D15 month 13": cover("C6", "2026-13", "IMP-DAT-009"),
    "D15 month 0": cover("C6", "2026-00", "IMP-DAT-009"),
    "D16 not begun": cover("C6", "2099-01", "IMP-DAT-010"),
}


def free(
    *told: Told, change: damage.Change | None = None, build: Callable[[], bytes] | None = None
) -> Case:
    """Return a case of a printed balance sheet."""
    made = build or (lambda: printed(*([change] if change else [])))
    return Case(build=made, told=list(told), free_form=True)


def printed_cell(xml: bytes) -> Callable[[], bytes]:
    """Return the printed balance sheet with 应收账款 as it stands in the file."""
    return lambda: stored("B6", xml, COVER_PART, printed())


FREE_FORM = {
    "correct": free(),
    "B05 unknown sheet": free(("IMP-TPL-006", "往来", "B2"), change=add_sheet("往来", 5)),
    "B06 outside the table": free(("IMP-TPL-007", BS, "E30"), change=put(BS, "E30", 5)),
    "B07 hidden row": free(("IMP-TPL-008", BS, "A6"), change=on(BS, hide_rows(6))),
    "B07 hidden column": free(("IMP-TPL-008", BS, "C4"), change=on(BS, hide_column("C"))),
    "B08 merged amounts": free(
        ("IMP-TPL-010", BS, "B6"), change=on(BS, lambda sheet: sheet.merge_cells("B6:B7"))
    ),
    "B08 merged title": free(change=on(BS, lambda sheet: sheet.merge_cells("A1:C1"))),
    "B11 filter": free(
        ("IMP-TPL-018", BS, None),
        change=on(BS, lambda sheet: setattr(sheet.auto_filter, "ref", "A4:C22")),
    ),
    "B12 columns swapped": free(
        build=lambda: printed(
            rows=[[row[0], *row[:0:-1]] if len(row) == 3 and n > 2 else row
                  for n, row in enumerate(damage.PRINTED)]
        )
    ),
    "B13 sheet twice": free(
        ("IMP-TPL-012", "资产负债表 (2)", None), change=copy_sheet(BS, "资产负债表 (2)")
    ),
    "B14 template taken for a printed statement": free(
        ("IMP-TPL-006", COVER, "B2"), ("IMP-LBL-004", "补充资料", "A5"), build=correct_report
    ),
    "B15 another enterprise's code": free(
        ("IMP-TPL-014", BS, "B3"), change=put(BS, "B3", f"统一社会信用代码：{CODES[1]}")
    ),
    "B15 another enterprise's name": free(
        ("IMP-TPL-021", BS, "A2"), change=put(BS, "A2", "编制单位：云泽乙集团有限公司")
    ),
    "B16 another period": free(("IMP-TPL-015", BS, "C2"), change=put(BS, "C2", "2026年2月28日")),
    "B16 no period": free(("IMP-TPL-027", BS, None), change=put(BS, "C2", None)),
    "B16 columns of other periods": free(
        ("IMP-TPL-026", BS, "C4"), ("IMP-TPL-028", BS, "C4"),
        build=lambda: printed(put(BS, "B4", "2025年12月31日"), put(BS, "C4", "2024年12月31日")),
    ),
    "B19 formula into another file": free(
        ("IMP-TPL-019", BS, "B6"),
        build=printed_cell(b'<c r="B6"><f>[1]Sheet1!$A$1</f><v>1500</v></c>'),
    ),
    "C17 no unit": free(("IMP-NUM-035", BS, None), change=put(BS, "A3", None)),
    "C17 two units": free(("IMP-NUM-017", BS, "B3"), change=put(BS, "B3", "单位：元")),
    "C17 another currency": free(("IMP-NUM-017", BS, "A3"), change=put(BS, "A3", "单位：美元")),
    "C17 millions": free(("IMP-NUM-017", BS, "A3"), change=put(BS, "A3", "单位：百万元")),
    "C21 noise": free(
        ("IMP-NUM-014", BS, "B6"), build=printed_cell(b'<c r="B6"><v>1500.0000000004</v></c>')
    ),
    "C26 uncomputed": free(("IMP-NUM-021", BS, "B6"), change=put(BS, "B6", "=B5/2")),
    "C27 lost reference": free(
        ("IMP-NUM-020", BS, "B6"), build=printed_cell(b'<c r="B6" t="e"><v>#REF!</v></c>')
    ),
    "C29 truth value": free(("IMP-NUM-022", BS, "B6"), change=put(BS, "B6", True)),
    "C30 day": free(("IMP-NUM-023", BS, "B6"), change=put(BS, "B6", dt.date(2026, 1, 1))),
    "C31 total below zero": free(
        ("X01", BS, "B11"), ("X04", BS, "B11"), ("X61", BS, "B11"), change=put(BS, "B11", -10_000)
    ),
}  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    return Desk()


def held(case: Case) -> Figures:
    """Return what the draft holds after a file that is taken in."""
    if not case.free_form:
        return CENTS | case.figures
    if case.build is correct_report:
        return {key: fen for key, fen in CENTS.items() if key[0] not in NOT_PRINTED}
    return {key: fen for key, fen in CENTS.items() if key[0].startswith("BS")}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=name if group is not FREE_FORM else f"{name}, printed")
        for group in (CONTAINERS, STRUCTURE, AMOUNTS, PERIODS, FREE_FORM)
        for name, case in group.items()
    ],
)
def test_file(case: Case, desk: Desk) -> None:
    answer = desk.hand_in(case.build(), case.name, free_form=case.free_form)

    assert answer.told == case.told
    if answer.accepted:
        assert desk.figures() == held(case)


@pytest.mark.parametrize(("text", "code", "amount"), TYPED.values(), ids=TYPED)
def test_text_in_a_file(text: str, code: str, amount: str | None, desk: Desk) -> None:
    """The amount understood is the one of the correct report, so that nothing else is told."""
    answer = desk.hand_in(damaged(put(BS, CELL, text)))

    assert answer.told == [(code, BS, CELL)]
    assert answer.accepted == (amount is not None)
    if answer.accepted:
        assert desk.figures() == CENTS


@pytest.mark.parametrize("text", NEGATIVE.values(), ids=NEGATIVE)
def test_negative_text_in_a_file(text: str, desk: Desk) -> None:
    answer = desk.hand_in(damaged(put(BS, CELL, text)))

    assert answer.told == [
        ("IMP-NUM-027", BS, CELL),
        ("IMP-NUM-002", BS, CELL),
        ("X05", BS, "C23"),
        ("X61", BS, CELL),
    ]
