"""The components as people meet them: wide and narrow, in both languages, by key, under the policy."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.guozi.ui import gallery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: make browser"),
]
WIDE, NARROW = (1440, 900), (390, 844)
#: Where a person who wants to look at the pages has them written.
PICTURES = os.environ.get("GUOZI_PICTURES")
_CHINESE = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture(scope="module", params=["zh-hans", "en"])
def site(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    with gallery.served(request.param) as address:
        yield request.param, address


@pytest.fixture(scope="module")
def chinese() -> Iterator[str]:
    with gallery.served("zh-hans") as address:
        yield address


def opened(browser: Browser, address: str, size: tuple[int, int]) -> tuple[Page, list[str]]:
    """Open a page; return it with everything the browser complained about."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page, complaints


def picture(page: Page, name: str) -> None:
    if PICTURES is not None:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_page_fits_draws_its_charts_and_breaks_no_policy(
    browser: Browser, site: tuple[str, str], size: tuple[int, int]
) -> None:
    language, address = site

    page, complaints = opened(browser, address, size)
    page.hover(".chart-canvas >> nth=0", position={"x": 120, "y": 120})
    picture(page, f"gallery-{language}-{size[0]}")

    assert complaints == []
    assert page.locator(".chart-canvas canvas").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.close()


def test_a_figure_opens_its_origin_and_the_way_down_and_back(
    browser: Browser, chinese: str
) -> None:
    page, complaints = opened(browser, chinese, WIDE)

    page.click(".tile .figure >> nth=0")
    page.wait_for_selector("#where-from.show .origin-title:has-text('资产负债率')")
    picture(page, "origin")
    back = page.locator("[data-origin-back]")
    assert not back.is_visible()
    page.click("#where-from .origin-inputs .figure")
    page.wait_for_selector("#where-from .origin-title:has-text('负债合计')")
    back.click()
    page.wait_for_selector("#where-from .origin-title:has-text('资产负债率')")
    assert not page.locator("[data-origin-back]").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector("#where-from", state="hidden")

    assert complaints == []
    page.close()


def test_a_click_for_a_new_tab_opens_the_origin_as_a_page(browser: Browser, chinese: str) -> None:
    page, _complaints = opened(browser, chinese, WIDE)

    with page.context.expect_page() as tab:
        page.click(".tile .figure >> nth=0", modifiers=["ControlOrMeta"])

    assert tab.value.locator("h1").inner_text() == "这个数字从哪里来"
    assert not page.locator("#where-from").is_visible()
    tab.value.close()
    page.close()


def test_without_scripts_a_figure_leads_to_a_page(browser: Browser, chinese: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(chinese)

    page.click(".tile .figure >> nth=0")

    assert page.locator("h1").inner_text() == "这个数字从哪里来"
    assert "71.20" in page.locator("main").inner_text()
    context.close()


def test_the_first_key_leads_to_the_content(browser: Browser, chinese: str) -> None:
    page, _complaints = opened(browser, chinese, WIDE)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").endswith("skip-link")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


def test_the_narrow_navigation_opens_and_shows_every_entry(browser: Browser, chinese: str) -> None:
    page, _complaints = opened(browser, chinese, NARROW)
    entries = page.locator("#navigation .nav-link")
    assert not entries.first.is_visible()

    page.click(".navbar-toggler")
    page.wait_for_selector("#navigation.show")
    picture(page, "navigation-390")

    assert entries.first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    page.close()


def test_on_a_phone_words_keep_their_column_and_the_names_of_lines_stay(
    browser: Browser, chinese: str
) -> None:
    page, _complaints = opened(browser, chinese, NARROW)

    widths = page.locator(".card-table td:not(.num)").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().width)"
    )
    assert min(widths) >= 75
    line = page.locator(".table-figures tbody th[scope=row]").first
    before = line.bounding_box()
    page.locator(".table-responsive:has(.table-figures)").evaluate(
        "box => { box.scrollLeft = 60; }"
    )
    assert before is not None
    after = line.bounding_box()
    assert after is not None
    assert before["x"] - after["x"] < 20  # pushed by 60
    page.close()


def test_a_dot_in_an_english_page_is_as_wide_as_a_dot(browser: Browser) -> None:
    with gallery.served("en") as address:
        page, _complaints = opened(browser, address, WIDE)
        width = page.evaluate(
            """() => {
                const dot = document.createElement("span");
                dot.textContent = "·";
                dot.style.fontSize = "100px";
                dot.style.position = "absolute";
                document.querySelector("main").append(dot);
                return dot.getBoundingClientRect().width;
            }"""
        )
        page.close()
    assert width < 60


def test_a_dialog_asks_and_a_form_is_sent_once(browser: Browser, chinese: str) -> None:
    page, _complaints = opened(browser, chinese, WIDE)
    sent: list[str] = []
    page.route("**/sent/", lambda route: (sent.append(route.request.url), None)[1])

    page.click("[data-open-dialog]")
    assert page.locator("#submit").get_attribute("open") is not None
    page.click("[data-close-dialog]")
    assert page.locator("#submit").get_attribute("open") is None
    page.click("[data-open-dialog]")
    picture(page, "dialog")
    button = page.locator("#submit .btn-primary")
    button.evaluate("button => { button.click(); button.click(); }")
    page.wait_for_timeout(200)

    assert len(sent) == 1
    page.close()


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_an_error_says_what_to_do(browser: Browser, site: tuple[str, str], status: int) -> None:
    language, address = site

    page, _complaints = opened(browser, f"{address}/{status}/", NARROW)
    picture(page, f"error-{status}-{language}")

    text = page.locator("main").inner_text()
    assert len(text) > 20
    assert "0f3d9a7c" in text
    if language == "en":
        assert _CHINESE.search(text + page.locator("h1").inner_text()) is None
    page.close()


def test_paper_shows_the_figures_and_no_controls(browser: Browser, chinese: str) -> None:
    page, _complaints = opened(browser, chinese, WIDE)

    page.emulate_media(media="print")

    assert not page.locator(".guozi-side").is_visible()
    assert not page.locator(".page-header .btn").first.is_visible()
    assert page.locator(".table-figures .figure").first.is_visible()
    # The width between the margins of A4: what stands further right is not printed.
    page.set_viewport_size({"width": 703, "height": 1000})
    # Printing gives a drawing no time to be drawn anew.
    page.locator("canvas").evaluate_all("all => all.forEach(c => { c.style.width = '900px'; })")
    rights = page.locator("table, canvas, .card-header *").evaluate_all(
        "parts => parts.map(part => part.getBoundingClientRect().right)"
    )
    assert max(rights) <= 703
    if PICTURES is not None:
        page.pdf(path=Path(PICTURES) / "gallery.pdf", prefer_css_page_size=True)
    page.close()
