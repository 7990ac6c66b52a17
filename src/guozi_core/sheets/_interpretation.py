"""A filled template read to figures: everything is mapped, known or reported, in one pass.

Strict interpretation: every cell that is not empty is either an amount of a known line and column,
a part of the template itself, or a finding. Sheets are found by name, columns by heading, lines by
label; nothing is read by position, and nothing is dropped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guozi_core.sheets._cover import read_cover
from guozi_core.sheets._form import COVER
from guozi_core.sheets._form_sheet import SheetReader
from guozi_core.sheets._model import Visibility
from guozi_core.sheets._plausibility import suspect_unit
from guozi_core.sheets._reading import Expected, Notebook, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi_core.sheets._form import Form
    from guozi_core.sheets._model import Sheet, Workbook
    from guozi_core.sheets._reading import ReadFigure
    from guozi_core.statements import ItemDictionary

_COPY = re.compile(r"\s*[(（]\d+[)）]$")


def interpret(
    form: Form,
    dictionary: ItemDictionary,
    workbook: Workbook,
    *,
    expected: Expected | None = None,
    previous: Mapping[tuple[str, str], int] | None = None,
) -> Reading:
    """Return the figures of a filled template and everything that is wrong with it.

    Parameters
    ----------
    form : Form
        The form that was to be filled.
    dictionary : ItemDictionary
        The lines there are; it knows other ways to print a name.
    workbook : Workbook
        The file.
    expected : Expected
        For whom and when it is uploaded.
    previous : mapping of (item, moment letter) to int
        Figures of the last period in hundredths of their units, to find a wrong unit.

    Returns
    -------
    Reading
        Figures and findings. Figures that could be read are there even where others block.
    """
    expected = expected or Expected()
    notes = Notebook(file=workbook.file)
    cover = read_cover(workbook, form, expected, notes)
    if cover is None:
        return Reading(figures=(), findings=notes.in_order(), file=workbook.file)
    found = _find_sheets(workbook, form, notes)
    figures: list[ReadFigure] = []
    for part in form.sheets:
        sheet = found.get(part.title.zh)
        if sheet is not None:
            reader = SheetReader(form=form, part=part, dictionary=dictionary, notes=notes)
            figures.extend(reader.read(sheet))
    if previous:
        suspect_unit(figures, previous, workbook, notes)
    return Reading(
        figures=tuple(figures),
        findings=notes.in_order(),
        file=workbook.file,
        uscc=cover.uscc,
        period=cover.period,
        scope=cover.scope,
    )


def _find_sheets(workbook: Workbook, form: Form, notes: Notebook) -> dict[str, Sheet]:
    """Return the sheets of the form by title; report missing, repeated and unknown ones."""
    titles = [part.title.zh for part in form.sheets]
    found: dict[str, Sheet] = {}
    for sheet in workbook.sheets:
        name = "".join(sheet.name.split())
        title = _COPY.sub("", name)
        if name == COVER:
            continue
        if title in titles:
            if title in found:
                notes.add("IMP-TPL-012", sheet, first=found[title].name, second=sheet.name)
            else:
                found[title] = sheet
            if sheet.visibility is not Visibility.VISIBLE:
                notes.add("IMP-TPL-009", sheet, title=sheet.name)
        elif sheet.cells:
            _report_unknown(sheet, notes)
    for part in form.sheets:
        if part.title.zh not in found:
            names = "、".join(sheet.name for sheet in workbook.sheets)
            notes.add("IMP-TPL-005", got=names, title=part.title.zh)
    return found


def _report_unknown(sheet: Sheet, notes: Notebook) -> None:
    first = sheet.in_order()[0]
    count = str(len(sheet.cells))
    notes.add("IMP-TPL-006", sheet, first, got=first.raw, title=sheet.name, count=count)
    if sheet.visibility is not Visibility.VISIBLE:
        notes.add("IMP-TPL-009", sheet, title=sheet.name)
