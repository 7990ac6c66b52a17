"""The method page says what the rulebook says, and its worked table is computed."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.core.checks.samples import (
    by_id,
    judge,
    shipped_dictionary,
    shipped_rulebook,
    statement_of,
)

from guozi_core.checks import Form, bulk, read_rulebook
from guozi_core.statements import ItemKind
from guozi_core.units import plain

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "methods" / "cross-checks.md").read_text("utf-8")
HOW_TO = (ROOT / "docs" / "how-to" / "add-a-check.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its two header lines."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines[2:]]


@pytest.mark.parametrize("row", rows("Worked table"), ids=lambda row: f"{row[0]} {row[3]}")
def test_the_worked_table_is_computed(row: list[str]) -> None:
    assertion, written, left, right, difference, allowed, result = row
    figures = {}
    for pair in written.split(", "):
        name, value = pair.rsplit(" ", 1)
        item = shipped_dictionary().by_name[name]
        figures[item.code + ("e" if item.kind is ItemKind.STOCK else "c")] = value

    outcome = by_id(judge(statement_of(figures)))[assertion]

    assert outcome.status.value == result
    found = (outcome.left, outcome.right, outcome.difference, outcome.tolerance)
    expected = (left, right, difference, allowed)
    assert found == tuple(Decimal(text).scaleb(4) for text in expected)


def test_every_check_is_listed_as_the_rulebook_has_it() -> None:
    rulebook = shipped_rulebook()
    assert rows("The checks") == [
        [
            check.id,
            check.title.zh,
            "/".join(dict.fromkeys(a.level[form].value for a in check.assertions for form in Form)),
            ", ".join(dict.fromkeys(a.tolerance.id for a in check.assertions if a.tolerance))
            or "–",
            "、".join(
                dict.fromkeys(rulebook.tables[t].zh for a in check.assertions for t in a.tables)
            ),
            check.source.mark,
        ]
        for check in rulebook.checks
    ]


def test_every_threshold_is_listed() -> None:
    assert rows("Thresholds") == [
        [one.name, plain(one.default), one.unit, one.source.mark]
        for one in shipped_rulebook().parameters.values()
    ]


def test_the_number_of_compiled_assertions_is_right() -> None:
    kernel = bulk.compile_kernel(shipped_rulebook())
    compiled = len(kernel.assertions)

    assert f"({compiled} of {compiled + len(kernel.left_out)})" in PAGE


def test_the_example_of_the_how_to_is_a_rulebook() -> None:
    text = HOW_TO.split("```yaml\n", 1)[1].split("```", 1)[0]
    header = "\n".join(
        [
            "rulebook: example",
            "family: checks",
            'version: "1"',
            "title: {zh: 例, en: example}",
            "valid_from: 2024-01-01",
            'sources: [{document: 企业财务决算报表编制说明, number: "", clause: "", mark: M}]',
            "tolerances:",
            "  rounding: {title: {zh: 取整, en: rounding}, least: 1, each: 0.5, mark: K}",
            "checks:",
            "",
        ]
    )

    rulebook = read_rulebook(header + text, shipped_dictionary())

    assert [check.id for check in rulebook.checks] == ["X76"]
    assert [example.passes for example in rulebook.checks[0].examples] == [True, False]
