"""The small parts of a workbook: which sheets there are, shared texts, number formats, properties."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from guozi_core.sheets import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from guozi.excel._container import Container

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
#: Number formats every spreadsheet knows by number.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
#: Formats 27-36 and 50-58 are dates in Chinese editions.
_CHINESE_DATES = {*range(27, 37), *range(50, 59)}


class UnreadablePartError(ValueError):
    """A part is no well-formed XML, or lacks what it must have."""

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(part)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """A sheet as the workbook lists it.

    Parameters
    ----------
    name : str
        As the tab shows it.
    part : str
        The part that holds it.
    visibility : Visibility
        Whether it can be seen.
    """

    name: str
    part: str
    visibility: Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the sheets need to be read.

    Parameters
    ----------
    entries : tuple of SheetEntry
        Sheets in the order of the tabs.
    texts : tuple of str
        Shared texts by number.
    formats : tuple of str
        Number format of each style.
    from_1904 : bool
        Whether days are counted from 1904.
    properties : dict of str to str
        Custom properties.
    """

    entries: tuple[SheetEntry, ...]
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool
    properties: dict[str, str]


def local(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]


def unescaped(text: str) -> str:
    r"""Return a text with the format's own escapes (``_x000D_``) resolved.

    What no text can hold, NUL and halves of a pair, stays as it is written: no database keeps it.

    >>> unescaped("a_x0041__x0000__xD800_")
    'aA_x0000__xD800_'
    """
    return _ESCAPED.sub(_resolved, text)


def _resolved(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    return match[0] if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter


def read_parts(container: Container) -> Parts:
    """Return the small parts of a workbook.

    Raises
    ------
    UnreadablePartError
        If one of them is broken.
    """
    book = _tree(container, "xl/workbook.xml")
    targets = _targets(container)
    entries = []
    from_1904 = False
    for element in book.iter():
        tag = local(element.tag)
        if tag == "workbookPr":
            from_1904 = element.get("date1904") in {"1", "true", "on"}
        elif tag == "sheet":
            key = element.get(_RELATION_ID) or element.get(_STRICT_RELATION_ID) or ""
            part = targets.get(key)
            if part is None:
                # A sheet that cannot be found must not vanish in silence.
                raise UnreadablePartError("xl/_rels/workbook.xml.rels")
            if part.startswith("xl/worksheets/"):
                entries.append(_entry(element, part))
            elif not part.startswith("xl/chartsheets/"):
                raise UnreadablePartError(part)
    if not entries or any(entry.part not in container.names() for entry in entries):
        raise UnreadablePartError("xl/workbook.xml")
    return Parts(
        entries=tuple(entries),
        texts=tuple(_texts(container)),
        formats=tuple(_formats(container)),
        from_1904=from_1904,
        properties=_properties(container),
    )


def _entry(element: Element, part: str) -> SheetEntry:
    state = element.get("state", "visible")
    known = {kind.value for kind in Visibility}
    return SheetEntry(
        name=unescaped(element.get("name", "")),
        part=part,
        visibility=Visibility(state) if state in known else Visibility.VISIBLE,
    )


def _tree(container: Container, part: str) -> Element:
    """Return a part as a tree."""
    try:
        tree: Element = fromstring(container.part(part), forbid_dtd=True)
    except (ParseError, DefusedXmlException, KeyError, ValueError) as error:
        raise UnreadablePartError(part) from error
    return tree


def _targets(container: Container) -> dict[str, str]:
    """Return the parts the workbook refers to, by relation."""
    found = {}
    for element in _tree(container, "xl/_rels/workbook.xml.rels"):
        if element.get("TargetMode") == "External":
            continue
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[element.get("Id", "")] = posixpath.normpath(path)
    return found


def _texts(container: Container) -> Iterator[str]:
    """Yield the shared texts, without phonetic guides."""
    if "xl/sharedStrings.xml" not in container.names():
        return
    for element in _tree(container, "xl/sharedStrings.xml"):
        if local(element.tag) == "si":
            yield text_of(element)


def text_of(element: Element) -> str:
    """Return the text of a rich text element, its runs joined."""
    pieces = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag == "r":
            pieces.extend(part.text or "" for part in child if local(part.tag) == "t")
    return unescaped("".join(pieces))


def _formats(container: Container) -> Iterator[str]:
    """Yield the number format of each cell style."""
    if "xl/styles.xml" not in container.names():
        return
    tree = _tree(container, "xl/styles.xml")
    own = {
        int(element.get("numFmtId", "0")): element.get("formatCode", "General")
        for element in tree.iter()
        if local(element.tag) == "numFmt" and element.get("numFmtId", "").isdecimal()
    }
    for element in tree:
        if local(element.tag) != "cellXfs":
            continue
        for style in element:
            text = style.get("numFmtId", "0")
            number = int(text) if text.isdecimal() else 0
            built_in = "yyyy-mm-dd" if number in _CHINESE_DATES else _BUILT_IN.get(number)
            yield own.get(number) or built_in or "General"


def _properties(container: Container) -> dict[str, str]:
    if "docProps/custom.xml" not in container.names():
        return {}
    return {
        element.get("name", ""): "".join(element.itertext())
        for element in _tree(container, "docProps/custom.xml")
        if local(element.tag) == "property"
    }
