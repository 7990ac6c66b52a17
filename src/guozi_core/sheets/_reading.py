"""What is expected of an uploaded workbook, and what reading it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.findings import Finding, Locator, Severity
from guozi_core.findings import blocking as blocking_ones
from guozi_core.sheets import _catalogue
from guozi_core.statements import FigureKey, Moment, Statement

if TYPE_CHECKING:
    from datetime import date

    from guozi_core.findings import Wording
    from guozi_core.sheets._model import Cell, Sheet
    from guozi_core.statements import Item, Scope
    from guozi_core.units import MoneyUnit, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """For whom and when a workbook is uploaded; what is None is not compared.

    Parameters
    ----------
    uscc : str
        统一社会信用代码 of the enterprise.
    enterprise : str
        Its registered name.
    period : Period
        The chosen period.
    scope : Scope
        For which accounts.
    as_of : date
        The day of the upload; a period that begins later is refused.
    """

    uscc: str | None = None
    enterprise: str | None = None
    period: Period | None = None
    scope: Scope | None = None
    as_of: date | None = None


class ReadFigure(NamedTuple):
    """One figure as read.

    Attributes
    ----------
    item : str
        Code of the line.
    moment : str
        Letter of the column: e, o, c or p.
    amount : int
        In hundredths of the item's unit: 分 for money, 1/100 person for persons.
    sheet, cell : str
        Where it was read.
    raw : str
        The text stored there.
    """

    item: str
    moment: str
    amount: int
    sheet: str
    cell: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a workbook says.

    Parameters
    ----------
    figures : tuple of ReadFigure
        Every figure that could be read, in the order of the sheets.
    findings : tuple of Finding
        Everything wrong, doubtful or worth telling, worst first.
    file : str
        Name of the workbook.
    uscc, period, scope : optional
        What the workbook says about itself.
    unit : MoneyUnit, optional
        The coarsest unit that printed statements are rounded to; None for a template.
    """

    figures: tuple[ReadFigure, ...]
    findings: tuple[Finding, ...]
    file: str | None = None
    uscc: str | None = None
    period: Period | None = None
    scope: Scope | None = None
    unit: MoneyUnit | None = None

    def statement(self, *, enterprise: str, period: Period, scope: Scope) -> Statement:
        """Return the figures as a statement, money in 元.

        Parameters
        ----------
        enterprise : str
            Who reports.
        period, scope : Period, Scope
            What the figures are for.

        Returns
        -------
        Statement
            For cross-checks and indicators.
        """
        return Statement(
            enterprise=enterprise,
            period=period,
            scope=scope,
            figures={
                FigureKey(figure.item, Moment.parse(figure.moment)): Decimal(figure.amount).scaleb(
                    -2
                )
                for figure in self.figures
            },
        )

    def place_of(self, item: Item, moment: Moment) -> Locator | None:
        """Return where a figure was read, None where there is none."""
        found = next(
            (f for f in self.figures if f.item == item.code and f.moment == moment.letter), None
        )
        if found is None:
            return None
        return Locator(file=self.file, sheet=found.sheet, cell=found.cell)

    @property
    def is_blocked(self) -> bool:
        """Whether something must be fixed before anything is saved."""
        return bool(blocking_ones(self.findings))


@dataclass(slots=True, kw_only=True)
class Notebook:
    """Findings of one workbook while it is read."""

    file: str
    entries: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: str,
        sheet: Sheet | None = None,
        cell: Cell | str | None = None,
        *,
        row: str | None = None,
        column: str | None = None,
        got: str | None = None,
        expected: str | Wording | None = None,
        **details: str,
    ) -> None:
        """Note one fault of the table of faults at its place."""
        name = cell if isinstance(cell, str) or cell is None else cell.name
        locator = Locator(
            file=self.file,
            sheet=None if sheet is None else sheet.name,
            cell=name,
            row=row,
            column=column,
        )
        self.entries.append(
            _catalogue.finding(code, locator, got=got, expected=expected, **details)
        )

    def in_order(self) -> tuple[Finding, ...]:
        """Return the findings, worst first, then in the order a person reads the workbook."""
        sheets = {sheet: number for number, sheet in enumerate(
            dict.fromkeys(entry.locator.sheet or "" for entry in self.entries)
        )}  # fmt: skip
        return tuple(
            sorted(
                self.entries,
                key=lambda entry: (
                    _RANK[entry.severity],
                    sheets[entry.locator.sheet or ""],
                    _place(entry.locator.cell or ""),
                    entry.code,
                ),
            )
        )


_RANK = {Severity.BLOCK: 0, Severity.EXPLAIN: 1, Severity.NOTE: 2}


def _place(cell: str) -> tuple[int, int, str]:
    """Return row and column of a cell name, to sort by."""
    letters = cell.rstrip("0123456789")
    digits = cell[len(letters) :]
    return (int(digits) if digits else 0, len(letters), letters)
