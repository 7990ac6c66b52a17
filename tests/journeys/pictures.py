"""``python -m tests.journeys.pictures``: the pictures of the user guide, taken while walking through the pages.

It serves a fuller example city than the journeys do and writes ``docs/guide/pictures/*.png``. Windows have
fixed sizes, and a picture shows one part of a page; what changes from day to day is the dates. The pictures that
are kept have 256 colours each, which any optimiser of PNG files does; as written they are twice as large.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from tests.journeys.conftest import NARROW, WIDE, served
from tests.journeys.person import City, Person
from tests.journeys.test_filing import REASON, cell_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parents[2] / "docs" / "guide" / "pictures"
#: A year and a month, so that last year's figures are there.
MONTHS = 13
_FLASH = "/filings/?form=financial-flash"
_BODY = ".page-wrapper"
#: They report and sign for a group two of whose enterprises have not begun the newest month.
_REPORTER, _SIGNATORY = "reporter07", "signer07"
#: The reporter of a group with an open draft that a check blocks.
_BLOCKED = "reporter01"


def part(page: Page, name: str, selector: str, height: int | None = None) -> None:
    """Picture one element, or no more of it than a height."""
    place = page.locator(selector).first
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None, selector
    top = box["y"] + page.evaluate("window.scrollY")
    page.mouse.move(0, 0)
    page.screenshot(
        path=FOLDER / f"{name}.png",
        full_page=True,
        clip={
            "x": box["x"],
            "y": top,
            "width": box["width"],
            "height": min(box["height"], height or box["height"]),
        },
    )


def window(page: Page, name: str, height: int) -> None:
    """Picture the window as it is, from the top to a height: for dialogs and the side panel."""
    width = page.viewport_size["width"] if page.viewport_size else WIDE[0]
    page.screenshot(
        path=FOLDER / f"{name}.png", clip={"x": 0, "y": 0, "width": width, "height": height}
    )


def drawn(page: Page) -> None:
    """Wait until the charts stand."""
    page.wait_for_selector(".chart-canvas canvas")
    page.wait_for_timeout(800)


class Album:
    """The people who walk through the pages, each with a window."""

    def __init__(self, browser: Browser, city: City) -> None:
        self.browser, self.city = browser, city

    @contextmanager
    def person(self, username: str = "", *, size: tuple[int, int] = WIDE) -> Iterator[Person]:
        """Sit somebody down; afterwards no page may have complained."""
        someone = Person(self.browser, self.city, size=size, language="zh")
        if username:
            someone.sign_in(username)
        yield someone
        assert someone.complaints == []
        someone.context.close()

    def account(self) -> None:
        """Sign in, one's account, what each role may do."""
        with self.person() as somebody:
            somebody.go("/accounts/sign-in/")
            part(somebody.page, "1-sign-in", ".sign-in .card")
        with self.person("reporter01") as reporter:
            reporter.go("/accounts/account/")
            window(reporter.page, "1-account", 900)
            reporter.go("/accounts/permissions/")
            part(reporter.page, "1-permissions", _BODY, 640)

    def filing(self) -> str:
        """Fill in, be told of faults, explain, submit; return the address of the version."""
        with self.person(_REPORTER) as reporter:
            page = reporter.page
            missing = self._missing(reporter)
            begin(reporter, missing[0], "2-start")
            draft = page.url
            part(page, "2-draft", _BODY, 620)
            page.click("text=带入已报数")
            page.wait_for_load_state("networkidle")
            part(page, "2-carried", "main form[action$='/save/'] .card", 420)
            before = last_month(reporter, missing[0])
            reporter.go(draft)
            _name, template = reporter.download("text=下载Excel模板")

            # Two faults; then a file that is read, with one figure that asks for a reason.
            upload(reporter, filled(template, before, {"BS40e": "5万元", "IS01c": "1,23,4"}))
            part(page, "2-import-blocked", _BODY, 600)
            reporter.go(draft)
            upload(reporter, filled(template, before, moved(before, "BS01e", "BS05e", 100)))
            part(page, "2-import-read", _BODY, 420)
            page.click("text=回到草稿")
            page.wait_for_selector("#findings")
            part(page, "2-self-check", _BODY, 840)
            give_reasons(reporter)
            page.evaluate("window.scrollTo(0, 0)")
            page.click("[data-open-dialog=submit]")
            window(page, "2-submit", 640)
            page.click("dialog#submit button.btn-primary")
            page.wait_for_url("**/receipt/")
            part(page, "2-receipt", _BODY, 620)
            version = page.url.removesuffix("receipt/")

            begin(reporter, missing[1])
            draft = page.url
            page.locator(".grid-input").first.fill("1,23,4")
            page.click("text=保存本表")
            page.wait_for_selector(".grid-input.is-invalid")
            part(page, "2-grid", "main form[action$='/save/'] .card", 420)
            reporter.go(draft)
            page.check("input[name=free-form]")
            upload(reporter, printed(last_month(reporter, missing[1], back_to=draft)), free=True)
            part(page, "2-free-form", _BODY, 620)
        with self.person(_BLOCKED) as reporter:
            reporter.go(f"{_FLASH}&state=missing")
            reporter.page.click("text=继续填报")
            reporter.page.wait_for_selector("#findings")
            part(reporter.page, "2-block", _BODY, 560)
        return version

    def _missing(self, reporter: Person) -> list[str]:
        reporter.go(f"{_FLASH}&state=missing")
        return [row.inner_text() for row in reporter.page.locator("main tbody a").all()]

    def review(self, version: str) -> None:
        """Sign, return, accept, correct; the checks; who has filed."""
        with self.person(_SIGNATORY) as signatory:
            signatory.go(version)
            part(signatory.page, "3-sign", _BODY, 420)
            step(signatory, "sign")
        with self.person("head01") as head:
            head.go(version)
            head.page.click("[data-open-dialog=step-return]")
            window(head.page, "3-return", 640)
            head.page.click("dialog[open] [data-close-dialog]")
            step(head, "accept")
            head.go(f"{version}checks/")
            part(head.page, "3-checks", _BODY, 620)
            head.go(_FLASH)
            part(head.page, "3-filings", _BODY, 660)
        with self.person(_REPORTER) as reporter:
            reporter.go(version)
            reporter.page.click("[data-open-dialog=correct]")
            window(reporter.page, "2-correct", 640)

    def leader(self, version: str) -> None:
        """The city, a total and where it comes from, down to a cell; the same on a phone."""
        with self.person("leader01") as leader:
            leader.go("/")
            drawn(leader.page)
            window(leader.page, "4-city", 900)
            leader.open_figure(".tile .figure >> nth=0")
            window(leader.page, "4-origin", 900)
            leader.go(version)
            leader.open_figure(".table-figures .figure >> nth=0")
            part(leader.page, "4-origin-cell", "#where-from", 720)
        with self.person("leader01", size=NARROW) as leader:
            leader.go("/")
            drawn(leader.page)
            window(leader.page, "4-phone", NARROW[1])
            leader.open_figure(".tile .figure >> nth=4")
            window(leader.page, "4-phone-origin", NARROW[1])

    def enterprise(self) -> None:
        """An enterprise, its indicators, where one comes from, the standard values."""
        with self.person("officer02") as officer:
            page = officer.page
            officer.go("/enterprises/?direct=1")
            officer.go(page.locator("main tbody a").first.get_attribute("href") or "")
            drawn(page)
            part(page, "5-enterprise", _BODY, 720)
            part(page, "5-indicators", ".card:has(> .table-responsive > .table-figures)", 560)
            officer.open_figure(".table-figures .figure >> nth=0")
            part(page, "5-indicator-origin", "#where-from", 720)
            officer.go("/rulebooks/standards/?industry=投资公司&size=大型企业")
            part(page, "5-standards", _BODY, 620)

    def evaluation(self) -> None:
        """Panels and adjustments, a run, its ranking and score sheets, two runs compared, published."""
        with self.person("officer02") as officer:
            page = officer.page
            officer.go("/evaluations/inputs/?direct=1&period=2025&plan=cn-2006-157")
            part(page, "6-inputs", _BODY, 560)
            fifth = page.locator("main tbody a").nth(4).get_attribute("href")
            officer.go(fifth or "")
            part(page, "6-panel", "#panel")
            part(page, "6-panel-form", "#panel-form")
            part(page, "6-adjustments", "#adjustments")

            officer.go("/evaluations/")
            page.select_option("#r-n", "city-2025")
            page.fill("#r-p", "2025")
            part(page, "6-start", _BODY, 460)
            page.click("text=开始计算")
            page.wait_for_url("**/jobs/*/")
            page.wait_for_selector("#job-progress:not(:has(progress[value='0']))", timeout=60_000)
            part(page, "6-progress", _BODY, 260)
            page.click("text=查看结果", timeout=120_000)
            page.wait_for_url("**/evaluations/*/")
            ranking = page.url
            part(page, "6-ranking", _BODY, 640)
            other = page.locator("main a[href*='/evaluations/compare/']").first
            officer.go(other.get_attribute("href") or "")
            part(page, "6-compare", _BODY, 560)

            officer.go(fifth or "")
            sheet = page.locator("main a[href^='/evaluations/']", has_text="157号").first
            officer.go(sheet.get_attribute("href") or "")
            part(page, "6-score", _BODY, 1000)
            part(page, "6-steps", ".card:has(> .card-body > .origin-steps)", 520)
        with self.person("head01") as head:
            head.go(ranking)
            head.page.click("[data-open-dialog=publish]")
            window(head.page, "6-publish", 640)

    def rules(self) -> None:
        """The rulebooks, and one rule with its clause."""
        with self.person("officer02") as officer:
            officer.go("/rulebooks/")
            part(officer.page, "7-rules", _BODY, 620)
            officer.go("/rulebooks/evaluation/cn-2006-157/?q=加分")
            part(officer.page, "7-rule", _BODY, 460)

    def log(self) -> None:
        """The log as the auditor reads it, and one leaf."""
        with self.person("log01") as administrator:
            administrator.go("/audit/")
            part(administrator.page, "8-log", _BODY, 560)
            administrator.go("/audit/?action=filings.submitted")
            leaf = administrator.page.locator("main tbody a").first.get_attribute("href")
            administrator.go(leaf or "")
            part(administrator.page, "8-leaf", _BODY, 640)


def begin(reporter: Person, name: str, picture: str = "") -> None:
    """Begin the flash report that is due, of a single enterprise."""
    page = reporter.page
    reporter.go(_FLASH)
    page.select_option("#f-e", label=name)
    page.select_option("#f-s", label="单户")
    if picture:
        part(page, picture, _BODY, 520)
    page.click("text=开始填报")
    page.wait_for_url("**/drafts/*/")


def last_month(reporter: Person, name: str, *, back_to: str = "") -> Workbook:
    """Return the enterprise's report of the month before as a workbook."""
    reporter.go(f"{_FLASH}&q={name}")
    reporter.page.select_option("#q-p", index=1)
    reporter.page.wait_for_selector("main tbody a[href*='versions']")
    reporter.page.click("main tbody a[href*='versions']")
    reporter.page.wait_for_url("**/versions/*/")
    _name, content = reporter.download("a[href$='/workbook/']")
    if back_to:
        reporter.go(back_to)
        reporter.page.check("input[name=free-form]")
    return openpyxl.load_workbook(io.BytesIO(content))


def filled(template: bytes, before: Workbook, changes: dict[str, object]) -> bytes:
    """Fill the empty cells of the template with the figures of the month before."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    for sheet in before.worksheets[1:]:
        for row in sheet.iter_rows(min_col=3):
            for cell in row:
                into = book[sheet.title][cell.coordinate]
                if into.value is None and isinstance(cell.value, int | float):
                    into.value = cell.value
    for place, value in changes.items():
        sheet, cell = cell_of(place)
        book[sheet][cell].value = value
    return saved(book)


def moved(before: Workbook, source: str, into: str, amount: int) -> dict[str, object]:
    """Return two figures of the month before with an amount moved between them."""
    changed: dict[str, object] = {}
    for place, difference in ((source, -amount), (into, amount)):
        sheet, cell = cell_of(place)
        value = before[sheet][cell].value
        assert isinstance(value, int | float), place
        changed[place] = round(value + difference, 2)
    return changed


def printed(before: Workbook) -> bytes:
    """Return two periods as an accounting program prints them: names and years, no template."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, headings in (
        ("资产负债表", ("2026年10月末", "2025年末")),
        ("利润表", ("2026年1-10月", "2025年1-10月")),
    ):
        page = book.create_sheet(title)
        page.append([title])
        page.append(["单位：万元"])
        page.append(["项目", *headings])
        for row in before[title].iter_rows(min_row=2, max_col=4, values_only=True):
            if isinstance(row[2], int | float) or isinstance(row[3], int | float):
                page.append([row[0], row[2], row[3]])
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return the file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(reporter: Person, content: bytes, *, free: bool = False) -> None:
    """Choose the file and send it."""
    name = "财务报表（打印格式）.xlsx" if free else "财务快报.xlsx"
    reporter.choose_file("#file", name, content)
    reporter.page.click("text=上传并检查")
    reporter.page.wait_for_url("**/uploads/*/")


def give_reasons(reporter: Person) -> None:
    """Write a reason under what asks for one, until nothing does."""
    silent = reporter.page.locator("#findings input[name=text][value='']")
    while silent.count():
        silent.first.fill(REASON)
        silent.first.locator("xpath=..").locator("button").click()
        reporter.page.wait_for_load_state("networkidle")


def step(person: Person, name: str) -> None:
    """Take a step of the review and confirm it."""
    person.page.click(f"[data-open-dialog=step-{name}]")
    person.page.click(f"#step-{name} button.btn-primary")
    person.page.wait_for_load_state("networkidle")


def main() -> int:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        sys.stderr.write("Chromium is not installed (make browser)\n")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright, served(months=MONTHS) as city:
        album = Album(playwright.chromium.launch(executable_path=path, args=options), city)
        album.account()
        version = album.filing()
        album.review(version)
        album.leader(version)
        album.enterprise()
        album.evaluation()
        album.rules()
        album.log()
    return 0


if __name__ == "__main__":
    sys.exit(main())
