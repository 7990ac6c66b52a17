"""Statements printed by accounting programs, read without a template.

Names are resolved by the item dictionary (numbering, 其中：, aliases, widths); what it does not know
is reported with the nearest name and not imported. Texts without figures (headings, signatures) are
left aside; every number is read or reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guozi_core.sheets._header import folded
from guozi_core.sheets._hidden import report_hidden, report_merged
from guozi_core.sheets._model import Cell, CellKind, Visibility
from guozi_core.sheets._numbers import read_number
from guozi_core.sheets._plausibility import suspect_unit
from guozi_core.sheets._printed_layout import Block, Layout, find_layout, find_unit
from guozi_core.sheets._reading import Expected, Notebook, ReadFigure, Reading
from guozi_core.sheets._values import read_amount, refers_elsewhere, says_nothing
from guozi_core.statements import (
    ItemKind,
    ItemUnit,
    Moment,
    NameReader,
    Scope,
    StatementKind,
    read_printed_period,
)
from guozi_core.units import (
    InvalidPeriodError,
    Money,
    MoneyOutOfRangeError,
    MoneyUnit,
    unit_in_english,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from guozi_core.sheets._model import Sheet, Workbook
    from guozi_core.statements import Item, ItemDictionary

_WHO = re.compile(
    r"(?:编制单位|编报单位|填报单位|单位名称|企业名称)[:](?P<name>[^:]+?)(?:单位[:].*)?"
)
_CODE = re.compile(r"信用代码[:]?(?P<code>[0-9A-Z]{18})")
_WHEN = re.compile(r"(?:报告期|会计期间|所属期间|日期|时间)?[:]?(?P<period>\d{4}年?.*)")
#: Decimals that are exact to the 分 in each unit.
_PLACES = {MoneyUnit.YUAN: 2, MoneyUnit.THOUSAND: 5, MoneyUnit.WAN: 6, MoneyUnit.YI: 10}
_OF_KIND = {
    (ItemKind.STOCK, Moment.CURRENT): Moment.CLOSING,
    (ItemKind.STOCK, Moment.PRIOR): Moment.OPENING,
    (ItemKind.FLOW, Moment.CLOSING): Moment.CURRENT,
    (ItemKind.FLOW, Moment.OPENING): Moment.PRIOR,
}
_MOST_LISTED = 30
_MOST_NOISY = 12
_OF_FLOWS = {StatementKind.INCOME_STATEMENT, StatementKind.CASH_FLOW_STATEMENT}


def interpret_free_form(
    workbook: Workbook,
    dictionary: ItemDictionary,
    *,
    expected: Expected | None = None,
    unit: MoneyUnit | None = None,
    previous: Mapping[tuple[str, str], int] | None = None,
) -> Reading:
    """Return the figures of printed statements and everything doubtful about them.

    Parameters
    ----------
    workbook : Workbook
        The file; sheets are recognised by name or title.
    dictionary : ItemDictionary
        The lines there are.
    expected : Expected
        For whom and when it is read; the scope chooses between 合并 and 母公司 sheets.
    unit : MoneyUnit
        Unit of sheets that state none.
    previous : mapping of (item, moment letter) to int
        Figures of the last period in hundredths of their units, to find a wrong unit.

    Returns
    -------
    Reading
        Figures and findings.
    """
    expected = expected or Expected()
    notes = Notebook(file=workbook.file)
    figures: list[ReadFigure] = []
    seen: dict[tuple[StatementKind, Scope | None], Sheet] = {}
    units: list[MoneyUnit] = []
    for sheet in workbook.sheets:
        if not sheet.cells:
            continue
        kind, scope = _kind(sheet)
        if kind is None or (None not in {scope, expected.scope} and scope is not expected.scope):
            first = sheet.in_order()[0]
            count = str(len(sheet.cells))
            notes.add("IMP-TPL-006", sheet, first, got=first.raw, title=sheet.name, count=count)
            continue
        if (kind, scope) in seen:
            earlier = seen[kind, scope].name
            notes.add("IMP-TPL-012", sheet, first=earlier, second=sheet.name)
            continue
        seen[kind, scope] = sheet
        if sheet.visibility is not Visibility.VISIBLE:
            notes.add("IMP-TPL-009", sheet, title=sheet.name)
        reader = _PrintedSheet(sheet, kind, dictionary, expected, notes)
        figures.extend(reader.read(unit))
        units += [reader.unit] if reader.unit is not None else []
    if not seen:
        notes.add("IMP-TPL-022")
    if previous:
        suspect_unit(figures, previous, workbook, notes)
    return Reading(
        figures=tuple(figures),
        findings=notes.in_order(),
        file=workbook.file,
        period=expected.period,
        scope=expected.scope,
        unit=max(units, key=lambda one: one.fen, default=None),
    )


def _kind(sheet: Sheet) -> tuple[StatementKind | None, Scope | None]:
    """Return which statement a sheet is, and for which accounts, by its name or title."""
    top = [cell.raw for cell in sheet.in_order() if cell.row <= 4 and cell.kind is CellKind.TEXT]
    kind = None
    for text in (sheet.name, *top):
        try:
            kind = StatementKind.parse(text)
        except ValueError:
            continue
        break
    words = "".join((sheet.name, *top))
    parent = "母公司" in sheet.name or any(text.strip().startswith("母公司") for text in top)
    if parent:
        return kind, Scope.PARENT
    return kind, Scope.CONSOLIDATED if "合并" in words else None


@dataclass(slots=True)
class _PrintedSheet:
    """One printed statement while it is read."""

    sheet: Sheet
    kind: StatementKind
    dictionary: ItemDictionary
    expected: Expected
    notes: Notebook
    #: What its amounts are in, once it is read.
    unit: MoneyUnit | None = None
    _read: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    _strange: list[Cell] = field(default_factory=list)
    _noisy: list[str] = field(default_factory=list)
    _rows: set[int] = field(default_factory=set)

    def read(self, unit: MoneyUnit | None) -> list[ReadFigure]:
        layout = find_layout(self.sheet, self.kind, self.expected.period)
        if layout is None:
            self.notes.add("IMP-TPL-022", self.sheet, got=self.sheet.in_order()[0].raw)
            return []
        self._read_top(layout)
        self._check_columns(layout)
        for cell in layout.unread:
            self.notes.add("IMP-TPL-007", self.sheet, cell, got=cell.raw)
        for cell in layout.elsewhen:
            self.notes.add("IMP-TPL-028", self.sheet, cell, column=cell.raw.strip())
        stated = find_unit(self.sheet, above=layout.first_row)
        if stated is not None:
            unit = stated.unit
            if unit is None:
                cell = stated.cell
                self.notes.add(
                    "IMP-NUM-017", self.sheet, cell, got=cell.raw, expected="元、千元、万元、亿元"
                )
                return []
        else:
            # 元 and 万元 are both usual: taking one for the other must not pass unseen.
            unit = unit or MoneyUnit.YUAN
            english = unit_in_english(unit.value)
            self.notes.add("IMP-NUM-035", self.sheet, taken=unit.value, taken_en=english)
        self.unit = unit
        figures: list[ReadFigure] = []
        for block in layout.blocks:
            figures.extend(self._read_block(layout, block, unit))
        self._collect_strange(layout)
        columns = {column for block in layout.blocks for column in block.values}
        label = layout.blocks[0].label
        report_hidden(
            self.sheet, self.notes, header_row=layout.header_row, label=label, columns=columns
        )
        report_merged(self.sheet, self.notes, rows=self._rows, columns=columns)
        self._report_noise(_PLACES.get(unit, 2))
        return figures

    def _check_columns(self, layout: Layout) -> None:
        """Refuse a sheet without the column of the period itself: it is of another period."""
        held = {moment for block in layout.blocks for moment in block.values.values()}
        if self.kind is StatementKind.BALANCE_SHEET and Moment.CLOSING not in held:
            title = "期末余额"
        elif self.kind in _OF_FLOWS and Moment.CURRENT not in held:
            title = "本年累计"
        else:
            return
        cells = [*layout.elsewhen, *layout.unread]
        self.notes.add("IMP-TPL-026", self.sheet, *cells[:1], column_title=title)

    def _report_noise(self, places: int) -> None:
        if self._noisy:
            listed = "、".join(self._noisy[:_MOST_NOISY])
            more = "…" if len(self._noisy) > _MOST_NOISY else ""
            self.notes.add(
                "IMP-NUM-014", self.sheet, self._noisy[0], count=str(len(self._noisy)),
                places=str(places), cells=listed + more,
            )  # fmt: skip

    def _read_top(self, layout: Layout) -> None:
        """Compare who and when, where they are printed, with what is expected."""
        dated = layout.dated
        for cell in self.sheet.in_order():
            if cell.row >= layout.header_row:
                break
            text = folded(cell.raw)
            code = _CODE.search(text)
            uscc = self.expected.uscc
            if code is not None and uscc is not None and code["code"] != uscc:
                self.notes.add("IMP-TPL-014", self.sheet, cell, got=code["code"], expected=uscc)
            who, when = _WHO.fullmatch(text), _WHEN.fullmatch(text)
            name = self.expected.enterprise
            if who is not None and name is not None and folded(who["name"]) != folded(name):
                self.notes.add("IMP-TPL-021", self.sheet, cell, got=cell.raw, expected=name)
            if when is None or self.expected.period is None:
                continue
            try:
                printed = read_printed_period(when["period"])
            except InvalidPeriodError:
                continue
            if printed.end_date != self.expected.period.end_date:
                self.notes.add(
                    "IMP-TPL-015",
                    self.sheet,
                    cell,
                    got=cell.raw,
                    expected=self.expected.period.code,
                    found=printed.code,
                    wanted=self.expected.period.code,
                )
            dated = True
        if not dated and self.expected.period is not None:
            taken = self.expected.period.code
            self.notes.add(
                "IMP-TPL-027",
                self.sheet,
                what="报告期",
                what_en="the period",
                taken=taken,
                taken_en=taken,
            )

    def _read_block(self, layout: Layout, block: Block, unit: MoneyUnit) -> list[ReadFigure]:
        names = NameReader(dictionary=self.dictionary, statement=self.kind)
        figures: list[ReadFigure] = []
        last = max(row for row, _ in self.sheet.cells)
        for row in range(layout.first_row, last + 1):
            label = self.sheet.cells.get((row, block.label))
            cells = [self.sheet.cells.get((row, column)) for column in block.values]
            filled = [cell for cell in cells if cell is not None and _is_figure(cell)]
            if label is None or label.kind is not CellKind.TEXT or not label.raw.strip():
                self._strange.extend(filled)
                continue
            found = names.read(label.raw, has_figures=bool(filled))
            if found.item is not None:
                figures.extend(self._read_line(found.item, label, row, block, unit))
            elif filled and found.candidates:
                listed = "、".join(item.name for item in found.candidates)
                self.notes.add(
                    "IMP-LBL-003", self.sheet, label, got=label.raw.strip(), candidates=listed
                )
            elif filled:
                nearest = found.suggestion.name if found.suggestion is not None else "—"
                self.notes.add(
                    "IMP-LBL-004", self.sheet, label, got=label.raw.strip(), nearest=nearest
                )
        return figures

    def _read_line(
        self, item: Item, label: Cell, row: int, block: Block, unit: MoneyUnit
    ) -> list[ReadFigure]:
        figures = []
        money = item.unit is ItemUnit.MONEY
        for column, printed in block.values.items():
            cell = self.sheet.cells.get((row, column))
            if cell is None or says_nothing(cell):
                continue
            moment = _OF_KIND.get((item.kind, printed), printed)
            title = printed.value
            reading = read_amount(cell, places=_PLACES.get(unit, 2) if money else 2)
            for remark in reading.remarks:
                if remark.code == "IMP-NUM-014":
                    self._noisy.append(cell.name)
                    continue
                self.notes.add(
                    remark.code, self.sheet, cell, row=label.raw.strip(), column=title,
                    got=cell.raw, **remark.details,
                )  # fmt: skip
            if reading.value is None:
                continue
            self._rows.add(row)
            if refers_elsewhere(cell):
                self.notes.add(
                    "IMP-TPL-019", self.sheet, cell, row=label.raw.strip(), column=title,
                    got=f"={cell.formula}", value=format(reading.value, "f"),
                )  # fmt: skip
            amount = _hundredths(reading.value, unit if money else MoneyUnit.YUAN)
            if amount is None:
                self.notes.add("IMP-NUM-016", self.sheet, cell, row=label.raw.strip(), got=cell.raw)
                continue
            key = (item.code, moment.letter)
            before = self._read.get(key)
            if before is not None:
                if before[0] != amount:
                    self.notes.add(
                        "IMP-TPL-013", self.sheet, cell, row=label.raw.strip(), column=title,
                        got=cell.raw, line=item.name, first=before[1],
                    )  # fmt: skip
                continue
            self._read[key] = (amount, str(row))
            figures.append(ReadFigure(*key, amount, self.sheet.name, cell.name, cell.raw))
        return figures

    def _collect_strange(self, layout: Layout) -> None:
        """Report numbers that stand in no column that is read."""
        known = set(layout.ignored)
        for block in layout.blocks:
            known.update({block.label}, block.values)
        unread = {cell.column for cell in layout.unread}
        self._strange.extend(
            cell
            for cell in self.sheet.in_order()
            if cell.row >= layout.first_row
            and cell.column not in known | unread
            and _is_figure(cell)
        )
        for cell in self._strange[:_MOST_LISTED]:
            self.notes.add("IMP-TPL-007", self.sheet, cell, got=cell.raw)
        rest = self._strange[_MOST_LISTED:]
        if rest:
            span = f"{rest[0].name} … {rest[-1].name}（{len(rest)}）"
            self.notes.add("IMP-TPL-007", self.sheet, rest[0], got=span)


def _is_figure(cell: Cell) -> bool:
    """Return whether a cell holds anything that may be a figure; signatures are none."""
    if cell.kind is not CellKind.TEXT:
        return True
    if says_nothing(cell):
        return False
    value, remark = read_number(cell.raw)
    return value is not None or (remark is not None and remark.code != "IMP-NUM-001")


def _hundredths(value: Decimal, unit: MoneyUnit) -> int | None:
    try:
        return Money.of(value, unit).fen
    except MoneyOutOfRangeError:
        return None
