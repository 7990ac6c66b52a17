"""The city on one page, and where its totals come from."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit, signed_in
from guozi.cockpit import selectors
from guozi.filings import selectors as filings
from guozi.filings.books import MOMENTS
from guozi.filings.origins import where_url
from guozi.performance import selectors as performance
from guozi.registry import selectors as registry
from guozi.rulebooks import parsed
from guozi.ui.provenance import Origin, OriginLink, render_origin
from guozi.ui.templatetags.guozi import (
    amount_text,
    name_of,
    number_text,
    said,
    short_name_of,
    unit_name,
)
from guozi_core.units import Period

if TYPE_CHECKING:
    from guozi.cockpit.selectors import CityTotal

_MONTHS_SHOWN = 24
_YI_PLACES = 100_000_000


@signed_in
@require_GET
def city(request: ViewerRequest) -> HttpResponse:
    """Show the city: totals, trend, who has filed, the ranking; others go to their own page."""
    viewer = request.viewer
    if not viewer.may(Act.READ, Subject.STATISTICS):
        return _own_first_page(request)
    today = registry.today()
    periods = filings.periods_filed(form=filings.FLASH, leaving_out=registry.peer_ids())
    period = request.GET.get("period") or selectors.newest_complete(periods)
    if period is None:
        return render(request, "cockpit/empty.html")
    if period not in periods:
        raise Http404
    ids = selectors.top_enterprise_ids(on=today)
    totals = selectors.totals_over(ids, period)
    assets, liabilities = totals["BS40", "e"], totals["BS71", "e"]
    turnout = selectors.turnout(period)
    run = performance.latest_run(viewer)
    return render(
        request,
        "cockpit/city.html",
        {
            "period": period,
            "periods": periods[:36],
            "totals": totals,
            "tiles": _tiles(totals, period),
            "leverage": _leverage(assets.amount, liabilities.amount),
            "leverage_before": _leverage(assets.last_year, liabilities.last_year),
            "chart": _trend(period, ids),
            "levels": selectors.counts_by_level(),
            "states": {state.label: count for state, count in turnout.states.items()},
            "filed": turnout.filed,
            "unfiled": turnout.unfiled,
            "run": run,
            "ranking": selectors.best_results(viewer, run) if run is not None else [],
        },
    )


def _own_first_page(request: ViewerRequest) -> HttpResponse:
    """Send people without the city's statistics where their work is."""
    viewer = request.viewer
    if viewer.may(Act.READ, Subject.DRAFT):
        return redirect("filings:list")
    if viewer.may(Act.EXPORT, Subject.LOG):
        return redirect("cockpit:log")
    return redirect("access:account")


def _leverage(assets: int | None, liabilities: int | None) -> Decimal | None:
    if assets is None or liabilities is None or assets <= 0:
        return None
    return Decimal(liabilities) * 100 / assets


def _tiles(totals: dict[tuple[str, str], CityTotal], period: str) -> list[dict[str, object]]:
    items = parsed.dictionary().by_code
    return [
        {
            "label": name_of(items[code]),
            "total": totals[code, moment],
            "text": amount_text(totals[code, moment].amount, "亿元"),
            "url": reverse("cockpit:total", args=[period, code, moment]),
        }
        for code, moment in (("BS40", "e"), ("IS01", "c"), ("IS40", "c"), ("IS50", "c"))
    ]


def _trend(period: str, ids: set[int]) -> dict[str, object]:
    months = selectors.months_until(period, _MONTHS_SHOWN)
    items = [("BS40", "e"), ("BS71", "e")]
    sums = selectors.sums_by_period(ids, form=filings.FLASH, items=items, periods=months)
    names = parsed.dictionary().by_code
    return {
        "kind": "line",
        "unit": "亿元",
        "labels": months,
        "series": [
            {
                "name": name_of(names[item]),
                "values": [
                    amount_text(sums[month][item, moment][0], "亿元").replace(",", "")
                    if (item, moment) in sums[month]
                    else None
                    for month in months
                ],
            }
            for item, moment in items
        ],
    }


@permit(Act.READ, Subject.STATISTICS)
@require_GET
def total(request: ViewerRequest, period: str, item: str, moment: str) -> HttpResponse:
    """Tell what a city total is the sum of: every enterprise's figure, each with its own origin."""
    known = parsed.dictionary().by_code
    if item not in known or moment not in MOMENTS:
        raise Http404
    form = filings.form_for(_period_or_404(period))
    figures = filings.contributions(
        form=form,
        period=period,
        enterprise_ids=selectors.top_enterprise_ids(on=registry.today()),
        item=item,
        moment=moment,
    )
    if not figures:
        raise Http404
    amount = sum(figure.amount for figure in figures)
    return render_origin(
        request,
        Origin(
            title=f"{name_of(known[item])} {said(MOMENTS[moment].wording)} · {period}",
            value=amount_text(amount, "亿元"),
            unit="亿元",
            sentences=(
                _(
                    "%(count)s户企业报送数之和：合并范围内的子企业不重复计算，已报合并报表的用合并数。"
                )
                % {"count": len(figures)},
                f"= {amount_text(amount, '元')} {unit_name('元')}",
                *_compared(period, item, moment),
            ),
            inputs=tuple(
                OriginLink(
                    label=short_name_of(figure.enterprise),
                    value=amount_text(figure.amount),
                    unit="万元",
                    url=where_url(figure.version_id, item, moment),
                )
                for figure in figures
            ),
        ),
    )


def _compared(period: str, item: str, moment: str) -> tuple[str, ...]:
    """Say what the year-on-year change of a headline compares."""
    totals = selectors.city_totals(period, on=registry.today())
    found = totals.get((item, moment))
    if found is None or found.change is None:
        return ()
    return (
        _(
            "同比按两期都报送的%(count)s户计算：本期%(now)s万元，上年同期%(then)s万元，%(change)s%%。"
        )
        % {
            "count": found.compared,
            "now": amount_text(found.like),
            "then": amount_text(found.last_year),
            "change": number_text(found.change),
        },
    )


@permit(Act.READ, Subject.STATISTICS)
@require_GET
def leverage(request: ViewerRequest, period: str) -> HttpResponse:
    """Tell where the city's liabilities-to-assets ratio comes from."""
    _period_or_404(period)
    totals = selectors.city_totals(period, on=registry.today())
    assets, liabilities = totals["BS40", "e"], totals["BS71", "e"]
    value = _leverage(assets.amount, liabilities.amount)
    if value is None:
        raise Http404
    names = parsed.dictionary().by_code
    return render_origin(
        request,
        Origin(
            title=f"{_('资产负债率')} · {period}",
            value=number_text(value),
            unit="%",
            formula=f"{name_of(names['BS71'])} ÷ {name_of(names['BS40'])} × 100",
            sentences=(
                (
                    f"{amount_text(liabilities.amount)} ÷ {amount_text(assets.amount)} × 100"
                    f" = {number_text(value, 4)}"
                ),
            ),
            inputs=tuple(
                OriginLink(
                    label=name_of(names[part.item]),
                    value=amount_text(part.amount),
                    unit="万元",
                    url=reverse("cockpit:total", args=[period, part.item, part.moment]),
                )
                for part in (liabilities, assets)
            ),
        ),
    )


def _period_or_404(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise Http404 from error
