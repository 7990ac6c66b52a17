"""What a cell means in a column of amounts, percentages, days or codes.

Every reading keeps the stored text beside the value; what is not plain carries remarks, which the
caller places. A blank or a dash is missing, never zero.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.sheets._catalogue import Remark, blocks
from guozi_core.sheets._days import EARLIEST, LATEST, checked_day, read_day
from guozi_core.sheets._model import Cell, CellKind
from guozi_core.sheets._numbers import DASHES, read_number, read_stored_number, to_places

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

#: A comma before the end of a section scales what is shown by a thousand.
_SCALED = re.compile(r"(?:[0#?],+(?=[^0#?,]*$|[^0#?,]*;))|0!\.|0\\\.")
_ELSEWHERE = re.compile(r"\[[^\]]+\][^!]*!|'[^']*\[[^\]]+\][^']*'!")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]')


class AmountReading(NamedTuple):
    """What a cell means as a number.

    Attributes
    ----------
    value : Decimal or None
        The number; None where nothing is said or it is refused.
    remarks : tuple of Remark
        What was wrong or unusual.
    blank : bool
        Whether the cell says nothing.
    """

    value: Decimal | None
    remarks: tuple[Remark, ...] = ()
    blank: bool = False


class DateReading(NamedTuple):
    """What a cell means as a day; the attributes are those of an amount.

    Attributes
    ----------
    value : date or None
        The day.
    remarks : tuple of Remark
        What was wrong or unusual.
    blank : bool
        Whether the cell says nothing.
    """

    value: date | None
    remarks: tuple[Remark, ...] = ()
    blank: bool = False


class CodeReading(NamedTuple):
    """What a cell means as a code; the attributes are those of an amount.

    Attributes
    ----------
    value : str or None
        The text, without blanks around it.
    remarks : tuple of Remark
        What was wrong or unusual.
    blank : bool
        Whether the cell says nothing.
    """

    value: str | None
    remarks: tuple[Remark, ...] = ()
    blank: bool = False


def says_nothing(cell: Cell | None) -> bool:
    """Return whether a cell is empty or holds a printed dash.

    Parameters
    ----------
    cell : Cell
        The cell, None where the file has none.

    Returns
    -------
    bool
        True for nothing, blanks, and the dashes people print for it.
    """
    return (
        cell is None
        or cell.kind is CellKind.BLANK
        or (cell.kind is CellKind.TEXT and cell.raw.strip() in DASHES)
    )


def refers_elsewhere(cell: Cell) -> bool:
    """Return whether a cell is the stored result of a formula into another workbook.

    Parameters
    ----------
    cell : Cell
        The cell.

    Returns
    -------
    bool
        True for formulas such as ``[1]Sheet1!A1``.
    """
    return cell.formula is not None and _ELSEWHERE.search(cell.formula) is not None


def read_amount(cell: Cell | None, *, places: int) -> AmountReading:
    """Return the number a cell of an amount column means.

    Parameters
    ----------
    cell : Cell
        The cell, None where the file has none.
    places : int
        Decimals the column has.

    Returns
    -------
    AmountReading
        The exact number with ``places`` decimals, or why there is none.

    Examples
    --------
    >>> read_amount(Cell(17, 4, CellKind.TEXT, "5万元"), places=2).remarks[0].code
    'IMP-NUM-007'
    >>> read_amount(Cell(17, 4, CellKind.NUMBER, "4.3499999999999996"), places=2).value
    Decimal('4.35')
    """
    if cell is None or says_nothing(cell):
        return AmountReading(None, blank=True)
    refused = _not_a_number(cell)
    if refused is not None:
        return AmountReading(None, (refused,))
    if cell.kind is CellKind.TEXT:
        value, remark = read_number(cell.raw)
        if value is None:
            return AmountReading(None, (remark,) if remark else ())
        written = remark or Remark("IMP-NUM-002", {"value": cell.raw})
        return _placed(value, places, (written,), stored=False)
    if "%" in _QUOTED.sub("", cell.number_format):
        return AmountReading(None, (Remark("IMP-NUM-024", {}),))
    value, remark = read_stored_number(cell.raw)
    if value is None:
        return AmountReading(None, (remark,) if remark else ())
    scaled: tuple[Remark, ...] = ()
    if _SCALED.search(_QUOTED.sub("", cell.number_format)):
        scaled = (Remark("IMP-NUM-025", {"format": cell.number_format}),)
    return _placed(value, places, scaled, stored=True)


def read_percent(cell: Cell | None, *, places: int, low: Decimal, high: Decimal) -> AmountReading:
    """Return the percentage a cell of a “%” column means, in per cent.

    Parameters
    ----------
    cell : Cell
        The cell, None where the file has none.
    places : int
        Decimals the column has.
    low, high : Decimal
        The range in per cent, both included.

    Returns
    -------
    AmountReading
        The percentage, or why there is none.

    Examples
    --------
    >>> from decimal import Decimal
    >>> zero, most = Decimal(0), Decimal(1000)
    >>> read_percent(Cell(2, 2, CellKind.NUMBER, "0.05", "0%"), places=2, low=zero, high=most).value
    Decimal('5.00')
    """
    if cell is None or says_nothing(cell):
        return AmountReading(None, blank=True)
    text = cell.raw.strip().replace("％", "%")
    if cell.kind is CellKind.TEXT and text.endswith("%"):
        value, remark = read_number(text[:-1])
        if value is None:
            return AmountReading(None, (remark,) if remark else ())
        reading = _placed(value, places, (), stored=False)
        return _as_percent(reading, low, high)
    if cell.kind is CellKind.NUMBER and "%" in _QUOTED.sub("", cell.number_format):
        value, remark = read_stored_number(cell.raw)
        if value is None:
            return AmountReading(None, (remark,) if remark else ())
        reading = _placed(value.scaleb(2), places, (), stored=True)
        return _as_percent(reading, low, high)
    reading = read_amount(cell, places=places)
    if reading.value is None:
        return reading
    extra = _range_remarks(reading.value, low, high)
    if not extra and 0 < abs(reading.value) <= 1:
        extra = (Remark("IMP-NUM-030", {}),)
    return _checked(AmountReading(reading.value, (*reading.remarks, *extra)))


def _as_percent(reading: AmountReading, low: Decimal, high: Decimal) -> AmountReading:
    if reading.value is None:
        return reading
    read_as = Remark("IMP-NUM-029", {"value": format(reading.value.normalize(), "f")})
    extra = _range_remarks(reading.value, low, high)
    return _checked(AmountReading(reading.value, (read_as, *reading.remarks, *extra)))


def read_date(
    cell: Cell | None, *, earliest: date = EARLIEST, latest: date = LATEST
) -> DateReading:
    """Return the day a cell of a date column means.

    Parameters
    ----------
    cell : Cell
        The cell, None where the file has none.
    earliest, latest : date
        The range of the column, both included.

    Returns
    -------
    DateReading
        The day, or why there is none.

    Examples
    --------
    >>> read_date(Cell(2, 2, CellKind.TEXT, "20260131")).value
    datetime.date(2026, 1, 31)
    """
    if cell is None or says_nothing(cell):
        return DateReading(None, blank=True)
    if cell.kind is CellKind.DATE:
        found = checked_day(cell.day, earliest=earliest, latest=latest)
    elif cell.kind in {CellKind.TEXT, CellKind.NUMBER}:
        # A bare number such as 20260131 is read as digits; 46053 without a date format is no day.
        found = read_day(cell.raw, earliest=earliest, latest=latest)
    else:
        refused = _not_a_number(cell) or Remark("IMP-DAT-001", {})
        return DateReading(None, (refused,))
    return DateReading(found.day, () if found.remark is None else (found.remark,))


def read_code(cell: Cell | None) -> CodeReading:
    """Return the code or text a cell holds; a long number has lost digits and is refused.

    Parameters
    ----------
    cell : Cell
        The cell, None where the file has none.

    Returns
    -------
    CodeReading
        The text, or why there is none.

    Examples
    --------
    >>> read_code(Cell(2, 1, CellKind.NUMBER, "913100001322012288")).remarks[0].code
    'IMP-NUM-032'
    """
    if cell is None or cell.kind is CellKind.BLANK or not cell.raw.strip():
        return CodeReading(None, blank=True)
    if cell.kind is CellKind.NUMBER:
        digits = cell.raw.strip("-").replace(".", "")
        if len(digits) > 15 or "e" in cell.raw.lower():
            return CodeReading(None, (Remark("IMP-NUM-032", {}),))
        return CodeReading(cell.raw)
    if cell.kind is CellKind.TEXT:
        if "\ufffd" in cell.raw or "锟斤拷" in cell.raw:
            return CodeReading(None, (Remark("IMP-TXT-002", {}),))
        trimmed = cell.raw.strip()
        remarks = () if trimmed == cell.raw else (Remark("IMP-TXT-001", {}),)
        return CodeReading(trimmed, remarks)
    refused = _not_a_number(cell)
    return CodeReading(None, () if refused is None else (refused,))


def _not_a_number(cell: Cell) -> Remark | None:
    """Return why a cell of another kind is refused in a column of numbers."""
    if cell.kind is CellKind.ERROR:
        return Remark("IMP-NUM-020", {"error": cell.raw})
    codes = {
        CellKind.UNCOMPUTED: "IMP-NUM-021",
        CellKind.BOOLEAN: "IMP-NUM-022",
        CellKind.DATE: "IMP-NUM-023",
    }
    code = codes.get(cell.kind)
    return None if code is None else Remark(code, {})


def _placed(
    value: Decimal, places: int, remarks: tuple[Remark, ...], *, stored: bool
) -> AmountReading:
    """Return the number with the decimals of the column."""
    placed = to_places(value, places=places, stored=stored)
    if placed.remark is not None:
        remarks = (*remarks, placed.remark) if placed.value is not None else (placed.remark,)
    return AmountReading(placed.value, remarks)


def _range_remarks(value: Decimal, low: Decimal, high: Decimal) -> tuple[Remark, ...]:
    if low <= value <= high:
        return ()
    return (Remark("IMP-NUM-031", {"low": format(low, "f"), "high": format(high, "f")}),)


def _checked(reading: AmountReading) -> AmountReading:
    """Return the reading without its value where a remark blocks it."""
    if any(blocks(remark.code) for remark in reading.remarks):
        return AmountReading(None, tuple(r for r in reading.remarks if blocks(r.code)))
    return reading
