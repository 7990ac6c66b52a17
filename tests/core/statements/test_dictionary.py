"""The shipped dictionary, and the way from a printed name to its item."""

import re

import pytest

from guozi_core.rulebook import RulebookError
from guozi_core.statements import (
    DictionaryError,
    ItemDictionary,
    ItemKind,
    ItemUse,
    Moment,
    NameReader,
    StatementKind,
    fold,
    read_dictionary,
    resolve_all,
)

#: Every code of rules.md 9.2.
FIXED_CODES = [
    *(f"BS{n:02d}" for n in (*range(1, 15), *range(21, 38), 40, *range(41, 53), *range(61, 72))),
    *(f"BS{n}" for n in (*range(81, 92), 95)),
    *(["BS01R", "BS05P", "BS28G", "BS28D", "BS28I", "BS49I", "BS51D", "BS64D", "BS82P"]),
    *(["BS81S", "BS81L", "BS81C", "BS81P", "BS81F", "BS81R", "IS16I", "IS16R"]),
    *(f"IS{n:02d}" for n in (1, 2, 3, 4, *range(10, 17), *range(20, 27), 30, 31, 32, 40, 41)),
    *(["IS50", "IS51", "IS52", "IS60", "IS70"]),
    *(f"CF{n:02d}" for n in range(1, 33)),
    *(f"SP{n:02d}" for n in range(1, 29) if n != 22),
    *(["SP22A", "SP22B", "SP22C", "SP22D"]),
]


def codes(dictionary: ItemDictionary, *names: str) -> list[str | None]:
    found = resolve_all(dictionary, names)
    return [one.item.code if one.item is not None else None for one in found]


def test_every_code_of_the_rules_exists(dictionary: ItemDictionary) -> None:
    assert [code for code in FIXED_CODES if code not in dictionary.by_code] == []


def test_every_item_has_both_names_and_an_identifier(dictionary: ItemDictionary) -> None:
    for item in dictionary.items:
        assert re.fullmatch(r"[A-Z]{2}\d{2}[A-Z]?", item.code), item.code
        assert item.code.startswith(item.statement.value)
        assert re.fullmatch(r"[a-z][a-z0-9_]*", item.identifier), item.identifier
        assert re.search("[一-鿿]", item.name), item.code
        assert not re.search("[一-鿿]", item.english), item.code


def test_totals_add_up_from_the_lines_of_the_general_form(dictionary: ItemDictionary) -> None:
    def lines(total: str) -> list[str]:
        return [item.code for item in dictionary.addends[total] if item.use is ItemUse.GENERAL]

    assert lines("BS14") == [f"BS{n:02d}" for n in range(1, 14)]
    assert lines("BS37") == [
        "BS21", "BS22", "BS23", "BS24", "BS25", "BS26", "BS27", "BS28", "BS29", "BS29B",
        "BS29O", "BS30", "BS31", "BS32", "BS33", "BS34", "BS35", "BS36",
    ]  # fmt: skip
    assert lines("BS52") == [
        "BS41", "BS42", "BS42D", "BS43", "BS44", "BS45", "BS46", "BS47", "BS48", "BS49",
        "BS49H", "BS50", "BS51",
    ]  # fmt: skip
    assert lines("BS70") == [f"BS{n}" for n in range(61, 70)]
    assert lines("BS89") == [f"BS{n}" for n in range(81, 89)]
    assert lines("BS71") == ["BS52", "BS70"]
    assert lines("BS95") == ["BS71", "BS91"]
    assert lines("IS10") == ["IS11", "IS12", "IS13", "IS14", "IS15", "IS16"]
    assert lines("CF20") == ["CF14", "CF19"]


def test_signs_follow_the_forms(dictionary: ItemDictionary) -> None:
    subtracted = {item.code for item in dictionary.items if item.sign == -1 and not item.of_which}

    assert subtracted == {"BS84", "IS10", "IS32", "IS41", "CF09", "CF19", "CF27"}


@pytest.mark.parametrize("what", ["name", "code", "identifier"])
def test_every_item_is_found_by_its_own_words(dictionary: ItemDictionary, what: str) -> None:
    for item in dictionary.items:
        assert dictionary.by_name[getattr(item, what)] is item


def test_every_name_as_printed_leads_back_to_its_item(dictionary: ItemDictionary) -> None:
    for item in dictionary.items:
        found = dictionary.resolve(item.name, item.statement)
        assert found.item is item, item.code


def test_every_alias_leads_back_to_its_item_in_its_section(dictionary: ItemDictionary) -> None:
    for item in dictionary.items:
        under = item.sections[0] if item.sections else None
        for alias in item.aliases:
            found = dictionary.resolve(alias, item.statement, under)
            assert found.item is item, (item.code, alias, found)


def test_names_of_statements_are_balances_or_flows(dictionary: ItemDictionary) -> None:
    for item in dictionary.items:
        if item.statement is StatementKind.BALANCE_SHEET:
            assert item.kind is ItemKind.STOCK
        if item.statement in {StatementKind.INCOME_STATEMENT, StatementKind.CASH_FLOW_STATEMENT}:
            assert item.kind is ItemKind.FLOW


def test_ambiguous_names_follow_their_section(dictionary: ItemDictionary) -> None:
    assert codes(dictionary, "应付债券", "其中：优先股", "永续债") == ["BS62", "BS62S", "BS62P"]
    assert codes(dictionary, "其他权益工具", "其中：优先股", "永续债") == ["BS82", "BS82S", "BS82P"]
    assert codes(dictionary, "永续债") == [None]
    assert codes(dictionary, "财务费用", "其中：利息支出") == ["IS16", "IS16I"]
    assert codes(dictionary, "利润总额", "利息支出") == ["IS40", "SP06"]
    assert codes(dictionary, "营业成本", "△利息支出") == ["IS11", "IS17A"]
    assert codes(dictionary, "营业成本", "利息支出") == ["IS11", "SP06"]


def test_cash_subtotals_follow_the_activity(dictionary: ItemDictionary) -> None:
    reader = NameReader(dictionary=dictionary)
    found = []
    for name, has_figures in [
        ("一、经营活动产生的现金流量", False),
        ("销售商品、提供劳务收到的现金", True),
        ("现金流入小计", True),
        ("二、投资活动产生的现金流量：", False),
        ("现金流入小计", True),
        ("投资所支付的现金", True),
        ("现金流出小计", True),
        ("三、筹资活动产生的现金流量：", False),
        ("现金流入小计", True),
    ]:
        answer = reader.read(name, has_figures=has_figures)
        found.append(answer.item.code if answer.item else answer.heading and answer.heading.section)

    assert found == ["CF10", "CF01", "CF04", "CF20", "CF14", "CF16", "CF19", "CF28", "CF24"]


def test_reconciliation_lines_are_not_the_lines_of_other_tables(
    dictionary: ItemDictionary,
) -> None:
    reader = NameReader(dictionary=dictionary, statement=StatementKind.CASH_FLOW_STATEMENT)
    reader.read("1．将净利润调节为经营活动现金流量：", has_figures=False)

    found = [
        reader.read(name).item
        for name in ("净利润", "加：资产减值准备", "无形资产摊销", "财务费用（收益以“－”号填列）")
    ]

    assert [item and item.code for item in found] == ["CF41", "CF42", "CF45", "CF49"]


def test_a_line_without_figures_may_be_a_heading(dictionary: ItemDictionary) -> None:
    assert dictionary.resolve("流动资产：", has_figures=False).item is None
    heading = dictionary.resolve("流动资产：", has_figures=False).heading
    assert heading is not None
    assert heading.section == "BS14"
    item = dictionary.resolve("流动资产").item
    assert item is not None
    assert item.code == "BS14"


@pytest.mark.parametrize(
    ("printed", "code", "moment"),
    [
        ("资产总计_期末余额", "BS40", Moment.CLOSING),
        ("资产总计_年初余额", "BS40", Moment.OPENING),
        ("期初国有权益", "SP18", Moment.OPENING),
        ("一、营业总收入_本年累计数", "IS01", Moment.CURRENT),
        ("上年营业收入", "IS02", Moment.PRIOR),
        ("期初现金及现金等价物余额", "CF31", None),
        ("年末从业人数", "SP01", None),
    ],
)
def test_a_column_word_in_the_name_is_understood(
    dictionary: ItemDictionary, printed: str, code: str, moment: Moment | None
) -> None:
    found = dictionary.resolve(printed)

    assert found.item is not None
    assert (found.item.code, found.moment) == (code, moment)


def test_a_flow_has_no_opening_balance(dictionary: ItemDictionary) -> None:
    assert dictionary.resolve("期初营业收入").item is None


def test_an_unknown_name_gets_the_nearest_one(dictionary: ItemDictionary) -> None:
    found = dictionary.resolve("其他应收账")

    assert found.item is None
    assert found.suggestion is not None
    assert found.suggestion.name == "其他应收款"
    assert dictionary.resolve("盈余储备与某某").suggestion is None


def test_a_dictionary_with_two_lines_of_one_name_is_refused() -> None:
    text = """
rulebook: broken
version: "1"
statements:
  BS:
    title: {zh: 表, en: Table}
    defaults: {kind: stock, unit: money}
    headings: []
    items:
      - {code: BS01, name: 货币资金, en: Cash, id: cash}
      - {code: BS02, name: 现金, en: Cash in hand, id: cash_in_hand, aliases: [货币资金]}
"""

    with pytest.raises(DictionaryError, match="货币资金 means BS01 and BS02"):
        read_dictionary(text)


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        (
            "{code: BS01, name: 货币资金, en: Cash, id: cash, parent: BS99}",
            DictionaryError,
            "names BS99",
        ),
        (
            "{code: BS01, name: 货币资金, en: Cash, id: cash, parents: BS01}",
            RulebookError,
            "unknown keys: parents",
        ),
        ("{code: BS01, name: 货币资金, id: cash}", RulebookError, "“en” must be a text"),
        (
            "{code: BS01, name: 货币资金, en: Cash, id: cash, aliases: 现金}",
            RulebookError,
            "“aliases” must be a list",
        ),
        (
            "{code: BS01, name: 货币资金, en: Cash, id: cash, unit: 斤}",
            DictionaryError,
            "斤 is no ItemUnit",
        ),
    ],
)
def test_a_broken_entry_is_refused(line: str, error: type[Exception], message: str) -> None:
    text = f"""
rulebook: broken
version: "1"
statements:
  BS:
    title: {{zh: 表, en: Table}}
    defaults: {{kind: stock, unit: money}}
    headings: []
    items: [{line}]
"""

    with pytest.raises(error, match=message):
        read_dictionary(text)


def test_no_two_items_share_a_printed_name_outside_sections(dictionary: ItemDictionary) -> None:
    free: dict[str, str] = {}
    for item in dictionary.items:
        if item.sections:
            continue
        for name in (item.name, *item.aliases):
            assert free.setdefault(fold(name).key, item.code) == item.code, name
