"""Workbooks built in the tests: a correct flash report, and the same with one fault."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from guozi import excel
from guozi.rulebooks import library
from guozi_core import sheets
from guozi_core.statements import ItemDictionary, ItemUnit, Scope, read_dictionary
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

    from guozi_core.findings import Finding

ADDRESSEE = excel.Addressee(uscc="91310000132201234X", name="云泽市城市建设投资集团有限公司")
PERIOD = Period.month(2026, 1)
FILE = "2026年1月财务快报.xlsx"
EXPECTED = sheets.Expected(
    uscc=ADDRESSEE.uscc, enterprise=ADDRESSEE.name, period=PERIOD, scope=Scope.CONSOLIDATED
)


@cache
def dictionary() -> ItemDictionary:
    return read_dictionary(library.read_text("items", "statement-items"))


@cache
def flash() -> sheets.Form:
    return sheets.read_form(library.read_text("forms", "financial-flash"), dictionary())


@cache
def final() -> sheets.Form:
    return sheets.read_form(library.read_text("forms", "financial-final"), dictionary())


@cache
def figures() -> dict[tuple[str, str], int]:
    """One figure for every cell of the form, all different, in 1/100 of the unit."""
    found: dict[tuple[str, str], int] = {}
    for part in flash().sheets:
        for line in part.lines:
            for column in part.columns:
                if line.item is None:
                    continue
                moment = column.moment(line.item)
                assert moment is not None
                step = len(found) + 1
                money = line.item.unit is ItemUnit.MONEY
                found[line.item.code, moment.letter] = (
                    (1_000_000 + step) * 10_000 if money else (1_000 + step) * 100
                )
    return found


@cache
def filled() -> bytes:
    """A flash report without any fault."""
    return excel.write_template(
        flash(), ADDRESSEE, period=PERIOD, scope=Scope.CONSOLIDATED, figures=figures()
    )


def edited(change: Callable[[Workbook], None], content: bytes | None = None) -> bytes:
    """Return the report after a change made with openpyxl, as a spreadsheet would save it."""
    book = load_workbook(io.BytesIO(filled() if content is None else content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes], content: bytes | None = None) -> bytes:
    """Return the report with the bytes of one part changed (added where it is new)."""
    parts = parts_of(filled() if content is None else content)
    parts[name] = change(parts.get(name, b""))
    return zipped(list(parts.items()))


def upload(
    content: bytes, *, limits: excel.Limits = excel.FORM_LIMITS
) -> tuple[list[Finding], tuple[sheets.ReadFigure, ...]]:
    """Return everything a reporter is told, and the figures."""
    opened = excel.open_workbook(content, FILE, limits=limits)
    if opened.workbook is None:
        return list(opened.findings), ()
    reading = sheets.interpret(flash(), dictionary(), opened.workbook, expected=EXPECTED)
    return [*opened.findings, *reading.findings], reading.figures


def told(findings: list[Finding]) -> list[tuple[str, str | None, str | None]]:
    """Return the whole set of findings as code, sheet and cell."""
    return [(f.code, f.locator.sheet, f.locator.cell) for f in findings]


def as_mapping(read: tuple[sheets.ReadFigure, ...]) -> dict[tuple[str, str], int]:
    return {(figure.item, figure.moment): figure.amount for figure in read}
