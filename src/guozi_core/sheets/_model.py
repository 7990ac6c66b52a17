"""A workbook as it lies in the file: sheets of cells that say what kind of thing they hold.

A spreadsheet shows five different things as an empty or odd-looking cell: nothing, a dash, an
error, a formula nobody has computed, a text of blanks. Libraries fold some of them into one. Here
every cell keeps its kind and the text that was stored, so that nothing is taken for a number that
the reporter did not write as one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.findings import cell_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class CellKind(Enum):
    """What a cell holds."""

    BLANK = "blank"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"
    DATE = "date"
    #: A formula whose result is not stored in the file.
    UNCOMPUTED = "uncomputed"


class Visibility(Enum):
    """Whether a sheet can be seen."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    #: Hidden so that only a program can show it again.
    VERY_HIDDEN = "veryHidden"


class Cell(NamedTuple):
    """One cell that is not empty.

    Attributes
    ----------
    row, column : int
        Position counted from 1.
    kind : CellKind
        What it holds.
    raw : str
        The text stored in the file: digits of a number, the text, the error.
    number_format : str
        How a number is shown (``#,##0.00``).
    formula : str or None
        The formula, where the value is computed.
    day : date or None
        The calendar day of a date cell; None where the day does not exist.
    """

    row: int
    column: int
    kind: CellKind
    raw: str
    number_format: str = "General"
    formula: str | None = None
    day: date | None = None

    @property
    def name(self) -> str:
        """The name Excel shows: ``D17``."""
        return cell_name(row=self.row, column=self.column)


class Area(NamedTuple):
    """A rectangle of cells, both ends included.

    Examples
    --------
    >>> Area(10, 4, 11, 4).name, Area(10, 4, 11, 4).holds(11, 4)
    ('D10:D11', True)
    """

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def name(self) -> str:
        """The name Excel shows: ``D10:D11``."""
        first = cell_name(row=self.first_row, column=self.first_column)
        return f"{first}:{cell_name(row=self.last_row, column=self.last_column)}"

    def holds(self, row: int, column: int) -> bool:
        """Return whether a cell lies in the area."""
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet.

    Parameters
    ----------
    name : str
        Its name as the tab shows it.
    cells : mapping of (row, column) to Cell
        Every cell that is not empty.
    visibility : Visibility
        Whether a person sees it.
    merged : tuple of Area
        Merged ranges.
    hidden_rows, hidden_columns : frozenset of int
        What a person does not see.
    filtered : bool
        Whether a filter is set.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    visibility: Visibility = Visibility.VISIBLE
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False

    def text(self, row: int, column: int) -> str:
        """Return the stored text of a cell, empty where there is none."""
        cell = self.cells.get((row, column))
        return "" if cell is None else cell.raw

    def in_order(self) -> list[Cell]:
        """Return the cells row by row."""
        return [self.cells[place] for place in sorted(self.cells)]

    def merged_at(self, row: int, column: int) -> Area | None:
        """Return the merged range a cell lies in."""
        return next((area for area in self.merged if area.holds(row, column)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """One file.

    Parameters
    ----------
    file : str
        Its name.
    sheets : tuple of Sheet
        In the order of the tabs.
    properties : mapping of str to str
        Custom document properties; a template writes its identity there.
    """

    file: str
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of a name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
