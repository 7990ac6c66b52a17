"""Rounding a balance sheet so that it still adds up.

A flash report is filled in 万元 with two decimals: its unit is 100 元. Rounding every line by itself would
break the totals; here a total is rounded first, then shared among its lines, each of which goes to the
next lower or the next higher unit. No figure moves by a whole unit, and every sum holds exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Fen = NDArray[np.int64]


def nearest(amount: Fen, unit: int) -> Fen:
    """Return amounts rounded to a whole unit, halves away from below.

    >>> nearest(np.array([149, 150, -150]), 100).tolist()
    [100, 200, -100]
    """
    found: Fen = (amount + unit // 2) // unit * unit
    return found


def shared(total: Fen, parts: Sequence[Fen], unit: int) -> list[Fen]:
    """Return parts rounded to whole units that add up to ``total``, itself a rounded sum of them.

    >>> [part.tolist() for part in shared(np.array([300]), [np.array([133]), np.array([167])], 100)]
    [[100], [200]]
    """
    stack = np.stack(parts)
    floors = stack // unit * unit
    missing = (total - floors.sum(axis=0)) // unit
    rank = np.argsort(np.argsort(-(stack - floors), axis=0, kind="stable"), axis=0, kind="stable")
    return list(floors + np.where(rank < missing, unit, 0))


def balance_sheet(
    lines: Mapping[str, Fen], tree: Mapping[str, Sequence[str]], unit: int
) -> dict[str, Fen]:
    """Return a balance sheet in whole units; ``tree`` names the parts of each total from the top.

    Both sides of the sheet start from the same rounded total.
    """
    found: dict[str, Fen] = {}
    for total, parts in tree.items():
        if total not in found:
            found[total] = nearest(lines[total], unit)
        there = [name for name in parts if name in lines]
        found.update(zip(there, shared(found[total], [lines[n] for n in there], unit), strict=True))
    return found
