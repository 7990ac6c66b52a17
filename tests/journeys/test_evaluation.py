"""An officer evaluates the city, reads a score sheet, and asks where a score comes from."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from tests.journeys.test_city import walk_down

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.person import City, Person

pytestmark = pytest.mark.journey
#: Sees every enterprise; officers with some enterprises only cannot evaluate the city.
OFFICER = "officer02"
YEAR = "2024"


def test_from_the_start_to_the_figure_behind_a_score(
    someone: Callable[..., Person], city: City
) -> None:
    officer = someone(OFFICER)
    page = officer.page
    officer.go("/evaluations/")
    page.fill("#r-p", YEAR)
    page.click("text=开始计算")
    page.wait_for_url("**/jobs/*/")
    page.wait_for_selector("#job-progress progress[value='100']", timeout=90_000)
    page.click("text=查看结果")
    page.wait_for_url("**/evaluations/*/")
    ranking = page.url
    first = page.locator("main tbody a:not(.figure)").first
    name = first.inner_text()
    first.click()
    page.wait_for_url(f"{ranking}*/")

    # The score names its indicators, the indicator its items, the item its filing.
    final = page.locator(".tile .figure").first.inner_text()
    figures = page.locator(".table-figures a.figure")
    assert figures.count() >= 8
    figures.first.click()
    page.wait_for_selector("#where-from.show .origin-title")
    assert len(walk_down(officer)) >= 2
    last = officer.text("#where-from-body")
    assert "封存摘要" in last, last
    page.keyboard.press("Escape")
    page.wait_for_selector("#where-from", state="hidden")

    texts = []
    _file, content = officer.download("a[href$='sheet.xlsx']")
    book = openpyxl.load_workbook(io.BytesIO(content))
    texts.append("".join(str(c.value) for page_ in book for row in page_ for c in row if c.value))
    _file, content = officer.download("a[href$='sheet.docx']")
    document = docx.Document(io.BytesIO(content))
    texts.append("".join(part.text for part in document.element.body.iter() if part.text))
    for text in texts:
        assert final in text, (name, final, text[:400])
    _file, content = officer.download("a[href$='sheet.pdf']")
    assert content.startswith(b"%PDF-")
    assert len(content) > 10_000


def test_who_made_a_run_does_not_publish_it(someone: Callable[..., Person], city: City) -> None:
    """The trial of one person is published by another; only then do enterprises see it."""
    officer = someone(OFFICER)
    page = officer.page
    officer.go("/evaluations/")
    page.fill("#r-p", YEAR)
    page.click("text=开始计算")
    page.wait_for_url("**/jobs/*/")
    page.click("text=查看结果", timeout=90_000)
    page.wait_for_url("**/evaluations/*/")
    ranking = page.url
    assert page.locator("[data-open-dialog=publish]").count() == 0

    reporter = someone("reporter01")
    assert reporter.go(ranking) == 404
    head = someone(city.of_role("RV"))
    head.go(ranking)
    head.page.click("[data-open-dialog=publish]")
    head.page.click("#publish button.btn-primary")
    head.page.wait_for_selector(".page-header >> text=已发布")
    assert reporter.go(ranking) == 200
    assert reporter.page.locator("main tbody tr").count() >= 1
