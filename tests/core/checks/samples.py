"""The shipped rulebook and small statements, for tests of checks."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from guozi.rulebooks import library
from guozi_core.checks import CheckOutcome, CheckRulebook, Precision, read_rulebook, run
from guozi_core.findings import Locator
from guozi_core.statements import (
    FigureKey,
    ItemDictionary,
    Moment,
    PrintedRow,
    Scope,
    Statement,
    StatementBook,
    assemble,
    read_dictionary,
)
from guozi_core.units import MoneyUnit, Period

LETTERS = {moment.letter: moment for moment in Moment}
WAN = Precision(unit=MoneyUnit.WAN)


@cache
def shipped_dictionary() -> ItemDictionary:
    return read_dictionary(library.read_text("items", "statement-items"))


@cache
def shipped_text() -> str:
    return library.read_text("checks", "checks-statements")


@cache
def shipped_rulebook() -> CheckRulebook:
    return read_rulebook(shipped_text(), shipped_dictionary())


def statement_of(
    figures: Mapping[str, str | int | Decimal],
    *,
    period: str = "2024",
    scope: Scope = Scope.CONSOLIDATED,
) -> Statement:
    """Build a statement from item codes with the letter of the column, amounts in 万元."""
    return Statement(
        enterprise="甲公司",
        period=Period.parse(period),
        scope=scope,
        figures={
            FigureKey(key[:-1], LETTERS[key[-1]]): Decimal(str(value)).scaleb(4)
            for key, value in figures.items()
        },
    )


def printed(
    lines: Iterable[tuple[str, str | None]],
    *,
    unit: MoneyUnit = MoneyUnit.WAN,
    period: str = "2024",
    scope: Scope = Scope.CONSOLIDATED,
) -> Statement:
    """Build a statement from printed lines in order."""
    rows = [
        PrintedRow(
            enterprise="甲公司",
            period=Period.parse(period),
            scope=scope,
            printed=name,
            value=None if value is None else Decimal(value),
            unit=unit,
            locator=Locator(file="表.csv", row=str(number)),
        )
        for number, (name, value) in enumerate(lines, start=2)
    ]
    return assemble(rows, shipped_dictionary()).statements[0]


def judge(
    *statements: Statement, only: str | None = None, precision: Precision = WAN, **more: object
) -> tuple[CheckOutcome, ...]:
    """Judge the first statement with the others beside it."""
    return run(
        shipped_rulebook(),
        StatementBook.of(statements),
        statements[0].period,
        precision=precision,
        only=[only] if only else None,
        **more,  # type: ignore[arg-type]
    )


def by_id(outcomes: Iterable[CheckOutcome]) -> dict[str, CheckOutcome]:
    return {outcome.assertion.id: outcome for outcome in outcomes}


def failed(outcomes: Iterable[CheckOutcome]) -> list[tuple[str, str]]:
    """Return the failures as (assertion, level)."""
    return [(one.assertion.id, one.level.value) for one in outcomes if one.failed]
