"""A dictionary of a few lines, for examples."""

from __future__ import annotations

from typing import NamedTuple

from guozi_core.findings import Wording
from guozi_core.statements._dictionary import ItemDictionary
from guozi_core.statements._item import (
    Item,
    ItemKind,
    ItemUnit,
    StatementForm,
    StatementKind,
)


class _Line(NamedTuple):
    code: str
    name: str
    english: str
    parent: str | None = None
    alias: str = ""
    section: str | None = None


_BALANCES = (
    _Line("BS01", "货币资金", "Cash and bank balances", "BS40"),
    _Line("BS40", "资产总计", "Total assets", None, "资产总额"),
    _Line("BS62", "应付债券", "Bonds payable", "BS71"),
    _Line("BS62S", "应付债券中的优先股", "Preference shares", "BS62", "优先股", "BS62"),
    _Line("BS62P", "应付债券中的永续债", "Perpetual bonds", "BS62", "永续债", "BS62"),
    _Line("BS71", "负债合计", "Total liabilities", None, "负债总额"),
    _Line("BS82", "其他权益工具", "Other equity instruments", "BS91"),
    _Line("BS82P", "其他权益工具中的永续债", "Perpetual bonds in equity", "BS82", "永续债", "BS82"),
    _Line("BS91", "所有者权益合计", "Total equity", None, "净资产"),
)
_FLOWS = (
    _Line("IS02", "营业收入", "Operating revenue"),
    _Line("IS50", "净利润", "Profit for the period"),
)


def sample_dictionary() -> ItemDictionary:
    """Return a dictionary of eleven lines, for examples and small tests.

    Returns
    -------
    ItemDictionary
        Nine balances and two flows.

    Examples
    --------
    >>> sample_dictionary().by_name["营业收入"].code
    'IS02'
    """
    return ItemDictionary(
        id="sample",
        version="1",
        forms=(
            _form(StatementKind.BALANCE_SHEET, ItemKind.STOCK, _BALANCES),
            _form(StatementKind.INCOME_STATEMENT, ItemKind.FLOW, _FLOWS),
        ),
    )


def _form(statement: StatementKind, kind: ItemKind, lines: tuple[_Line, ...]) -> StatementForm:
    return StatementForm(
        kind=statement,
        title=Wording(zh=statement.value, en=statement.value),
        headings=(),
        items=tuple(
            Item(
                code=line.code,
                name=line.name,
                english=line.english,
                identifier=line.english.lower().replace(" ", "_"),
                statement=statement,
                kind=kind,
                unit=ItemUnit.MONEY,
                parent=line.parent,
                of_which=line.section is not None,
                aliases=(line.alias,) if line.alias else (),
                sections=(line.section,) if line.section is not None else (),
            )
            for line in lines
        ),
    )
