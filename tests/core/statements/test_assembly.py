"""Printed rows become statements; what is not understood is said, not dropped."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from guozi_core.findings import Locator
from guozi_core.statements import (
    Assembled,
    ItemDictionary,
    Moment,
    PrintedRow,
    Scope,
    StatementKind,
    assemble,
    sample_dictionary,
)
from guozi_core.units import MoneyUnit, Period


def row(
    printed: str,
    value: str | None,
    *,
    unit: MoneyUnit = MoneyUnit.WAN,
    period: str = "2024",
    statement: StatementKind | None = None,
    moment: Moment | None = None,
) -> PrintedRow:
    return PrintedRow(
        enterprise="甲公司",
        period=Period.parse(period),
        scope=Scope.CONSOLIDATED,
        printed=printed,
        value=None if value is None else Decimal(value),
        unit=unit,
        locator=Locator(file="报表.csv", cell="E2"),
        statement=statement,
        moment=moment,
    )


def figures(answer: Assembled) -> dict[str, str]:
    return {
        key.item + key.moment.letter: format(value, "f")
        for statement in answer.statements
        for key, value in statement.figures.items()
    }


def test_money_is_kept_in_yuan_and_persons_are_not_money(dictionary: ItemDictionary) -> None:
    rows = [row("资产总计", "1.23"), row("年末从业人数", "120"), row("基本每股收益", "0.52")]

    answer = assemble(rows, dictionary)

    assert figures(answer) == {"BS40e": "12300", "SP01e": "120", "IS80c": "0.52"}
    assert answer.findings == ()


def test_blanks_and_headings_are_lines_without_figures(dictionary: ItemDictionary) -> None:
    answer = assemble([row("流动资产：", None), row("货币资金", None)], dictionary)

    assert figures(answer) == {}
    assert [line.heading for line in answer.statements[0].lines] == ["BS14", None]
    assert answer.findings == ()


def test_an_unknown_line_is_a_note_and_keeps_its_place(dictionary: ItemDictionary) -> None:
    rows = [row("货币资金", "1"), row("神秘资产", "2"), row("资产总计", "3")]

    answer = assemble(rows, dictionary)

    assert [(f.code, f.severity.value, f.got) for f in answer.findings] == [
        ("STM-001", "note", "神秘资产")
    ]
    assert answer.findings[0].locator.to_dict() == {
        "file": "报表.csv",
        "cell": "E2",
        "enterprise": "甲公司",
        "period": "2024",
        "scope": "合并",
        "item": "神秘资产",
    }
    lines = answer.statements[0].lines
    assert [(line.printed, line.value) for line in lines] == [
        ("货币资金", Decimal(10000)),
        ("神秘资产", Decimal(20000)),
        ("资产总计", Decimal(30000)),
    ]
    assert lines[1].item is None


def test_an_ambiguous_line_is_not_used(dictionary: ItemDictionary) -> None:
    answer = assemble([row("永续债", "5")], dictionary)

    assert [f.code for f in answer.findings] == ["STM-002"]
    assert figures(answer) == {}


def test_the_same_figure_twice_is_a_note(dictionary: ItemDictionary) -> None:
    answer = assemble([row("资产总计", "5"), row("资产总额", "5.00")], dictionary)

    assert [f.code for f in answer.findings] == ["STM-003"]
    assert figures(answer) == {"BS40e": "50000"}


def test_two_different_figures_for_one_line_are_both_left_out(dictionary: ItemDictionary) -> None:
    answer = assemble([row("资产总计", "5"), row("BS40", "6")], dictionary)

    assert [(f.code, f.severity.value) for f in answer.findings] == [("STM-004", "explain")]
    assert figures(answer) == {}


def test_columns_of_one_line_do_not_collide(dictionary: ItemDictionary) -> None:
    rows = [
        row("资产总计", "5"),
        row("资产总计", "4", moment=Moment.OPENING),
        row("营业收入", "3"),
        row("上年营业收入", "2"),
    ]

    answer = assemble(rows, dictionary)

    assert figures(answer) == {
        "BS40e": "50000",
        "BS40o": "40000",
        "IS02c": "30000",
        "IS02p": "20000",
    }
    assert answer.findings == ()


def test_sections_are_kept_apart_by_period(dictionary: ItemDictionary) -> None:
    rows = [
        row(name, value, period=period)
        for name, value in (("其他权益工具", "9"), ("其中：优先股", None), ("永续债", "9"))
        for period in ("2024", "2023")
    ]

    answer = assemble(rows, dictionary)

    assert [s.figure("BS82P", Moment.CLOSING) for s in answer.statements] == [90000, 90000]


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15
    ),
    st.sampled_from([MoneyUnit.YUAN, MoneyUnit.THOUSAND, MoneyUnit.WAN, MoneyUnit.YI]),
)
def test_changing_the_unit_never_loses_a_digit(value: Decimal, unit: MoneyUnit) -> None:
    printed = [row("资产总计", str(value), unit=unit)]

    kept = assemble(printed, sample_dictionary()).statements[0].figure("BS40", Moment.CLOSING)

    assert kept is not None
    assert kept * 100 == value * unit.fen
