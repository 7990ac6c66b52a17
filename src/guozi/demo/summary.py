"""What the command shows of the city that stands in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from guozi.access.context import acting_as, the_product
from guozi.cockpit import selectors as cockpit
from guozi.demo.planted import due_day
from guozi.demo.statements import FLASH
from guozi.filings import selectors as filings
from guozi.registry.kinds import Level
from guozi.registry.models import Enterprise

if TYPE_CHECKING:
    from datetime import date


_CHINA: Final = timezone(timedelta(hours=8))
_FEN_PER_YI: Final = 10**10


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The city in a few numbers; amounts in 亿元, none where nobody filed."""

    levels: tuple[tuple[Level, int], ...]
    period: str | None
    filed: int
    late: int
    missing: int
    assets: Decimal | None
    revenue: Decimal | None
    profit: Decimal | None


def summarise(name: str, *, on: date) -> Summary | None:
    """Return the summary of the database, nothing where it holds no enterprise."""
    with acting_as(the_product(name)):
        if not Enterprise.objects.exists():
            return None
        period = cockpit.latest_period(FLASH)
        levels = tuple(cockpit.counts_by_level())
        if period is None:
            return Summary(
                levels=levels,
                period=None,
                filed=0,
                late=0,
                missing=0,
                assets=None,
                revenue=None,
                profit=None,
            )
        versions = filings.list_versions(form=FLASH, period=period, current=True).exclude(
            enterprise__level=Level.PEER.value
        )
        days: dict[int, date] = {}
        for enterprise, moment in versions.values_list("enterprise_id", "submitted_at"):
            day = moment.astimezone(_CHINA).date()
            days[enterprise] = max(day, days.get(enterprise, day))
        totals = cockpit.city_totals(period, on=on)
        amounts = {item: total.amount for (item, _), total in totals.items()}
        return Summary(
            levels=levels,
            period=period,
            filed=len(days),
            late=sum(day > due_day(FLASH, period) for day in days.values()),
            missing=cockpit.turnout(period).unfiled,
            assets=_yi(amounts.get("BS40")),
            revenue=_yi(amounts.get("IS01")),
            profit=_yi(amounts.get("IS40")),
        )


def _yi(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / _FEN_PER_YI
