"""One sheet of a filled template, read line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guozi_core.findings import cell_name
from guozi_core.sheets._catalogue import blocks
from guozi_core.sheets._form import TITLE_ROW
from guozi_core.sheets._header import Header, folded, read_header
from guozi_core.sheets._hidden import report_hidden, report_merged
from guozi_core.sheets._labels import LabelReader
from guozi_core.sheets._model import Cell, CellKind
from guozi_core.sheets._reading import ReadFigure
from guozi_core.sheets._values import read_amount, refers_elsewhere, says_nothing
from guozi_core.statements import ItemUnit
from guozi_core.units import Money, MoneyOutOfRangeError, MoneyUnit, unit_in_english

if TYPE_CHECKING:
    from decimal import Decimal

    from guozi_core.sheets._form import Form, FormColumn, FormLine, FormSheet
    from guozi_core.sheets._model import Sheet
    from guozi_core.sheets._reading import Notebook
    from guozi_core.statements import ItemDictionary

_UNIT = re.compile(r"(?:金额)?单位[:：]\s*(?P<unit>.*)")
_KNOWN_TOP = re.compile(r"(?:编制单位|报告期|口径)[:：].*")
#: More strange cells than this are counted, not listed.
_MOST_LISTED = 30
_MOST_NOISY = 12
_MOST_NAMED = 12


@dataclass(slots=True, kw_only=True)
class SheetReader:
    """Reads one sheet; made for one use.

    Parameters
    ----------
    form, part : Form, FormSheet
        What was to be filled.
    dictionary : ItemDictionary
        The lines there are.
    notes : Notebook
        Where findings go.
    """

    form: Form
    part: FormSheet
    dictionary: ItemDictionary
    notes: Notebook
    _strange: list[Cell] = field(default_factory=list)
    _changed: list[str] = field(default_factory=list)
    _noisy: list[str] = field(default_factory=list)
    _seen: dict[str, int] = field(default_factory=dict)

    def read(self, sheet: Sheet) -> list[ReadFigure]:
        """Return the figures of the sheet, in the order of its rows."""
        header = read_header(sheet, self.part, self.notes)
        if header is None:
            return []
        self._changed.extend(header.changed)
        self._read_top(sheet, header)
        figures = self._read_lines(sheet, header)
        self._report_missing_lines(sheet)
        report_hidden(
            sheet, self.notes, header_row=header.row, label=header.label, columns=header.values
        )
        self._report_collected(sheet)
        return figures

    def _read_top(self, sheet: Sheet, header: Header) -> None:
        """Account for the cells above the heading row: title, who, unit."""
        stated = None
        titled = False
        for cell in sheet.in_order():
            if cell.row >= header.row or not cell.raw.strip():
                continue
            text = cell.raw.strip()
            titled = titled or cell.row == TITLE_ROW
            unit = _UNIT.fullmatch(text)
            if unit is not None:
                stated = cell
                if unit["unit"].strip() != self.form.unit.value:
                    self.notes.add(
                        "IMP-NUM-017", sheet, cell, got=text, expected=self.form.unit.value
                    )
            elif folded(text) == folded(self.part.title.zh) or _KNOWN_TOP.fullmatch(text):
                continue
            elif cell.row == 1 and cell.kind is CellKind.TEXT:
                self._changed.append(cell.name)
            else:
                self._strange.append(cell)
        if not titled:
            self._changed.append(cell_name(row=TITLE_ROW, column=header.label))
        if stated is None:
            self.notes.add(
                "IMP-TPL-027",
                sheet,
                what="金额单位",
                what_en="the unit",
                taken=self.form.unit.value,
                taken_en=unit_in_english(self.form.unit.value),
            )

    def _read_lines(self, sheet: Sheet, header: Header) -> list[ReadFigure]:
        labels = LabelReader(self.part, self.dictionary)
        figures: list[ReadFigure] = []
        rows: dict[int, list[Cell]] = {}
        for cell in sheet.in_order():
            if cell.row > header.row and (cell.raw.strip() or cell.kind is not CellKind.TEXT):
                rows.setdefault(cell.row, []).append(cell)
        for row, cells in rows.items():
            line = self._line_of(sheet, header, labels, cells)
            others = [cell for cell in cells if cell.column != header.label]
            if line is None:
                # A blocking finding names the row; its amounts are not lost in silence.
                continue
            if line.item is None:
                self._strange.extend(cell for cell in others if not says_nothing(cell))
                continue
            key = line.item.code
            if key in self._seen:
                place = cell_name(row=row, column=header.label)
                self.notes.add(
                    "IMP-TPL-013",
                    sheet,
                    place,
                    got=sheet.text(row, header.label),
                    line=line.label.strip(),
                    first=str(self._seen[key]),
                )
                continue
            self._seen[key] = row
            figures.extend(self._read_row(sheet, header, line, row, others))
        report_merged(sheet, self.notes, rows=set(self._seen.values()), columns=header.values)
        return figures

    def _line_of(
        self, sheet: Sheet, header: Header, labels: LabelReader, cells: list[Cell]
    ) -> FormLine | None:
        """Return the line a row is; report a row that is none."""
        label = next((cell for cell in cells if cell.column == header.label), None)
        if label is None or label.kind is not CellKind.TEXT:
            self._strange.extend(cells)
            return None
        has_figures = any(cell.column in header.values and not says_nothing(cell) for cell in cells)
        meant = labels.read(label.raw, has_figures=has_figures)
        if meant.line is None:
            self.notes.add(
                "IMP-LBL-002",
                sheet,
                label,
                got=label.raw.strip(),
                expected=meant.nearest or None,
                nearest=meant.nearest or "—",
            )
        elif not meant.exact and meant.line.item is not None:
            name = meant.line.label.strip()
            self.notes.add("IMP-LBL-001", sheet, label, got=label.raw.strip(), line=name)
        elif not meant.exact:
            self._changed.append(label.name)
        return meant.line

    def _read_row(
        self, sheet: Sheet, header: Header, line: FormLine, row: int, cells: list[Cell]
    ) -> list[ReadFigure]:
        if header.number and not any(cell.column == header.number for cell in cells):
            self._changed.append(cell_name(row=row, column=header.number))
        for cell in cells:
            if cell.column == header.number:
                if cell.raw.strip() != str(line.number):
                    self._changed.append(cell.name)
            elif cell.column not in header.values:
                self._strange.append(cell)
        figures = []
        for place, column in header.values.items():
            if sheet.merged_at(row, place) is not None:
                continue
            figure = self._read_cell(sheet, line, column, row, place)
            if figure is not None:
                figures.append(figure)
        return figures

    def _read_cell(
        self, sheet: Sheet, line: FormLine, column: FormColumn, row: int, place: int
    ) -> ReadFigure | None:
        cell = sheet.cells.get((row, place))
        reading = read_amount(cell, places=line.places)
        name = cell_name(row=row, column=place)
        label, title = line.label.strip(), column.title.zh
        if reading.blank:
            if line.required:
                got = cell.raw if cell is not None and cell.raw.strip() else None
                self.notes.add("IMP-NUM-019", sheet, name, row=label, column=title, got=got)
            return None
        if cell is None or line.item is None:  # pragma: no cover - blank cells end above
            return None
        for remark in reading.remarks:
            if remark.code == "IMP-NUM-014":
                self._noisy.append(name)
                continue
            self.notes.add(
                remark.code, sheet, name, row=label, column=title, got=cell.raw, **remark.details
            )
        if reading.value is None:
            return None
        if refers_elsewhere(cell):
            self.notes.add(
                "IMP-TPL-019",
                sheet,
                name,
                row=label,
                column=title,
                got=f"={cell.formula}",
                value=format(reading.value, "f"),
            )
        amount = self._amount(line, reading.value)
        if amount is None:
            self.notes.add("IMP-NUM-016", sheet, name, row=label, column=title, got=cell.raw)
            return None
        if amount < 0 and not line.item.may_be_negative:
            code = "IMP-NUM-026" if line.never_negative else "IMP-NUM-027"
            self.notes.add(code, sheet, name, row=label, column=title, got=cell.raw)
            if blocks(code):
                return None
        moment = column.moment(line.item)
        if moment is None:  # pragma: no cover - a form is refused when it is read
            return None
        return ReadFigure(line.item.code, moment.letter, amount, sheet.name, name, cell.raw)

    def _amount(self, line: FormLine, value: Decimal) -> int | None:
        """Return the figure in hundredths of its unit, None where it is too large."""
        money = line.item is not None and line.item.unit is ItemUnit.MONEY
        try:
            return Money.of(value, self.form.unit if money else MoneyUnit.YUAN).fen
        except MoneyOutOfRangeError:
            return None

    def _report_missing_lines(self, sheet: Sheet) -> None:
        for line in self.part.lines:
            if line.item is not None and line.item.code not in self._seen:
                place = cell_name(row=self.part.row_of(line), column=1)
                self.notes.add("IMP-TPL-011", sheet, place, line=line.label.strip())

    def _report_collected(self, sheet: Sheet) -> None:
        """Report what is told once for the sheet."""
        for cell in self._strange[:_MOST_LISTED]:
            self.notes.add("IMP-TPL-007", sheet, cell, got=cell.raw or cell.kind.value)
        rest = self._strange[_MOST_LISTED:]
        if rest:
            span = f"{rest[0].name} … {rest[-1].name}（{len(rest)}）"
            self.notes.add("IMP-TPL-007", sheet, rest[0], got=span)
        if self._changed:
            first = self._changed[0] if self._changed[0].isascii() else None
            listed = "、".join(self._changed[:_MOST_NAMED])
            more = len(self._changed) - _MOST_NAMED
            self.notes.add(
                "IMP-TPL-017", sheet, first, cells=listed + (f"…（{more}）" if more > 0 else "")
            )
        if self._noisy:
            self.notes.add(
                "IMP-NUM-014",
                sheet,
                self._noisy[0],
                count=str(len(self._noisy)),
                places=str(self.form.places),
                cells="、".join(self._noisy[:_MOST_NOISY])
                + ("…" if len(self._noisy) > _MOST_NOISY else ""),
            )
