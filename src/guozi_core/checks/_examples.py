"""The examples that stand beside each check, made into statements.

An official who changes a check changes its two examples with it; the rulebook is refused by its
tests where an example no longer passes or fails as it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guozi_core.checks._model import SEEN_AS
from guozi_core.formula import MOMENTS
from guozi_core.statements import (
    FigureKey,
    ItemKind,
    ItemUnit,
    Moment,
    Scope,
    Statement,
    StatementBook,
)
from guozi_core.units import MoneyUnit, Period, PeriodKind

if TYPE_CHECKING:
    from decimal import Decimal

    from guozi_core.checks._model import CheckRulebook, Example
    from guozi_core.statements import Item

#: Powers of ten from 万元 to 元; moving the point keeps the digits that were written.
_TO_YUAN = len(str(MoneyUnit.WAN.fen)) - len(str(MoneyUnit.YUAN.fen))


class ExampleCase(NamedTuple):
    """An example ready to be judged.

    Attributes
    ----------
    book : StatementBook
        Its statements.
    period : Period
        The statement that is checked.
    parameters, inputs : dict of str to Decimal
        Facts and figures of other tables.
    """

    book: StatementBook
    period: Period
    parameters: dict[str, Decimal]
    inputs: dict[str, Decimal]


def example_case(rulebook: CheckRulebook, example: Example) -> ExampleCase:
    """Return the statements an example describes.

    Parameters
    ----------
    rulebook : CheckRulebook
        Knows what the names are.
    example : Example
        Names as in formulas with their figures, money in 万元.

    Returns
    -------
    ExampleCase
        Consolidated statements of one enterprise with figures in 元.

    Raises
    ------
    KeyError
        If a name is no line, parameter, input or view.
    """
    period = Period.parse(example.period)
    figures: dict[Period, dict[FigureKey, Decimal]] = {period: {}}
    parameters: dict[str, Decimal] = {}
    inputs: dict[str, Decimal] = {}
    for written, value in example.figures.items():
        word, name = _split(written)
        view, mark, line = name.partition(SEEN_AS)
        if name in rulebook.parameters:
            parameters[name] = value
        elif mark and view in rulebook.views:
            item = rulebook.dictionary.by_name[line]
            place, moment = _seen_from(view, item, period)
            figures.setdefault(place, {})[FigureKey(item.code, moment)] = _in_yuan(item, value)
        elif view in rulebook.inputs:
            money = rulebook.inputs[view].unit == "money"
            inputs[name] = value.scaleb(_TO_YUAN) if money else value
        else:
            item = rulebook.dictionary.by_name[name]
            place, moment = _column(word, item, period)
            figures.setdefault(place, {})[FigureKey(item.code, moment)] = _in_yuan(item, value)
    book = StatementBook.of(
        Statement(enterprise="例", period=place, scope=Scope.CONSOLIDATED, figures=found)
        for place, found in figures.items()
    )
    return ExampleCase(book, period, parameters, inputs)


def _split(written: str) -> tuple[str, str]:
    """Return the word and the name of ``期初(资产总计)``."""
    plain = written.strip("「」")
    for word in MOMENTS:
        if plain.startswith(f"{word}(") and plain.endswith(")"):
            return word, plain[len(word) + 1 : -1].strip("「」")
    return "", plain


def _column(word: str, item: Item, period: Period) -> tuple[Period, Moment]:
    natural = Moment.CLOSING if item.kind is ItemKind.STOCK else Moment.CURRENT
    if word == "上年末":
        return period.previous_year_end(), natural
    if word == "上月":
        return period.preceding(), natural
    return period, Moment(word) if word else natural


def _seen_from(view: str, item: Item, period: Period) -> tuple[Period, Moment]:
    if view == "上年报告":
        return period.same_period_last_year(), Moment.CURRENT
    if view == "上月期初":
        return period.preceding(), Moment.OPENING
    natural = Moment.CLOSING if item.kind is ItemKind.STOCK else Moment.CURRENT
    return Period(period.year, 12, PeriodKind.MONTH), natural


def _in_yuan(item: Item, value: Decimal) -> Decimal:
    return value.scaleb(_TO_YUAN) if item.unit is ItemUnit.MONEY else value
