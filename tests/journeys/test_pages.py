"""Every page as every role: answered, quiet, within the window, in one language, its figures explained."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from tests.journeys.conftest import NARROW
from tests.journeys.person import workbook_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.person import City, Person

pytestmark = pytest.mark.journey
ROLES = ("ER", "EV", "SD", "RS", "RV", "LD", "AU", "RM", "SA", "SE", "LA", "AP")
#: Pages without a number in their address; the others are found by following links.
ROOTS = (
    "/", "/enterprises/", "/filings/", "/evaluations/", "/evaluations/compare/", "/evaluations/inputs/",
    "/rulebooks/", "/audit/", "/jobs/", "/accounts/account/", "/accounts/permissions/",
)  # fmt: skip
#: One page of each kind that links lead to: what varies in an address → the kind.
_KINDS = (
    (re.compile(r"9199\w{14}|9\d{17}|99\w{16}"), "USCC"),
    (re.compile(r"\d{4}-\d{2}"), "MONTH"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), "UUID"),
    (re.compile(r"/\d+(?=/)"), "/N"),
)
_SKIP = re.compile(
    r"sign-out|language|sheet\.|/template/|/workbook/|/original/|/annotated/|export="
)
MOST_PAGES, MOST_FIGURES, MOST_ORIGINS = 26, 40, 8


def kind_of(address: str) -> str:
    """Return an address without what varies: ``/filings/versions/17/`` → ``/filings/versions/N/``."""
    path = address.split("?", maxsplit=1)[0]
    for pattern, name in _KINDS:
        path = pattern.sub(name, path)
    return path


def links(person: Person) -> list[str]:
    """Return the addresses within the product that the page links to, figures apart."""
    found = person.page.eval_on_selector_all(
        "a[href]:not([data-where-from])", "all => all.map(a => a.getAttribute('href'))"
    )
    return [link for link in found if link.startswith("/") and not _SKIP.search(link)]


def walk(person: Person, *, at_each: Callable[[str], None]) -> dict[str, str]:
    """Visit one page of every kind that this person reaches; return kind → address."""
    seen: dict[str, str] = {}
    queue = list(ROOTS)
    while queue and len(seen) < MOST_PAGES:
        address = queue.pop(0)
        kind = kind_of(address)
        if kind in seen:
            continue
        seen[kind] = address
        if person.go(address) == 200:
            at_each(address)
            queue += [link for link in links(person) if kind_of(link) not in seen]
    return seen


@pytest.mark.parametrize("role", ROLES)
def test_every_page_answers_every_role(
    role: str, someone: Callable[..., Person], city: City
) -> None:
    """No page fails, complains, or breaks the content policy; ``someone`` looks at the complaints."""
    person = someone(city.of_role(role))
    good: list[str] = []
    seen = walk(person, at_each=good.append)
    assert "/accounts/account/" in good, (role, seen)


MAIN_PAGES = {
    "city": "/",
    "enterprise": "/enterprises/ → main tbody a",
    "filing": "/filings/?form=financial-final → main tbody a[href*='versions']",
    "flash": "/filings/?form=financial-flash → main tbody a[href*='versions']",
    "ranking": "/evaluations/ → main tbody a",
    "score sheet": "/evaluations/ → main tbody a → main tbody a[href^='/evaluations/']:not(.figure)",
}


def follow(person: Person, way: str) -> str:
    """Open the first address of a way, then click on; return where it leads."""
    first, *further = way.split(" → ")
    assert person.go(first) == 200
    for selector in further:
        href = person.page.locator(selector).first.get_attribute("href")
        assert href, (way, selector)
        assert person.go(href) == 200
    return person.page.url


@pytest.mark.parametrize("page", MAIN_PAGES)
def test_every_figure_opens_an_origin(
    page: str, someone: Callable[..., Person], city: City
) -> None:
    officer = someone("officer02")
    follow(officer, MAIN_PAGES[page])
    found = officer.page.eval_on_selector_all(
        "main a.figure", "all => all.map(a => [a.innerText, a.getAttribute('href')])"
    )
    assert found, "a main page shows figures"
    step = max(1, len(found) // MOST_FIGURES)
    for shown, address in found[::step][:MOST_FIGURES]:
        answer = officer.page.request.get(
            f"{city.address}{address}", headers={"HX-Request": "true"}
        )
        text = answer.text()
        assert answer.status == 200, (shown, address)
        assert 'class="origin-value"' in text, (shown, address)
        assert "origin-facts" in text or "origin-inputs" in text, (shown, address)
    # And one by hand, in the panel.
    assert officer.open_figure("main a.figure >> nth=0")


_CHINESE = re.compile(r"[㐀-鿿豈-﫿　-〿＀-￯]")
#: What may be Chinese on an English page, and why; everything else fails.
_STAYS = {
    "span[lang=zh]": "marked by the filter ``chinese``: names of people, registered names, what people wrote, "
    "names in files, a county's name, official titles, formulas and line names as the rule prints them",
    ".hash": "what the log hashed, as it was hashed",
    "pre": "signed receipts and the texts of rulebooks, byte for byte",
    "[name=language]": "the other language's own name",
}
_DATA = ", ".join(_STAYS)
#: Roles that between them reach every page.
_READERS = ["ER", "RS", "RV", "LD", "AU", "LA"]


@pytest.mark.parametrize("role", _READERS)
def test_an_english_page_is_english(role: str, someone: Callable[..., Person], city: City) -> None:
    person = someone(city.of_role(role), language="en")
    found: dict[str, list[str]] = {}

    def read(address: str) -> None:
        told = chinese_of(person)
        if told:
            found[address] = told[:12]

    walk(person, at_each=read)
    assert not found, "\n".join(f"{address}: {lines}" for address, lines in found.items())


@pytest.mark.parametrize("page", MAIN_PAGES)
def test_an_english_origin_is_english(
    page: str, someone: Callable[..., Person], city: City
) -> None:
    """Where a figure comes from: formula, arithmetic, facts."""
    officer = someone(city.of_role("RS"), language="en")
    follow(officer, MAIN_PAGES[page])
    found = officer.page.eval_on_selector_all(
        "main a.figure", "all => all.map(a => a.getAttribute('href'))"
    )
    step = max(1, len(found) // MOST_ORIGINS)
    for address in found[::step][:MOST_ORIGINS]:
        assert officer.go(address) == 200
        assert chinese_of(officer) == [], address


@pytest.mark.parametrize(
    "way", ["/enterprises/", "/filings/?form=financial-final", MAIN_PAGES["ranking"]]
)
def test_an_english_export_is_english(way: str, someone: Callable[..., Person], city: City) -> None:
    officer = someone(city.of_role("RS"), language="en")
    follow(officer, way)
    _name, content = officer.download("a[href*='export=xlsx']")
    sheet = load_workbook(workbook_of(content)).active
    assert sheet is not None
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [text for text in texts if _CHINESE.search(text)] == []


def chinese_of(person: Person) -> list[str]:
    """Return what is Chinese on the page and may not be."""
    lines = person.page.evaluate(
        """skip => {
            const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
            const lines = [];
            while (walker.nextNode()) {
                const parent = walker.currentNode.parentElement;
                if (parent.closest('script, style, ' + skip)) continue;
                lines.push(walker.currentNode.data.trim());
            }
            for (const one of document.querySelectorAll('[title],[aria-label],[placeholder]'))
                for (const name of ['title', 'aria-label', 'placeholder'])
                    if (!one.closest(skip)) lines.push(one.getAttribute(name) || '');
            for (const chart of document.querySelectorAll('script[data-chart]'))
                lines.push(chart.textContent);
            return lines;
        }""",
        _DATA,
    )
    return [line for line in dict.fromkeys(lines) if _CHINESE.search(line)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", ["ER", "RV"])
def test_a_narrow_window_needs_no_scrolling_sideways(
    role: str, language: str, someone: Callable[..., Person], city: City
) -> None:
    person = someone(city.of_role(role), size=NARROW, language=language)
    wide: list[tuple[str, int]] = []

    def measure(address: str) -> None:
        width = person.page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW[0]:
            wide.append((address, width))

    walk(person, at_each=measure)
    assert wide == []
