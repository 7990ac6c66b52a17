"""The worked examples of the rules, to four decimals."""

from decimal import Decimal

import pytest
from tests.core.indicators.samples import DATA, printed_book, shipped_rulebook

from guozi_core.indicators import MONEY, Status, compute
from guozi_core.rulebook import Section, parse_yaml
from guozi_core.units import Period, round_half_up


def read(name: str) -> Section:
    return parse_yaml((DATA / name).read_text(encoding="utf-8"))


def statements(example: Section) -> dict[str, dict[str, Decimal]]:
    body = example.section("statements")
    return {
        period: {line: body.section(period).number(line) for line in body.section(period)}
        for period in body
    }


def test_a_full_case_of_the_system_of_2006() -> None:
    example = read("worked-example-4.yaml")
    rulebook = shipped_rulebook(example.text("rulebook"))

    results = compute(
        rulebook, printed_book(statements(example)), Period.parse(example.text("period"))
    )

    expected = example.section("values")
    by_name = {result.indicator.name: result for result in results}
    shown = {
        name: round_half_up(value, places=4)
        for name in expected
        if (value := by_name[name].value) is not None
    }
    assert shown == {name: round_half_up(expected.number(name), places=4) for name in expected}
    assert len(expected) == 23
    assert by_name["应收账款周转率"].calibre.id == "gross"
    assert all(by_name[name].status is Status.OK for name in expected)


@pytest.mark.parametrize("number", range(15))
def test_economic_value_added_by_both_rule_sets(number: int) -> None:
    example = read("economic-value-added.yaml")
    expected = example.sections("results")[number]
    figures = statements(example)
    if "closing_liabilities" in expected:
        figures["2024"]["负债合计"] = expected.number("closing_liabilities")
    parameters = expected.section_or_empty("parameters")
    name = expected.text("indicator")
    calibres = {name: expected.text("calibre")}

    results = compute(
        shipped_rulebook(expected.text("rulebook")),
        printed_book(figures),
        Period.annual(2024),
        calibres=calibres,
        parameters={key: parameters.number(key) for key in parameters},
    )

    result = next(result for result in results if result.indicator.name == name)
    assert result.value is not None
    value = result.value / 10_000 if result.indicator.unit == MONEY else result.value
    assert round_half_up(value, places=4) == expected.number("value")


def test_every_example_of_economic_value_added_is_run() -> None:
    assert len(read("economic-value-added.yaml").sections("results")) == 15
