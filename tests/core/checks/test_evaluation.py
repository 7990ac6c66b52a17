"""How one statement is judged: tolerance, blanks, columns, forms, readings, other tables."""

from decimal import Decimal

import pytest
from tests.core.checks.samples import by_id, failed, judge, shipped_rulebook, statement_of

from guozi_core.checks import Form, Precision, Status
from guozi_core.statements import Scope
from guozi_core.units import MoneyUnit

BALANCED = {"BS40e": 100, "BS14e": 60, "BS37e": 40, "BS71e": 70, "BS91e": 30}


@pytest.mark.parametrize(
    ("total", "status"),
    [("98", "failed"), ("99", "passed"), ("103", "passed"), ("104", "failed")],
)
def test_whole_wan_allow_half_a_unit_for_each_addend(total: str, status: str) -> None:
    parts = {"BS01e": 25, "BS05e": 25, "BS07e": 25, "BS09e": 26}

    outcome = by_id(judge(statement_of({"BS14e": total} | parts), only="X05"))["X05.BS14"]

    assert outcome.status.value == status
    assert outcome.right == Decimal(1_010_000)
    assert outcome.tolerance == Decimal(20_000)


@pytest.mark.parametrize(
    ("total", "fails"), [("98.98", True), ("98.99", False), ("99.01", False), ("99.02", True)]
)
def test_tables_with_two_decimals_allow_hundredths(total: str, fails: bool) -> None:
    figures = {"BS40e": total, "BS14e": "59.50", "BS37e": "39.50"}

    outcome = by_id(judge(statement_of(figures), only="X01"))["X01.BS40"]

    assert outcome.failed is fails
    assert outcome.tolerance == Decimal(100)


@pytest.mark.parametrize(
    ("digits", "tolerance"), [("100.00", "0.015"), ("100", "1")], ids=["fen", "whole yuan"]
)
def test_tables_in_yuan_allow_a_hundredth_for_sums_and_at_most_one_yuan(
    digits: str, tolerance: str
) -> None:
    # Figures of samples are 万元; in a table in 元 the same digits stand for 元.
    parts = {key: Decimal(digits).scaleb(-4) for key in ("BS01e", "BS05e", "BS09e")}
    figures = {"BS14e": sum(parts.values())} | parts

    outcome = by_id(
        judge(statement_of(figures), only="X05", precision=Precision(unit=MoneyUnit.YUAN))
    )["X05.BS14"]

    assert outcome.status is Status.PASSED
    assert outcome.tolerance == Decimal(tolerance)


def test_a_filed_form_with_decimals_must_balance_to_the_last_digit() -> None:
    figures = {"BS40e": "100.01", "BS71e": "60.00", "BS91e": "40.00"}
    filed = Precision(unit=MoneyUnit.WAN, place=Decimal(100), filed=True)

    in_form = by_id(judge(statement_of(figures), only="X04", precision=filed))["X04.assets"]
    printed = by_id(judge(statement_of(figures), only="X04"))["X04.assets"]

    assert (in_form.failed, in_form.tolerance, in_form.difference) == (True, 0, Decimal(100))
    assert (printed.failed, printed.tolerance) == (False, Decimal(100))


def test_a_filed_form_in_whole_wan_keeps_the_rounding_of_one() -> None:
    figures = {"BS40e": 101, "BS71e": 60, "BS91e": 40}
    filed = Precision(unit=MoneyUnit.WAN, place=Decimal(10_000), filed=True)

    outcome = by_id(judge(statement_of(figures), only="X04", precision=filed))["X04.assets"]

    assert not outcome.failed


def test_a_blank_addend_is_a_line_that_is_not_there() -> None:
    outcome = by_id(judge(statement_of({"BS71e": 50, "BS52e": 50}), only="X02"))["X02.BS71"]

    assert outcome.status is Status.PASSED
    assert [figure.name for figure in outcome.figures] == ["负债合计", "流动负债合计"]


def test_a_sum_whose_addends_are_all_blank_says_nothing() -> None:
    outcome = by_id(judge(statement_of({"BS71e": 50}), only="X02"))["X02.BS71"]

    assert (outcome.status, outcome.code) == (Status.NOT_APPLICABLE, "missing")


def test_a_blank_total_is_not_zero() -> None:
    outcome = by_id(judge(statement_of({"BS52e": 50}), only="X02"))["X02.BS71"]

    assert (outcome.status, outcome.code) == (Status.NOT_APPLICABLE, "missing")


def test_a_zero_total_is_a_figure() -> None:
    outcome = by_id(judge(statement_of({"BS71e": 0, "BS52e": 50}), only="X02"))["X02.BS71"]

    assert outcome.failed


def test_impairment_losses_are_negative_income() -> None:
    right = {"IS01c": 100, "IS10c": 80, "IS24c": -3, "IS25c": -2, "IS30c": 15}
    wrong = right | {"IS24c": 3, "IS25c": 2}

    assert failed(judge(statement_of(right), only="X14")) == []
    assert failed(judge(statement_of(wrong), only="X14")) == [("X14", "block")]


def test_former_form_holds_impairment_in_total_costs() -> None:
    former = {"IS01c": 100, "IS10c": 85, "IS11c": 80, "IS25c": 5, "IS30c": 15}

    outcomes = by_id(judge(statement_of(former)))

    assert (outcomes["X13.IS10"].reading, outcomes["X13.IS10"].failed) == ("former", False)
    assert (outcomes["X14"].reading, outcomes["X14"].failed) == ("former", False)


def test_former_reading_does_not_hide_a_wrong_sign() -> None:
    # Total costs do not hold the impairment, so that it was entered with the wrong sign.
    wrong = {"IS01c": 100, "IS10c": 80, "IS11c": 80, "IS25c": 5, "IS30c": 15}

    assert failed(judge(statement_of(wrong), only="X14")) == [("X14", "block")]


def test_costs_without_a_total_are_added_up() -> None:
    figures = {"IS02c": 100, "IS11c": 70, "IS14c": 8, "IS16c": -2, "IS21c": 1, "IS30c": 25}

    outcome = by_id(judge(statement_of(figures), only="X14"))["X14"]

    assert outcome.status is Status.PASSED
    assert {figure.name for figure in outcome.figures} == {
        "营业利润", "营业收入", "营业成本", "管理费用", "财务费用", "投资收益",
    }  # fmt: skip


def test_opening_columns_are_judged_like_closing_ones() -> None:
    opening = {"BS40o": 90, "BS14o": 60, "BS37o": 20}

    assert failed(judge(statement_of(BALANCED | opening), only="X01")) == [
        ("X01.BS40@期初", "block")
    ]


def test_opening_column_is_not_taken_from_last_year() -> None:
    last = statement_of({"BS40e": 90, "BS14e": 60, "BS37e": 20}, period="2023")

    outcomes = by_id(judge(statement_of(BALANCED), last, only="X01"))

    assert outcomes["X01.BS40@期初"].status is Status.NOT_APPLICABLE


def test_opening_balance_differs_from_last_year_until_a_reason_is_recorded() -> None:
    last = statement_of({"BS40e": 90}, period="2023")
    this = statement_of({"BS40o": 95})

    assert failed(judge(this, last, only="X10")) == [("X10.BS40", "block")]
    assert failed(judge(this, last, only="X10", parameters={"年初数已说明调整": Decimal(1)})) == []


def test_levels_depend_on_the_form() -> None:
    last = statement_of({"CF32c": 50}, period="2023")
    final = statement_of({"CF31c": 55})
    flash = statement_of({"CF31c": 55}, period="2024-03")

    assert failed(judge(final, last, only="X29")) == [("X29", "block")]
    assert failed(judge(flash, last, only="X29")) == [("X29", "explain")]


def test_a_flash_report_is_not_asked_what_only_final_accounts_hold() -> None:
    figures = {"CF57c": 30, "CF41c": 20}

    flash = by_id(judge(statement_of(figures, period="2024-06"), only="X30"))["X30.CF57"]
    final = by_id(judge(statement_of(figures), only="X30"))["X30.CF57"]
    forced = by_id(judge(statement_of(figures), only="X30", form=Form.FLASH))["X30.CF57"]

    assert (flash.code, forced.code) == ("form", "form")
    assert final.failed


def test_single_accounts_are_not_asked_for_eliminations() -> None:
    outcomes = judge(statement_of(BALANCED, scope=Scope.SINGLE), only="X42")

    assert {outcome.code for outcome in outcomes} == {"scope"}


def test_what_other_tables_hold_is_named_as_missing_and_used_when_given() -> None:
    statement = statement_of({"BS41e": 40, "BS61e": 60})

    without = by_id(judge(statement, only="X37"))["X37"]
    given = by_id(judge(statement, only="X37", inputs={"债务台账余额": Decimal(1_040_000)}))["X37"]

    assert (without.status, without.code) == (Status.NOT_APPLICABLE, "table")
    assert without.reason is not None
    assert "债务台账" in without.reason.zh
    assert given.failed
    assert given.difference == Decimal(40_000)


def test_cumulative_revenue_below_last_month_must_be_explained() -> None:
    may = statement_of({"IS02c": 100}, period="2024-05")
    june = statement_of({"IS02c": 90}, period="2024-06")
    january = statement_of({"IS02c": 5}, period="2024-01")

    assert failed(judge(june, may, only="X19")) == [("X19.IS02", "explain")]
    assert failed(judge(january, only="X19")) == []


@pytest.mark.parametrize(
    ("revenue", "fails"), [(150, False), ("150.01", True), (50, False), ("49.99", True)]
)
def test_revenue_may_change_by_exactly_half(revenue: str | int, fails: bool) -> None:
    figures = {"IS02c": revenue, "IS02p": 100}

    outcomes = by_id(judge(statement_of(figures), only="X60"))

    assert outcomes["X60.revenue"].failed is fails


@pytest.mark.parametrize(
    ("factor", "block", "explain"),
    [(1, False, False), (10_000, True, True), (6_000, False, True), (9_000, False, True)],
)
def test_all_lines_ten_thousand_times_larger_are_a_unit_error(
    factor: int, block: bool, explain: bool
) -> None:
    last = {"BS01e": 3, "BS05e": 4, "BS09e": 5, "BS14e": 12, "BS40e": 20, "BS71e": 11}
    this = {key: value * factor for key, value in last.items()}

    outcomes = by_id(judge(statement_of(this), statement_of(last, period="2023"), only="X71"))

    assert (outcomes["X71.error"].failed, outcomes["X71.doubt"].failed) == (block, explain)


def test_one_line_ten_thousand_times_larger_is_no_unit_error() -> None:
    last = {"BS01e": 3, "BS05e": 4, "BS09e": 5, "BS14e": 12, "BS40e": 20, "BS71e": 11}

    outcomes = judge(
        statement_of(last | {"BS01e": 30_000}), statement_of(last, period="2023"), only="X71"
    )

    assert failed(outcomes) == []


def test_flash_of_december_stands_beside_the_audited_accounts() -> None:
    flash = statement_of({"IS40c": 100, "BS40e": 1000}, period="2024-12")

    close = judge(statement_of({"IS40c": 96, "BS40e": 1005}), flash, only="X70")
    far = judge(statement_of({"IS40c": 94, "BS40e": 1011}), flash, only="X70")

    assert failed(close) == []
    assert failed(far) == [("X70.profit", "explain"), ("X70.assets", "explain")]


def test_nothing_is_dropped_in_silence() -> None:
    outcomes = judge(statement_of(BALANCED))

    asserted = [a.id for check in shipped_rulebook().checks for a in check.assertions]
    assert [outcome.assertion.id for outcome in outcomes] == asserted
    assert all(
        outcome.reason is not None
        for outcome in outcomes
        if outcome.status is Status.NOT_APPLICABLE
    )
