"""The first sheet of a workbook as rows of text, and results as a workbook."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal
from zipfile import BadZipFile

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.units import plain

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,15})(?:\.\d{1,60})?", re.ASCII)
type_of_cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_sheet(
    content: bytes, file: str, sheet: str | None
) -> tuple[str | None, list[tuple[int, list[str]]], list[Finding]]:
    """Return the name of the sheet, its rows that hold anything, and what was noticed."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, BadZipFile, OSError) as error:
        return None, [], [_unreadable(file, str(error))]
    names = workbook.sheet_names
    if sheet is None:
        sheet = names[0]
    elif sheet not in names:
        return None, [], [_no_such_sheet(file, sheet, names)]
    found = workbook.get_sheet_by_name(sheet)
    grid = found.to_python(skip_empty_area=False)
    width = max((_used(cells) for cells in grid), default=0)
    records = [
        (number, [_as_text(cell) for cell in cells[:width]])
        for number, cells in enumerate(grid, start=1)
        if _used(cells)
    ]
    findings = [] if records else [_empty(file, sheet)]
    return sheet, records, findings


def _used(cells: list[type_of_cell]) -> int:
    """Return up to which column a row holds anything."""
    return max(
        (place for place, cell in enumerate(cells, start=1) if cell not in {"", None}), default=0
    )


def _as_text(cell: type_of_cell) -> str:
    """Return a cell as text; a number as the shortest decimal Excel shows for it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return plain(Decimal(repr(cell)))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def write_sheets(sheets: dict[str, list[list[str]]]) -> bytes:
    """Return a workbook with one sheet for each grid; text stays text, exact numbers numbers."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        bold = workbook.add_format({"bold": True})
        for name, grid in sheets.items():
            worksheet = workbook.add_worksheet(name[:31])
            for row, cells in enumerate(grid):
                for column, cell in enumerate(cells):
                    if row and _is_number(cell):
                        worksheet.write_number(row, column, float(cell))
                    else:
                        worksheet.write_string(row, column, cell, bold if row == 0 else None)
            worksheet.freeze_panes(1, 0)
    return stream.getvalue()


def _is_number(text: str) -> bool:
    """Return whether a text is written as a number.

    A workbook keeps 15 digits. An exact amount with more stays text; a quotient with many
    decimals may lose its tail.
    """
    if not _NUMBER.fullmatch(text):
        return False
    _, _, decimals = text.partition(".")
    return len(text.lstrip("-0.").replace(".", "")) <= 15 or len(decimals) > 10


def _unreadable(file: str, reason: str) -> Finding:
    return Finding(
        code="TAB-011",
        severity=Severity.BLOCK,
        message=Wording(zh="不能作为工作簿打开", en="cannot be opened as a workbook"),
        locator=Locator(file=file),
        got=reason,
        expected=".xlsx",
    )


def _no_such_sheet(file: str, sheet: str, names: list[str]) -> Finding:
    return Finding(
        code="TAB-012",
        severity=Severity.BLOCK,
        message=Wording(zh=f"没有工作表“{sheet}”", en=f"there is no sheet {sheet}"),
        locator=Locator(file=file),
        expected="、".join(names),
    )


def _empty(file: str, sheet: str) -> Finding:
    return Finding(
        code="TAB-010",
        severity=Severity.BLOCK,
        message=Wording(zh="工作表中没有任何内容", en="the sheet is empty"),
        locator=Locator(file=file, sheet=sheet),
    )
