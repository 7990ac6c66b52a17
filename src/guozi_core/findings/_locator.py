"""Where a finding is, in the numbers the person sees in Excel."""

from __future__ import annotations

from dataclasses import dataclass, fields


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1.

    Examples
    --------
    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(*, row: int, column: int) -> str:
    """Return the name of a cell, row and column counted from 1.

    Examples
    --------
    >>> cell_name(row=17, column=4)
    'D17'
    """
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A place in a file or in the stored figures; every part is optional.

    Parameters
    ----------
    file, sheet, cell : str
        File name, sheet name and cell as Excel shows them (``D17``).
    row, column : str
        Row label and column label as printed (``营业收入``, ``本年累计``).
    enterprise, period, scope, item : str
        What the figure is: enterprise, period code, 口径, item code or name.
    """

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: str | None = None
    column: str | None = None
    enterprise: str | None = None
    period: str | None = None
    scope: str | None = None
    item: str | None = None

    def to_dict(self) -> dict[str, str]:
        """Return the parts that are known."""
        parts = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in parts.items() if value is not None}

    def to_full_dict(self) -> dict[str, str | None]:
        """Return every part by its name, None where it is not known."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
