"""Missing stays missing, calibres stand in openly, and everything is traced."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.indicators.samples import CODES, RULEBOOKS, book_of, shipped_rulebook

from guozi_core.formula import Reference
from guozi_core.indicators import (
    MONEY,
    IndicatorResult,
    Role,
    Status,
    UnknownCalibreError,
    compute,
    compute_calibres,
)
from guozi_core.statements import ItemKind, Moment, Scope
from guozi_core.units import Period

YEAR = Period.annual(2024)


def one(
    name: str,
    indicator: str,
    *,
    scope: Scope = Scope.CONSOLIDATED,
    period: str = "2024",
    earlier: dict[str, int] | None = None,
    **figures: int,
) -> IndicatorResult:
    columns = {key: Decimal(value) for key, value in figures.items()}
    statements = {period: columns}
    if earlier is not None:
        statements["2023"] = {key: Decimal(value) for key, value in earlier.items()}
    results = compute(shipped_rulebook(name), book_of(statements, scope), Period.parse(period))
    return next(r for r in results if r.indicator.name == indicator)


@pytest.mark.parametrize("name", RULEBOOKS)
def test_an_empty_statement_gives_no_value_and_a_reason_for_each(name: str) -> None:
    results = compute(shipped_rulebook(name), book_of({"2024": {}}), YEAR)

    assert {result.status for result in results} == {Status.NOT_COMPUTABLE}
    assert {result.code for result in results} == {"missing_value"}
    assert all(result.missing and result.reason is not None for result in results)


@pytest.mark.parametrize(
    ("name", "part", "role", "count"),
    [
        ("indicators-2006", None, Role.BASIC, 8),
        ("indicators-2006", None, Role.CORRECTION, 14),
        ("indicators-2025", "盈利回报指标", Role.BASIC, 4),
        ("indicators-2025", "资产运营指标", Role.BASIC, 4),
        ("indicators-2025", "风险防控指标", Role.BASIC, 4),
        ("indicators-2025", "持续发展指标", Role.BASIC, 4),
        ("indicators-2025", "补充指标", Role.SUPPLEMENTARY, 8),
    ],
)
def test_the_systems_are_complete(name: str, part: str | None, role: Role, count: int) -> None:
    chosen = [
        indicator
        for indicator in shipped_rulebook(name).indicators
        if indicator.role is role and part in {None, indicator.part}
    ]

    assert len(chosen) == count


def test_one_profit_and_five_ratios() -> None:
    listed = [
        i.name for i in shipped_rulebook("indicators-2025").indicators if "一利五率" in i.lists
    ]

    assert sorted(listed) == sorted(
        [
            "利润总额",
            "资产负债率",
            "净资产收益率",
            "研发经费投入强度",
            "全员劳动生产率",
            "营业现金比率",
        ]
    )


@pytest.mark.parametrize(
    ("name", "unit"),
    [("indicators-2006", "%"), ("indicators-2025", "倍"), ("indicators-disclosure", "倍")],
)
def test_three_ratios_are_in_every_rulebook(name: str, unit: str) -> None:
    rulebook = shipped_rulebook(name)
    units = {
        ratio: indicator.unit
        for ratio in ("资产负债率", "流动比率", "速动比率")
        if (indicator := rulebook.indicator(ratio)) is not None
    }

    assert units == {"资产负债率": "%", "流动比率": unit, "速动比率": unit}


def test_a_blank_line_is_named_and_never_read_as_zero() -> None:
    result = one("indicators-2025", "速动比率", BS14e=100, BS52e=50)

    assert result.status is Status.NOT_COMPUTABLE
    assert result.missing == (Reference("存货"),)
    assert result.reason is not None
    assert result.reason.zh == "缺少：存货"
    assert result.reason.en == "missing: Inventories"


def test_zero_is_not_missing() -> None:
    assert one("indicators-2025", "速动比率", BS14e=100, BS09e=0, BS52e=50).value == 2


def test_a_missing_opening_balance_says_which() -> None:
    result = one("indicators-2006", "总资产周转率", IS02c=10, BS40e=50)

    assert result.reason is not None
    assert result.reason.zh == "缺少：资产总计（期初）"


def test_an_average_takes_the_previous_year_end() -> None:
    result = one("indicators-2006", "总资产周转率", IS02c=10, BS40e=50, earlier={"BS40e": 30})

    assert result.value == Decimal("0.25")
    assert [(i.figure.period.code, i.figure.key.moment) for i in result.inputs] == [
        ("2024", Moment.CURRENT),
        ("2023", Moment.CLOSING),
        ("2024", Moment.CLOSING),
    ]


def test_an_interim_period_averages_from_the_year_end_and_is_not_raised_to_a_year() -> None:
    result = one(
        "indicators-2006",
        "总资产周转率",
        period="2024-06",
        IS02c=10,
        BS40e=50,
        earlier={"BS40e": 30},
    )

    assert result.value == Decimal("0.25")


def test_an_optional_line_that_is_blank_is_told() -> None:
    result = one(
        "indicators-2006", "成本费用利润率", IS40c=10, IS11c=60, IS12c=5, IS14c=30, IS16c=5, IS15c=0
    )

    assert result.value == 10
    assert [note.zh for note in result.notes] == ["“销售费用”未填，按 0 计"]


def test_absent_kinds_of_debt_are_told() -> None:
    result = one("indicators-2006", "带息负债比率", BS41e=10, BS61e=20, BS71e=100)

    assert result.value == 30
    assert [note.zh for note in result.notes] == [
        "“一年内到期的非流动负债、应付债券、应付利息”未填，不计入“带息负债额”"
    ]


def test_without_any_debt_line_there_is_no_ratio() -> None:
    result = one("indicators-2006", "带息负债比率", BS71e=100)

    assert result.status is Status.NOT_COMPUTABLE
    assert "短期借款" in (result.reason.zh if result.reason else "")


def test_net_receivables_stand_in_openly() -> None:
    result = one("indicators-2006", "应收账款周转率", IS02c=100, BS05e=30, BS05o=20)

    assert result.value == 4
    assert result.calibre.id == "net"
    assert result.notes[0].zh == (
        "缺少：应收账款坏账准备（期初）、应收账款坏账准备（期末）；按“应收账款净额”口径计算"
    )


def test_a_calibre_can_be_chosen() -> None:
    rulebook = shipped_rulebook("indicators-2006")
    book = book_of(
        {
            "2024": {
                k: Decimal(v)
                for k, v in {
                    "IS50c": 10,
                    "BS91e": 100,
                    "BS91o": 100,
                    "IS51c": 6,
                    "BS89e": 40,
                    "BS89o": 40,
                }.items()
            }
        }
    )

    usual = compute(rulebook, book, YEAR)[0]
    other = compute(rulebook, book, YEAR, calibres={"净资产收益率": "without_minority"})[0]

    assert (usual.value, usual.calibre.id) == (10, "with_minority")
    assert (other.value, other.calibre.id) == (15, "without_minority")
    with pytest.raises(UnknownCalibreError):
        compute(rulebook, book, YEAR, calibres={"净资产收益率": "none"})


def test_all_calibres_are_computed_on_request() -> None:
    rulebook = shipped_rulebook("indicators-2006")

    results = compute_calibres(rulebook, book_of({"2024": {}}), YEAR)

    assert len(results) == sum(len(indicator.calibres) for indicator in rulebook.indicators)


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        (Scope.CONSOLIDATED, Status.NOT_COMPUTABLE),
        (Scope.PARENT, Status.OK),
        (Scope.SINGLE, Status.OK),
    ],
)
def test_only_accounts_that_are_not_consolidated_have_no_minority(
    scope: Scope, status: Status
) -> None:
    result = one("indicators-2025", "国有资本回报率", scope=scope, IS50c=10, BS91e=100, BS91o=100)

    assert result.status is status


def test_a_statement_without_total_revenue_uses_revenue_and_says_so() -> None:
    result = one("indicators-2025", "营业现金比率", CF10c=5, IS02c=50)

    assert result.value == 10
    assert [note.zh for note in result.notes] == ["“营业总收入”未填，采用“营业收入”"]
    assert [note.en for note in result.notes] == [
        "Total operating revenue is blank, Operating revenue is used"
    ]


def test_the_steps_unfold_terms_down_to_statement_lines() -> None:
    result = one(
        "indicators-2006",
        "成本费用利润率",
        IS40c=10,
        IS11c=60,
        IS12c=5,
        IS13c=0,
        IS14c=30,
        IS15c=0,
        IS16c=5,
    )

    assert result.steps is not None
    assert result.steps.text == "利润总额 ÷ 成本费用总额 × 100"
    profit, cost, hundred = result.steps.parts
    assert (profit.value, cost.value, hundred.value) == (10, 100, 100)
    assert cost.text == "成本费用总额"
    assert cost.parts[0].parts[0].text == "营业成本"
    assert [i.item.code for i in result.inputs] == [
        "IS40", "IS11", "IS12", "IS13", "IS14", "IS15", "IS16",
    ]  # fmt: skip


def test_operands_are_given_to_scoring() -> None:
    ratio = one("indicators-2006", "资产负债率", BS71e=60, BS40e=100)
    growth = one("indicators-2006", "销售(营业)增长率", IS02c=110, IS02p=100)

    assert ratio.operands == {"分子": 60, "分母": 100}
    assert growth.operands == {"本年": 110, "上年": 100}


def test_a_case_without_a_value_still_shows_its_operands() -> None:
    result = one("indicators-2006", "净资产收益率", IS50c=5, BS91e=-3, BS91o=1)

    assert result.steps is not None
    assert [(part.text, part.value) for part in result.steps.parts] == [
        ("分子 = 净利润", 5),
        ("分母 = 平均(所有者权益合计)", -1),
    ]


AMOUNTS = st.integers(-(10**12), 10**12)
STATEMENTS = st.fixed_dictionaries({}, optional=dict.fromkeys(CODES, AMOUNTS))


@given(figures=STATEMENTS, factor=st.sampled_from([Decimal("0.01"), Decimal(10_000)]))
def test_ratios_do_not_depend_on_the_unit_of_money(
    figures: dict[str, int], factor: Decimal
) -> None:
    columns = {key: Decimal(value) for key, value in figures.items()}
    scaled = {key: value * factor for key, value in columns.items()}
    rulebook = shipped_rulebook("indicators-2006")

    before = compute(rulebook, book_of({"2024": columns}), YEAR)
    after = compute(rulebook, book_of({"2024": scaled}), YEAR)

    for first, second in zip(before, after, strict=True):
        assert (first.code, first.status) == (second.code, second.status)
        if first.value is not None and second.value is not None:
            expected = first.value * (factor if first.indicator.unit == MONEY else 1)
            assert abs(second.value - expected) <= abs(expected) * Decimal("1e-24")


@given(figures=STATEMENTS)
def test_a_ratio_is_its_operands(figures: dict[str, int]) -> None:
    """The formula shown and the operands scoring uses must say the same."""
    scale = {"%": 100, "倍": 1, "次": 1, "元": 100}
    for name in ("indicators-2006", "indicators-2025"):
        columns = {key: Decimal(value) for key, value in figures.items()}
        for result in compute(shipped_rulebook(name), book_of({"2024": columns}), YEAR):
            special = result.case is not None and result.case.formula is not None
            if result.value is None or special or result.indicator.identifier.startswith("three"):
                continue
            if "分母" in result.operands and result.indicator.unit in scale:
                ratio = result.operands["分子"] / result.operands["分母"]
                expected = ratio * scale[result.indicator.unit]
            elif "上年" in result.operands:
                last = result.operands["上年"]
                expected = (result.operands["本年"] - last) / last * 100
            else:
                continue
            assert abs(result.value - expected) <= abs(expected) * Decimal("1e-24") + Decimal(
                "1e-24"
            )


@given(figures=STATEMENTS)
def test_only_figures_that_are_not_there_are_called_missing(figures: dict[str, int]) -> None:
    letters = {"期末": "e", "期初": "o", "上期": "p", "本期": "c", "三年前": "-"}
    columns = {key: Decimal(value) for key, value in figures.items()}
    rulebook = shipped_rulebook("indicators-2006")

    for result in compute(rulebook, book_of({"2024": columns}), YEAR):
        for reference in result.missing:
            item = rulebook.dictionary.by_name[reference.name]
            own = "e" if item.kind is ItemKind.STOCK else "c"
            assert item.code + letters.get(reference.at, own) not in columns
