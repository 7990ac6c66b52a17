"""Findings print one contract in both languages."""

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from guozi_core.findings import (
    Finding,
    Locator,
    Severity,
    Wording,
    blocking,
    cell_name,
    column_letters,
    in_place_order,
)


def finding(code: str, severity: Severity, cell: str | None = None) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=Wording(zh="数值有误", en="the value is wrong"),
        locator=Locator(file="快报.xlsx", sheet="利润表", cell=cell),
    )


def test_json_form_has_every_key_of_the_contract() -> None:
    answer = finding("A-1", Severity.BLOCK, "D17").to_dict("en")

    assert answer == {
        "code": "A-1",
        "severity": "block",
        "message": "the value is wrong",
        "locator": {
            "file": "快报.xlsx",
            "sheet": "利润表",
            "cell": "D17",
            # What is not known is there too, so that a program finds every key.
            "row": None,
            "column": None,
            "enterprise": None,
            "period": None,
            "scope": None,
            "item": None,
        },
        "got": None,
        "expected": None,
        "rule": "A-1",
        "source": None,
        "fix": None,
    }


def test_sentence_without_a_file_names_enterprise_period_and_item() -> None:
    located = finding("X01", Severity.BLOCK)
    bare = Finding(
        code="X01",
        severity=Severity.BLOCK,
        message=located.message,
        locator=Locator(enterprise="甲公司", period="2024", item="资产总计"),
    )

    assert bare.sentence("zh") == "[X01] 甲公司 2024 资产总计：数值有误。"


def test_what_was_read_is_cut_to_fifty_characters() -> None:
    long = Finding(
        code="A-1", severity=Severity.NOTE, message=Wording("长", "long"), got="9" * 5000
    )

    assert long.got is not None
    assert len(long.got) == 50


def test_worst_findings_come_first() -> None:
    found = [
        finding("N", Severity.NOTE, "A1"),
        finding("B", Severity.BLOCK, "C3"),
        finding("E", Severity.EXPLAIN, "B2"),
    ]

    assert [item.code for item in in_place_order(found)] == ["B", "E", "N"]
    assert [item.code for item in blocking(found)] == ["B"]


def test_a_place_can_be_narrowed() -> None:
    assert finding("A", Severity.NOTE).at(cell="B7").locator.cell == "B7"


@given(column=st.integers(1, 16384), row=st.integers(1, 1_048_576))
def test_cell_names_agree_with_a_spreadsheet_library(column: int, row: int) -> None:
    assert column_letters(column) == get_column_letter(column)
    assert cell_name(row=row, column=column) == f"{get_column_letter(column)}{row}"


def test_sentence_names_row_number_row_label_and_column() -> None:
    located = Finding(
        code="IMP-NUM-007",
        severity=Severity.BLOCK,
        message=Wording(zh="金额含有单位文字", en="the amount holds a unit"),
        locator=Locator(
            file="快报.xlsx", sheet="利润表", cell="D17", row="营业收入", column="本月数"
        ),
        expected=Wording(zh="纯数字", en="digits only"),
    )

    assert located.sentence("zh") == (
        "[IMP-NUM-007] 文件《快报.xlsx》 工作表「利润表」 单元格 D17"
        "（第17行「营业收入」，列「本月数」）：金额含有单位文字。应为：纯数字。"
    )
    assert located.to_dict("en")["expected"] == "digits only"
    assert "(row 17 “营业收入”, column “本月数”)" in located.sentence("en")


def test_sentence_of_a_table_row_names_the_row_once() -> None:
    located = finding("A", Severity.NOTE).at(row="17", column="金额", sheet=None)

    assert located.sentence("zh") == "[A] 文件《快报.xlsx》（第17行，列「金额」）：数值有误。"
