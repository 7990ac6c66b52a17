"""The books of every reporting enterprise, month by month from 2022, in whole 分.

Balances are steered towards what the drivers ask for; borrowing is what remains to be financed. Every
change of a balance is a cash flow, a profit line or a write-down, all of them whole numbers, so that the
statements articulate by construction and need no correction afterwards. After December the audit posts
its adjustments: they stand in the final accounts (决算), not in December's flash report (快报).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from guozi.demo import posting
from guozi.demo.plan import Plan, fen
from guozi.demo.profiles import YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from guozi.demo.city import Enterprise
    from guozi.demo.profiles import Drivers

    Fen = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Balances and flows of all enterprises: arrays of (month or year, enterprise).

    ``stocks`` after each month, ``audited`` after each December's adjustments; ``flows`` of each month,
    ``adjustments`` of each year; ``opening`` before the first month. Staff is in persons.
    """

    opening: Mapping[str, Fen]
    stocks: Mapping[str, Fen]
    audited: Mapping[str, Fen]
    flows: Mapping[str, Fen]
    adjustments: Mapping[str, Fen]
    staff: Fen
    #: Average interest-free facts of the supplementary table, by year.
    guarantees: Fen
    holdings: Fen


@dataclass(slots=True)
class _Books:
    """The state while the months pass: what stands now, what has been written down."""

    now: dict[str, Fen]
    stocks: dict[str, list[Fen]] = field(default_factory=dict)
    flows: dict[str, list[Fen]] = field(default_factory=dict)

    def close_month(self, flows: Mapping[str, Fen]) -> None:
        for name, amount in self.now.items():
            self.stocks.setdefault(name, []).append(amount)
        for name, amount in flows.items():
            self.flows.setdefault(name, []).append(amount)


def keep(
    enterprises: Sequence[Enterprise], drivers: Drivers, holdings: Fen, rng: Generator
) -> Ledger:
    """Return five years of books; ``holdings[i, j]`` is what i holds in j, in 万分 (1/10,000)."""
    assets = np.array([item.assets_yuan for item in enterprises])
    plan = Plan(assets, drivers, holdings, rng)
    opening = plan.opening_balances()
    books = _Books(now=dict(opening))
    audited: dict[str, list[Fen]] = {}
    adjustments: dict[str, list[Fen]] = {}
    last_profit = fen(plan.equity * np.clip(drivers.return_on_equity[:, 0], 0.0, None))
    for year in range(len(YEARS)):
        plan.open_year(year, books.now)
        so_far = posting.SoFar.nothing(len(assets))
        for month in range(12):
            flows = posting.post_month(plan, books.now, year, month, last_profit, so_far)
            books.close_month(flows)
        adjusted = posting.audit(plan, books.now, year, so_far)
        for name, amount in adjusted.items():
            adjustments.setdefault(name, []).append(amount)
        for name, amount in books.now.items():
            audited.setdefault(name, []).append(amount)
        last_profit = so_far.profit - so_far.tax
    return Ledger(
        opening=opening,
        stocks={name: np.stack(months) for name, months in books.stocks.items()},
        audited={name: np.stack(years) for name, years in audited.items()},
        flows={name: np.stack(months) for name, months in books.flows.items()},
        adjustments={name: np.stack(years) for name, years in adjustments.items()},
        staff=plan.staff,
        guarantees=plan.guarantees,
        holdings=holdings,
    )
