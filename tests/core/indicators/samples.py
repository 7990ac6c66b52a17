"""The shipped rulebooks and small statements, for tests of indicators."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from guozi.rulebooks import library
from guozi_core.indicators import IndicatorRulebook, read_rulebook
from guozi_core.statements import (
    FigureKey,
    ItemDictionary,
    ItemUnit,
    Moment,
    Scope,
    Statement,
    StatementBook,
    read_dictionary,
)
from guozi_core.units import Period

DATA = Path(__file__).parents[2] / "data" / "indicators"
RULEBOOKS = ("indicators-2006", "indicators-2025", "indicators-disclosure")
LETTERS = {moment.letter: moment for moment in Moment}

#: Columns that random statements fill.
CODES = [
    "BS40e", "BS40o", "BS14e", "BS14o", "BS09e", "BS09o", "BS05e", "BS05o", "BS05Pe", "BS05Po",
    "BS71e", "BS52e", "BS41e", "BS61e", "BS91e", "BS91o", "BS81e", "BS81o", "BS83e", "BS83o",
    "SP10e", "SP13e", "SP18e", "SP18o", "IS01c", "IS02c", "IS02p", "IS11c", "IS11p", "IS12c",
    "IS12p", "IS13c", "IS14c", "IS16c", "IS30c", "IS40c", "IS40p", "IS41c", "IS50c", "IS51c",
    "BS89e", "BS89o", "SP06c", "SP17c", "CF10c", "CF01c",
]  # fmt: skip


@cache
def shipped_dictionary() -> ItemDictionary:
    return read_dictionary(library.read_text("items", "statement-items"))


@cache
def shipped_rulebook(name: str) -> IndicatorRulebook:
    return read_rulebook(library.read_text("indicators", name), shipped_dictionary())


def book_of(
    figures: Mapping[str, Mapping[str, Decimal]], scope: Scope = Scope.CONSOLIDATED
) -> StatementBook:
    """Build a book from figures by period and by item code with the letter of its column."""
    return StatementBook.of(
        Statement(
            enterprise="甲公司",
            period=Period.parse(period),
            scope=scope,
            figures={
                FigureKey(key[:-1], LETTERS[key[-1]]): value for key, value in columns.items()
            },
        )
        for period, columns in figures.items()
    )


def printed_book(
    statements: Mapping[str, Mapping[str, Decimal]], *, wan: int = 10_000
) -> StatementBook:
    """Build a book from printed names by period, amounts in 万元."""
    dictionary = shipped_dictionary()
    figures: dict[str, dict[str, Decimal]] = {}
    for period, lines in statements.items():
        for name, value in lines.items():
            item = dictionary.resolve(name).item
            assert item is not None, name
            letter = "e" if item.kind.value == "stock" else "c"
            factor = wan if item.unit is ItemUnit.MONEY else 1
            figures.setdefault(period, {})[item.code + letter] = value * factor
    return book_of(figures)
