"""Printed rows, put together to statements.

A row says for whom, when, which line and what is printed there. Rows are read in printed order,
because only the order tells under which section an ambiguous name stands. What is not understood
is a finding and is kept as a line without an item; it never disappears.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Context, Inexact
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.statements._dictionary import ItemDictionary, NameReader, Resolution
from guozi_core.statements._item import ItemKind, ItemUnit
from guozi_core.statements._moment import Moment
from guozi_core.statements._statement import FigureKey, Line, Statement
from guozi_core.units import MoneyUnit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from guozi_core.statements._item import Item, StatementKind
    from guozi_core.statements._moment import Scope
    from guozi_core.units import Period

#: Moving the point is exact; a number longer than this is a defect of its reader.
_EXACT = Context(prec=200, traps=[Inexact])


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRow:
    """One figure as printed.

    Parameters
    ----------
    enterprise : str
        Who reports.
    period : Period
        For which period.
    scope : Scope
        For which accounts.
    printed : str
        The line name or code.
    value : Decimal
        The figure in ``unit``; None where nothing, or a dash, is printed.
    unit : MoneyUnit
        In which money is printed.
    locator : Locator
        Where the row stands.
    statement : StatementKind
        The table, where it is known.
    moment : Moment
        The column, where it is not the table's own (closing, current).
    """

    enterprise: str
    period: Period
    scope: Scope
    printed: str
    value: Decimal | None
    unit: MoneyUnit
    locator: Locator
    statement: StatementKind | None = None
    moment: Moment | None = None


class Assembled(NamedTuple):
    """Statements put together from rows, and what was wrong or doubtful.

    Attributes
    ----------
    statements : tuple of Statement
        In the order in which their first rows stand.
    findings : tuple of Finding
        Lines not understood, ambiguous or printed twice.
    """

    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]


@dataclass(kw_only=True)
class _Growing:
    """A statement while its rows are read."""

    reader: NameReader
    figures: dict[FigureKey, Decimal] = field(default_factory=dict)
    printed_as: dict[FigureKey, str] = field(default_factory=dict)
    conflicting: set[FigureKey] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)


def assemble(rows: Iterable[PrintedRow], dictionary: ItemDictionary) -> Assembled:
    """Return the statements that printed rows make.

    Parameters
    ----------
    rows : iterable of PrintedRow
        In printed order.
    dictionary : ItemDictionary
        The lines there are.

    Returns
    -------
    Assembled
        The statements and the findings. A figure that is printed twice with different values is
        left out and reported, so that no computation picks one of them.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from guozi_core.statements import Scope, sample_dictionary
    >>> from guozi_core.units import Period
    >>> row = PrintedRow(enterprise="甲", period=Period.annual(2024), scope=Scope.SINGLE,
    ...     printed="资产总额", value=Decimal("1.5"), unit=MoneyUnit.WAN, locator=Locator())
    >>> assemble([row], sample_dictionary()).statements[0].figure("BS40", Moment.CLOSING)
    Decimal('1.5E+4')
    """
    growing: dict[tuple[str, Period, Scope], _Growing] = {}
    findings: list[Finding] = []
    for row in rows:
        key = (row.enterprise, row.period, row.scope)
        statement = growing.get(key)
        if statement is None:
            statement = growing[key] = _Growing(reader=NameReader(dictionary=dictionary))
        _add(statement, row, findings)
    statements = tuple(
        Statement(
            enterprise=enterprise,
            period=period,
            scope=scope,
            figures={k: v for k, v in built.figures.items() if k not in built.conflicting},
            lines=tuple(built.lines),
        )
        for (enterprise, period, scope), built in growing.items()
    )
    return Assembled(statements, tuple(findings))


def _add(statement: _Growing, row: PrintedRow, findings: list[Finding]) -> None:
    """Read one row into its statement."""
    found = statement.reader.read(
        row.printed, statement=row.statement, has_figures=row.value is not None
    )
    place = replace(
        row.locator,
        enterprise=row.enterprise,
        period=row.period.code,
        scope=row.scope.value,
        item=row.printed,
    )
    item = found.item
    if item is None and found.heading is None:
        findings.append(_not_understood(found, row, place))
    moment = found.moment or row.moment or _own_column(item, row.statement)
    value = _in_yuan(row, item)
    statement.lines.append(
        Line(
            row.printed,
            item.statement if item is not None else row.statement,
            item,
            found.heading.section if found.heading is not None else None,
            moment,
            value,
            place,
        )
    )
    if item is None or value is None:
        return
    key = FigureKey(item.code, moment)
    if key not in statement.figures:
        statement.figures[key] = value
        statement.printed_as[key] = row.printed
        return
    same = statement.figures[key] == value
    if not same:
        statement.conflicting.add(key)
    findings.append(_printed_twice(statement.printed_as[key], item, place, same=same))


def _own_column(item: Item | None, statement: StatementKind | None) -> Moment:
    """Return the column meant where none is said."""
    if item is not None:
        return Moment.CLOSING if item.kind is ItemKind.STOCK else Moment.CURRENT
    return (
        Moment.CURRENT if statement is not None and statement.value in "IS CF" else Moment.CLOSING
    )


def _in_yuan(row: PrintedRow, item: Item | None) -> Decimal | None:
    """Return the figure in 元; persons and amounts per share are not money of the table's unit."""
    if row.value is None or (item is not None and item.unit is not ItemUnit.MONEY):
        return row.value
    shift = len(str(row.unit.fen)) - len(str(MoneyUnit.YUAN.fen))
    return row.value.scaleb(shift, context=_EXACT)


def _not_understood(found: Resolution, row: PrintedRow, place: Locator) -> Finding:
    """Say that a printed name is unknown or ambiguous."""
    if found.candidates:
        zh = "、".join(f"{item.code} {item.name}" for item in found.candidates)
        en = ", ".join(f"{item.code} {item.english}" for item in found.candidates)
        return Finding(
            code="STM-002",
            severity=Severity.EXPLAIN,
            message=Wording(
                zh=f"项目名称有多种含义（{zh}），上下文不能区分，未采用该数",
                en=f"the line name has several meanings ({en}) and its place does not decide; "
                "the figure is not used",
            ),
            locator=place,
            got=row.printed,
            fix=Wording(zh="改用项目代码，或写出全称", en="use the item code or the full name"),
        )
    near = found.suggestion
    return Finding(
        code="STM-001",
        severity=Severity.NOTE,
        message=Wording(
            zh="项目字典中没有这个项目", en="the item dictionary does not hold this line"
        ),
        locator=place,
        got=row.printed,
        expected=near.name if near is not None else None,
        fix=Wording(
            zh=f"如指“{near.name}”，请改用该名称",
            en=f"if “{near.english}” is meant, use {near.name}",
        )
        if near is not None
        else None,
    )


def _printed_twice(first: str, item: Item, place: Locator, *, same: bool) -> Finding:
    """Say that a line is printed twice, with equal or with different figures."""
    if same:
        return Finding(
            code="STM-003",
            severity=Severity.NOTE,
            message=Wording(
                zh=f"与前面的“{first}”是同一项目（{item.code}），数值相同",
                en=f"the same line as “{first}” above ({item.code}), with an equal figure",
            ),
            locator=place,
        )
    return Finding(
        code="STM-004",
        severity=Severity.EXPLAIN,
        message=Wording(
            zh=f"与前面的“{first}”是同一项目（{item.code}），但数值不同，两个数都未采用",
            en=f"the same line as “{first}” above ({item.code}) with another figure; "
            "neither is used",
        ),
        locator=place,
        fix=Wording(zh="保留一个正确的数", en="keep the right one"),
    )
