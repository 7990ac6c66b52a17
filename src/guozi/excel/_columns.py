"""Detail tables read fast: whole columns by calamine, odd cells by their types in the file.

The fast reader gives an empty text for an error and for a formula without a stored result. Where a
sheet holds either, the cells concerned are found in the XML and put back with their kind, so that
they are reported instead of being taken for blanks.
"""

from __future__ import annotations

import gc
import html
import io
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from python_calamine import CalamineError, CalamineWorkbook

from guozi.excel._container import Container, Limits, open_container
from guozi.excel._parts import UnreadablePartError, read_parts
from guozi_core import sheets
from guozi_core.findings import Finding, Locator
from guozi_core.sheets import Area, Cell, CellKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guozi.excel._parts import SheetEntry

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_NAME = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d+)[\"']")
_IS_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_IS_TEXT = re.compile(rb"\bt=[\"']str[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_STORED = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>(.*?)</(?:\w+:)?v>", re.DOTALL)


class LoadedTable(NamedTuple):
    """A table of a file.

    Attributes
    ----------
    table : ReadTable or None
        The columns; None where the file is refused.
    findings : tuple of Finding
        What is wrong with file and table.
    """

    table: sheets.ReadTable | None
    findings: tuple[Finding, ...]


def read_columns(
    source: bytes | str | Path,
    spec: sheets.TableSpec,
    *,
    name: str | None = None,
    sheet: str | None = None,
    limits: Limits | None = None,
) -> LoadedTable:
    """Return the columns of a detail table.

    Parameters
    ----------
    source : bytes or path
        The file.
    spec : TableSpec
        What the table holds.
    name : str
        Name of the file for messages.
    sheet : str
        Name of the sheet; the first one if left out.
    limits : Limits
        How large the file may be.
    """
    if isinstance(source, bytes):
        content, file = source, name or "upload.xlsx"
    else:
        content, file = Path(source).read_bytes(), name or Path(source).name
    limits = limits or Limits()
    container, findings = open_container(content, file, limits)
    if container is None:
        return LoadedTable(None, findings)
    try:
        entries = read_parts(container).entries
        entry = next((e for e in entries if sheet is None or e.name == sheet), None)
        if entry is None:
            missing = sheets.finding(
                "IMP-TPL-005", Locator(file=file), title=sheet or "",
                got="、".join(e.name for e in entries),
            )  # fmt: skip
            return LoadedTable(None, (*findings, missing))
        shape = container.shapes[entry.part]
        if (
            shape.has_odd_blanks
            or max(shape.last_row, shape.rows) * shape.last_column > 2 * limits.cells
        ):
            # A fast reader lays out the whole rectangle, so its size must be known before.
            many = sheets.finding("IMP-FIL-021", Locator(file=file), limit=str(limits.cells))
            return LoadedTable(None, (*findings, many))
        with _collector_paused():
            table = _read(container, entry, spec)
    except (UnreadablePartError, CalamineError) as error:
        part = error.part if isinstance(error, UnreadablePartError) else "xl/worksheets"
        broken = sheets.finding("IMP-FIL-019", Locator(file=file), part=part)
        return LoadedTable(None, (*findings, broken))
    return LoadedTable(table, (*findings, *table.findings))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking millions of cells again and again (a third faster).

    Nothing here makes cycles, so that nothing waits for it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(container: Container, entry: SheetEntry, spec: sheets.TableSpec) -> sheets.ReadTable:
    grid, merged = _grid(container, entry)
    if container.shapes[entry.part].has_formulas_or_errors:
        for cell in _odd_cells(container.part(entry.part)):
            if cell.row <= len(grid) and cell.column <= len(grid[cell.row - 1]):
                grid[cell.row - 1][cell.column - 1] = cell
    named = sheets.Sheet(name=entry.name, cells={}, visibility=entry.visibility)
    return sheets.read_table(spec, grid, file=container.file, sheet=named, merged=merged)


def _grid(
    container: Container, entry: SheetEntry
) -> tuple[list[list[sheets.RawValue]], list[Area]]:
    """Return the cells of a sheet from its first row and column on."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(container.content))
    found = workbook.get_sheet_by_name(entry.name)
    grid = cast("list[list[sheets.RawValue]]", found.to_python(skip_empty_area=False))
    merged = [
        Area(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
        for first, last in found.merged_cell_ranges or ()
    ]
    return grid, merged


def _odd_cells(part: bytes) -> Iterator[Cell]:
    """Yield the cells of a sheet that hold an error, or a formula without a stored result."""
    for match in _CELL.finditer(part):
        attributes, body = match.groups()
        is_error = _IS_ERROR.search(attributes) is not None
        stored = _STORED.search(body)
        formula = _FORMULA.search(body)
        if stored is not None and not stored[1] and _IS_TEXT.search(attributes) is None:
            stored = None
        if not is_error and (formula is None or stored is not None):
            continue
        name = _NAME.search(attributes)
        if name is None:
            continue
        column = 0
        for letter in name[1]:
            column = column * 26 + letter - 64
        if is_error and stored is not None:
            text = html.unescape(stored[1].decode("utf-8", errors="replace"))
            yield Cell(int(name[2]), column, CellKind.ERROR, text)
        else:
            text = "" if formula is None or formula[1] is None else formula[1].decode("utf-8")
            yield Cell(int(name[2]), column, CellKind.UNCOMPUTED, f"={html.unescape(text)}")
