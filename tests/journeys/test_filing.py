"""A month's report, from the empty template to the accepted version, by the people of each step."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.guozi.filings.statements import STAFF, WAN

from guozi.audit import verify_log
from guozi.rulebooks import parsed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.journeys.person import Person

pytestmark = pytest.mark.journey
#: The reporter of one enterprise that belongs to a group, the person who signs for it.
REPORTER, SIGNATORY = "reporter10", "signer10"
#: A month for which the example city holds nothing.
MONTH = "2022-08"
#: Cash of the cash flow statement beyond the bank balances: allowed, but a reason has to be written.
RESTRICTED: dict[str, object] = {"BS01e": 2900, "BS05e": 1600}
REASON = "三个月内到期的存单列入现金等价物。"


def cell_of(place: str) -> tuple[str, str]:
    """Return sheet and cell of a place of the form, like ``BS40e``."""
    for sheet in parsed.form("financial-flash").sheets:
        for line in sheet.lines:
            for offset, column in enumerate(sheet.columns):
                moment = line.item and column.moment(line.item)
                if line.item and moment and f"{line.item.code}{moment.letter}" == place:
                    return sheet.title.zh, f"{'CDEF'[offset]}{sheet.row_of(line)}"
    message = f"no cell for {place}"
    raise LookupError(message)


def filled(template: bytes, changes: dict[str, object] | None = None) -> bytes:
    """Fill the downloaded template as a person would."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    for place, value in {**WAN, **STAFF, **(changes or {})}.items():
        sheet, cell = cell_of(place)
        book[sheet][cell].value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_from_template_to_acceptance(someone: Callable[..., Person], tmp_path: Path) -> None:
    reporter = someone(REPORTER)
    page = reporter.page
    reporter.go("/filings/")
    page.select_option("#f-f", "financial-flash")
    page.fill("#f-p", MONTH)
    page.click("text=开始填报")
    page.wait_for_url("**/drafts/*/")
    draft = page.url
    _name, template = reporter.download("text=下载Excel模板")

    # A file with two faults: both are told where they stand, and nothing of the file is kept.
    faults = {"BS40e": "5万元", "IS01c": "1,23,4"}
    reporter.choose_file("#file", "快报.xlsx", filled(template, dict(faults)))
    page.click("text=上传并检查")
    page.wait_for_url("**/uploads/*/")
    assert "本次导入未保存任何数据" in reporter.text()
    rows = [row.inner_text() for row in page.locator("main tbody tr").all()]
    for place in faults:
        sheet, cell = cell_of(place)
        assert [row for row in rows if sheet in row and f"\t{cell}\t" in row], (place, rows)
    reporter.go(draft)
    assert "还没有数据" in reporter.text()

    # The right one is read; what needs a reason gets one; then it is sealed.
    reporter.choose_file("#file", "快报.xlsx", filled(template, RESTRICTED))
    page.click("text=上传并检查")
    page.wait_for_url("**/uploads/*/")
    assert "已读入 " in reporter.text()
    page.click("text=回到草稿")
    page.wait_for_url(draft)
    assert explain(reporter) > 0
    page.click("[data-open-dialog=submit]")
    page.click("dialog#submit button.btn-primary")
    page.wait_for_url("**/versions/*/**")
    version = page.url.removesuffix("receipt/")
    reporter.go(version)
    assert REASON in reporter.text()
    reporter.go(f"{version}receipt/")
    assert "回执可以离线验证" in reporter.text()
    name, receipt = reporter.download("text=下载回执")
    (tmp_path / name).write_bytes(receipt)
    assert verify_log.main([str(tmp_path / name)]) == 0

    for username, step, state in (
        (SIGNATORY, "sign", "已签发"),
        ("head01", "accept", "已接收"),
    ):
        person = someone(username)
        person.go(version)
        person.page.click(f"[data-open-dialog=step-{step}]")
        person.page.click(f"#step-{step} button.btn-primary")
        person.page.wait_for_selector(f".page-header >> text={state}")


def explain(reporter: Person) -> int:
    """Write a reason under every finding that asks for one; return how many there were."""
    page = reporter.page
    silent = page.locator("#findings input[name=text][value='']")
    count = silent.count()
    for left in range(count, 0, -1):
        assert silent.count() == left
        silent.first.fill(REASON)
        silent.first.locator("xpath=..").locator("button").click()
        page.wait_for_load_state("networkidle")
    return count
