"""Group accounts: parent and subsidiaries added up, less what stands between them.

Three eliminations: stakes against equity, dividends inside the group, and trade inside the group with the
balances it leaves. The minority's share follows the chain of holdings: of what a subsidiary owns, the
outside owners of its own parent have their part too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from guozi.demo.city import Enterprise

    Fen = NDArray[np.int64]
    Lines = dict[str, Fen]

#: Part of the subsidiaries' sales and receivables that is inside the group.
_TRADE_SHARE = 20  # one twentieth


@dataclass(frozen=True, slots=True, kw_only=True)
class Eliminations:
    """What was taken out, by group: for the consolidation worksheet."""

    stakes: Fen
    dividends: Fen
    trade: Fen
    balances: Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Which rows form which group, and how much of each the group owns, in 万分."""

    parents: Fen
    members: NDArray[np.int64]
    effective: Fen

    def total(self, amounts: Fen) -> Fen:
        """Return the sum over each group's members."""
        found: Fen = self.members @ amounts
        return found


def groups_of(enterprises: Sequence[Enterprise], holdings: Fen) -> Groups:
    """Return the groups of the city; owners come before what they own."""
    row = {item.uscc: place for place, item in enumerate(enterprises)}
    parents = np.array([place for place, item in enumerate(enterprises) if item.direct])
    members = np.zeros((len(parents), len(enterprises)), dtype=np.int64)
    effective = np.full(len(enterprises), 10_000, dtype=np.int64)
    for place, item in enumerate(enterprises):
        if item.group:
            members[int(np.flatnonzero(parents == row[item.group])[0]), place] = 1
        if item.parent:
            owner = row[item.parent]
            effective[place] = effective[owner] * holdings[owner, place] // 10_000
    return Groups(parents=parents, members=members, effective=effective)


def minority(groups: Groups, stocks: Mapping[str, Fen]) -> Fen:
    """Return the equity of outside owners, by group."""
    equity = stocks["BS81"] + stocks["BS83"] + stocks["BS87"] + stocks["BS88"]
    outside = 10_000 - groups.effective
    found: Fen = groups.total(outside * (equity - stocks["BS24S"])) // 10_000
    return found


def consolidate_stocks(
    groups: Groups, lines: Mapping[str, Fen], stocks: Mapping[str, Fen], reserves: Fen
) -> Lines:
    """Return the balance sheet lines of the groups; ``reserves`` are their capital reserves."""
    found = {name: groups.total(amount) for name, amount in lines.items()}
    stakes = groups.total(stocks["BS24S"])
    internal = np.minimum(found["BS05G"] // _TRADE_SHARE, found["BS44"] // 2)
    internal = np.minimum(internal, found["BS05"] // 2)
    for name in ("BS05", "BS05G", "BS44"):
        found[name] = found[name] - internal
    found["BS24"] = found["BS24"] - stakes
    equity = found["BS81"] + found["BS83"] + found["BS87"] + found["BS88"]
    for name in ("BS81", "BS81S", "BS81P", "BS87", "BS87S"):
        found[name] = lines[name][groups.parents]
    found["BS83"] = reserves + stocks["BS83"][groups.parents]
    found["BS90"] = minority(groups, stocks)
    owners = equity - stakes - found["BS90"]
    found["BS88"] = owners - found["BS81"] - found["BS83"] - found["BS87"]
    return found


def reserves_at_start(groups: Groups, opening: Mapping[str, Fen]) -> Fen:
    """Return the group's part of the subsidiaries' reserves, which does not change.

    Stakes are set off against the subsidiaries' capital; what the group owns of their capital beyond its
    stakes (none, where capital was paid in at par) stands with their reserves.
    """
    own = groups.effective * opening["BS83"] // 10_000
    own[groups.parents] = 0
    return groups.total(own)


def consolidate_flows(
    groups: Groups, lines: Mapping[str, Fen], flows: Mapping[str, Fen], minority_growth: Fen
) -> tuple[Lines, Eliminations]:
    """Return the lines of income and cash flow of the groups, cumulative like ``lines``."""
    found = {name: groups.total(amount) for name, amount in lines.items()}
    inside = groups.total(flows["IS21S"])
    below = flows["dividends"].copy()
    below[groups.parents] = 0
    trade = np.minimum(found["IS03"] // _TRADE_SHARE, found["IS11"] // 2)
    cash = np.minimum(trade, np.minimum(found["CF01"], found["CF05"]) // 2)
    for name, amount in (
        ("IS03", trade),
        ("IS11", trade),
        ("CF01", cash),
        ("CF05", cash),
        ("IS21", inside),
        ("CF12", inside),
        ("CF26", inside),
    ):
        found[name] = found[name] - amount
    found["CF26M"] = groups.total(below) - inside
    found["IS52"] = minority_growth + found["CF26M"]
    return found, Eliminations(
        stakes=np.zeros_like(inside), dividends=inside, trade=trade, balances=np.zeros_like(inside)
    )
