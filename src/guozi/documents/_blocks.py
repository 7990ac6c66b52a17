"""What a document is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from guozi_core.findings import Language

Alignment = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 (一、) or 2 (（一）); the number is part of the text."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of body text, first line indented by two characters."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and values, printed as a two-column list."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table; ``share`` is its part of the width, relative to the others."""

    title: str
    align: Alignment = "left"
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption and unit; every row has a text for every column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        """Refuse a ragged table: a cell in the wrong column is a wrong figure."""
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                text = f"row {number} has {len(row)} cells for {len(self.columns)} columns"
                raise ValueError(text)


Block = Heading | Paragraph | Facts | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document.

    ``issuer`` is the office that issues it (red head), ``number`` its document number, ``footer``
    the line under every page (who printed it, when, from which record), ``dated`` the day it
    speaks of (the archive format demands one).
    """

    title: str
    dated: date
    blocks: tuple[Block, ...]
    language: Language = "zh"
    issuer: str = ""
    number: str = ""
    subtitle: str = ""
    date_line: str = ""
    footer: str = ""
