"""The cross-checks on figures that are not sealed yet: what the self-check room and submit run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi.registry.models import Enterprise
    from guozi_core.findings import Finding
    from guozi_core.statements import Scope
    from guozi_core.units import Period


def check_figures(
    enterprise: Enterprise,
    *,
    form: str,
    period: Period,
    scope: Scope,
    figures: Mapping[tuple[str, str], int],
) -> tuple[Finding, ...]:
    """Return the findings of the rulebook in force on figures in hundredths."""
    return ()
