"""What a sheet does not show as it is read: hidden rows and columns, filters, merged cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi_core.findings import cell_name, column_letters

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from guozi_core.sheets._model import Sheet
    from guozi_core.sheets._reading import Notebook


def report_hidden(
    sheet: Sheet, notes: Notebook, *, header_row: int, label: int, columns: Container[int]
) -> None:
    """Tell which rows and columns of amounts are hidden.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    notes : Notebook
        Where findings go.
    header_row, label : int
        The heading row and the column of the names, to point at.
    columns : container of int
        The columns of amounts.
    """
    held = [
        cell
        for cell in sheet.in_order()
        if cell.row > header_row and cell.column in columns and cell.raw.strip()
    ]
    if sheet.filtered:
        notes.add("IMP-TPL-018", sheet)
    rows = sorted({cell.row for cell in held if cell.row in sheet.hidden_rows})
    if rows and not sheet.filtered:
        listed = "、".join(str(row) for row in rows)
        notes.add(
            "IMP-TPL-008",
            sheet,
            cell_name(row=rows[0], column=label),
            what=f"第{listed}行",
            what_en=f"rows {listed.replace('、', ', ')}",
        )
    hidden = sorted({cell.column for cell in held if cell.column in sheet.hidden_columns})
    if hidden:
        listed = "、".join(column_letters(column) for column in hidden)
        notes.add(
            "IMP-TPL-008",
            sheet,
            cell_name(row=header_row, column=hidden[0]),
            what=f"{listed}列",
            what_en=f"columns {listed.replace('、', ', ')}",
        )


def report_merged(
    sheet: Sheet, notes: Notebook, *, rows: Iterable[int], columns: Iterable[int]
) -> None:
    """Refuse merged cells among the amounts: only the first of them holds one.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    notes : Notebook
        Where findings go.
    rows, columns : iterable of int
        The rows of lines and the columns of amounts.
    """
    lines, places = list(rows), list(columns)
    for area in sheet.merged:
        # Compared, not listed: a merged range may span the whole sheet.
        in_lines = any(area.first_row <= row <= area.last_row for row in lines)
        if in_lines and any(area.first_column <= column <= area.last_column for column in places):
            first = area.name.split(":", maxsplit=1)[0]
            got = sheet.text(area.first_row, area.first_column) or None
            notes.add("IMP-TPL-010", sheet, first, got=got, area=area.name)
