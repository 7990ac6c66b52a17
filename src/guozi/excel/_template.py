"""The workbook a reporter downloads, fills in and uploads again.

It is made from the same form the reader uses. Everything but the white cells is locked (without a
password: the lock keeps from slips, not from will; a changed cell is reported on upload). The cover
carries the identity of the template and of the reporter, and so do the document's properties.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter

from guozi_core import sheets
from guozi_core.findings import cell_name
from guozi_core.sheets import (
    COVER,
    FIRST_VALUE_COLUMN,
    HEADER_ROW,
    LABEL_COLUMN,
    NUMBER_COLUMN,
    TITLE_ROW,
    UNIT_ROW,
    WHO_ROW,
)
from guozi_core.statements import ItemUnit
from guozi_core.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi_core.sheets import Form, FormLine, FormSheet
    from guozi_core.statements import Scope
    from guozi_core.units import Period

_FONT = "宋体"
_LINE = "#B7C4D3"
_HEAD, _LOCKED, _TOTAL, _TITLE = "#1F4E79", "#F3F6FA", "#E8EEF5", "#1F4E79"
#: A number that a binary fraction may not hold exactly is written as text, which is read exactly.
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """For whom a template is made.

    Parameters
    ----------
    uscc, name : str
        统一社会信用代码 and registered name of the enterprise.
    """

    uscc: str
    name: str


def write_template(
    form: Form,
    addressee: Addressee,
    *,
    period: Period,
    scope: Scope,
    figures: Mapping[tuple[str, str], int] | None = None,
) -> bytes:
    """Return the template of a form for one enterprise, period and scope.

    Parameters
    ----------
    form : Form
        The form.
    addressee : Addressee
        The enterprise.
    period, scope : Period, Scope
        What it is filled for.
    figures : mapping of (item, moment letter) to int
        Figures already known, in hundredths of their units; they are filled in.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties({"title": form.header.title.zh, "subject": period.code})
        workbook.set_custom_property("guozi_form", form.id, "text")
        workbook.set_custom_property("guozi_form_version", form.version, "text")
        writer = _Writer(workbook, form, addressee, period, scope, figures or {})
        writer.write_cover()
        for part in form.sheets:
            writer.write_sheet(part)
    return stream.getvalue()


class _Writer:
    """The workbook while it is written."""

    def __init__(
        self,
        workbook: xlsxwriter.Workbook,
        form: Form,
        addressee: Addressee,
        period: Period,
        scope: Scope,
        figures: Mapping[tuple[str, str], int],
    ) -> None:
        self._book = workbook
        self._form = form
        self._addressee = addressee
        self._period = period
        self._scope = scope
        self._figures = figures
        self._formats: dict[tuple[tuple[str, object], ...], object] = {}

    def _format(self, **options: object) -> object:
        """Return a cell format; equal ones are shared."""
        options = {"font_name": _FONT, "font_size": 10, "valign": "vcenter", **options}
        key = tuple(sorted(options.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(options)
        return self._formats[key]

    def write_cover(self) -> None:
        """Write who reports what, for when, and how to fill it in."""
        sheet = self._book.add_worksheet(COVER)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 3)
        sheet.set_column(1, 1, 20)
        sheet.set_column(2, 2, 62)
        sheet.set_row(1, 34)
        title = self._format(bold=True, font_size=20, font_color=_TITLE)
        sheet.write_string(1, 1, self._form.header.title.zh, title)
        label = self._format(bold=True, border=1, border_color=_LINE, bg_color=_LOCKED)
        fixed = self._format(border=1, border_color=_LINE, num_format="@")
        free = self._format(border=1, border_color=_LINE, num_format="@", locked=False)
        row = 3
        for name, value in self._facts().items():
            sheet.set_row(row, 21)
            sheet.write_string(row, 1, name, label)
            sheet.write_string(row, 2, value, fixed)
            row += 1
        row += 1
        for name in sheets.FREE:
            sheet.set_row(row, 21)
            sheet.write_string(row, 1, name, label)
            sheet.write_blank(row, 2, None, free)
            if name == "审计情况":
                choices = ["未审计", "已审计"]
                sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": choices})
            row += 1
        row += 1
        sheet.write_string(row, 1, sheets.INSTRUCTIONS_HEADING, self._format(bold=True))
        for number, wording in enumerate(self._form.notes, start=1):
            sheet.write_string(row + number, 1, f"{number}. {wording.zh}", self._format())
        if self._rounds():
            below = row + len(self._form.notes) + 1
            sheet.write_string(below, 1, sheets.ROUNDED, self._format(font_color="#C00000"))
        self._protect(sheet)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)

    def _rounds(self) -> bool:
        """Return whether a known figure has more decimals than the form."""
        lines = {
            code: line for part in self._form.sheets for code, line in part.line_of_item.items()
        }
        exact = (
            (self._in_unit(lines[item], amount), lines[item].places)
            for (item, _), amount in self._figures.items()
            if item in lines
        )
        return any(value != round_half_up(value, places=places) for value, places in exact)

    def _facts(self) -> dict[str, str]:
        values = (
            self._addressee.name,
            self._addressee.uscc,
            self._period.code,
            self._scope.value,
            self._form.unit.value,
            self._form.id,
            self._form.version,
        )
        return dict(zip(sheets.FACTS, values, strict=True))

    def write_sheet(self, part: FormSheet) -> None:
        """Write one table."""
        sheet = self._book.add_worksheet(part.title.zh)
        sheet.hide_gridlines(2)
        widest = max(_width(line.label) for line in part.lines)
        sheet.set_column(LABEL_COLUMN - 1, LABEL_COLUMN - 1, min(max(widest + 2, 30), 60))
        sheet.set_column(NUMBER_COLUMN - 1, NUMBER_COLUMN - 1, 6)
        last = FIRST_VALUE_COLUMN - 1 + len(part.columns) - 1
        sheet.set_column(FIRST_VALUE_COLUMN - 1, last, 22)
        self._write_top(sheet, part, last)
        for line in part.lines:
            self._write_line(sheet, part, line)
        self._protect(sheet)
        sheet.freeze_panes(HEADER_ROW, FIRST_VALUE_COLUMN - 1)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, HEADER_ROW - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")

    def _write_top(self, sheet: xlsxwriter.worksheet.Worksheet, part: FormSheet, last: int) -> None:
        title = self._format(bold=True, font_size=16, font_color=_TITLE)
        sheet.set_row(TITLE_ROW - 1, 28)
        right = self._format(align="right")
        write = sheet.write_string
        write(TITLE_ROW - 1, 0, part.title.zh, title)
        write(WHO_ROW - 1, 0, f"编制单位：{self._addressee.name}", self._format())
        write(WHO_ROW - 1, last, f"报告期：{self._period.code}", right)
        write(UNIT_ROW - 1, 0, f"口径：{self._scope.value}", self._format())
        write(UNIT_ROW - 1, last, f"单位：{self._form.unit.value}", right)
        head = self._format(
            bold=True, font_color="#FFFFFF", bg_color=_HEAD, border=1, border_color=_LINE,
            align="center",
        )  # fmt: skip
        sheet.set_row(HEADER_ROW - 1, 22)
        for column, text in enumerate(part.headers):
            write(HEADER_ROW - 1, column, text, head)

    def _write_line(
        self, sheet: xlsxwriter.worksheet.Worksheet, part: FormSheet, line: FormLine
    ) -> None:
        row = part.row_of(line) - 1
        sheet.set_row(row, 18)
        look = {
            "border": 1,
            "border_color": _LINE,
            "bold": line.is_total or line.item is None,
        }
        back = _TOTAL if line.is_total else _LOCKED
        sheet.write_string(row, LABEL_COLUMN - 1, line.label, self._format(bg_color=back, **look))
        number = "" if line.number is None else str(line.number)
        centred = self._format(bg_color=back, align="center", **look)
        if number:
            sheet.write_number(row, NUMBER_COLUMN - 1, int(number), centred)
        else:
            sheet.write_blank(row, NUMBER_COLUMN - 1, None, centred)
        for place, column in enumerate(part.columns, start=FIRST_VALUE_COLUMN - 1):
            if line.item is None:
                sheet.write_blank(row, place, None, self._format(bg_color=_LOCKED, **look))
                continue
            moment = column.moment(line.item)
            amount = None if moment is None else self._figures.get((line.item.code, moment.letter))
            self._write_amount(sheet, row, place, line, amount, look)

    def _write_amount(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        row: int,
        place: int,
        line: FormLine,
        amount: int | None,
        look: dict[str, object],
    ) -> None:
        """Write one white cell, with its amount where it is known."""
        shown = "#,##0" if line.places == 0 else f"#,##0.{'0' * line.places}"
        cell = self._format(
            num_format=shown, locked=False, align="right", bg_color="#FFFFFF", **look
        )
        if amount is None:
            sheet.write_blank(row, place, None, cell)
        else:
            # More decimals than the form has would be refused on upload; the cover says so.
            value = round_half_up(self._in_unit(line, amount), places=line.places).normalize()
            if len(value.as_tuple().digits) > _MOST_DIGITS:
                sheet.write_string(row, place, format(value, "f"), cell)
            else:
                sheet.write_number(row, place, value, cell)
        sheet.data_validation(
            row, place, row, place,
            {
                "validate": "decimal", "criteria": "between",
                "minimum": -9e15, "maximum": 9e15, "ignore_blank": True,
                "error_title": "只能填数字",
                "error_message": f"{cell_name(row=row + 1, column=place + 1)}：只填数字，单位"
                f"{self._form.unit_of(line.item) if line.item else ''}，最多{line.places}位小数。",
            },
        )  # fmt: skip

    def _in_unit(self, line: FormLine, amount: int) -> Decimal:
        """Return an amount in hundredths of its unit as it would be filled in, exact."""
        value = Decimal(amount)
        if line.item is not None and line.item.unit is ItemUnit.MONEY:
            return (value / self._form.unit.fen).normalize()
        return (value / 100).normalize()

    @staticmethod
    def _protect(sheet: xlsxwriter.worksheet.Worksheet) -> None:
        """Lock what is not to be filled in; column widths and copying stay free."""
        allowed = {"format_columns": True, "format_rows": True, "select_locked_cells": True}
        sheet.protect("", allowed)


def _width(text: str) -> float:
    """Return the width of a text in characters; a Chinese one takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
