"""A leader asks where a total of the city comes from, and walks down to one reported figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.person import City, Person

pytestmark = pytest.mark.journey
_BODY = "#where-from-body"


def walk_down(person: Person, *, most: int = 8) -> list[str]:
    """Click the first figure of each origin until one names the file, cell or person it came from.

    Returns the titles met on the way.
    """
    page = person.page
    titles = [page.inner_text(f"{_BODY} .origin-title")]
    for _step in range(most):
        further = page.locator(f"{_BODY} .origin-inputs a.figure")
        if not further.count():
            break
        with page.expect_response(lambda answer: answer.request.resource_type == "xhr"):
            further.first.click()
        page.wait_for_load_state("networkidle")
        titles.append(page.inner_text(f"{_BODY} .origin-title"))
    return titles


def test_a_total_leads_down_to_a_reported_figure_and_back(
    someone: Callable[..., Person], city: City
) -> None:
    leader = someone(city.of_role("LD"))
    page = leader.page
    assert leader.go("/") == 200
    shown = page.locator(".tile .figure").first.inner_text()
    told = leader.open_figure(".tile .figure >> nth=0")
    # The panel says the figure that was clicked: in 亿元 there, in the unit of the panel here.
    assert _digits(shown)[:4] == _digits(page.inner_text(f"{_BODY} .origin-value"))[:4], told
    titles = walk_down(leader)
    assert len(titles) >= 2
    last = leader.text(_BODY)
    assert "封存摘要" in last or "SHA-256" in last, last
    assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d", last), last

    for title in reversed(titles[:-1]):
        page.click("[data-origin-back]")
        page.wait_for_selector(f"{_BODY} .origin-title:text-is('{title}')")
    assert not page.locator("[data-origin-back]").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector("#where-from", state="hidden")


def test_leverage_leads_to_both_totals(someone: Callable[..., Person], city: City) -> None:
    leader = someone(city.of_role("LD"))
    leader.go("/")
    told = leader.open_figure("a.figure[href*='leverage']")
    assert "负债" in told
    assert "资产" in told
    assert leader.page.locator(f"{_BODY} .origin-inputs a.figure").count() >= 2


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text).lstrip("0")
