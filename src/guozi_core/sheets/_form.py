"""What a form asks: its sheets, the lines and columns of each, units, and what must be filled.

A form is data (``data/rulebooks/forms/<id>.yaml``). The template that reporters download and the
reader of what they upload are both made from it, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from guozi_core.statements import ItemKind, ItemUnit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi_core.findings import Wording
    from guozi_core.rulebook import Header
    from guozi_core.statements import Item, Moment, Scope, StatementKind
    from guozi_core.units import MoneyUnit, PeriodKind

#: The layout of every sheet of a template, rows and columns counted from 1.
TITLE_ROW, WHO_ROW, UNIT_ROW, HEADER_ROW = 1, 2, 3, 4
LABEL_COLUMN, NUMBER_COLUMN, FIRST_VALUE_COLUMN = 1, 2, 3
LABEL_HEADER, NUMBER_HEADER = "项目", "行次"
COVER = "封面"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """A column of amounts.

    Parameters
    ----------
    title : Wording
        Its heading.
    stock, flow : Moment
        Which moment a balance, and which a flow, has in this column; None where the sheet holds
        none of the kind.
    """

    title: Wording
    stock: Moment | None
    flow: Moment | None

    def moment(self, item: Item) -> Moment | None:
        """Return the moment a line has in this column."""
        return self.stock if item.kind is ItemKind.STOCK else self.flow


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """A line of a form.

    Parameters
    ----------
    label : str
        What is printed, with indentation and 其中：.
    english : str
        Name on English pages.
    item : Item
        What the figures mean; None for a heading.
    number : int
        行次; None for a heading.
    required : bool
        Whether every column must be filled.
    is_total : bool
        Whether other lines add up to it; it is printed bold.
    never_negative : bool
        Whether a negative figure is an error, not only a doubt.
    places : int
        Decimals.
    """

    label: str
    english: str
    item: Item | None = None
    number: int | None = None
    required: bool = False
    is_total: bool = False
    never_negative: bool = False
    places: int = 2


@dataclass(frozen=True, kw_only=True)
class FormSheet:
    """A sheet of a form.

    Parameters
    ----------
    statement : StatementKind
        The table its lines belong to.
    title : Wording
        Its title; the Chinese one is the name of the tab.
    columns : tuple of FormColumn
        The amounts asked for each line.
    lines : tuple of FormLine
        In printed order.
    """

    statement: StatementKind
    title: Wording
    columns: tuple[FormColumn, ...]
    lines: tuple[FormLine, ...]

    @cached_property
    def line_of_item(self) -> Mapping[str, FormLine]:
        """Lines by item code."""
        return {line.item.code: line for line in self.lines if line.item is not None}

    def row_of(self, line: FormLine) -> int:
        """Return the row a line has in the template."""
        return HEADER_ROW + 1 + self.lines.index(line)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headings of the template, from the first column on."""
        return (LABEL_HEADER, NUMBER_HEADER, *(column.title.zh for column in self.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form reporters fill in.

    Parameters
    ----------
    header : Header
        Identity, dates, sources.
    frequency : PeriodKind
        For which kind of period it is filled.
    unit : MoneyUnit
        Unit of its amounts.
    places : int
        Decimals of its amounts.
    scopes : tuple of Scope
        For which accounts it can be filled.
    sheets : tuple of FormSheet
        In the order of the tabs.
    """

    header: Header
    frequency: PeriodKind
    unit: MoneyUnit
    places: int
    scopes: tuple[Scope, ...]
    sheets: tuple[FormSheet, ...]
    notes: tuple[Wording, ...] = field(default=())

    @property
    def id(self) -> str:
        """Identifier: ``financial-flash``."""
        return self.header.id

    @property
    def version(self) -> str:
        """Version of the template."""
        return self.header.version

    def unit_of(self, item: Item) -> str:
        """Return the unit a line is filled in, as printed."""
        if item.unit is ItemUnit.PERSONS:
            return "人"
        return "元/股" if item.unit is ItemUnit.MONEY_PER_SHARE else self.unit.value
