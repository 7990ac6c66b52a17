"""The reporter's own file, with every finding at its cell.

The copy is for reading: cells are coloured, comments carry the whole message, and a first sheet
lists everything. Formulas and styles of the original stay as openpyxl keeps them; macros and
pictures are not copied.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from guozi.excel._container import FORM_LIMITS, open_container
from guozi_core.findings import Severity, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from guozi_core.findings import Finding, Language

_FILLS = {
    Severity.BLOCK: PatternFill("solid", fgColor="F8CBAD"),
    Severity.EXPLAIN: PatternFill("solid", fgColor="FFE699"),
    Severity.NOTE: PatternFill("solid", fgColor="DDEBF7"),
}
_RANK = {Severity.BLOCK: 0, Severity.EXPLAIN: 1, Severity.NOTE: 2}
_HEAD = PatternFill("solid", fgColor="1F4E79")
_SHEET = Wording(zh="检查结果", en="Findings")
_COLUMNS = (
    (Wording(zh="级别", en="Level"), 10),
    (Wording(zh="编码", en="Code"), 14),
    (Wording(zh="工作表", en="Sheet"), 16),
    (Wording(zh="单元格", en="Cell"), 10),
    (Wording(zh="行", en="Row"), 32),
    (Wording(zh="列", en="Column"), 16),
    (Wording(zh="问题", en="What is wrong"), 46),
    (Wording(zh="读到", en="Read"), 24),
    (Wording(zh="应为", en="Expected"), 24),
    (Wording(zh="处理办法", en="What to do"), 46),
)
_NAME = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}", re.ASCII)
#: Characters that the file format cannot hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def annotate(content: bytes, findings: Sequence[Finding], *, language: Language = "zh") -> bytes:
    """Return a copy of an uploaded workbook with its findings; only a list if it is unreadable.

    Parameters
    ----------
    content : bytes
        The uploaded file.
    findings : sequence of Finding
        What was found, in the order they are listed.
    language : str
        Language of the messages.
    """
    book = _copy_of(content)
    _mark_cells(book, findings, language)
    _list_findings(book, findings, language)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _copy_of(content: bytes) -> Workbook:
    """Return the reporter's workbook, an empty one where it cannot be copied."""
    container, _ = open_container(content, "", FORM_LIMITS)
    if container is not None:
        try:
            with warnings.catch_warnings():
                # What the library drops (pictures, names without a sheet) is not for the reporter.
                warnings.simplefilter("ignore")
                return load_workbook(io.BytesIO(content))
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, SyntaxError):
            # The library is stricter than the reader of cells; its XML errors are syntax errors.
            pass
    book = Workbook()
    for name in book.sheetnames:
        del book[name]
    return book


def _mark_cells(book: Workbook, findings: Sequence[Finding], language: Language) -> None:
    """Colour the cells that have findings, the worst one deciding, and write the messages."""
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        sheet, cell = finding.locator.sheet, finding.locator.cell
        if sheet in book.sheetnames and cell is not None and _NAME.fullmatch(cell):
            by_cell.setdefault((sheet or "", cell), []).append(finding)
    for (sheet, name), here in by_cell.items():
        cell = book[sheet][name]
        if isinstance(cell, MergedCell):
            continue
        worst = min(here, key=lambda finding: _RANK[finding.severity])
        cell.fill = _FILLS[worst.severity]
        text = "\n".join(_message(finding, language) for finding in here)
        comment = Comment(_printable(text), "Guozi")
        comment.width, comment.height = 360, 40 + 40 * len(here)
        cell.comment = comment


def _message(finding: Finding, language: Language) -> str:
    """Return a finding without its place, which the cell shows."""
    label = finding.severity.label.in_language(language)
    fix = "" if finding.fix is None else f" {finding.fix.in_language(language)}"
    return f"[{finding.code}] {label} {finding.message.in_language(language)}{fix}"


def _list_findings(book: Workbook, findings: Sequence[Finding], language: Language) -> None:
    title = _SHEET.in_language(language)
    while title in book.sheetnames:
        title += "+"
    sheet: Worksheet = book.create_sheet(title, 0)
    book.active = 0
    for number, (heading, width) in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(row=1, column=number)
        _write(sheet, 1, number, heading.in_language(language))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _HEAD
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row, finding in enumerate(findings, start=2):
        for number, text in enumerate(_cells(finding, language), start=1):
            _write(sheet, row, number, text)
        sheet.cell(row=row, column=1).fill = _FILLS[finding.severity]
        _link(book, sheet, row, finding)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if findings:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{len(findings) + 1}"
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _link(book: Workbook, sheet: Worksheet, row: int, finding: Finding) -> None:
    """Let a click on the cell's name lead to the cell."""
    name, cell = finding.locator.sheet, finding.locator.cell
    if name in book.sheetnames and name is not None and cell is not None and _NAME.fullmatch(cell):
        quoted = name.replace("'", "''")
        place = sheet.cell(row=row, column=4)
        place.hyperlink = Hyperlink(ref=place.coordinate, location=f"'{quoted}'!{cell}")
        place.font = Font(color="1F4E79", underline="single")


def _cells(finding: Finding, language: Language) -> tuple[str, ...]:
    answer = finding.to_dict(language)
    place = finding.locator
    return (
        finding.severity.label.in_language(language),
        finding.code,
        place.sheet or "",
        place.cell or "",
        place.row or place.item or "",
        place.column or "",
        str(answer["message"]),
        str(answer["got"] or ""),
        str(answer["expected"] or ""),
        str(answer["fix"] or ""),
    )


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text that stays a text, whatever it begins with."""
    cell = sheet.cell(row=row, column=column)
    cell.value = _printable(text)
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _printable(text: str) -> str:
    return _CONTROL.sub("", text)
