"""Which figure a rule means by opening, prior year, month before and three years ago."""

from decimal import Decimal

import pytest

from guozi_core.statements import (
    FigureKey,
    ItemDictionary,
    MixedBookError,
    Moment,
    Scope,
    Statement,
    StatementBook,
)
from guozi_core.units import Period

ASSETS, REVENUE = "BS40", "IS02"


def statement(period: str, enterprise: str = "甲公司", **figures: int) -> Statement:
    """Build a statement from figures such as BS40e=100."""
    letters = {moment.letter: moment for moment in Moment}
    return Statement(
        enterprise=enterprise,
        period=Period.parse(period),
        scope=Scope.CONSOLIDATED,
        figures={
            FigureKey(name[:-1], letters[name[-1]]): Decimal(value)
            for name, value in figures.items()
        },
    )


def ask(
    dictionary: ItemDictionary, statements: list[Statement], item: str, at: str, period: str
) -> tuple[int, str] | None:
    """Return the figure and the period of the statement it was found in."""
    figure = StatementBook.of(statements).find(dictionary.by_code[item], at, Period.parse(period))
    return None if figure is None else (int(figure.value), figure.period.code)


def test_opening_is_the_previous_year_end(dictionary: ItemDictionary) -> None:
    years = [statement("2023", BS40e=80), statement("2024", BS40e=100)]

    assert ask(dictionary, years, ASSETS, "期初", "2024") == (80, "2023")
    assert ask(dictionary, years, ASSETS, "期初", "2023") is None


def test_a_printed_opening_column_wins(dictionary: ItemDictionary) -> None:
    years = [statement("2023", BS40e=80), statement("2024", BS40e=100, BS40o=85)]

    assert ask(dictionary, years, ASSETS, "期初", "2024") == (85, "2024")
    assert ask(dictionary, years, ASSETS, "上年末", "2024") == (80, "2023")


def test_opening_of_a_month_is_the_previous_december(dictionary: ItemDictionary) -> None:
    annual = [statement("2023", BS40e=80), statement("2024-06", BS40e=90)]
    monthly = [statement("2023-12", BS40e=81), statement("2024-06", BS40e=90)]

    assert ask(dictionary, annual, ASSETS, "期初", "2024-06") == (80, "2023")
    assert ask(dictionary, monthly, ASSETS, "期初", "2024-06") == (81, "2023-12")
    assert ask(dictionary, [*annual, monthly[0]], ASSETS, "期初", "2024-06") == (80, "2023")


def test_a_gap_of_the_final_accounts_is_not_filled_from_the_flash(
    dictionary: ItemDictionary,
) -> None:
    both = [statement("2023", BS01e=1), statement("2023-12", BS40e=81), statement("2024")]

    assert ask(dictionary, both, ASSETS, "期初", "2024") is None
    assert ask(dictionary, both, ASSETS, "", "2023") is None


def test_prior_year_compares_the_same_period(dictionary: ItemDictionary) -> None:
    statements = [
        statement("2023-06", IS02c=40, BS40e=70),
        statement("2023", IS02c=90, BS40e=80),
        statement("2024-06", IS02c=50, BS40e=95),
    ]

    assert ask(dictionary, statements, REVENUE, "上期", "2024-06") == (40, "2023-06")
    assert ask(dictionary, statements, ASSETS, "上期", "2024-06") == (70, "2023-06")
    assert ask(dictionary, statements, REVENUE, "上年末", "2024-06") == (90, "2023")


def test_a_printed_prior_column_wins(dictionary: ItemDictionary) -> None:
    statements = [statement("2023", IS02c=90), statement("2024", IS02c=100, IS02p=88)]

    assert ask(dictionary, statements, REVENUE, "上期", "2024") == (88, "2024")


def test_the_month_before(dictionary: ItemDictionary) -> None:
    statements = [
        statement("2023-12", IS02c=120, BS40e=80),
        statement("2024-01", IS02c=10, BS40e=82),
        statement("2024-02", IS02c=21, BS40e=84),
    ]

    assert ask(dictionary, statements, REVENUE, "上月", "2024-02") == (10, "2024-01")
    assert ask(dictionary, statements, ASSETS, "上月", "2024-01") == (80, "2023-12")
    # Flows start again in January: there is no month before to compare with.
    assert ask(dictionary, statements, REVENUE, "上月", "2024-01") is None


def test_three_years_ago(dictionary: ItemDictionary) -> None:
    statements = [statement("2021", BS40e=50, IS02c=5), statement("2024", BS40e=100, IS02c=9)]
    with_opening = [statement("2022", BS40o=51), statement("2024", BS40e=100)]

    assert ask(dictionary, statements, ASSETS, "三年前", "2024") == (50, "2021")
    assert ask(dictionary, statements, REVENUE, "三年前", "2024") == (5, "2021")
    assert ask(dictionary, with_opening, ASSETS, "三年前", "2024") == (51, "2022")


def test_balances_have_no_current_column_and_flows_no_closing(dictionary: ItemDictionary) -> None:
    statements = [statement("2024", BS40e=100, IS02c=9, BS40c=1, IS02e=1)]

    assert ask(dictionary, statements, ASSETS, "本期", "2024") is None
    assert ask(dictionary, statements, REVENUE, "期末", "2024") is None
    assert ask(dictionary, statements, REVENUE, "期初", "2024") is None


def test_a_book_belongs_to_one_enterprise(dictionary: ItemDictionary) -> None:
    with pytest.raises(MixedBookError):
        StatementBook.of([statement("2023"), statement("2024", enterprise="乙公司")])
    with pytest.raises(MixedBookError, match="two statements for 2024"):
        StatementBook.of([statement("2024"), statement("2024")])


def test_periods_come_in_order() -> None:
    book = StatementBook.of([statement(p) for p in ("2024-01", "2024", "2023", "2024-12")])

    assert [period.code for period in book.periods] == ["2023", "2024-01", "2024", "2024-12"]
