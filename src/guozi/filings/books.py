"""Between stored figures and the engines: hundredths in rows, exact decimals in statements."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from guozi.rulebooks import parsed
from guozi_core.statements import FigureKey, Moment, Scope, Statement, StatementBook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guozi_core.units import Period

_CENT = Decimal("0.01")
MOMENTS = {moment.letter: moment for moment in Moment}


class FigureOrigin(NamedTuple):
    """Where a figure came from: file, sheet and cell, or the person who typed it."""

    upload_id: int | None = None
    sheet: str = ""
    cell: str = ""
    raw: str = ""
    by_name: str = ""


NOWHERE = FigureOrigin()


class Whole(NamedTuple):
    """A file that is too large to be kept: what is told of it instead of its content."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFigure:
    """A figure on its way into a draft: ``amount`` in hundredths of the item's unit."""

    item: str
    moment: str
    amount: int
    origin: FigureOrigin = NOWHERE


def to_statement(
    rows: Iterable[tuple[str, str, int]], *, enterprise: str, period: Period, scope: Scope
) -> Statement:
    """Return the statement of rows ``(item, moment letter, hundredths)``.

    >>> from guozi_core.units import Period
    >>> statement = to_statement(
    ...     [("BS40", "e", 12345)],
    ...     enterprise="甲", period=Period.annual(2024), scope=Scope.SINGLE,
    ... )
    >>> statement.figure("BS40", Moment.CLOSING)
    Decimal('123.45')
    """
    return Statement(
        enterprise=enterprise,
        period=period,
        scope=scope,
        figures={
            FigureKey(item, MOMENTS[letter]): Decimal(amount) * _CENT
            for item, letter, amount in rows
        },
    )


def to_book(statements: Iterable[Statement]) -> StatementBook:
    """Return the book of one enterprise's statements."""
    return StatementBook.of(statements)


def content_hash(
    figures: Mapping[tuple[str, str], int], *, enterprise: str, form: str, period: str, scope: str
) -> str:
    """Return the hash that identifies what is filed: the same figures always give the same."""
    lines = [f"{enterprise}|{form}|{period}|{scope}"]
    lines += [f"{item}{moment}={amount}" for (item, moment), amount in sorted(figures.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def form_of_period(period: Period, form: str) -> bool:
    """Return whether a form is filed for a period of this kind."""
    return parsed.form(form).frequency is period.kind
