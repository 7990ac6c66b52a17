"""Lists of pages as a workbook: numbers as numbers, units in the headings, texts as texts."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: What a cell of a list may hold. A float is a model's result, never money.
Value = str | int | float | Decimal | date | bool | None

_MOST_DIGITS = 15
_WIDEST = 48
#: A sheet holds no more rows; the ones beyond go to further sheets, none is dropped.
_MOST_ROWS = 1_000_000
_FONT = "宋体"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column of a list.

    Parameters
    ----------
    title : str
        Its heading.
    unit : str
        Unit of its numbers; printed in the heading.
    places : int
        Decimals shown; None for as many as there are.
    width : int
        Width in characters; by content if left out.
    """

    title: str
    unit: str = ""
    places: int | None = None
    width: int | None = None

    @property
    def heading(self) -> str:
        """Heading with unit: ``资产总计（万元）``."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


def write_table(
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value]],
    *,
    title: str,
    notes: Sequence[str] = (),
    sheet: str = "",
) -> bytes:
    """Return a list as a workbook.

    Texts stay texts whatever they begin with, so that no cell becomes a formula. A number with more
    than 15 digits is written as text, because a spreadsheet would change its last digits.

    Parameters
    ----------
    columns : sequence of TableColumn
        The columns.
    rows : iterable of sequence
        The cells in the order of the columns; None stays empty.
    title : str
        Printed above the table.
    notes : sequence of str
        Printed below the title: as of when, for whom, from which version.
    sheet : str
        Name of the tab; the title if left out.
    """
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(stream, options) as workbook:
        writer = _TableWriter(workbook, columns, title, notes, sheet or title)
        for row in rows:
            writer.write_row(row)
        writer.finish()
    return stream.getvalue()


class _TableWriter:
    """The list while it is written."""

    def __init__(
        self,
        workbook: xlsxwriter.Workbook,
        columns: Sequence[TableColumn],
        title: str,
        notes: Sequence[str],
        sheet: str,
    ) -> None:
        base = {"font_name": _FONT, "font_size": 10}
        self._columns = columns
        self._title = title
        self._notes = notes
        self._name = _tab(sheet)
        self._book = workbook
        self._head = workbook.add_format(
            {**base, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "border": 1,
             "border_color": "#B7C4D3", "text_wrap": True, "align": "center", "valign": "vcenter"}
        )  # fmt: skip
        self._big = workbook.add_format({**base, "bold": True, "font_size": 14})
        self._small = workbook.add_format({**base, "font_color": "#5B6B7C"})
        self._text = workbook.add_format({**base, "num_format": "@"})
        self._day = workbook.add_format({**base, "num_format": "yyyy-mm-dd"})
        self._instant = workbook.add_format({**base, "num_format": "yyyy-mm-dd hh:mm:ss"})
        self._numbers = [
            workbook.add_format({**base, "num_format": _number_format(column)})
            for column in columns
        ]
        self._widths = [_width(column.heading) for column in columns]
        self._sheets = 0
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self._sheets += 1
        name = self._name if self._sheets == 1 else f"{self._name[:26]} ({self._sheets})"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.write_string(0, 0, self._title, self._big)
        for number, note in enumerate(self._notes, start=1):
            self._sheet.write_string(number, 0, note, self._small)
        self._first = len(self._notes) + 1
        for number, column in enumerate(self._columns):
            self._sheet.write_string(self._first, number, column.heading, self._head)
        self._sheet.freeze_panes(self._first + 1, 0)
        self._row = self._first

    def write_row(self, values: Sequence[Value]) -> None:
        """Write one row."""
        if self._row - self._first >= _MOST_ROWS:
            self._end_sheet()
            self._begin_sheet()
        self._row += 1
        for number, value in enumerate(values):
            self._write(number, value)

    def _write(self, column: int, value: Value) -> None:
        row, sheet = self._row, self._sheet
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value.replace(tzinfo=None), self._instant)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, int | float | Decimal) and _fits(value):
            sheet.write_number(row, column, value, self._numbers[column])
        else:
            text = format(value, "f") if isinstance(value, Decimal) else str(value)
            sheet.write_string(row, column, text[:32_767], self._text)
        if self._row < self._first + 200:
            shown = f"{value:,.2f}" if isinstance(value, int | float | Decimal) else str(value)
            self._widths[column] = max(self._widths[column], _width(shown))

    def _end_sheet(self) -> None:
        for number, column in enumerate(self._columns):
            width = column.width or min(max(self._widths[number] + 2, 8), _WIDEST)
            self._sheet.set_column(number, number, width)
        if self._columns and self._row > self._first:
            self._sheet.autofilter(self._first, 0, self._row, len(self._columns) - 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(self._first)

    def finish(self) -> None:
        """Close the last sheet."""
        self._end_sheet()


def _number_format(column: TableColumn) -> str:
    if column.places is None:
        return "General"
    return "#,##0" if column.places == 0 else f"#,##0.{'0' * column.places}"


def _fits(value: float | Decimal) -> bool:
    """Return whether a spreadsheet keeps a number exactly."""
    if isinstance(value, float):
        return math.isfinite(value)
    return len(Decimal(value).normalize().as_tuple().digits) <= _MOST_DIGITS


def _width(text: str) -> int:
    """Return the width of a text in characters; a Chinese one takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _tab(name: str) -> str:
    """Return a name a tab may have."""
    kept = "".join(" " if letter in "[]:*?/\\" else letter for letter in name).strip(" '")
    return kept[:31] or "Sheet1"
