"""What was filed before need not be typed again: opening balances and last year's figures.

Opening balances come from an earlier month of the same year (they are the same all year), else from the
end of last year; figures of the same period last year from that period's filing. Only the same form and
accounts count, so that no figure is rounded on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guozi.filings import selectors
from guozi.rulebooks import parsed
from guozi_core.statements import Moment
from guozi_core.units import Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi.filings.models import Draft, Version


class Carried(NamedTuple):
    """A figure as it was filed: hundredths, and the period and version it was filed in."""

    amount: int
    source: str


class _Way(NamedTuple):
    """From which column of which filing a column is carried."""

    period: str
    taken: Moment
    into: Moment


def carried_into(draft: Draft) -> dict[tuple[str, str], Carried]:
    """Return what earlier filings say about fields of a draft that are still empty."""
    period = Period.parse(draft.period)
    ways = _ways(period)
    versions: Mapping[str, Version] = {
        version.period: version
        for version in selectors.current_versions(
            [draft.enterprise_id],
            form=draft.form,
            periods=[way.period for way in ways],
            scope=draft.scope,
        )
    }
    asked = _asked(draft) - selectors.draft_figures(draft).keys()
    filed = selectors.amounts_of(versions.values(), {way.taken.letter for way in ways})
    found: dict[tuple[str, str], Carried] = {}
    for way in ways:
        version = versions.get(way.period)
        if version is None:
            continue
        source = f"{version.period} v{version.number}"
        for (item, moment), amount in filed[version.pk].items():
            key = (item, way.into.letter)
            if moment == way.taken.letter and key in asked and key not in found:
                found[key] = Carried(amount, source)
    return found


def _ways(period: Period) -> list[_Way]:
    """Return where columns may be carried from, the best source first."""
    last_year = period.same_period_last_year()
    if period.kind is PeriodKind.YEAR:
        year_end, earlier = last_year, []
    else:
        year_end = Period.month(period.year - 1, 12)
        earlier = [Period.month(period.year, m) for m in range(period.last_month - 1, 0, -1)]
    return [
        *(_Way(month.code, Moment.OPENING, Moment.OPENING) for month in earlier),
        _Way(year_end.code, Moment.CLOSING, Moment.OPENING),
        _Way(last_year.code, Moment.CURRENT, Moment.PRIOR),
    ]


def _asked(draft: Draft) -> set[tuple[str, str]]:
    """Return the fields of the form."""
    return {
        (line.item.code, moment.letter)
        for sheet in parsed.form(draft.form).sheets
        for line in sheet.lines
        if line.item is not None
        for column in sheet.columns
        if (moment := column.moment(line.item)) is not None
    }
