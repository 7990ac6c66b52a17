"""Printed statements as a workbook: a title, who, the unit, one column of names, one a period."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

_MOST_DIGITS = 15
_FONT = "宋体"
_HEADING_ROW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One line: its name as printed, where it was printed, an amount for every heading."""

    name: str
    source: str
    amounts: Sequence[Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedStatement:
    """One statement: ``title`` names the sheet, ``headings`` the columns of amounts."""

    title: str
    who: str
    unit: str
    headings: Sequence[str]
    lines: Sequence[PrintedLine]


def write_printed(statements: Sequence[PrintedStatement]) -> bytes:
    """Return statements as a workbook that reads like the printed ones, one sheet each.

    A number with more digits than a spreadsheet keeps is written as text, exactly.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        base = {"font_name": _FONT, "font_size": 10}
        title = book.add_format({**base, "bold": True, "font_size": 14})
        heading = book.add_format({**base, "bold": True, "bg_color": "#DCE6F1", "border": 1})
        text = book.add_format(base)
        amount = book.add_format({**base, "num_format": "#,##0.00####"})
        for statement in statements:
            sheet = book.add_worksheet(statement.title)
            sheet.write_string(0, 0, statement.title, title)
            sheet.write_string(1, 0, f"编制单位：{statement.who}", text)
            sheet.write_string(2, 0, f"单位：{statement.unit}", text)
            for column, words in enumerate(("项目", "附注：出处", *statement.headings)):
                sheet.write_string(_HEADING_ROW, column, words, heading)
            for row, line in enumerate(statement.lines, start=_HEADING_ROW + 1):
                sheet.write_string(row, 0, line.name, text)
                sheet.write_string(row, 1, line.source, text)
                for column, value in enumerate(line.amounts, start=2):
                    if value is None:
                        continue
                    if len(value.as_tuple().digits) > _MOST_DIGITS:
                        sheet.write_string(row, column, f"{value:f}", text)
                    else:
                        sheet.write_number(row, column, float(value), amount)
            sheet.set_column(0, 0, 44)
            sheet.set_column(1, 1, 26)
            sheet.set_column(2, 1 + len(statement.headings), 18)
            sheet.freeze_panes(_HEADING_ROW + 1, 2)
    return stream.getvalue()
