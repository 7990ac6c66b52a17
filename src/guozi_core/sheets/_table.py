"""Detail tables (ledgers, lists) read column by column.

A ledger can have a hundred thousand rows. Whole columns of plain numbers are turned into integers
at once; only the cells that are anything else are looked at one by one, with the same grammar as a
statement's. An amount is a whole number of 分, exact: a binary fraction is accepted where it is the
one nearest to the decimal number, else it is reported.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, cast

import numpy as np

from guozi_core.findings import cell_name
from guozi_core.sheets._days import EARLIEST, LATEST
from guozi_core.sheets._header import folded
from guozi_core.sheets._model import Cell, CellKind
from guozi_core.sheets._numbers import DASHES
from guozi_core.sheets._reading import Notebook
from guozi_core.sheets._values import read_amount, read_code, read_date
from guozi_core.units import Money, MoneyOutOfRangeError, MoneyUnit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from guozi_core.findings import Finding
    from guozi_core.sheets._catalogue import Remark
    from guozi_core.sheets._model import Area, Sheet

#: What a fast reader gives for a cell; a :class:`Cell` where only the file tells what it is.
RawValue = str | int | float | bool | date | datetime | time | timedelta | Cell | None

#: Findings of one kind in one column that are listed; the rest is counted.
_MOST_LISTED = 20
#: Beyond this a binary fraction does not keep two decimals.
_MOST_HUNDREDTHS = 9e14
#: The nearest binary fraction or its neighbour; anything farther is looked at digit by digit.
_NOISE, _RELATIVE = 1e-9, 2.0**-52


class ColumnKind(Enum):
    """What a column of a table holds."""

    AMOUNT = "amount"
    COUNT = "count"
    DAY = "day"
    CODE = "code"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec:
    """A column of a table.

    Parameters
    ----------
    key : str
        Its name in the result.
    title : str
        Its heading; ``aliases`` are other headings.
    kind : ColumnKind
        What it holds.
    required : bool
        Whether every row must fill it.
    may_be_negative : bool
        Whether a negative amount is unsuspicious.
    not_before : str
        Key of a day column that must not be later than this one.
    longest : int
        Most characters of a text.
    """

    key: str
    title: str
    kind: ColumnKind
    required: bool = False
    may_be_negative: bool = False
    not_before: str | None = None
    longest: int = 10_000
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """A table.

    Parameters
    ----------
    columns : tuple of ColumnSpec
        Its columns.
    unit : MoneyUnit
        Unit of amounts whose heading states none (``金额（万元）``).
    most_rows : int
        Most rows of data, included.
    may_be_empty : bool
        Whether a table without rows is accepted.
    """

    columns: tuple[ColumnSpec, ...]
    unit: MoneyUnit = MoneyUnit.WAN
    most_rows: int = 200_000
    may_be_empty: bool = False


@dataclass(frozen=True, kw_only=True)
class ReadTable:
    """A table as read.

    Parameters
    ----------
    first_row : int
        The row of the first record, counted from 1 as Excel shows it.
    rows : int
        Number of records.
    amounts : dict of str to int64 array
        Amounts in 分 and counts, by column; 0 where ``filled`` is false.
    texts, days : dict of str to list
        Texts and days by column; None where nothing is said.
    filled : dict of str to bool array
        Which cells of a column say something that could be read.
    findings : tuple of Finding
        What was wrong or unusual.
    """

    first_row: int
    rows: int
    amounts: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    texts: dict[str, list[str | None]] = field(default_factory=dict)
    days: dict[str, list[date | None]] = field(default_factory=dict)
    filled: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_table(
    spec: TableSpec,
    grid: Sequence[Sequence[RawValue]],
    *,
    file: str,
    sheet: Sheet,
    merged: Sequence[Area] = (),
) -> ReadTable:
    """Return the columns of a table whose first row is its heading.

    Parameters
    ----------
    spec : TableSpec
        What the table holds.
    grid : sequence of rows
        The cells from the sheet's first row on.
    file : str
        Name of the file.
    sheet : Sheet
        The sheet, for its name.
    merged : sequence of Area
        Merged ranges.

    Returns
    -------
    ReadTable
        Columns and findings.
    """
    notes = Notebook(file=file)
    top = next((n for n, row in enumerate(grid) if any(v not in {None, ""} for v in row)), None)
    if top is None:
        notes.add("IMP-TPL-022", sheet)
        return ReadTable(first_row=1, rows=0, findings=notes.in_order())
    places, units = _bind(spec, grid[top], top + 1, sheet, notes)
    records = grid[top + 1 :]
    while records and not any(value not in {None, ""} for value in records[-1]):
        records = records[:-1]
    if len(records) > spec.most_rows:
        notes.add(
            "IMP-TPL-023", sheet, rows=str(len(records)), limit=str(spec.most_rows)
        )  # fmt: skip
        return ReadTable(first_row=top + 2, rows=0, findings=notes.in_order())
    if not records and not spec.may_be_empty:
        notes.add("IMP-TPL-024", sheet)
    for area in merged:
        if area.last_row > top + 1:
            notes.add("IMP-TPL-010", sheet, area.name.split(":", maxsplit=1)[0], area=area.name)
    table = ReadTable(first_row=top + 2, rows=len(records))
    reader = _ColumnReader(table, sheet, notes)
    columns = list(zip(*records, strict=True)) if records else [() for _ in grid[top]]
    for column in spec.columns:
        if column.key in places:
            place = places[column.key]
            reader.read(column, columns[place], place + 1, units.get(column.key, spec.unit))
    for column in spec.columns:
        if column.not_before is not None and column.key in places:
            reader.compare_days(spec, column, places)
    reader.close()
    return ReadTable(
        first_row=table.first_row, rows=table.rows, amounts=table.amounts, texts=table.texts,
        days=table.days, filled=table.filled, findings=notes.in_order(),
    )  # fmt: skip


def _bind(
    spec: TableSpec, header: Sequence[RawValue], row: int, sheet: Sheet, notes: Notebook
) -> tuple[dict[str, int], dict[str, MoneyUnit]]:
    """Return where each column stands, and the unit its heading states."""
    known = {folded(name): c for c in spec.columns for name in (c.title, *c.aliases)}
    places: dict[str, int] = {}
    units: dict[str, MoneyUnit] = {}
    for place, value in enumerate(header):
        text = folded(str(value)) if value is not None else ""
        if not text:
            continue
        name, unit = _with_unit(text)
        column = known.get(text) or known.get(name)
        cell = cell_name(row=row, column=place + 1)
        if column is None:
            notes.add("IMP-TPL-007", sheet, cell, got=str(value))
        elif column.key in places:
            first = cell_name(row=row, column=places[column.key] + 1)
            notes.add("IMP-TPL-020", sheet, cell, column_title=column.title, first=first)
        else:
            places[column.key] = place
            if unit is not None:
                units[column.key] = unit
    for column in spec.columns:
        if column.required and column.key not in places:
            notes.add("IMP-TPL-026", sheet, None, column_title=column.title)
    return places, units


def _with_unit(text: str) -> tuple[str, MoneyUnit | None]:
    """Return a heading without its unit, and the unit: ``金额(万元)``."""
    name, bracket, rest = text.partition("(")
    if not bracket:
        return text, None
    try:
        return name, MoneyUnit.parse(rest.removesuffix(")"))
    except ValueError:
        return name, None


class _ColumnReader:
    """Reads columns into a table and keeps count of what is wrong."""

    def __init__(self, table: ReadTable, sheet: Sheet, notes: Notebook) -> None:
        self._table = table
        self._sheet = sheet
        self._notes = notes
        self._counts: Counter[tuple[str, int]] = Counter()
        self._last: dict[tuple[str, int], tuple[str, str, dict[str, str]]] = {}

    def read(
        self, column: ColumnSpec, values: Sequence[RawValue], place: int, unit: MoneyUnit
    ) -> None:
        """Read one column."""
        if column.kind in {ColumnKind.AMOUNT, ColumnKind.COUNT}:
            self._read_numbers(column, values, place, unit)
        elif column.kind is ColumnKind.DAY:
            self._read_days(column, values, place)
        else:
            self._read_texts(column, values, place)
        filled = self._table.filled[column.key]
        if column.required and not filled.all():
            for index in np.flatnonzero(~filled).tolist():
                if _is_blank(values[index]):
                    self._tell("IMP-NUM-019", column, index, place, None, {})

    def _read_numbers(
        self, column: ColumnSpec, values: Sequence[RawValue], place: int, unit: MoneyUnit
    ) -> None:
        count = len(values)
        odd: list[int] = []
        if set(map(type, values)) <= {float, int}:
            numbers = np.array(values, dtype=np.float64)
            plain = np.ones(count, dtype=bool)
        else:
            plain = np.fromiter((type(v) in {float, int} for v in values), dtype=bool, count=count)
            odd = np.flatnonzero(~plain).tolist()
            numbers = np.array(
                [v if fits else 0.0 for v, fits in zip(values, plain.tolist(), strict=True)],
                dtype=np.float64,
            )
        places = 2 if column.kind is ColumnKind.AMOUNT else 0
        scale = 10**places
        hundredths = np.rint(numbers * scale)
        with np.errstate(invalid="ignore"):
            away = np.abs(numbers - hundredths / scale)
            exact = (away <= np.maximum(_NOISE, np.abs(numbers) * _RELATIVE)) & (
                np.abs(hundredths) <= _MOST_HUNDREDTHS
            )
        factor = unit.fen // scale if column.kind is ColumnKind.AMOUNT else 1
        limit = (2**63 - 1) // max(factor, 1)
        exact &= np.abs(hundredths) < limit
        if factor == 0:
            odd.extend(np.flatnonzero(plain).tolist())
            exact[:] = False
        amounts = np.where(exact & plain, hundredths, 0).astype(np.int64) * np.int64(factor)
        filled = exact & plain
        odd.extend(np.flatnonzero(plain & ~exact).tolist())
        for index in sorted(set(odd)):
            amount = self._read_odd(column, values[index], index, place, unit)
            if amount is not None:
                amounts[index] = amount
                filled[index] = True
        if not column.may_be_negative:
            for index in np.flatnonzero(filled & (amounts < 0)).tolist():
                got = _as_text(values[index])
                self._tell("IMP-NUM-027", column, index, place, got, {})
        self._table.amounts[column.key] = amounts
        self._table.filled[column.key] = filled

    def _read_odd(
        self, column: ColumnSpec, value: RawValue, index: int, place: int, unit: MoneyUnit
    ) -> int | None:
        """Read one cell that is no plain number."""
        if _is_blank(value):
            return None
        cell = _as_cell(value, self._table.first_row + index, place)
        reading = read_amount(cell, places=2 if column.kind is ColumnKind.AMOUNT else 0)
        self._remark(column, index, place, cell.raw, reading.remarks)
        if reading.value is None:
            return None
        if column.kind is ColumnKind.COUNT:
            return int(reading.value)
        try:
            return Money.of(reading.value, unit).fen
        except MoneyOutOfRangeError:
            self._tell("IMP-NUM-016", column, index, place, cell.raw, {})
            return None

    def _read_days(self, column: ColumnSpec, values: Sequence[RawValue], place: int) -> None:
        if set(map(type, values)) == {date}:
            plain = cast("list[date]", list(values))
            if min(plain) >= EARLIEST and max(plain) <= LATEST:
                self._table.days[column.key] = [*plain]
                self._table.filled[column.key] = np.ones(len(plain), dtype=bool)
                return
        days: list[date | None] = []
        for index, value in enumerate(values):
            day = value.date() if isinstance(value, datetime) else value
            if isinstance(day, date) and EARLIEST <= day <= LATEST:
                days.append(day)
                continue
            if _is_blank(value):
                days.append(None)
                continue
            cell = _as_cell(value, self._table.first_row + index, place)
            reading = read_date(cell)
            self._remark(column, index, place, cell.raw, reading.remarks)
            days.append(reading.value)
        self._table.days[column.key] = days
        self._table.filled[column.key] = np.array([day is not None for day in days], dtype=bool)

    def _read_texts(self, column: ColumnSpec, values: Sequence[RawValue], place: int) -> None:
        if set(map(type, values)) == {str}:
            plain = cast("list[str]", list(values))
            if (
                list(map(str.strip, plain)) == plain
                and _is_clean("".join(plain))
                and DASHES.isdisjoint(plain)
                and max(map(len, plain)) <= column.longest
            ):
                self._table.texts[column.key] = [*plain]
                self._table.filled[column.key] = np.ones(len(plain), dtype=bool)
                return
        texts: list[str | None] = []
        for index, value in enumerate(values):
            if isinstance(value, str) and value == value.strip() and _is_clean(value):
                texts.append(None if _is_blank(value) else value)
            elif _is_blank(value):
                texts.append(None)
            else:
                cell = _as_cell(value, self._table.first_row + index, place)
                reading = read_code(cell)
                self._remark(column, index, place, cell.raw, reading.remarks)
                texts.append(reading.value)
            text = texts[-1]
            if text is not None and len(text) > column.longest:
                details = {"length": str(len(text)), "limit": str(column.longest)}
                self._tell("IMP-TXT-003", column, index, place, text, details)
        self._table.texts[column.key] = texts
        self._table.filled[column.key] = np.array([text is not None for text in texts], dtype=bool)

    def compare_days(self, spec: TableSpec, column: ColumnSpec, places: Mapping[str, int]) -> None:
        """Report days that lie before the day they must not precede."""
        other = column.not_before or ""
        if other not in places:
            return
        start = next(c for c in spec.columns if c.key == other)
        pairs = zip(self._table.days[other], self._table.days[column.key], strict=True)
        for index, (begin, end) in enumerate(pairs):
            if begin is not None and end is not None and end < begin:
                row = self._table.first_row + index
                details = {
                    "end": column.title,
                    "start": start.title,
                    "other": cell_name(row=row, column=places[other] + 1),
                }
                got = f"{end.isoformat()} < {begin.isoformat()}"
                self._tell("IMP-DAT-007", column, index, places[column.key] + 1, got, details)

    def _remark(
        self, column: ColumnSpec, index: int, place: int, got: str, remarks: tuple[Remark, ...]
    ) -> None:
        for remark in remarks:
            self._tell(remark.code, column, index, place, got, remark.details)

    def _tell(
        self,
        code: str,
        column: ColumnSpec,
        index: int,
        place: int,
        got: str | None,
        details: dict[str, str],
    ) -> None:
        """Report a cell; beyond the most listed, cells are counted."""
        key = (code, place)
        self._counts[key] += 1
        name = cell_name(row=self._table.first_row + index, column=place)
        if code == "IMP-NUM-014":
            details = {**details, "count": "1", "cells": name}
        if self._counts[key] <= _MOST_LISTED:
            self._notes.add(code, self._sheet, name, column=column.title, got=got, **details)
        else:
            self._last[key] = (name, column.title, details)

    def close(self) -> None:
        """Report how many cells were not listed."""
        for (code, place), (name, title, details) in self._last.items():
            rest = self._counts[code, place] - _MOST_LISTED
            self._notes.add(
                code, self._sheet, name, column=title, got=f"… +{rest}", **details
            )  # fmt: skip


def _is_blank(value: RawValue) -> bool:
    """Return whether a cell says nothing."""
    if isinstance(value, str):
        return not value.strip() or value.strip() in DASHES
    return value is None


def _is_clean(text: str) -> bool:
    return "\ufffd" not in text and "锟斤拷" not in text and "\x00" not in text


def _as_text(value: RawValue) -> str:
    return value.raw if isinstance(value, Cell) else str(value)


def _as_cell(value: RawValue, row: int, column: int) -> Cell:
    """Return a fast reader's value as a cell."""
    if isinstance(value, Cell):
        return value
    if isinstance(value, bool):
        return Cell(row, column, CellKind.BOOLEAN, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return Cell(row, column, CellKind.NUMBER, repr(value).replace("inf", "Infinity"))
    if isinstance(value, datetime):
        return Cell(row, column, CellKind.DATE, value.isoformat(), day=value.date())
    if isinstance(value, date):
        return Cell(row, column, CellKind.DATE, value.isoformat(), day=value)
    return Cell(row, column, CellKind.TEXT, "" if value is None else str(value))
