"""How a reference page is written: one Markdown table a list, always in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guozi_core.findings import Wording
    from guozi_core.rulebook import Source

_NOTICE = "<!-- Written by `guozi reference`. Change the data or the code it is made from. -->"


def page(title: str, introduction: str, *parts: str) -> str:
    """Return a whole page."""
    return "\n\n".join([f"# {title}", _NOTICE, introduction, *parts]) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Return a Markdown table; what a cell holds cannot break it.

    >>> print(table(["a"], [["x|y"]]))
    | a |
    |---|
    | x\|y |
    """
    lines = [_line(headings), "|" + "---|" * len(headings)]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(str(cell)) for cell in cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Return text as code, empty where there is none."""
    return f"`{text}`" if text else ""


def both(wording: Wording | None) -> tuple[str, str]:
    """Return the Chinese and the English cell of a wording."""
    return ("", "") if wording is None else (wording.zh, wording.en)


def cited(source: Source) -> tuple[str, str]:
    """Return where a rule comes from, and how far that is confirmed."""
    return source.citation, source.mark
