"""Row labels of a template: which line a printed name means."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.statements import NameReader, fold

if TYPE_CHECKING:
    from guozi_core.sheets._form import FormLine, FormSheet
    from guozi_core.statements import ItemDictionary


class Label(NamedTuple):
    """What a printed label means.

    Attributes
    ----------
    line : FormLine or None
        The line, or the heading; None where it is unknown.
    exact : bool
        Whether it is printed as the template prints it.
    nearest : str
        The label of the nearest line, where it is unknown.
    """

    line: FormLine | None
    exact: bool = False
    nearest: str = ""


class LabelReader:
    """Reads the labels of one sheet in order, because parts such as 永续债 stand under two lines.

    Parameters
    ----------
    part : FormSheet
        The sheet of the form.
    dictionary : ItemDictionary
        It knows other ways to print a name.
    """

    def __init__(self, part: FormSheet, dictionary: ItemDictionary) -> None:
        self._part = part
        self._names = NameReader(dictionary=dictionary, statement=part.statement)
        self._by_text: dict[str, list[FormLine]] = {}
        self._by_key: dict[str, list[FormLine]] = {}
        for line in part.lines:
            self._by_text.setdefault(line.label.strip(), []).append(line)
            self._by_key.setdefault(fold(line.label).key, []).append(line)

    def read(self, printed: str, *, has_figures: bool) -> Label:
        """Return what the next label of the sheet means."""
        meant = self._names.read(printed, has_figures=has_figures)
        text = printed.strip()
        for lines, exact in (
            (self._by_text.get(text, []), True),
            (self._by_key.get(fold(printed).key, []), False),
        ):
            if len(lines) == 1:
                return self._found(lines[0], exact=exact)
            for line in lines:
                if meant.item is not None and line.item is meant.item:
                    return self._found(line, exact=exact)
        if meant.item is not None and meant.item.code in self._part.line_of_item:
            return Label(self._part.line_of_item[meant.item.code])
        near = difflib.get_close_matches(fold(printed).key, self._by_key, n=1, cutoff=0.5)
        return Label(None, nearest=self._by_key[near[0]][0].label.strip() if near else "")

    def _found(self, line: FormLine, *, exact: bool) -> Label:
        """Remember under which line the next labels stand."""
        if line.item is not None:
            self._names.under = line.item.code
        return Label(line, exact=exact)
