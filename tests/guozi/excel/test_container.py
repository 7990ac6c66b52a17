"""Catalogue 3.A: files that are not what they say, too large, broken or hostile."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from tests.guozi.excel import workbooks
from tests.guozi.excel.workbooks import filled, parts_of, upload, with_part, zipped

from guozi import excel

SHEET1 = "xl/worksheets/sheet2.xml"
ROWS = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 300_001))
ENTITIES = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))


def with_doctype(declaration: bytes) -> bytes:
    return with_part(
        SHEET1, lambda xml: xml.replace(b"?>", b"?><!DOCTYPE worksheet [" + declaration + b"]>", 1)
    )


def bombed_rows() -> bytes:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + ROWS + b"</sheetData></worksheet>"
    )
    return with_part(SHEET1, lambda _: sheet)


def with_macro() -> bytes:
    return zipped([*parts_of(filled()).items(), ("xl/vbaProject.bin", b"\xd0\xcf macro")])


def with_wrong_crc() -> bytes:
    with zipfile.ZipFile(io.BytesIO(filled())) as archive:
        info = archive.getinfo(SHEET1)
    content = bytearray(filled())
    content[info.header_offset + 30 + len(SHEET1) + 40] ^= 0xFF
    return bytes(content)


def with_double_sheet() -> bytes:
    parts = list(parts_of(filled()).items())
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped([*parts, (SHEET1, b"<worksheet/>")])


def encrypted_ole() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")


def many_parts() -> bytes:
    return zipped([*parts_of(filled()).items(), *((f"x/{n}.bin", b"") for n in range(1001))])


def large_zeros() -> bytes:
    return zipped([*parts_of(filled()).items(), ("xl/media/zeros.bin", bytes(210 * 2**20))])


def dense_part() -> bytes:
    return zipped([*parts_of(filled()).items(), ("xl/media/image1.bin", bytes(2 * 2**20))])


REFUSED = {
    "A01 empty": (lambda: b"", ["IMP-FIL-001"]),
    "A02 csv renamed": (lambda: "项目,期末\n资产总计,1\n".encode("gb18030"), ["IMP-FIL-003"]),
    "A03 web page": (lambda: b"<html><body><table><tr><td>1</td></tr></table>", ["IMP-FIL-004"]),
    "A03 web page utf-16": (lambda: "<HTML><table>".encode("utf-16"), ["IMP-FIL-004"]),
    "A04 old format": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        ["IMP-FIL-005"],
    ),
    "A05 encrypted": (encrypted_ole, ["IMP-FIL-006"]),
    "A06 cut off": (lambda: filled()[:-1024], ["IMP-FIL-007"]),
    "A07 wrong checksum": (with_wrong_crc, ["IMP-FIL-008"]),
    "A08 rows": (bombed_rows, ["IMP-FIL-009"]),
    "A09 zeros": (large_zeros, ["IMP-FIL-010"]),
    "A09 ratio": (dense_part, ["IMP-FIL-018"]),
    "A10 parts": (many_parts, ["IMP-FIL-011"]),
    "A11 climbing": (lambda: with_part("../../x", lambda _: b"x"), ["IMP-FIL-012"]),
    "A11 absolute": (lambda: with_part("/etc/x", lambda _: b"x"), ["IMP-FIL-012"]),
    "A11 drive": (lambda: with_part("C:/x", lambda _: b"x"), ["IMP-FIL-012"]),
    "A11 backslash": (lambda: with_part("xl\\..\\..\\x", lambda _: b"x"), ["IMP-FIL-012"]),
    "A12 double": (with_double_sheet, ["IMP-FIL-013"]),
    "A13 external file": (
        lambda: with_doctype(b'<!ENTITY x SYSTEM "file:///etc/hostname">'),
        ["IMP-FIL-014"],
    ),
    "A13 external address": (
        lambda: with_doctype(b'<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
        ["IMP-FIL-014"],
    ),
    "A14 billion laughs": (
        lambda: with_doctype(b'<!ENTITY l0 "lol">' + ENTITIES),
        ["IMP-FIL-014"],
    ),
    "A15 quadratic": (
        lambda: with_doctype(b'<!ENTITY x "' + b"a" * 200_000 + b'">'),
        ["IMP-FIL-014"],
    ),
    "A13 hidden in utf-16": (
        lambda: with_part(SHEET1, lambda xml: xml.decode().encode("utf-16")),
        ["IMP-FIL-014"],
    ),
    "A17 macro": (with_macro, ["IMP-FIL-016"]),
    "A17 old macro sheet": (
        lambda: with_part("xl/macrosheets/sheet1.xml", lambda _: b"<x/>"),
        ["IMP-FIL-016"],
    ),
    "sheet without a part": (
        lambda: with_part(
            "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b'"rId3"', b'"rId99"')
        ),
        ["IMP-FIL-019"],
    ),
    "other archive": (lambda: zipped([("word/document.xml", b"<x/>")]), ["IMP-FIL-017"]),
    "broken xml": (
        lambda: with_part(SHEET1, lambda xml: xml.replace(b"</row>", b"", 1)),
        ["IMP-FIL-019"],
    ),
    "missing sheet": (
        lambda: zipped([(n, c) for n, c in parts_of(filled()).items() if n != SHEET1]),
        ["IMP-FIL-019"],
    ),
    "cell twice": (
        lambda: with_part(
            SHEET1, lambda xml: xml.replace(b"</row>", b'<c r="C6"><v>1</v></c></row>', 6)
        ),
        ["IMP-FIL-020"],
    ),
}


@pytest.mark.parametrize(("build", "codes"), REFUSED.values(), ids=REFUSED)
def test_file_is_refused_before_it_is_read(build: object, codes: list[str]) -> None:
    content = build()  # type: ignore[operator]

    began = time.monotonic()
    opened = excel.open_workbook(content, workbooks.FILE)
    took = time.monotonic() - began

    assert [finding.code for finding in opened.findings] == codes
    assert opened.workbook is None
    assert opened.findings[0].locator.file == workbooks.FILE
    assert took < 2


def test_size_limit_is_included_and_both_numbers_are_told() -> None:
    """A23."""
    size = len(filled())

    exact = excel.open_workbook(filled(), "a.xlsx", limits=excel.Limits(upload_bytes=size))
    above = excel.open_workbook(filled(), "a.xlsx", limits=excel.Limits(upload_bytes=size - 1))

    assert exact.workbook is not None
    assert [finding.code for finding in above.findings] == ["IMP-FIL-002"]
    assert f"{size} 字节，上限 {size - 1} 字节" in above.findings[0].sentence("zh")


def test_row_limit_is_included() -> None:
    rows = max(
        part.count(b"<row ") for name, part in parts_of(filled()).items() if "worksheets" in name
    )

    assert excel.open_workbook(filled(), "a", limits=excel.Limits(rows=rows)).workbook is not None
    assert excel.open_workbook(filled(), "a", limits=excel.Limits(rows=rows - 1)).workbook is None


def test_external_link_needs_a_reason_and_is_not_followed() -> None:
    """A16."""
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    target = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Target="//server/share/b.xlsx" TargetMode="External"/>'
        b"</Relationships>"
    )
    parts = [
        *parts_of(filled()).items(),
        ("xl/externalLinks/externalLink1.xml", link),
        ("xl/externalLinks/_rels/externalLink1.xml.rels", target),
    ]

    findings, figures = upload(zipped(parts))

    assert [finding.code for finding in findings] == ["IMP-FIL-015"]
    assert findings[0].got == "//server/share/b.xlsx"
    assert workbooks.as_mapping(figures) == workbooks.figures()


def test_correct_report_has_no_findings_and_every_figure() -> None:
    findings, figures = upload(filled())

    assert not findings
    assert workbooks.as_mapping(figures) == workbooks.figures()


def test_reading_twice_gives_the_same() -> None:
    """I7."""
    assert upload(filled()[:-1024]) == upload(filled()[:-1024])
    assert upload(filled()) == upload(filled())
