"""Which single figure would explain the failures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guozi_core.checks._outcome import CheckOutcome
    from guozi_core.statements import Statement


def name_suspects(outcomes: Iterable[CheckOutcome], statement: Statement) -> Iterable[CheckOutcome]:
    """Return the outcomes, failures with the figures that would explain them."""
    del statement
    return outcomes
