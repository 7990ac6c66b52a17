"""The cover of a template: which form it is, of which version, for whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guozi_core.sheets._days import read_period
from guozi_core.sheets._form import COVER
from guozi_core.sheets._header import folded
from guozi_core.sheets._model import CellKind
from guozi_core.sheets._values import read_code
from guozi_core.statements import Scope

if TYPE_CHECKING:
    from guozi_core.sheets._form import Form
    from guozi_core.sheets._model import Cell, Sheet, Workbook
    from guozi_core.sheets._reading import Expected, Notebook
    from guozi_core.units import Period

#: Labels of the facts a template states about itself, in the order of the cover.
FORM_ID, FORM_VERSION, USCC, NAME = "模板编号", "模板版本", "统一社会信用代码", "企业名称"
PERIOD, SCOPE, UNIT = "报告期", "口径", "金额单位"
FACTS = (NAME, USCC, PERIOD, SCOPE, UNIT, FORM_ID, FORM_VERSION)
#: Labels beside which the reporter may write what he likes; not imported as figures.
FREE = ("填报人", "联系电话", "单位负责人", "审计情况", "备注")
#: Column of the labels and of the values, counted from 1.
LABELS, VALUES = 2, 3
INSTRUCTIONS_HEADING = "填报说明"
#: Printed where figures already known have more decimals than the form.
ROUNDED = "预填的数据已按本表的小数位数四舍五入，请核对合计。"


class Cover(NamedTuple):
    """What the cover says.

    Attributes
    ----------
    uscc : str or None
        统一社会信用代码.
    period : Period or None
        The period.
    scope : Scope or None
        For which accounts.
    """

    uscc: str | None = None
    period: Period | None = None
    scope: Scope | None = None


def read_cover(workbook: Workbook, form: Form, expected: Expected, notes: Notebook) -> Cover | None:
    """Return what the cover says; None, with a finding, where the file is not this template."""
    sheet = next((s for s in workbook.sheets if s.name.strip() == COVER), None)
    if sheet is None:
        notes.add("IMP-TPL-001", got="、".join(sheet.name for sheet in workbook.sheets))
        return None
    facts, used = _facts(sheet, notes)
    if not _is_this_form(sheet, facts, form, notes):
        return None
    _report_rest(sheet, used, form, notes)
    named = NAME in facts or expected.enterprise is None
    emptied = [*([] if named else [NAME]), *([] if UNIT in facts else [UNIT])]
    if emptied:
        notes.add("IMP-TPL-017", sheet, cells="、".join(emptied))
    unit = facts.get(UNIT)
    if unit is not None and unit.raw.strip() != form.unit.value:
        notes.add("IMP-NUM-017", sheet, unit, row=UNIT, got=unit.raw, expected=form.unit.value)
    name, wanted = facts.get(NAME), expected.enterprise
    if name is not None and wanted is not None and folded(name.raw) != folded(wanted):
        notes.add("IMP-TPL-021", sheet, name, row=NAME, got=name.raw, expected=wanted)
    return Cover(
        uscc=_uscc(sheet, facts.get(USCC), expected, notes),
        period=_period(sheet, facts.get(PERIOD), expected, notes),
        scope=_scope(sheet, facts.get(SCOPE), expected, notes),
    )


def _facts(sheet: Sheet, notes: Notebook) -> tuple[dict[str, Cell], set[tuple[int, int]]]:
    """Return the cells beside the labels of the cover, and the places that are accounted for."""
    facts: dict[str, Cell] = {}
    used: set[tuple[int, int]] = set()
    for cell in sheet.in_order():
        label = cell.raw.strip().rstrip("：:") if cell.kind is CellKind.TEXT else ""
        if (cell.row, cell.column) in used or label not in {*FACTS, *FREE}:
            continue
        used.add((cell.row, cell.column))
        value = sheet.cells.get((cell.row, cell.column + 1))
        if value is not None:
            used.add((value.row, value.column))
            facts.setdefault(label, value)
    for label in (FORM_ID, FORM_VERSION, USCC, PERIOD, SCOPE):
        if label not in facts:
            notes.add("IMP-TPL-025", sheet, label=label)
    return facts, used


def _is_this_form(sheet: Sheet, facts: dict[str, Cell], form: Form, notes: Notebook) -> bool:
    """Compare identifier and version; another template is not read any further."""
    found = facts.get(FORM_ID)
    if found is None:
        return False
    if found.raw.strip() != form.id:
        notes.add(
            "IMP-TPL-002",
            sheet,
            found,
            row=FORM_ID,
            got=found.raw,
            expected=f"{form.id}《{form.header.title.zh}》",
        )
        return False
    version = facts.get(FORM_VERSION)
    if version is not None and version.raw.strip() != form.version:
        notes.add(
            "IMP-TPL-003",
            sheet,
            version,
            row=FORM_VERSION,
            got=version.raw,
            found=version.raw.strip(),
            wanted=form.version,
        )
        return False
    return version is not None


def _uscc(sheet: Sheet, cell: Cell | None, expected: Expected, notes: Notebook) -> str | None:
    reading = read_code(cell)
    for remark in reading.remarks:
        notes.add(remark.code, sheet, cell, row=USCC, got=cell.raw if cell else None)
    if reading.value is None:
        return None
    if expected.uscc is not None and reading.value != expected.uscc:
        # Only what the reporter wrote is repeated; whether that code exists is not said.
        notes.add("IMP-TPL-014", sheet, cell, row=USCC, got=reading.value, expected=expected.uscc)
    return reading.value


def _period(sheet: Sheet, cell: Cell | None, expected: Expected, notes: Notebook) -> Period | None:
    if cell is None:
        return None
    if cell.kind is CellKind.DATE and cell.day is not None:
        # Spreadsheets turn a typed 2026-01 into the first of January.
        period, remark = read_period(cell.day.isoformat()[:7], as_of=expected.as_of)
    else:
        period, remark = read_period(cell.raw, as_of=expected.as_of)
    if remark is not None:
        notes.add(remark.code, sheet, cell, row=PERIOD, got=cell.raw, **remark.details)
    elif period is not None and cell.raw.strip() != period.code:
        shown = cell.day.isoformat() if cell.day is not None else cell.raw
        notes.add("IMP-DAT-005", sheet, cell, row=PERIOD, got=shown, value=period.code)
    if period is not None and expected.period is not None and period != expected.period:
        notes.add(
            "IMP-TPL-015",
            sheet,
            cell,
            row=PERIOD,
            got=cell.raw,
            expected=expected.period.code,
            found=period.code,
            wanted=expected.period.code,
        )
    return period


def _scope(sheet: Sheet, cell: Cell | None, expected: Expected, notes: Notebook) -> Scope | None:
    if cell is None:
        return None
    try:
        scope = Scope.parse(cell.raw)
    except ValueError:
        scope = None
    if scope is None or (expected.scope is not None and scope is not expected.scope):
        wanted = expected.scope.value if expected.scope else "、".join(s.value for s in Scope)
        notes.add(
            "IMP-TPL-016",
            sheet,
            cell,
            row=SCOPE,
            got=cell.raw,
            expected=wanted,
            found=cell.raw.strip(),
            wanted=wanted,
        )
    return scope


def _report_rest(sheet: Sheet, used: set[tuple[int, int]], form: Form, notes: Notebook) -> None:
    """Report what stands on the cover and is not of the template."""
    own = {form.header.title.zh, form.header.title.en, INSTRUCTIONS_HEADING, ROUNDED}
    own.update(text for wording in form.notes for text in wording)
    own.update(f"{number}. {wording.zh}" for number, wording in enumerate(form.notes, start=1))
    for cell in sheet.in_order():
        if (cell.row, cell.column) not in used and cell.raw.strip() not in own | {""}:
            notes.add("IMP-TPL-007", sheet, cell, got=cell.raw)
