"""The accounts of one period: lines of closing, opening, current and prior columns in 分.

A period is a month (flash report, before the audit) or a year (final accounts, after it). Columns are
named by the letter of the moment: e closing, o opening, c current, p the same period last year.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from guozi.demo import consolidation, presentation
from guozi.demo.profiles import YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from guozi.demo.consolidation import Groups
    from guozi.demo.ledger import Ledger

    Fen = NDArray[np.int64]
    Lines = dict[str, Fen]
    Facts = Mapping[str, Fen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The lines of one set of statements, all totals in place."""

    closing: Lines
    opening: Lines
    current: Lines
    #: What the owners drew since January; no line of the forms shows it.
    distributed: Fen
    appropriated: Fen


class Accounts:
    """Reads the ledger: any month or year, single or consolidated."""

    def __init__(self, ledger: Ledger, groups: Groups, facts: Facts) -> None:
        self.ledger, self.groups, self.facts = ledger, groups, facts
        self.reserves = consolidation.reserves_at_start(groups, ledger.opening)

    @cached_property
    def _cumulative(self) -> dict[str, Fen]:
        """Flows since January, by month."""
        found = {}
        for name, amount in self.ledger.flows.items():
            years = amount.reshape(len(YEARS), 12, -1)
            found[name] = np.cumsum(years, axis=1).reshape(amount.shape)
        return found

    def _stocks(self, year: int, month: int | None) -> dict[str, Fen]:
        """Return balances after a month, or after the audit of the year (``None``)."""
        if year < 0:
            return dict(self.ledger.opening)
        if month is None:
            return {name: amount[year] for name, amount in self.ledger.audited.items()}
        return {name: amount[12 * year + month] for name, amount in self.ledger.stocks.items()}

    def _flows(self, year: int, month: int | None) -> dict[str, Fen]:
        last = 12 * year + (11 if month is None else month)
        found = {name: amount[last] for name, amount in self._cumulative.items()}
        found["surplus"] = np.zeros_like(found["profit"])
        if month is None:
            for name, amount in self.ledger.adjustments.items():
                found[name] = found[name] + amount[year]
        return found

    def single(self, year: int, month: int | None) -> Columns:
        """Return the accounts of every enterprise on its own."""
        flows = self._flows(year, month)
        columns = Columns(
            closing=presentation.stock_lines(self._stocks(year, month), self.facts),
            opening=presentation.stock_lines(self._stocks(year - 1, None), self.facts),
            current=presentation.flow_lines(flows),
            distributed=flows["dividends"],
            appropriated=flows["surplus"],
        )
        self._supplement(columns, year)
        return columns

    def consolidated(self, year: int, month: int | None) -> Columns:
        """Return the accounts of the groups."""
        groups, flows = self.groups, self._flows(year, month)
        closing, opening = self._stocks(year, month), self._stocks(year - 1, None)
        growth = consolidation.minority(groups, closing) - consolidation.minority(groups, opening)
        single = self.single(year, month)
        current, _ = consolidation.consolidate_flows(groups, single.current, flows, growth)
        return Columns(
            closing=consolidation.consolidate_stocks(
                groups, single.closing, closing, self.reserves
            ),
            opening=consolidation.consolidate_stocks(
                groups, single.opening, opening, self.reserves
            ),
            current=current,
            distributed=flows["dividends"][groups.parents],
            appropriated=flows["surplus"][groups.parents],
        )

    def _supplement(self, columns: Columns, year: int) -> None:
        """Add the supplementary lines that are no totals of other lines; persons in hundredths."""
        ledger, flows = self.ledger, columns.current
        staff, before = ledger.staff[:, year], ledger.staff[:, max(year - 1, 0)]
        for lines, heads, at in (
            (columns.closing, staff, year),
            (columns.opening, before, year - 1),
        ):
            lines["SP01"] = heads * 100
            lines["SP13"] = ledger.guarantees[:, max(at, 0)]
            lines["SP26"] = (
                (lines["BS41"] + lines["BS61"] + lines["BS50"] + lines["BS62"]) * 13 // 10
            )
            lines["SP27"] = lines["BS01R"] + lines["BS28"] // 20
            lines["SP15"] = ledger.guarantees[:, max(at, 0)] // 40
        flows["SP01A"] = (staff + before) * 50
        flows["SP17"] = flows["IS15"] + flows["IS15"] // 8
        flows["SP18A"] = flows["CF21"]
        flows["SP19"] = flows["IS12"] + flows["IS03"] // 50
