"""An officer enters an expert's scores and a bonus, is told of faults, and takes the bonus back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.journeys.conftest import NARROW, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.person import City, Person

pytestmark = pytest.mark.journey
OFFICER = "officer02"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_an_expert_and_a_bonus_are_entered_and_seen(
    size: tuple[int, int], someone: Callable[..., Person], city: City
) -> None:
    officer = someone(OFFICER, size=size)
    page = officer.page
    expert, evidence = f"测试专家{size[0]}", f"验收意见书{size[0]}号"

    # From the runs to the list, to a group without a panel.
    officer.go("/evaluations/")
    page.click("a[href='/evaluations/inputs/']")
    page.wait_for_url("**/evaluations/inputs/")
    page.check("input[name=direct]")
    page.wait_for_url("**direct=1**")
    page.select_option("#i-s", "none")
    page.wait_for_url("**state=none**")
    page.click("main tbody a >> nth=0")
    page.wait_for_selector("#panel-form")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]

    # A fault is told at its field; what was typed stays.
    page.fill("#panel-expert", expert)
    for number in range(1, 9):
        page.fill(f"#panel-score-{number}", str(80 + number))
    page.fill("#panel-score-3", "101")
    page.click("#panel-form button.btn-primary")
    page.wait_for_selector("#panel-score-3_error")
    assert page.input_value("#panel-score-8") == "88"
    page.fill("#panel-score-3", "83.5")
    page.click("#panel-form button.btn-primary")
    page.wait_for_selector(f"#panel tbody >> text={expert}")
    assert "83.5" in officer.text("#panel")
    assert "专家不足 7 名" in officer.text()

    page.select_option("#adjustment-item", "bonus:重大科技创新")
    page.fill("#adjustment-points", "6")
    page.fill("#adjustment-evidence", evidence)
    page.click("#adjustment-form button.btn-primary")
    page.wait_for_selector("#adjustment-points_error >> text=最高 5 分")
    assert page.input_value("#adjustment-evidence") == evidence
    page.fill("#adjustment-points", "2.5")
    page.click("#adjustment-form button.btn-primary")
    line = page.locator("#adjustments tbody tr", has_text=evidence)
    line.wait_for()
    assert "+2.50" in line.inner_text()

    # Taken back with a reason, it stays readable.
    line.locator("[data-open-dialog]").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("textarea").fill("登记有误")
    dialog.locator("button.btn-primary").click()
    page.wait_for_selector(f"#adjustments s >> text={evidence}")
    assert "登记有误" in officer.text("#adjustments")

    # So does the expert, who is off the panel again.
    row = page.locator("#panel tbody tr", has_text=expert)
    row.locator("[data-open-dialog]").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("textarea").fill("姓名有误")
    dialog.locator("button.btn-primary").click()
    page.wait_for_selector(f"#panel s >> text={expert}")


def test_a_leader_reads_what_was_entered_and_an_enterprise_does_not(
    someone: Callable[..., Person], city: City
) -> None:
    leader = someone(city.of_role("LD"))
    assert leader.go("/evaluations/inputs/") == 200
    leader.page.click("main tbody a >> nth=0")
    leader.page.wait_for_selector("#panel")
    assert leader.page.locator("#content form[method=post]").count() == 0
    address = leader.page.url

    reporter = someone(city.of_role("ER"))
    assert reporter.go("/evaluations/inputs/") == 403
    assert reporter.go(address) == 403
