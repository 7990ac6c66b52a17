"""Stored figures to what a page shows: the lines of a form with their amounts as text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from guozi.rulebooks import parsed
from guozi_core.statements import Item, ItemUnit, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi_core.sheets import Form, FormLine, FormSheet

_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCell:
    """One amount of a line: ``name`` identifies it in forms and addresses (``BS40e``)."""

    name: str
    item: str
    moment: str
    amount: int | None
    text: str
    negative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """One line of a sheet; a heading has no cells. ``prefix`` is what stands before the name."""

    line: FormLine
    label: str
    english: str
    depth: int
    unit: str
    cells: tuple[PageCell, ...]

    @property
    def is_heading(self) -> bool:
        """Whether the line is printed without amounts."""
        return self.line.item is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSheet:
    """One sheet of a form with its lines."""

    sheet: FormSheet
    lines: tuple[PageLine, ...]
    filled: int

    @property
    def key(self) -> str:
        """The letters of the statement, for addresses."""
        return str(self.sheet.statement.value)


def factor_of(form: Form, item: Item) -> int:
    """Return how many hundredths of the stored unit make one unit of the form."""
    return form.unit.fen if item.unit is ItemUnit.MONEY else _HUNDRED


def as_filled(form: Form, item: Item, amount: int) -> str:
    """Return a stored amount as it is written in the form: exact, without trailing zeros cut.

    >>> from guozi.rulebooks import parsed
    >>> as_filled(parsed.form("financial-flash"), parsed.dictionary().by_code["BS40"], 123_456_00)
    '12.3456'
    """
    exact = Decimal(amount) / factor_of(form, item)
    shown = f"{exact:.{form.places}f}"
    return f"{Decimal(shown):,}" if Decimal(shown) == exact else f"{exact.normalize():,f}"


def page_sheets(form: Form, figures: Mapping[tuple[str, str], int]) -> tuple[PageSheet, ...]:
    """Return every sheet of a form with the amounts filled in."""
    found = []
    for sheet in form.sheets:
        lines = tuple(_line(form, sheet, line, figures) for line in sheet.lines)
        filled = sum(cell.amount is not None for line in lines for cell in line.cells)
        found.append(PageSheet(sheet=sheet, lines=lines, filled=filled))
    return tuple(found)


def outside_form(form: Form, figures: Mapping[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    """Return the figures that no line of the form shows: a printed statement may hold more."""
    shown = {
        (line.item.code, moment.letter)
        for sheet in form.sheets
        for line in sheet.lines
        if line.item is not None
        for column in sheet.columns
        for moment in [column.moment(line.item)]
        if moment is not None
    }
    return [(item, moment, amount) for (item, moment), amount in figures.items()
            if (item, moment) not in shown]  # fmt: skip


def _line(
    form: Form, sheet: FormSheet, line: FormLine, figures: Mapping[tuple[str, str], int]
) -> PageLine:
    label = line.label
    depth = (len(label) - len(label.lstrip("　 "))) // 1
    item = line.item
    cells: list[PageCell] = []
    if item is not None:
        for column in sheet.columns:
            moment = column.moment(item)
            if moment is None:
                continue
            amount = figures.get((item.code, moment.letter))
            cells.append(
                PageCell(
                    name=f"{item.code}{moment.letter}",
                    item=item.code,
                    moment=moment.letter,
                    amount=amount,
                    text="" if amount is None else as_filled(form, item, amount),
                    negative=amount is not None and amount < 0,
                )
            )
    return PageLine(
        line=line,
        label=label.strip("　 "),
        english=line.english,
        depth=min(depth, 2),
        unit="" if item is None else form.unit_of(item),
        cells=tuple(cells),
    )


def item_name(code: str) -> tuple[str, str]:
    """Return the Chinese and English name of a line."""
    item = parsed.dictionary().by_code[code]
    return item.name, item.english


#: Scopes in the addresses of pages.
SCOPES: Mapping[str, Scope] = {scope.value: scope for scope in Scope}
