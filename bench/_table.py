"""One way to print a benchmark: ours beside named peers, as ratios of one run.

Seconds of one machine say little on another; a ratio measured in one run says more. A peer that is
too slow for the whole work does a stated part of it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Measured(NamedTuple):
    """What one contestant did: its name, the work in units, and the seconds it took."""

    name: str
    work: float
    seconds: float

    @property
    def rate(self) -> float:
        """Units of work a second."""
        return self.work / self.seconds


def measure(name: str, work: float, act: Callable[[], object], *, rounds: int = 5) -> Measured:
    """Return the best of some rounds, after one that is not counted (compilers, caches)."""
    act()
    best = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - begin)
    return Measured(name, work, best)


def print_ratios(title: str, unit: str, ours: Measured, peers: Sequence[Measured]) -> None:
    """Print ours and the peers; ``ratio`` is how many times as much ours does in a second."""
    print(f"\n{title}")
    print(f"{'':<34} {'work':>14} {'seconds':>10} {unit + '/s':>14} {'ratio':>9}")
    for one in (ours, *peers):
        ratio = ours.rate / one.rate
        print(
            f"{one.name:<34} {one.work:>14,.0f} {one.seconds:>10.3f} {one.rate:>14.3e} {ratio:>9.1f}"
        )
