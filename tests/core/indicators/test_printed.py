"""Ratios that three groups printed are reproduced from their printed statements."""

from decimal import Decimal

import pytest
from tests.core.indicators.samples import DATA, book_of, printed_book, shipped_rulebook

from guozi_core.indicators import Verdict, compare_printed, compute
from guozi_core.rulebook import Section, parse_yaml
from guozi_core.units import MoneyUnit, Period

GROUPS = parse_yaml((DATA / "printed-ratios.yaml").read_text(encoding="utf-8")).sections("groups")


@pytest.mark.parametrize("group", GROUPS, ids=[group.text("name") for group in GROUPS])
def test_printed_ratios_are_reproduced(group: Section) -> None:
    statements = group.section("statements")
    lines = {
        period: {
            line: statements.section(period).number(line) for line in statements.section(period)
        }
        for period in statements
    }
    book = printed_book(lines)
    rulebook = shipped_rulebook("indicators-disclosure")
    compared = {}
    for period in group.section("printed"):
        results = {r.indicator.name: r for r in compute(rulebook, book, Period.parse(period))}
        printed = group.section("printed").section(period)
        for name in printed:
            comparison = compare_printed(
                results[name], Decimal(printed.text(name)), unit=MoneyUnit.YI
            )
            compared[period, name] = comparison.verdict

    assert set(compared.values()) == {Verdict.AGREES}, compared


def test_a_misprint_differs_and_a_missing_line_supports_nothing() -> None:
    book = book_of({"2024": {"BS71e": Decimal("61.705"), "BS40e": Decimal(100)}})
    results = {
        r.indicator.name: r
        for r in compute(shipped_rulebook("indicators-disclosure"), book, Period.annual(2024))
    }

    def verdict(name: str, printed: str) -> Verdict:
        return compare_printed(results[name], Decimal(printed)).verdict

    assert verdict("资产负债率", "61.71") is Verdict.AGREES
    assert verdict("资产负债率", "61.70") is Verdict.DIFFERS
    assert verdict("资产负债率", "61.7") is Verdict.AGREES
    assert verdict("流动比率", "1.00") is Verdict.NOT_SUPPORTED


def test_amounts_are_compared_in_the_printed_unit() -> None:
    book = book_of({"2024": {"BS40e": Decimal(149143976200)}})
    total = compute(shipped_rulebook("indicators-disclosure"), book, Period.annual(2024))[0]

    assert compare_printed(total, Decimal("1491.44"), unit=MoneyUnit.YI).verdict is Verdict.AGREES
    assert compare_printed(total, Decimal("1491.44"), unit=MoneyUnit.WAN).verdict is Verdict.DIFFERS
