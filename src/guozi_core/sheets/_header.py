"""The heading row of a template's sheet: which column holds which amount."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.findings import cell_name
from guozi_core.sheets._form import HEADER_ROW, LABEL_HEADER, NUMBER_HEADER
from guozi_core.sheets._model import CellKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi_core.sheets._form import FormColumn, FormSheet
    from guozi_core.sheets._model import Sheet
    from guozi_core.sheets._reading import Notebook

_BLANKS = re.compile(r"\s+")
_LAST_HEADER_ROW = HEADER_ROW + 20


class Header(NamedTuple):
    """Where the columns of a sheet stand.

    Attributes
    ----------
    row : int
        The heading row.
    label, number : int
        Columns of the line names and of 行次 (0 where there is none).
    values : mapping of int to FormColumn
        The columns of amounts.
    changed : tuple of str
        Headings that stand elsewhere than in the template.
    """

    row: int
    label: int
    number: int
    values: Mapping[int, FormColumn]
    changed: tuple[str, ...]


def folded(text: str) -> str:
    """Return a heading without blanks and widths."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def read_header(sheet: Sheet, part: FormSheet, notes: Notebook) -> Header | None:
    """Return where the columns stand; None, with findings, where an amount has no sure column."""
    row = _header_row(sheet)
    if row is None:
        notes.add("IMP-TPL-022", sheet, expected="、".join(part.headers))
        return None
    wanted = {folded(column.title.zh): column for column in part.columns}
    places: dict[str, int] = {}
    before = len(notes.entries)
    cells = [cell for cell in sheet.in_order() if cell.row == row and cell.raw.strip()]
    for cell in cells:
        text = folded(cell.raw)
        if text in places:
            first = cell_name(row=row, column=places[text])
            notes.add("IMP-TPL-020", sheet, cell, got=cell.raw, column_title=cell.raw, first=first)
        elif text in wanted or text in {LABEL_HEADER, NUMBER_HEADER}:
            places[text] = cell.column
        elif cell.kind is CellKind.TEXT:
            notes.add("IMP-TPL-004", sheet, cell, got=cell.raw, expected="、".join(part.headers))
    for text, column in wanted.items():
        if text not in places:
            place = cell_name(row=row, column=part.headers.index(column.title.zh) + 1)
            notes.add("IMP-TPL-026", sheet, place, column_title=column.title.zh)
    if len(notes.entries) == before:
        _report_gap(sheet, part, row, places, notes)
    if len(notes.entries) > before:
        return None
    return Header(
        row=row,
        label=places[LABEL_HEADER],
        number=places.get(NUMBER_HEADER, 0),
        values={places[text]: column for text, column in wanted.items()},
        changed=(
            *(cell.name for cell in cells if _moved(cell.column, cell.raw, part.headers, places)),
            *([] if NUMBER_HEADER in places else [NUMBER_HEADER]),
        ),
    )


def _header_row(sheet: Sheet) -> int | None:
    """Return the first row that holds the heading of the line names."""
    rows = [
        cell.row
        for cell in sheet.cells.values()
        if cell.row <= _LAST_HEADER_ROW
        and cell.kind is CellKind.TEXT
        and folded(cell.raw) == LABEL_HEADER
    ]
    return min(rows, default=None)


def _report_gap(
    sheet: Sheet, part: FormSheet, row: int, places: dict[str, int], notes: Notebook
) -> None:
    """Report a column put between the columns of the template.

    Its headings can still be told apart, but what stands in the new column cannot.
    """
    first = places[LABEL_HEADER]
    for column in range(first, max(places.values())):
        if column not in places.values():
            expected = part.headers[min(column - first, len(part.headers) - 1)]
            notes.add(
                "IMP-TPL-004",
                sheet,
                cell_name(row=row, column=column),
                got=sheet.text(row, column),
                expected=expected,
            )
            return


def _moved(column: int, text: str, headers: tuple[str, ...], places: dict[str, int]) -> bool:
    position = column - places[LABEL_HEADER]
    return not (0 <= position < len(headers) and folded(headers[position]) == folded(text))
