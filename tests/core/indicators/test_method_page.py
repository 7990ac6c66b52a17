"""The method page says what the rulebooks say, and its worked table is computed."""

import re
from pathlib import Path

import pytest
from tests.core.indicators.samples import DATA, RULEBOOKS, printed_book, shipped_rulebook

from guozi_core.indicators import compute
from guozi_core.rulebook import parse_yaml
from guozi_core.units import Period, round_half_up

PAGE = (Path(__file__).parents[3] / "docs" / "methods" / "indicators.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its two header lines."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


@pytest.mark.parametrize("name", RULEBOOKS)
def test_definitions_are_those_of_the_rulebook(name: str) -> None:
    written = [
        (row[1], row[3].strip("`").split(" ")[0], row[4]) for row in rows(f"Definitions: `{name}`")
    ]

    assert written == [
        (indicator.unit, calibre.id, calibre.formula.text)
        for indicator in shipped_rulebook(name).indicators
        for calibre in indicator.calibres
    ]


def test_every_indicator_is_named() -> None:
    for name in RULEBOOKS:
        named = [row[0] for row in rows(f"Definitions: `{name}`") if row[0]]
        assert named == [f"{i.name} {i.english}" for i in shipped_rulebook(name).indicators]


def test_every_case_is_listed() -> None:
    listed = {(row[0].strip("`"), row[1]) for row in rows("Cases")}

    assert listed == {
        (case.id, case.when.text)
        for name in RULEBOOKS
        for indicator in shipped_rulebook(name).indicators
        for case in indicator.cases
    }


def test_the_worked_table_is_computed() -> None:
    example = parse_yaml((DATA / "worked-example-4.yaml").read_text(encoding="utf-8"))
    body = example.section("statements")
    lines = {p: {line: body.section(p).number(line) for line in body.section(p)} for p in body}
    results = compute(shipped_rulebook("indicators-2006"), printed_book(lines), Period.annual(2024))
    values = {result.indicator.name: result.value for result in results}

    table = rows("Worked table")

    assert len(table) == 22
    for name, _, written in table:
        value = values[name]
        assert value is not None
        assert str(round_half_up(value, places=4)) == written, name


def test_marks_on_the_page_are_known() -> None:
    marks = {row[5] for name in RULEBOOKS for row in rows(f"Definitions: `{name}`")}

    assert all(re.fullmatch(r"[CPMKS]\d*", mark) for mark in marks)
