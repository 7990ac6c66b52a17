"""Whole printed statements: silent when right, one changed figure is found, a new name never blocks."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from tests.core.checks.samples import WAN, shipped_dictionary, shipped_rulebook

from guozi_core.checks import CheckOutcome, run
from guozi_core.findings import Locator, Severity
from guozi_core.statements import (
    FigureKey,
    PrintedRow,
    Scope,
    Statement,
    StatementBook,
    assemble,
)
from guozi_core.units import MoneyUnit, Period

FILE = Path(__file__).parents[2] / "data" / "checks" / "printed-statements.csv"
#: Parts that no identity covers: they stand under a line that may be of either sign.
UNCOVERED = {"IS16I", "IS16R"}
WITHIN_ONE_STATEMENT = [f"X{number:02d}" for number in range(1, 28)]


@cache
def rows() -> tuple[PrintedRow, ...]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            PrintedRow(
                enterprise=row["enterprise"],
                period=Period.parse(row["period"]),
                scope=Scope.parse(row["scope"]),
                printed=row["item"],
                value=None if row["value"] in {"", "-"} else Decimal(row["value"]),
                unit=MoneyUnit.WAN,
                locator=Locator(row=str(number)),
            )
            for number, row in enumerate(csv.DictReader(lines), start=2)
        )


@cache
def statements() -> tuple[Statement, ...]:
    return assemble(rows(), shipped_dictionary()).statements


def judged(statement: Statement) -> tuple[CheckOutcome, ...]:
    others = [
        other
        for other in statements()
        if other.scope is statement.scope and other.period != statement.period
    ]
    book = StatementBook.of([statement, *others])
    return run(shipped_rulebook(), book, statement.period, precision=WAN, only=WITHIN_ONE_STATEMENT)


def blocks(outcomes: tuple[CheckOutcome, ...]) -> list[CheckOutcome]:
    return [one for one in outcomes if one.failed and one.level is Severity.BLOCK]


def with_figure(statement: Statement, number: int, value: Decimal) -> Statement:
    line = statement.lines[number]
    assert line.item is not None
    lines = list(statement.lines)
    lines[number] = line._replace(value=value)
    figures = dict(statement.figures) | {FigureKey(line.item.code, line.moment): value}
    return replace(statement, figures=figures, lines=tuple(lines))


def figures_printed(statement: Statement) -> Iterator[int]:
    for number, line in enumerate(statement.lines):
        if line.item is not None and line.value is not None:
            yield number


def test_right_statements_are_silent() -> None:
    assert [one.assertion.id for s in statements() for one in judged(s) if one.failed] == []


@pytest.mark.parametrize(
    ("place", "error"), [(0, "0.05"), (1, "-12.34"), (2, "-12.34"), (3, "0.05")]
)
def test_one_changed_figure_blocks_and_is_among_the_figures(place: int, error: str) -> None:
    statement = statements()[place]
    missed = set()
    for number in figures_printed(statement):
        line = statement.lines[number]
        assert line.item is not None
        assert line.value is not None
        # 0.05 万元 is within the rounding of a sum of many lines; those lines get ten times as much.
        value = line.value + Decimal(error).scaleb(4 + (abs(Decimal(error)) < 1))

        found = blocks(judged(with_figure(statement, number, value)))

        if not any(figure.item is line.item for one in found for figure in one.figures):
            missed.add(line.item.code)

    assert missed <= UNCOVERED


@pytest.mark.parametrize("place", range(4))
def test_a_renamed_line_never_blocks(place: int) -> None:
    statement = statements()[place]
    own = [row for row in rows() if (row.period, row.scope) == (statement.period, statement.scope)]
    for number, row in enumerate(own):
        if row.value is None:
            continue
        renamed = [*own[:number], replace(row, printed="本行名称未收录"), *own[number + 1 :]]

        (read,) = assemble(renamed, shipped_dictionary()).statements

        assert [one.assertion.id for one in blocks(judged(read))] == [], row.printed
