"""One sheet part, read cell by cell with the kind of every cell.

Libraries return the same empty text for a blank cell, an error and a formula without a stored
result. The types stand in the XML, so they are read from there, together with the text of each
number as it was stored. The ``dimension`` element is not looked at: programs write it wrongly.
"""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from guozi.excel._parts import UnreadablePartError, local, text_of, unescaped
from guozi_core.sheets import Area, Cell, CellKind, Sheet, day_of_serial

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from guozi.excel._container import Container
    from guozi.excel._parts import Parts, SheetEntry

_NAME = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhs年月日]", re.IGNORECASE)

_LAST_COLUMN = 16_384
_MOST_MERGED = 5_000


class DoubleCellError(ValueError):
    """A cell stands in the sheet twice."""

    def __init__(self, sheet: str, cell: str) -> None:
        self.sheet = sheet
        self.cell = cell
        super().__init__(f"{sheet}!{cell}")


class TooManyCellsError(ValueError):
    """The sheet holds more cells than are read."""


def read_grid(container: Container, entry: SheetEntry, parts: Parts, *, most_cells: int) -> Sheet:
    """Return a sheet with every cell that is not empty.

    Raises
    ------
    UnreadablePartError
        If the part is no well-formed XML.
    DoubleCellError
        If a cell stands in it twice.
    TooManyCellsError
        If it holds more than ``most_cells`` cells.
    """
    reader = _GridReader(parts)
    try:
        events = iterparse(
            io.BytesIO(container.part(entry.part)), events=("start", "end"), forbid_dtd=True
        )
        for event, element in events:
            reader.see(event, element, entry, most_cells)
    except (ParseError, DefusedXmlException, ValueError) as error:
        if isinstance(error, DoubleCellError | TooManyCellsError | UnreadablePartError):
            raise
        raise UnreadablePartError(entry.part) from error
    return Sheet(
        name=entry.name,
        cells=reader.cells,
        visibility=entry.visibility,
        merged=tuple(reader.merged),
        hidden_rows=frozenset(reader.hidden_rows),
        hidden_columns=reader.hidden_columns,
        filtered=reader.filtered,
    )


class _GridReader:
    """What is known while the part streams by."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self._hidden_columns = bytearray(_LAST_COLUMN + 1)
        self.filtered = False
        self._seen: set[tuple[int, int]] = set()
        self._row = 0
        self._column = 0
        self._in_data = False
        self._root: Element | None = None
        self._data: Element | None = None

    @property
    def hidden_columns(self) -> frozenset[int]:
        """Columns a person does not see."""
        return frozenset(number for number, hidden in enumerate(self._hidden_columns) if hidden)

    def see(self, event: str, element: Element, entry: SheetEntry, most_cells: int) -> None:
        """Take in one start or end of an element."""
        tag = local(element.tag)
        if event == "start":
            if self._root is None:
                self._root = element
            if tag == "sheetData":
                self._in_data = True
                self._data = element
            elif tag == "row" and self._in_data:
                self._begin_row(element)
            elif tag == "autoFilter":
                self.filtered = True
            return
        if tag == "c" and self._in_data:
            self._take_cell(element, entry)
            if len(self.cells) > most_cells:
                raise TooManyCellsError
        elif self._in_data:
            if tag == "row":
                self._forget(self._data)
            self._in_data = tag != "sheetData"
        else:
            self._take_other(tag, element)
            self._forget(self._root)

    @staticmethod
    def _forget(parent: Element | None) -> None:
        """Free what was read; a part of many million elements must not fill the memory."""
        if parent is not None:
            parent.clear()

    def _take_other(self, tag: str, element: Element) -> None:
        """Take in what stands beside the cells: merged ranges, hidden columns."""
        if tag == "mergeCell":
            area = _area(element.get("ref", ""))
            if area is not None:
                self.merged.append(area)
            if len(self.merged) > _MOST_MERGED:
                raise TooManyCellsError
        elif tag == "col" and element.get("hidden") in {"1", "true"}:
            first = max(int(element.get("min", "1")), 1)
            last = min(int(element.get("max", "1")), _LAST_COLUMN)
            if first <= last:
                self._hidden_columns[first : last + 1] = b"\x01" * (last - first + 1)

    def _begin_row(self, element: Element) -> None:
        number = element.get("r")
        self._row = int(number) if number is not None else self._row + 1
        self._column = 0
        if element.get("hidden") in {"1", "true"}:
            self.hidden_rows.add(self._row)

    def _take_cell(self, element: Element, entry: SheetEntry) -> None:
        name = element.get("r")
        place = (self._row, self._column + 1) if name is None else _place(name)
        if place is None:
            raise UnreadablePartError(entry.part)
        self._column = place[1]
        if place in self._seen:
            raise DoubleCellError(entry.name, name or "")
        self._seen.add(place)
        cell = self._cell(element, place)
        if cell is not None:
            self.cells[place] = cell

    def _cell(self, element: Element, place: tuple[int, int]) -> Cell | None:
        """Return the cell, None where it is empty."""
        stored, formula, inline = None, None, None
        for child in element:
            tag = local(child.tag)
            if tag == "v":
                stored = child.text or ""
            elif tag == "f":
                # A shared formula is written once; the others are formulas all the same.
                formula = child.text or child.get("si") or ""
            elif tag == "is":
                inline = text_of(child)
        kind = element.get("t", "n")
        style = element.get("s", "0")
        formats = self.parts.formats
        number_format = (
            formats[int(style)] if style.isdecimal() and int(style) < len(formats) else "General"
        )
        row, column = place
        if kind == "inlineStr":
            text = inline if inline is not None else (stored or "")
            return Cell(row, column, CellKind.TEXT, text, number_format, formula) if text else None
        if stored is None or (stored == "" and kind != "str"):
            if formula is None:
                return None
            return Cell(row, column, CellKind.UNCOMPUTED, f"={formula}", number_format, formula)
        if kind == "s":
            text = self._shared(stored)
            return Cell(row, column, CellKind.TEXT, text, number_format, formula) if text else None
        if kind == "str":
            text = unescaped(stored)
            return Cell(row, column, CellKind.TEXT, text, number_format, formula) if text else None
        if kind == "b":
            shown = "TRUE" if stored in {"1", "true"} else "FALSE"
            return Cell(row, column, CellKind.BOOLEAN, shown, number_format, formula)
        if kind == "e":
            return Cell(row, column, CellKind.ERROR, stored, number_format, formula)
        if kind == "d":
            return Cell(
                row, column, CellKind.DATE, stored, number_format, formula, _iso_day(stored)
            )
        if is_date_format(number_format):
            day = self._day(stored)
            return Cell(row, column, CellKind.DATE, stored, number_format, formula, day)
        return Cell(row, column, CellKind.NUMBER, stored, number_format, formula)

    def _shared(self, stored: str) -> str:
        number = int(stored)
        if not 0 <= number < len(self.parts.texts):
            raise UnreadablePartError("xl/sharedStrings.xml")
        return self.parts.texts[number]

    def _day(self, stored: str) -> date | None:
        try:
            serial = Decimal(stored)
        except InvalidOperation:
            return None
        return day_of_serial(serial, from_1904=self.parts.from_1904) if serial.is_finite() else None


def is_date_format(number_format: str) -> bool:
    """Return whether a number format shows a number as a day or a time."""
    if number_format == "General":
        return False
    first = _QUOTED.sub("", number_format.split(";", maxsplit=1)[0])
    return _DATE_LETTERS.search(first) is not None


def _place(name: str) -> tuple[int, int] | None:
    """Return row and column of a cell name, None where it is none."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if row <= 1_048_576 and column <= _LAST_COLUMN else None


def _area(reference: str) -> Area | None:
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last or first)
    return None if start is None or end is None else Area(*start, *end)


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
