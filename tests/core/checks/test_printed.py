"""Sums as printed: order, lines not understood, parts printed as lines, files that leave lines out."""

from collections.abc import Sequence

from tests.core.checks.samples import by_id, failed, judge, printed

from guozi_core.checks import Status

Lines = Sequence[tuple[str, str | None]]

CURRENT: Lines = [
    ("流动资产：", None),
    ("货币资金", "100"),
    ("应收账款", "50"),
    ("神秘项目", "30"),
    ("流动资产合计", "180"),
]
INCOME: Lines = [
    ("一、营业收入", "1000"),
    ("减：营业成本", "600"),
    ("销售费用", "50"),
    ("管理费用", "100"),
    ("财务费用", "20"),
    ("资产减值损失", "30"),
    ("加：投资收益", "25"),
    ("二、营业利润", "225"),
]


def changed(lines: Lines, **figures: str | None) -> Lines:
    return [(name, figures.get(name, value)) for name, value in lines]


def test_a_line_not_understood_counts_in_the_subtotal_it_stands_under() -> None:
    outcome = by_id(judge(printed(CURRENT), only="X05"))["X05.BS14"]

    assert outcome.status is Status.PASSED
    assert outcome.reading == "printed"
    assert [line.printed for line in outcome.lines] == ["神秘项目"]


def test_a_sum_without_the_line_not_understood_holds_too() -> None:
    outcome = by_id(judge(printed(changed(CURRENT, 流动资产合计="150")), only="X05"))["X05.BS14"]

    assert outcome.status is Status.PASSED


def test_a_sum_that_fails_for_another_reason_still_blocks() -> None:
    outcome = by_id(judge(printed(changed(CURRENT, 流动资产合计="190")), only="X05"))["X05.BS14"]

    assert (outcome.failed, outcome.level.value) == (True, "block")
    # The line counts where it stands, so that the difference is the true one.
    assert outcome.difference == 10 * 10_000


def test_a_deduction_not_understood_is_to_be_explained_only() -> None:
    outcome = by_id(judge(printed(changed(CURRENT, 流动资产合计="120")), only="X05"))["X05.BS14"]

    assert (outcome.failed, outcome.level.value) == (True, "explain")
    assert [line.printed for line in outcome.lines] == ["神秘项目"]


def test_a_first_line_not_understood_belongs_to_the_table_below_it() -> None:
    lines = [("神秘项目", "30"), ("货币资金", "150"), ("流动资产合计", "180")]

    assert failed(judge(printed(lines), only="X05")) == []


def test_a_subtotal_not_understood_does_not_block_the_total() -> None:
    lines = [
        ("流动资产合计", "60"),
        ("固定资产", "40"),
        ("长期性资产总和数", "40"),
        ("资产总计", "100"),
    ]

    assert ("X01.BS40", "block") not in failed(judge(printed(lines)))


def test_a_line_printed_in_another_section_counts_there() -> None:
    lines = [
        ("货币资金", "100"),
        ("流动资产合计", "100"),
        ("合同资产", "20"),
        ("固定资产", "40"),
        ("非流动资产合计", "60"),
    ]

    outcomes = by_id(judge(printed(lines), only="X05"))

    assert not outcomes["X05.BS14"].failed
    assert not outcomes["X05.BS37"].failed
    assert outcomes["X05.BS37"].reading == "printed"


def test_interest_payable_as_a_line_of_its_own_counts() -> None:
    lines = [
        ("短期借款", "50"),
        ("应付利息", "5"),
        ("其他应付款", "3"),
        ("流动负债合计", "58"),
    ]

    outcomes = judge(printed(lines))

    assert by_id(outcomes)["X05.BS52"].status is Status.PASSED
    # 应付利息 5 is more than 其他应付款 3: no part of it, so nothing blocks.
    assert failed(outcomes) == [("X09.BS49I", "explain")]


def test_a_part_marked_as_one_blocks_where_it_exceeds_its_line() -> None:
    lines = [("其他应付款", "3"), ("其中：应付利息", "5")]

    assert failed(judge(printed(lines), only="X09")) == [("X09.BS49I", "block")]


def test_a_part_named_by_its_code_blocks_where_it_exceeds_its_line() -> None:
    lines = [("BS49", "3"), ("BS49I", "5")]

    assert failed(judge(printed(lines), only="X09")) == [("X09.BS49I", "block")]


def test_a_part_blocks_where_the_total_adds_up_without_it() -> None:
    lines = [
        ("短期借款", "10"),
        ("应付账款", "20"),
        ("其他应付款", "3"),
        ("应付利息", "5"),
        ("流动负债合计", "33"),
    ]

    assert failed(judge(printed(lines), only="X09")) == [("X09.BS49I", "block")]


def test_the_two_lines_behind_a_combined_one_are_parts_of_it() -> None:
    lines = [
        ("货币资金", "10"),
        ("应收票据及应收账款", "50"),
        ("其中：应收票据", "20"),
        ("应收账款", "30"),
        ("流动资产合计", "60"),
    ]

    assert failed(judge(printed(lines), only="X05")) == []


def test_impairment_among_costs_is_a_cost() -> None:
    outcome = by_id(judge(printed(INCOME), only="X14"))["X14"]

    assert (outcome.status, outcome.reading) == (Status.PASSED, "listed")


def test_a_cost_not_understood_counts_as_a_cost() -> None:
    lines = [*INCOME[:5], ("某某费用", "15"), ("加：投资收益", "25"), ("二、营业利润", "240")]

    outcome = by_id(judge(printed(lines), only="X14"))["X14"]

    assert (outcome.status, outcome.reading) == (Status.PASSED, "printed")


def test_a_file_of_a_few_lines_is_not_held_to_sums_it_cannot_show() -> None:
    lines = [
        ("流动资产合计", "100"),
        ("存货", "40"),
        ("资产总计", "300"),
        ("负债合计", "180"),
        ("流动负债合计", "80"),
        ("所有者权益合计", "120"),
        ("营业收入", "90"),
        ("营业成本", "60"),
        ("营业利润", "12"),
        ("利润总额", "9"),
        ("净利润", "7"),
    ]

    assert failed(judge(printed(lines))) == []


def test_a_balance_that_does_not_balance_blocks_in_such_a_file_too() -> None:
    lines = [("资产总计", "300"), ("负债合计", "180"), ("所有者权益合计", "110")]

    assert failed(judge(printed(lines))) == [("X04.assets", "block")]


def test_a_printed_dash_is_a_line_that_is_not_there() -> None:
    lines = [
        ("流动负债合计", "50"),
        ("长期借款", None),
        ("非流动负债合计", None),
        ("负债合计", "50"),
    ]

    outcome = by_id(judge(printed(lines), only="X02"))["X02.BS71"]

    assert outcome.status is Status.PASSED


def test_a_dash_does_not_excuse_a_total_that_misses() -> None:
    lines = [("流动负债合计", "50"), ("非流动负债合计", None), ("负债合计", "60")]

    assert failed(judge(printed(lines), only="X02")) == [("X02.BS71", "block")]


def test_a_line_printed_twice_with_two_figures_is_not_understood() -> None:
    lines = [
        ("货币资金", "100"),
        ("货币资金", "120"),
        ("应收账款", "50"),
        ("流动资产合计", "150"),
    ]

    assert failed(judge(printed(lines), only="X05")) == [("X05.BS14", "explain")]
