"""What is a formula, what is refused, and where: catalogue 3.M."""

import pytest

from guozi_core.formula import FormulaError, Reference, check_names, parse


@pytest.mark.parametrize(
    ("case", "text", "code"),
    [
        ("M01 power", "9**9**9", "FRM-OPERATOR"),
        ("M01 caret", "9^9", "FRM-OPERATOR"),
        ("M02 string", '"a"*10*9', "FRM-STRING"),
        ("M03 attribute", "().__class__.__bases__[0]", "FRM-ATTRIBUTE"),
        ("M04 import", "__import__('os')", "FRM-STRING"),
        ("M04 import without quotes", "__import__(os)", "FRM-FUNCTION"),
        ("M05 comprehension", "[x for x in range(10)]", "FRM-ATTRIBUTE"),
        ("M06 brackets", "(" * 300 + "1" + ")" * 300, "FRM-LIMIT"),
        ("M06 nested calls", "绝对值(" * 300 + "1" + ")" * 300, "FRM-LIMIT"),
        ("M06 terms", "+".join(["1"] * 5000), "FRM-LIMIT"),
        ("M09 exponent", "1e308*10", "FRM-EXPONENT"),
        ("M13 pattern", "匹配(甲, (\\d+,?)+$)", "FRM-ATTRIBUTE"),
        ("M13 pattern function", "匹配(甲)", "FRM-FUNCTION"),
        ("M14 lambda", "lambda x: x", "FRM-ATTRIBUTE"),
        ("M14 f-string", 'f"{1}"', "FRM-STRING"),
        ("M14 attribute", "收入.成本", "FRM-ATTRIBUTE"),
        ("M14 walrus", "收入 := 1", "FRM-ATTRIBUTE"),
        ("M14 slice", "收入[1:2]", "FRM-ATTRIBUTE"),
        ("M14 keyword call", "最大(a=1)", None),
        ("M15 other enterprise", "甲公司!收入", "FRM-ATTRIBUTE"),
        ("M18 too many digits", "9" * 61, "FRM-NUMBER"),
        ("empty", "  ", "FRM-EMPTY"),
        ("dangling operator", "收入 +", "FRM-SYNTAX"),
        ("two numbers", "1 2", "FRM-SYNTAX"),
        ("chained comparison", "1 < 2 < 3", "FRM-SYNTAX"),
        ("unknown function", "平军(收入)", "FRM-FUNCTION"),
        ("too few arguments", "若(1 > 0, 1)", "FRM-ARGUMENTS"),
        ("moment of an expression", "期初(收入 + 1)", "FRM-ARGUMENTS"),
        ("moment of a moment", "期初(期初(收入))", "FRM-ARGUMENTS"),
    ],
)
def test_refused(case: str, text: str, code: str | None) -> None:
    if code is None:
        parse(text)
        return
    with pytest.raises(FormulaError) as refused:
        parse(text)

    assert refused.value.code == code, case
    assert 1 <= refused.value.position <= len(text) + 1
    assert refused.value.message.zh != refused.value.message.en


def test_syntax_error_says_where() -> None:
    with pytest.raises(FormulaError) as refused:
        parse("收入 + ) 成本")

    assert refused.value.position == 6


def test_signs_may_be_full_width() -> None:
    wide = parse("（营业收入－营业成本）÷营业收入×１００")
    plain = parse("(营业收入 - 营业成本) / 营业收入 * 100")

    assert wide.references == plain.references == (Reference("营业收入"), Reference("营业成本"))


@pytest.mark.parametrize("name", ["非流动资产合计", "或有负债", "且末公司收入", "应交税费"])
def test_names_may_begin_with_a_logical_word(name: str) -> None:
    assert parse(f"{name} > 0 且 非 (或有负债 = 1)").references[0] == Reference(name)


def test_quoted_names_hold_punctuation() -> None:
    assert parse("「销售(营业)利润率」 + 1").references == (Reference("销售(营业)利润率"),)


def test_english_words_mean_the_same() -> None:
    assert parse("opening(资产总计)").references == parse("期初(资产总计)").references
    assert parse("a > 1 and not b > 2").references == (Reference("a"), Reference("b"))


def test_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(FormulaError) as refused:
        check_names(parse("营业收人 - 营业成本"), {"营业收入", "营业成本"})

    assert refused.value.code == "FRM-NAME"
    assert refused.value.suggestion == "营业收入"
    assert refused.value.position == 1


def test_glued_logical_word_gets_a_hint() -> None:
    with pytest.raises(FormulaError) as refused:
        check_names(parse("收入且成本 > 1"), {"收入", "成本"})

    assert "空格" in refused.value.message.zh
