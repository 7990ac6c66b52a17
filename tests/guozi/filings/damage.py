"""Ways to damage a workbook: by a spreadsheet's own means, in the XML of a part, or as an archive."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from tests.guozi.filings.desk import correct_report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    Change = Callable[[Workbook], object]

BS, IS, CF, SP, COVER = "资产负债表", "利润表", "现金流量表", "补充资料", "封面"
#: The parts of the balance sheet and of the cover.
BS_PART, COVER_PART = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet1.xml"


def damaged(*changes: Change, content: bytes | None = None) -> bytes:
    """Return a report after changes made as a person makes them, saved by another program."""
    book = load_workbook(io.BytesIO(correct_report() if content is None else content))
    for change in changes:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(sheet: str, cell: str, value: object, number_format: str | None = None) -> Change:
    """Write a value into a cell."""

    def change(book: Workbook) -> None:
        book[sheet][cell] = value
        if number_format is not None:
            book[sheet][cell].number_format = number_format

    return change


def on(sheet: str, change: Callable[[Worksheet], object]) -> Change:
    """Change a sheet."""
    return lambda book: change(book[sheet])


def add_sheet(title: str, value: object, *, hidden: bool = False) -> Change:
    def change(book: Workbook) -> None:
        book.create_sheet(title)["B2"] = value
        if hidden:
            book[title].sheet_state = "veryHidden"

    return change


def copy_sheet(sheet: str, title: str) -> Change:
    def change(book: Workbook) -> None:
        book.copy_worksheet(book[sheet]).title = title

    return change


def hide_rows(*rows: int) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True

    return change


def hide_column(letter: str) -> Callable[[Worksheet], None]:
    return lambda sheet: setattr(sheet.column_dimensions[letter], "hidden", True)


def swap_amounts(sheet: Worksheet) -> None:
    for row in range(4, sheet.max_row + 1):
        left, right = sheet.cell(row, 3), sheet.cell(row, 4)
        left.value, right.value = right.value, left.value


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Sequence[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def with_parts(*more: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return the report with further parts in its archive."""
    return zipped([*parts_of(correct_report()).items(), *more])


def in_part(
    change: Callable[[bytes], bytes], name: str = BS_PART, content: bytes | None = None
) -> bytes:
    """Return the report with the bytes of a part changed; a change that changes nothing is an error."""
    parts = parts_of(correct_report() if content is None else content)
    before = parts[name]
    parts[name] = change(before)
    assert parts[name] != before
    return zipped(list(parts.items()))


def stored(cell: str, xml: bytes, name: str = BS_PART, content: bytes | None = None) -> bytes:
    """Return the report with a cell as it stands in the file."""
    pattern = rb'<c r="%b"([^>]*?)(?:/>|>.*?</c>)' % cell.encode()
    return in_part(lambda part: re.sub(pattern, xml, part, count=1), name, content)


def link() -> zipfile.ZipInfo:
    """Return a part that is a link of the file system."""
    info = zipfile.ZipInfo("xl/media/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def cut_checksum(content: bytes, name: str = BS_PART) -> bytes:
    """Return an archive in which one byte of a part was flipped."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo(name).header_offset + 30 + len(name)
    flipped = bytearray(content)
    flipped[start + 40] ^= 0xFF
    return bytes(flipped)


def padded(size: int) -> bytes:
    """Return the report with a picture that makes the file exactly ``size`` bytes long."""
    content = _with_picture(size - len(_with_picture(0)))
    assert len(content) == size
    return content


def _with_picture(length: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_of(correct_report()).items():
            archive.writestr(name, content)
        archive.writestr("xl/media/image1.bin", b"\x01" * length, zipfile.ZIP_STORED)
    return stream.getvalue()


#: A balance sheet as an accounting program prints it, 万元.
PRINTED: list[list[object]] = [
    ["资产负债表"],
    ["编制单位：云泽甲集团有限公司", None, "2026年1月31日"],
    ["单位：万元"],
    ["项目", "期末余额", "年初余额"],
    ["货币资金", 3000, 2600],
    ["应收账款", 1500, 1400],
    ["存货", 1500, 1500],
    ["流动资产合计", 6000, 5500],
    ["固定资产", 4000, 4000],
    ["非流动资产合计", 4000, 4000],
    ["资产总计", 10000, 9500],
    ["短期借款", 2000, 2000],
    ["应付账款", 1000, 800],
    ["流动负债合计", 3000, 2800],
    ["长期借款", 2000, 2000],
    ["非流动负债合计", 2000, 2000],
    ["负债合计", 5000, 4800],
    ["实收资本", 4000, 4000],
    ["未分配利润", 1000, 700],
    ["归属于母公司所有者权益合计", 5000, 4700],
    ["所有者权益合计", 5000, 4700],
    ["负债和所有者权益总计", 10000, 9500],
]


def printed(*changes: Change, rows: Sequence[Sequence[object]] = PRINTED) -> bytes:
    """Return a printed balance sheet after changes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = BS
    for row in rows:
        sheet.append(list(row))
    for change in changes:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
