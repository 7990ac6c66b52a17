"""What people read: sentence, both sides, place, rule, source, what to do."""

from decimal import Decimal

from tests.core.checks.samples import by_id, judge, printed, shipped_rulebook, statement_of

from guozi_core.checks import amount, findings_of, sentence
from guozi_core.findings import Locator
from guozi_core.statements import Item, Moment
from guozi_core.units import MoneyUnit

LINES = [("货币资金", "60.00"), ("应收账款", "30.00"), ("流动资产合计", "100.00")]


def test_finding_of_a_printed_sum() -> None:
    statement = printed(LINES)
    outcomes = judge(statement, only="X05")

    (finding,) = findings_of(outcomes, statement, rulebook="checks-statements")

    assert finding.to_dict("zh") == {
        "code": "X05",
        "severity": "block",
        "message": "流动资产合计等于所属项目之和：100 ≠ 90，相差10万元，允许0.01万元",
        "locator": {
            "file": "表.csv",
            "sheet": None,
            "cell": None,
            "row": "4",
            "column": None,
            "enterprise": "甲公司",
            "period": "2024",
            "scope": "合并",
            "item": "流动资产合计",
        },
        "got": "100",
        "expected": "90",
        "rule": "checks-statements/X05.BS14",
        "source": "《企业财务决算报表编制说明》表间及表内勾稽关系",
        "fix": "逐行核对所属项目，查找漏填、重填或位数错误",
    }
    assert finding.to_dict("en")["message"] == (
        "Total current assets is the sum of its lines: 100 ≠ 90, difference 10, allowed 0.01 (in 10k yuan)"
    )


def test_inequality_says_on_which_side_the_figure_should_be() -> None:
    statement = statement_of({"BS01e": 100, "BS01Re": 103})

    (finding,) = findings_of(judge(statement, only="X09"), statement, rulebook="r")

    assert (finding.got, finding.expected) == ("103", "≤ 100")
    assert "103 > 100" in finding.message.zh


def test_ratios_are_not_taken_for_money() -> None:
    figures = {"BS71e": 60, "BS40e": 100}
    outcomes = judge(statement_of(figures), only="X59", inputs={"填报资产负债率": Decimal("60.05")})

    outcome = by_id(outcomes)["X59.liability_ratio"]

    assert amount(Decimal(5), outcome) == 5
    assert sentence(outcome).zh.endswith("60.05 ≠ 60，相差0.05，允许0.01")


def test_a_form_says_at_which_cell() -> None:
    def cell(item: Item, moment: Moment) -> Locator | None:
        if (item.code, moment) == ("BS14", Moment.CLOSING):
            return Locator(file="快报.xlsx", sheet="资产负债表", cell="C17")
        return None

    statement = statement_of({"BS14e": 100, "BS01e": 60})

    (finding,) = findings_of(judge(statement, only="X05"), statement, rulebook="r", locate=cell)

    assert (finding.locator.cell, finding.locator.enterprise) == ("C17", "甲公司")


def test_a_doubt_about_an_opening_or_last_years_figure_points_at_its_own_cell() -> None:
    def cell(item: Item, moment: Moment) -> Locator | None:
        return Locator(cell=f"{item.code}.{moment.value}")

    before = statement_of({"IS01c": 90, "BS01e": 50}, period="2023")
    statement = statement_of({"IS01c": 100, "IS01p": 92, "BS01e": 60, "BS01o": 55})

    for check, place in (("X20", "IS01.上期"), ("X10", "BS01.期初")):
        outcomes = judge(statement, before, only=check)
        (finding,) = findings_of(outcomes, statement, rulebook="r", locate=cell)
        assert finding.locator.cell == place


def test_without_printed_lines_the_item_is_named() -> None:
    statement = statement_of({"BS14e": 100, "BS01e": 60})

    (finding,) = findings_of(judge(statement, only="X05"), statement, rulebook="r")

    assert finding.locator.item == "流动资产合计"


def test_not_applicable_says_why_in_both_languages() -> None:
    outcome = by_id(judge(statement_of({}), only="X38"))["X38"]

    assert sentence(outcome) == (
        "债务到期结构合计 = 债务台账余额：不适用，没有债务台账的数据",
        "the maturity ladder adds up to the ledger: not applicable, no data of the debt ledger",
    )


def test_english_has_no_chinese_but_units_and_formulas() -> None:
    for check in shipped_rulebook().checks:
        for text in (check.title.en, check.fix.en):
            left = text.replace("万元", "").replace("元", "")
            assert not any("\u4e00" <= letter <= "\u9fff" for letter in left), (check.id, text)


def test_amounts_are_in_the_unit_of_the_table() -> None:
    outcome = by_id(judge(statement_of({"BS71e": 50, "BS52e": 20}), only="X02"))["X02.BS71"]

    assert outcome.unit is MoneyUnit.WAN
    assert outcome.difference == Decimal(300_000)
    assert amount(outcome.difference, outcome) == Decimal(30)
