"""Every case of every rulebook, by an example an accountant can check."""

from decimal import Decimal

import pytest
from tests.core.indicators.samples import DATA, RULEBOOKS, book_of, shipped_rulebook

from guozi_core.indicators import Outcome, Status, compute
from guozi_core.rulebook import Section, parse_yaml
from guozi_core.units import Period

EXAMPLES = parse_yaml((DATA / "cases.yaml").read_text(encoding="utf-8")).sections("cases")


def figures(example: Section) -> dict[str, dict[str, Decimal]]:
    body = example.section("figures")
    found: dict[str, dict[str, Decimal]] = {"2024": {}}
    for key in body:
        period, _, name = key.rpartition(" ")
        found.setdefault(period or "2024", {})[name] = body.number(key)
    return found


def described(treatment: object) -> str | None:
    if treatment is None:
        return None
    kind, grade, coefficient = treatment  # type: ignore[misc]
    return " ".join(str(part) for part in (kind, grade, coefficient) if part not in {"", None})


@pytest.mark.parametrize(
    "example",
    EXAMPLES,
    ids=[f"{e.text('rulebook')[11:]}-{e.text('indicator')}-{e.get('case')}" for e in EXAMPLES],
)
def test_the_case_decides(example: Section) -> None:
    rulebook = shipped_rulebook(example.text("rulebook"))

    results = compute(rulebook, book_of(figures(example)), Period.annual(2024))

    result = next(r for r in results if r.indicator.name == example.text("indicator"))
    assert result.code == example.text_or("case", "")
    assert result.value == example.number_or_none("value")
    assert (result.status is Status.OK) == (result.value is not None)
    assert described(result.treatment) == example.get("treat_as")
    assert (result.reason is None) == (result.case is None)
    if "calibre" in example:
        assert result.calibre.id == example.text("calibre")


@pytest.mark.parametrize("name", RULEBOOKS)
def test_every_case_has_an_example(name: str) -> None:
    rulebook = shipped_rulebook(name)
    shown = {e.text_or("case", "") for e in EXAMPLES if e.text("rulebook") == name}

    used = {case.id for indicator in rulebook.indicators for case in indicator.cases}

    assert used - shown == set()


@pytest.mark.parametrize("name", RULEBOOKS)
def test_a_case_without_a_value_says_how_to_score_it(name: str) -> None:
    for indicator in shipped_rulebook(name).indicators:
        for case in indicator.cases:
            assert case.reason.zh
            assert case.reason.en
            if case.outcome is Outcome.NOT_COMPUTABLE:
                assert case.treatment is not None, case.id
