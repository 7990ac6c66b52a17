"""What the drivers ask for: revenue by month, target balances, the balances to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from guozi.demo.profiles import SEASONS, YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.random import Generator
    from numpy.typing import NDArray

    from guozi.demo.profiles import Drivers

    Fen = NDArray[np.int64]
    Yuan = NDArray[np.float64]

MONTHS: Final = 12 * len(YEARS)
TAX: Final = 0.25

SWAYS: Final = {
    "receivables": 0.022,
    "inventories": 0.018,
    "payables": 0.022,
    "other": 0.012,
    "cash": 0.05,
}
CURRENT: Final = (
    *("BS01F", "BS01R", "BS04", "BS05G", "BS07", "BS08", "BS09O", "BS09D", "BS10", "BS13"),
)
FIXED: Final = ("BS24A", "BS24S", "BS27", "BS28G", "BS29", "BS31", "BS34")
ALLOWANCES: Final = ("BS05P", "BS09P", "BS28D")
OWED: Final = ("BS43", "BS44", "BS46", "BS47", "BS48", "BS49O", "BS67")
EQUITY: Final = ("BS81", "BS83", "BS87", "BS88")
DEBT: Final = ("debt", "BS49I")


def fen(yuan: Yuan) -> Fen:
    """Return amounts in 元 as whole 分."""
    return np.rint(yuan * 100).astype(np.int64)


def net_assets(now: Mapping[str, Fen]) -> Fen:
    """Return total assets of balances."""
    total: Fen = sum(
        (now[name] for name in (*CURRENT, *FIXED) if name in now),
        start=np.zeros_like(now["BS01F"]),
    ) - sum(now[name] for name in ALLOWANCES)
    return total


class Plan:
    """What the drivers ask for: revenue, ratios and target balances by month."""

    def __init__(self, assets: Yuan, drivers: Drivers, holdings: Fen, rng: Generator) -> None:
        self.drivers, self.rng, self.assets = drivers, rng, assets
        self.holdings = holdings
        self.bonds = assets >= 4e9
        self.kind = drivers.profile
        count = len(assets)
        self.equity = assets * (1 - drivers.leverage)
        steps = np.cumprod(1 + drivers.growth, axis=1)
        self.revenue = (assets * drivers.turnover)[:, None] * steps
        season = SEASONS[drivers.season] / SEASONS[drivers.season].sum(axis=1, keepdims=True)
        weights = season[:, None, :] * (1 + 0.05 * rng.standard_normal((count, len(YEARS), 12)))
        self.weights = weights / weights.sum(axis=2, keepdims=True)
        # Run-rate of revenue, smooth from one year's middle to the next.
        middles = 5.5 + 12 * np.arange(len(YEARS))
        self.run = np.stack([np.interp(np.arange(MONTHS), middles, row) for row in self.revenue])
        self.sway = {name: self._sway(size) for name, size in SWAYS.items()}
        self.margin = np.zeros(count)
        pay_share = self.kind["pay"]
        self.pay_each = rng.uniform(72e3, 168e3, count)
        pay = self.revenue * 0.8 * pay_share[:, None]
        raises = 1.045 ** np.arange(len(YEARS))
        self.staff = np.maximum(np.rint(pay / (self.pay_each[:, None] * raises)), 3).astype(
            np.int64
        )
        self._steady_staff()
        self.guarantees = self._guarantees()
        self.injections = np.where(holdings.any(axis=0), 0, self._injections())

    def _sway(self, size: float) -> Yuan:
        """Return a factor around 1 that wanders: each month keeps most of the month before."""
        noise = size * self.rng.standard_normal((len(self.assets), MONTHS))
        for month in range(1, MONTHS):
            noise[:, month] += 0.85 * noise[:, month - 1]
        return np.exp(np.clip(noise, -0.25, 0.25))

    def _steady_staff(self) -> None:
        """Let staff follow revenue slowly: at most 8 % a year."""
        for year in range(1, len(YEARS)):
            before = self.staff[:, year - 1]
            low, high = (before * 0.92).astype(np.int64), (before * 1.08).astype(np.int64) + 1
            self.staff[:, year] = np.clip(self.staff[:, year], low, high)

    def _guarantees(self) -> Fen:
        """Return guarantees outside the group by year: few give them, some of these a lot."""
        gives = self.rng.random(len(self.assets)) < 0.22
        much = self.rng.random(len(self.assets)) < 0.15
        share = np.where(gives, np.where(much, 0.55, self.rng.uniform(0.02, 0.18, len(gives))), 0.0)
        drift = np.cumprod(1 + 0.08 * self.rng.standard_normal((len(gives), len(YEARS))), axis=1)
        base = np.abs(self.equity) * share
        return fen(np.rint(base[:, None] * drift / 1e4) * 1e4)

    def _injections(self) -> Fen:
        """Return what the treasury puts in each March: investment companies only."""
        gets = (self.kind["capitalised"] > 0) & (self.rng.random(len(self.assets)) < 0.5)
        share = np.where(gets, self.rng.uniform(0.003, 0.012, len(gets)), 0.0)
        return fen(np.rint(self.assets * share / 1e5) * 1e5)

    def open_year(self, year: int, now: Mapping[str, Fen]) -> None:
        """Set the year's margin before tax so that the return on equity comes out as driven."""
        equity = sum(now[name] for name in ("BS81", "BS83", "BS87", "BS88")) / 100
        profit = np.maximum(equity, 0.12 * self.assets) * self.drivers.return_on_equity[:, year]
        profit = np.where(profit > 0, profit / (1 - TAX), profit)
        losses = np.where(self.drivers.distressed, -0.06 * self.assets, profit)
        self.margin = np.clip(np.minimum(profit, losses) / self.revenue[:, year], -0.35, 0.33)

    def targets(self, month: int) -> dict[str, Fen]:
        """Return what working capital and cash should be at the end of a month."""
        run, kind, sway = self.run[:, month], self.kind, self.sway
        costs = 0.8 * run
        gross = {
            "BS05G": run / self.drivers.receivables_turnover * sway["receivables"][:, month],
            "BS09O": costs / self.drivers.inventory_turnover * sway["inventories"][:, month],
            "BS07": costs * kind["prepayments"] * sway["inventories"][:, month],
            "BS10": run * kind["contract_assets"] * sway["receivables"][:, month],
            "BS04": run * 0.02 * (kind["research"] > 0.01) * sway["receivables"][:, month],
            "BS08": self.assets * kind["other_receivables"] * sway["other"][:, month],
            "BS13": run * 0.008 * sway["other"][:, month],
        }
        fit = np.minimum(1.0, 0.72 * self.assets / np.maximum(sum(gross.values()), 1.0))
        found = {name: fen(amount * fit) for name, amount in gross.items()}
        found["BS01F"] = fen(self.assets * kind["cash"] * sway["cash"][:, month])
        found["BS01R"] = fen(self.assets * kind["cash"] * 0.08 * sway["other"][:, month])
        debts = {
            "BS44": costs * 0.13 * sway["payables"][:, month],
            "BS43": costs * 0.03 * (kind["research"] > 0.01) * sway["payables"][:, month],
            "BS46": run
            * np.where(kind["capitalised"] > 0, 0.20, 0.04)
            * sway["payables"][:, month],
            "BS47": run * 0.012 * sway["other"][:, month],
            "BS48": run * 0.012 * sway["payables"][:, month],
            "BS49O": self.assets * 0.05 * sway["other"][:, month],
        }
        limit = np.maximum(self.drivers.leverage, 0.12) * 0.55 * self.assets
        fit = np.minimum(1.0, limit / np.maximum(sum(debts.values()), 1.0))
        return found | {name: fen(amount * fit) for name, amount in debts.items()}

    def opening_balances(self) -> dict[str, Fen]:
        """Return the balances at the end of the year before the first."""
        kind, found = self.kind, self.targets(0)
        found["BS09D"] = fen(self.assets * 0.12 * (kind["capitalised"] > 0))
        found["BS05P"] = fen(found["BS05G"] / 100 * self.rng.uniform(0.03, 0.12, len(self.assets)))
        found["BS09P"] = fen(found["BS09O"] / 100 * self.rng.uniform(0.0, 0.03, len(self.assets)))
        found["BS24A"] = fen(self.assets * kind["associates"])
        current = sum(found[name] for name in CURRENT) - found["BS05P"] - found["BS09P"]
        rest = np.maximum(self.assets - current / 100 - found["BS24A"] / 100, 0.05 * self.assets)
        property_, building = rest * kind["investment_property"], rest * kind["construction"]
        intangible, other = rest * kind["intangibles"], rest * 0.015
        plant = rest - property_ - building - intangible - other
        worn = self.rng.uniform(0.18, 0.42, len(rest))
        found |= {
            "BS27": fen(property_),
            "BS29": fen(building),
            "BS31": fen(intangible),
            "BS34": fen(other),
            "BS28G": fen(plant / (1 - worn)),
        }
        found["BS28D"] = found["BS28G"] - fen(plant)
        found["BS67"] = fen(self.assets * 0.004 * (kind["grants"] > 0.03))
        # Where assets turn slowly, plant lasts longer: depreciation takes 30 % of revenue at most.
        bearable = 0.3 * self.revenue[:, 0] * 100 / np.maximum(found["BS28G"], 1)
        self.wear_rate = np.minimum(kind["depreciation"], bearable)
        self._capital(found)
        return found

    def _capital(self, found: dict[str, Fen]) -> None:
        """Set equity and debt; a holder's stakes stand on top of its own business."""
        equity = fen(self.equity)
        found["BS81"] = fen(np.rint(np.maximum(self.equity, 0.16 * self.assets) * 0.45 / 1e4) * 1e4)
        stakes = (self.holdings * found["BS81"] // 10_000).sum(axis=1)
        found["BS24S"] = stakes
        # What a holder put into its subsidiaries is own capital.
        found["BS83"] = fen(np.maximum(self.equity, 0.16 * self.assets) * 0.28) + stakes
        found["BS87"] = fen(np.maximum(self.equity, 0.0) * 0.05)
        owed = net_assets(found) - equity - stakes - sum(found[name] for name in OWED)
        found["BS49I"] = np.maximum(owed, 0) // 250
        found["debt"] = np.maximum(owed, 0) - found["BS49I"]
        others = [name for name in (*OWED, *EQUITY, *DEBT) if name != "BS88"]
        found["BS88"] = net_assets(found) - sum(found[name] for name in others)
