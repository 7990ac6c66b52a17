"""One month's postings, and the adjustments of the audit. All amounts are whole 分."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from guozi.demo.plan import TAX, fen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from guozi.demo.plan import Plan

    Fen = NDArray[np.int64]
    Balances = dict[str, Fen]

_OUTPUT_TAX, _INPUT_TAX = 0.06, 0.6
MARCH, JUNE, JULY, NOVEMBER, DECEMBER = 2, 5, 6, 10, 11
_STEERED: Final = (
    *("BS04", "BS05G", "BS07", "BS08", "BS09O", "BS10", "BS13", "BS01R"),
    *("BS43", "BS44", "BS46", "BS47", "BS48", "BS49O"),
)


@dataclass(slots=True)
class SoFar:
    """Cumulative since January: profit before tax, dividends free of tax, tax."""

    profit: Fen
    exempt: Fen
    tax: Fen

    @classmethod
    def nothing(cls, count: int) -> Self:
        """Return what stands on New Year's Day."""
        return cls(*(np.zeros(count, dtype=np.int64) for _ in range(3)))

    def tax_due(self) -> Fen:
        """Return the income tax on the profit so far, less what was booked."""
        due: Fen = np.maximum(self.profit - self.exempt, 0) // round(1 / TAX) - self.tax
        return due


def part(amount: Fen, share: float | NDArray[np.float64]) -> Fen:
    """Return a share of whole amounts, rounded to whole 分."""
    found: Fen = np.rint(amount * share).astype(np.int64)
    return found


def post_month(
    plan: Plan, now: Balances, year: int, month: int, last_profit: Fen, so_far: SoFar
) -> Balances:
    """Post a month: change the balances in ``now``, return the flows."""
    kind = plan.kind
    revenue = fen(plan.revenue[:, year] * plan.weights[:, year, month])
    wear = _wear(plan, now)
    interest = part(now["debt"], plan.drivers.interest_rate / 12)
    capitalised = part(interest, kind["capitalised"])
    before = dict(now)
    flows: Balances = {
        "IS04": revenue // 25,
        "IS03": revenue - revenue // 25,
        "IS12": part(revenue, kind["levies"]),
        "IS13": part(revenue, kind["selling"]),
        "IS14": fen(plan.revenue[:, year] / 12 * kind["administration"] * 0.6)
        + part(revenue, kind["administration"] * 0.4),
        "IS15": part(revenue, kind["research"]),
        "IS16I": interest - capitalised,
        "IS16R": part(now["BS01F"], 0.006 / 12),
        "IS20": fen(plan.revenue[:, year] / 12 * kind["grants"]),
        "IS31O": part(revenue, 0.001),
        "IS32": part(revenue, 0.0015),
        "SP07": capitalised,
        **wear,
    }
    now.update({name: plan.targets(12 * year + month)[name] for name in _STEERED})
    dividends = _dividends(now, last_profit) if month == JUNE else np.zeros_like(revenue)
    flows["IS21S"] = (plan.holdings * dividends // 10_000).sum(axis=1)
    flows["IS21J"] = part(now["BS24A"], 0.035 / 12)
    _write_down(now, before, flows, month)
    _dispose(now, flows, month)
    _cost_and_tax(plan, flows, revenue, year, so_far)
    _operating_cash(now, before, flows, revenue, plan)
    _investing(plan, now, flows, month)
    injection = plan.injections if month == MARCH else np.zeros_like(revenue)
    _financing(plan, now, flows, 12 * year + month, dividends, injection, interest)
    now["BS88"] = now["BS88"] + flows["profit"] - flows["IS41"] - dividends
    now["BS83"] = now["BS83"] + injection
    return flows


def _wear(plan: Plan, now: Balances) -> Balances:
    """Depreciate and amortise; nothing is worn below 5 % of its cost."""
    cost, worn = now["BS28G"], now["BS28D"]
    room = np.maximum(cost * 95 // 100 - worn, 0)
    found = {
        "SP04": np.minimum(part(cost, plan.wear_rate / 12), room),
        "SP05": part(now["BS31"], 0.03 / 12),
        "SP05L": part(now["BS34"], 0.15 / 12),
    }
    now["BS28D"] = worn + found["SP04"]
    return found


def _dividends(now: Balances, last_profit: Fen) -> Fen:
    """Return what the owners draw: a fifth of last year's profit, if retained earnings bear it."""
    return np.maximum(np.minimum(last_profit // 5, now["BS88"] // 2), 0)


def _write_down(now: Balances, before: Balances, flows: Balances, month: int) -> None:
    """At the end of each quarter bring the allowance on receivables up to date."""
    flows["IS24"] = np.zeros_like(now["BS05G"])
    flows["IS25"] = np.zeros_like(now["BS05G"])
    if month % 3 == 2:
        rate = before["BS05P"] / np.maximum(before["BS05G"], 1)
        now["BS05P"] = part(now["BS05G"], np.minimum(rate * 1.01, 0.3))
    else:
        now["BS05P"] = np.minimum(now["BS05P"], now["BS05G"] // 2)
    flows["IS24"] = before["BS05P"] - now["BS05P"]
    now["BS09P"] = np.minimum(now["BS09P"], now["BS09O"] // 2)
    flows["IS25"] = before["BS09P"] - now["BS09P"]


def _dispose(now: Balances, flows: Balances, month: int) -> None:
    """Each November sell some worn plant a little above its book value."""
    none = np.zeros_like(now["BS28G"])
    cost = now["BS28G"] // 125 if month == NOVEMBER else none
    worn = np.minimum(cost * 85 // 100, now["BS28D"])
    flows["CF13"] = (cost - worn) * 12 // 10
    flows["IS26"] = flows["CF13"] - (cost - worn)
    flows["disposed"] = worn
    now["BS28G"] = now["BS28G"] - cost
    now["BS28D"] = now["BS28D"] - worn


def _cost_and_tax(plan: Plan, flows: Balances, revenue: Fen, year: int, so_far: SoFar) -> None:
    """Set operating costs so that the margin is the year's, never below 30 % of revenue."""
    flows["IS31S"] = np.zeros_like(revenue)
    noise = 1 + 0.1 * plan.rng.standard_normal(len(revenue))
    wanted = part(revenue, plan.margin * noise) + flows["IS21S"]
    rest = (
        revenue
        - sum(flows[name] for name in ("IS12", "IS13", "IS14", "IS15", "IS16I", "IS32"))
        + sum(
            flows[name]
            for name in ("IS16R", "IS20", "IS21J", "IS21S", "IS24", "IS25", "IS26", "IS31O")
        )
    )
    # Costs bear at least depreciation and pay, whatever margin was wanted.
    wear = flows["SP04"] + flows["SP05"] + flows["SP05L"]
    pay = fen(plan.staff[:, year] * plan.pay_each * 1.045**year / 12)
    elsewhere = flows["IS13"] + flows["IS14"] + flows["IS15"]
    borne = (wear + pay) * 11 // 10 - elsewhere
    flows["IS11"] = np.maximum(np.maximum(rest - wanted, borne), revenue * 3 // 10)
    flows["profit"] = rest - flows["IS11"]
    so_far.profit = so_far.profit + flows["profit"]
    so_far.exempt = so_far.exempt + flows["IS21S"]
    flows["IS41"] = so_far.tax_due()
    so_far.tax = so_far.tax + flows["IS41"]
    flows["SP02"] = pay
    flows["costs"] = flows["IS11"] + elsewhere
    flows["wear"] = wear


def _operating_cash(
    now: Balances, before: Balances, flows: Balances, revenue: Fen, plan: Plan
) -> None:
    """Derive the lines of the direct method from profit lines and changes of balances."""
    # Wages owed grow by half a month's pay at most, so that wages are paid every month.
    now["BS47"] = np.minimum(now["BS47"], before["BS47"] + flows["SP02"] // 2)
    change = {name: now[name] - before[name] for name in _STEERED}
    released = np.where(
        plan.kind["capitalised"] > 0,
        np.minimum(now["BS09D"] * 12 // 1000, flows["IS11"] * 3 // 10),
        0,
    )
    now["BS09D"] = now["BS09D"] + flows["SP07"] - released
    output = part(revenue, _OUTPUT_TAX)
    input_ = part(output, _INPUT_TAX)
    sold = revenue + output + change["BS46"] - change["BS05G"] - change["BS04"] - change["BS10"]
    expenses = (flows["IS13"] + flows["IS14"]) * 3 // 10
    expenses = np.minimum(
        expenses, np.maximum(flows["costs"] - flows["wear"] - flows["SP02"] - released, 0)
    )
    bought = (
        flows["costs"] - flows["wear"] - flows["SP02"] - expenses - released
        + input_ + change["BS09O"] + change["BS07"] - change["BS44"] - change["BS43"]
    )  # fmt: skip
    taxes = flows["IS12"] + flows["IS41"] + output - input_ - change["BS48"]
    other = change["BS49O"] - change["BS08"] - change["BS13"] - change["BS01R"]
    flows["CF01"] = np.maximum(sold, 0)
    flows["CF02"] = np.maximum(-taxes, 0)
    flows["CF03"] = (
        flows["IS20"] + flows["IS16R"] + flows["IS31O"] + flows["IS31S"]
        + np.maximum(other, 0) + np.maximum(-bought, 0)
    )  # fmt: skip
    flows["CF05"] = np.maximum(bought, 0)
    flows["CF06"] = flows["SP02"] - change["BS47"]
    flows["CF07"] = np.maximum(taxes, 0)
    flows["CF08"] = expenses + flows["IS32"] + np.maximum(-other, 0) + np.maximum(-sold, 0)
    flows["released"] = released


def _investing(plan: Plan, now: Balances, flows: Balances, month: int) -> None:
    """Build, transfer what is finished to fixed assets, invest in associates."""
    started = fen(plan.assets * plan.kind["construction"] * 0.004)
    built = part(flows["SP04"], 0.9) + np.where(plan.drivers.distressed, started // 4, started)
    finished = now["BS29"] * 6 // 100
    now["BS29"] = now["BS29"] + built - finished
    now["BS28G"] = now["BS28G"] + finished
    received = now["BS24A"] // 50 if month == JULY else np.zeros_like(built)
    invested = now["BS24A"] // 50 if month == MARCH else np.zeros_like(built)
    now["BS24A"] = now["BS24A"] + flows["IS21J"] - received + invested
    flows["CF12"] = received + flows["IS21S"]
    flows["CF15"] = built + flows["SP05"] + flows["SP05L"]
    flows["CF16"] = invested


def _financing(
    plan: Plan,
    now: Balances,
    flows: Balances,
    at: int,
    dividends: Fen,
    injection: Fen,
    interest: Fen,
) -> None:
    """Borrow what is missing to the cash wanted; what is too much repays debt, then stays in cash."""
    wanted = plan.targets(at)["BS01F"]
    accrued = np.minimum(now["debt"] // 250, now["BS49I"] + interest)
    paid = interest - (accrued - now["BS49I"])
    now["BS49I"] = accrued
    inflow = sum(flows[name] for name in ("CF01", "CF02", "CF03", "CF12", "CF13"))
    outflow = sum(flows[name] for name in ("CF05", "CF06", "CF07", "CF08", "CF15", "CF16"))
    before = now["BS01F"] + inflow - outflow + injection - dividends - paid
    due = now["debt"] // 30
    drawn = np.maximum(wanted - before + due, 0)
    repaid = np.minimum(due + np.maximum(before - due - wanted, 0), now["debt"])
    now["debt"] = now["debt"] + drawn - repaid
    now["BS01F"] = before + drawn - repaid
    bonds = np.where(plan.bonds, drawn // 4, 0)
    flows["CF21"] = injection
    flows["CF22"], flows["CF23"], flows["CF25"] = drawn - bonds, bonds, repaid
    flows["CF26"] = dividends + paid
    flows["dividends"] = dividends


def audit(plan: Plan, now: Balances, year: int, so_far: SoFar) -> Balances:
    """Post the audit's adjustments and the appropriation of profit; return them as flows."""
    draw = plan.rng.random((3, len(plan.assets)))
    stale = part(now["BS09O"], 0.0012 * draw[0] ** 4)
    doubtful = part(now["BS05G"], 0.0012 * draw[1] ** 4)
    accrued = fen(plan.revenue[:, year] * 0.0003 * draw[2] ** 4)
    now["BS09P"] = now["BS09P"] + stale
    now["BS05P"] = now["BS05P"] + doubtful
    now["BS49O"] = now["BS49O"] + accrued
    profit = -(stale + doubtful + accrued)
    so_far.profit = so_far.profit + profit
    tax = so_far.tax_due()
    so_far.tax = so_far.tax + tax
    now["BS48"] = now["BS48"] + tax
    earned = so_far.profit - so_far.tax
    retained = now["BS88"] + profit - tax
    surplus = np.maximum(np.minimum(earned, retained), 0) // 10
    now["BS88"] = retained - surplus
    now["BS87"] = now["BS87"] + surplus
    return {
        "IS14": accrued,
        "IS24": -doubtful,
        "IS25": -stale,
        "IS41": tax,
        "profit": profit,
        "surplus": surplus,
    }
