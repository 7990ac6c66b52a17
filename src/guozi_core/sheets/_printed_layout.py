"""Where things stand in a statement printed by an accounting program: blocks, columns, unit.

A balance sheet is usually printed in two blocks, assets on the left and liabilities on the right;
each block has its own column of names and its own amounts. Columns are found by their headings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.sheets._header import folded
from guozi_core.sheets._model import CellKind
from guozi_core.statements import Moment, StatementKind, read_printed_period
from guozi_core.units import InvalidPeriodError, MoneyUnit

if TYPE_CHECKING:
    from guozi_core.sheets._model import Cell, Sheet
    from guozi_core.units import Period

_NAMES = re.compile(
    r"项目|项目名称|科目|会计科目|指标|指标名称|报表项目|资产|(?:资产|负债|所有者权益|股东权益).*"
    r"|负债[和及与].*",
)
_TITLE = re.compile(r"表(?:\([^)]*\))?$")
_SIDE = re.compile(r"行次|附注.*|注释.*|注|序号|备注|代码|编码")
_UNIT = re.compile(r"(?<!编制)(?<!填报)单位[:为]?(?:人民币)?(?P<unit>百万元|亿元|万元|千元|元)")
_MONEY_WORDS = re.compile(r"(?:人民币)(?P<unit>百万元|亿元|万元|千元|元)")
#: Any other unit of money that is stated: it must not be passed over.
_OTHER_UNIT = re.compile(r"(?<!编制)(?<!填报)单位[:为](?P<unit>[^:]{0,6}(?:元|美金|港币|日元|圆))$")
_LAST_HEADER_ROW = 15
_STOCK = {Moment.CLOSING, Moment.OPENING}


class Block(NamedTuple):
    """A column of names and the amounts that belong to it.

    Attributes
    ----------
    label : int
        Column of the names.
    values : dict of int to Moment
        Columns of amounts.
    """

    label: int
    values: dict[int, Moment]


class Layout(NamedTuple):
    """Where the amounts of a printed statement stand.

    Attributes
    ----------
    header_row, first_row : int
        The heading row, and the first row of lines.
    blocks : tuple of Block
        From left to right.
    ignored : frozenset of int
        Columns of line numbers and notes.
    unread : tuple of Cell
        Headings of columns that are not read.
    elsewhen : tuple of Cell
        Headings of columns for other periods: figures of other filings, not of this one.
    dated : bool
        Whether a heading names the period itself.
    """

    header_row: int
    first_row: int
    blocks: tuple[Block, ...]
    ignored: frozenset[int]
    unread: tuple[Cell, ...]
    elsewhen: tuple[Cell, ...]
    dated: bool


class _Amounts(NamedTuple):
    """Columns of amounts of a heading row, headings not read, headings of other periods."""

    moments: dict[int, Moment]
    unread: list[Cell]
    elsewhen: list[Cell]
    dated: bool


def find_layout(sheet: Sheet, kind: StatementKind, period: Period | None) -> Layout | None:
    """Return where names and amounts stand, None where no heading row is found."""
    rows: dict[int, list[Cell]] = {}
    for cell in sheet.in_order():
        if cell.row <= _LAST_HEADER_ROW + 1 and cell.raw.strip():
            rows.setdefault(cell.row, []).append(cell)
    for row, cells in rows.items():
        names = [c.column for c in cells if _is_name(c)]
        if not names or row > _LAST_HEADER_ROW:
            continue
        for header in (cells, [*cells, *rows.get(row + 1, [])]):
            amounts = _amounts(header, kind, period)
            blocks = _blocks(names, amounts.moments)
            if blocks:
                last = max(cell.row for cell in header if cell.column in amounts.moments)
                ignored = {c.column for c in header if _SIDE.fullmatch(folded(c.raw))}
                ignored |= {cell.column for cell in amounts.elsewhen}
                unread = tuple(cell for cell in amounts.unread if cell.column > names[0])
                elsewhen = tuple(amounts.elsewhen)
                return Layout(
                    row, last + 1, blocks, frozenset(ignored), unread, elsewhen, amounts.dated
                )
    return None


def _is_name(cell: Cell) -> bool:
    """Return whether a heading stands over names of lines.

    A title such as 资产负债表 does not, though it begins like a heading: the date below it would be
    taken for the heading of a column.
    """
    text = folded(cell.raw)
    return (
        cell.kind is CellKind.TEXT
        and len(text) < 24
        and _NAMES.fullmatch(text) is not None
        and _TITLE.search(text) is None
    )


def _amounts(header: list[Cell], kind: StatementKind, period: Period | None) -> _Amounts:
    """Return the columns of amounts by their headings."""
    named: dict[int, tuple[Moment, bool]] = {}
    dated: dict[int, Period] = {}
    unread: list[Cell] = []
    for cell in header:
        text = folded(cell.raw)
        if _is_name(cell) or _SIDE.fullmatch(text):
            continue
        moment = _moment(text)
        printed = _period(cell)
        if moment is not None and _suits(moment, kind):
            named[cell.column] = (moment, "累计" in text)
        elif printed is not None:
            dated[cell.column] = printed
        else:
            unread.append(cell)
    of_dates = _dated_moments(dated, kind, period)
    elsewhen = [cell for cell in header if cell.column in dated.keys() - of_dates.keys()]
    return _Amounts(
        {**of_dates, **_one_of_each(named, header, unread)}, unread, elsewhen, bool(dated)
    )


def _moment(text: str) -> Moment | None:
    try:
        return Moment.parse(text)
    except ValueError:
        return None


def _period(cell: Cell) -> Period | None:
    """Return the period a heading such as 2024年12月31日 names."""
    text = cell.day.isoformat() if cell.day is not None else folded(cell.raw)
    try:
        return read_printed_period(text)
    except InvalidPeriodError:
        return None


def _suits(moment: Moment, kind: StatementKind) -> bool:
    """Return whether a statement has a column: balances have dates, flows have periods."""
    if kind is StatementKind.SUPPLEMENTARY:
        return True
    return (moment in _STOCK) == (kind is StatementKind.BALANCE_SHEET)


def _one_of_each(
    named: dict[int, tuple[Moment, bool]], header: list[Cell], unread: list[Cell]
) -> dict[int, Moment]:
    """Return the columns; 本月 beside 本年累计 is not read, because flows are cumulative."""
    cumulative = {moment for moment, total in named.values() if total}
    kept: dict[int, Moment] = {}
    for column, (moment, total) in named.items():
        if moment in cumulative and not total:
            unread.extend(cell for cell in header if cell.column == column)
        else:
            kept[column] = moment
    return kept


def _dated_moments(
    dated: dict[int, Period], kind: StatementKind, period: Period | None
) -> dict[int, Moment]:
    """Return the moments of columns headed by dates: the latest is the reported one."""
    if not dated:
        return {}
    stock = kind is StatementKind.BALANCE_SHEET
    now, before = (Moment.CLOSING, Moment.OPENING) if stock else (Moment.CURRENT, Moment.PRIOR)
    latest = period.end_date if period is not None else max(p.end_date for p in dated.values())
    wanted = {latest: now}
    found = {}
    for column, printed in dated.items():
        if printed.end_date == latest:
            found[column] = wanted[latest]
        elif printed.end_date.year == latest.year - 1 and (
            printed.end_date.month == 12 if stock else printed.end_date.month == latest.month
        ):
            found[column] = before
    return found


def _blocks(names: list[int], moments: dict[int, Moment]) -> tuple[Block, ...]:
    """Return each column of names with the amounts right of it, up to the next names."""
    blocks = []
    for number, label in enumerate(names):
        end = names[number + 1] if number + 1 < len(names) else 1 << 20
        values = {c: m for c, m in sorted(moments.items()) if label < c < end}
        if values:
            blocks.append(Block(label, values))
    return tuple(blocks)


class PrintedUnit(NamedTuple):
    """The unit a sheet states.

    Attributes
    ----------
    cell : Cell
        Where it is stated; of two units that differ, where the second stands.
    unit : MoneyUnit or None
        The unit; None for one that is not read (百万元, 美元), and where two differ.
    """

    cell: Cell
    unit: MoneyUnit | None


def find_unit(sheet: Sheet, *, above: int) -> PrintedUnit | None:
    """Return the unit stated above the lines of a sheet, None where there is none."""
    stated: list[PrintedUnit] = []
    for pattern in (_UNIT, _MONEY_WORDS, _OTHER_UNIT):
        for cell in sheet.in_order():
            if cell.row >= above or cell.kind is not CellKind.TEXT:
                continue
            match = pattern.search(folded(cell.raw))
            if match is not None:
                try:
                    stated.append(PrintedUnit(cell, MoneyUnit.parse(match["unit"])))
                except ValueError:
                    stated.append(PrintedUnit(cell, None))
        if stated:
            break
    other = next((one for one in stated if one.unit is not stated[0].unit), None)
    if other is not None:
        return PrintedUnit(other.cell, None)
    return stated[0] if stated else None
