"""Comparable groups and ranks.

Enterprises are compared within their industry and size; where fewer than three were scored there,
with the others of their level that stand as alone. Peers of other cities are ranked among themselves,
so that they move nobody's rank. A rank is taken on the score as it is shown, so
that two equal scores on a page never have different ranks; after a tie the next ranks are left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from guozi.registry.kinds import Level
from guozi_core.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

#: Fewer than this are no group.
LEAST_IN_GROUP = 3
PEER = Level.PEER.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What ranking needs to know of one enterprise."""

    enterprise_id: int
    industry: str
    size: str
    level: str
    final: Decimal


class Place(NamedTuple):
    """The group of an enterprise, its rank there and how many are in it."""

    group: str
    rank: int
    group_size: int


def places(scored: Sequence[Scored], *, decimals: int) -> dict[int, Place]:
    """Return the place of every scored enterprise.

    >>> from decimal import Decimal
    >>> rows = [Scored(enterprise_id=n, industry="工业", size="大型企业", level="municipal",
    ...                final=Decimal(points)) for n, points in enumerate((70, 80, 80, 60))]
    >>> [places(rows, decimals=2)[n].rank for n in range(4)]
    [3, 1, 1, 4]
    """
    counted = Counter((item.industry, item.size) for item in scored if item.level != PEER)
    groups: dict[str, list[Scored]] = {}
    for item in scored:
        enough = item.level != PEER and counted[item.industry, item.size] >= LEAST_IN_GROUP
        key = f"industry|{item.industry}|{item.size}" if enough else f"level|{item.level}"
        groups.setdefault(key, []).append(item)
    found = {}
    for key, members in groups.items():
        shown = {item.enterprise_id: round_half_up(item.final, places=decimals) for item in members}
        for item in members:
            mine = shown[item.enterprise_id]
            better = sum(other > mine for other in shown.values())
            found[item.enterprise_id] = Place(key, better + 1, len(members))
    return found
