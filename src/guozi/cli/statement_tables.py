"""Long tables of statements: one figure a row, in the contract's columns or as disclosed.

The contract's columns are ``enterprise, period, scope, item, value``. Public disclosures write
``issuer, scope, stmt, period, item, value, unit, doc, page`` with periods such as 2024年末 and
2025年1-6月; both are read. Rows of one column of a printed statement stand in printed order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from guozi.cli import tables
from guozi.cli._frame import wrong_use
from guozi.rulebooks import library
from guozi_core.findings import Finding, Locator, Severity, Wording, blocking
from guozi_core.statements import (
    ItemDictionary,
    Moment,
    PrintedRow,
    Scope,
    Statement,
    StatementBook,
    StatementKind,
    assemble,
    read_dictionary,
    read_printed_period,
)
from guozi_core.units import InvalidPeriodError, MoneyUnit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from guozi_core.findings import Language
    from guozi_core.units import Period

COLUMNS = (
    tables.Column(
        name="enterprise", aliases=("企业", "企业名称", "issuer", "发行人"), required=True
    ),
    tables.Column(name="period", aliases=("期间", "报告期"), required=True),
    tables.Column(name="scope", aliases=("口径", "报表口径")),
    tables.Column(name="item", aliases=("项目", "项目名称"), required=True),
    tables.Column(name="value", aliases=("数值", "金额"), required=True),
    tables.Column(name="statement", aliases=("报表", "stmt")),
    tables.Column(name="moment", aliases=("栏次", "时点", "列")),
    tables.Column(name="unit", aliases=("单位", "金额单位")),
    tables.Column(name="document", aliases=("文件", "doc")),
    tables.Column(name="page", aliases=("页", "页码")),
)
_T = TypeVar("_T")
_SCOPE_ASSUMED = Scope.CONSOLIDATED


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTable:
    """Statements read from a long table.

    Parameters
    ----------
    statements : tuple of Statement
        One for each enterprise, period and scope, in the order of the file; figures in 元.
    findings : tuple of Finding
        What was noticed; nothing that blocks.
    rows : tuple of (PrintedRow, Row)
        Each printed figure with the row it was read from (document and page stand there).
    """

    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    rows: tuple[tuple[PrintedRow, tables.Row], ...]

    def books(self) -> dict[tuple[str, Scope], StatementBook]:
        """Return the statements by enterprise and scope."""
        grouped: dict[tuple[str, Scope], list[Statement]] = {}
        for statement in self.statements:
            grouped.setdefault((statement.enterprise, statement.scope), []).append(statement)
        return {key: StatementBook.of(found) for key, found in grouped.items()}


def declare_unit(parser: argparse.ArgumentParser) -> None:
    """Declare in which unit the file holds money."""
    parser.add_argument(
        "--unit", default="万元", help="元 | 千元 | 万元 | 亿元；文件金额单位 / unit of the amounts"
    )


def money_unit(text: str, language: Language) -> MoneyUnit:
    """Return the unit named on the command line, or end the command with exit code 2."""
    try:
        return MoneyUnit.parse(text)
    except ValueError:
        wrong_use(
            Wording(zh=f"没有这个金额单位：{text}", en=f"no such unit of money: {text}"), language
        )


def shipped_dictionary() -> ItemDictionary:
    """Return the item dictionary that comes with the program."""
    return read_dictionary(library.read_text("items", "statement-items"))


def read_statements(
    path: str | Path,
    *,
    dictionary: ItemDictionary,
    unit: MoneyUnit,
    sheet: str | None = None,
) -> StatementTable:
    """Return the statements of a long table.

    Raises
    ------
    tables.RefusedError
        If the table lacks a column, or a row has no enterprise, period, item or number.
    """
    bound = tables.bind(tables.read(path, sheet=sheet), COLUMNS)
    findings = list(bound.findings)
    if "scope" not in bound.columns:
        findings.append(_assumed_scope(bound))
    printed: list[tuple[PrintedRow, tables.Row]] = []
    for row in bound.rows:
        figure = _printed_row(row, unit, findings)
        if figure is not None:
            printed.append((figure, row))
    if blocking(findings):
        raise tables.RefusedError(findings)
    assembled = assemble((figure for figure, _ in printed), dictionary)
    return StatementTable(
        statements=assembled.statements,
        findings=(*findings, *assembled.findings),
        rows=tuple(printed),
    )


def _printed_row(row: tables.Row, unit: MoneyUnit, findings: list[Finding]) -> PrintedRow | None:
    """Return the figure of one row; None, with findings, where it cannot be read."""
    before = len(blocking(findings))
    enterprise = _required(row, "enterprise", findings)
    printed = _required(row, "item", findings)
    period = _parsed(row, "period", read_printed_period, "2024, 2024-06", findings)
    if row.text("period") is None:
        _required(row, "period", findings)
    scope = _parsed(row, "scope", Scope.parse, "合并 | 母公司 | 单户", findings)
    kind = _parsed(row, "statement", StatementKind.parse, "BS | IS | CF | SP", findings)
    moment = _parsed(row, "moment", Moment.parse, "期末 | 期初 | 本期 | 上期", findings)
    printed_unit = _parsed(row, "unit", MoneyUnit.parse, "元 | 万元 | 亿元", findings)
    value = row.number_in("value", findings)
    if len(blocking(findings)) > before or enterprise is None or printed is None or period is None:
        return None
    return PrintedRow(
        enterprise=enterprise,
        period=period,
        scope=scope or _SCOPE_ASSUMED,
        printed=printed,
        value=value,
        unit=printed_unit or unit,
        locator=row.locator("value"),
        statement=kind,
        moment=moment,
    )


def _required(row: tables.Row, column: str, findings: list[Finding]) -> str | None:
    """Return the text of a cell that must not be empty."""
    text = row.text(column)
    if text is None:
        findings.append(
            Finding(
                code="STM-011",
                severity=Severity.BLOCK,
                message=Wording(zh="必填的单元格是空的", en="a required cell is empty"),
                locator=row.locator(column),
                expected=column,
            )
        )
    return text


def _parsed(
    row: tables.Row,
    column: str,
    parse: Callable[[str], _T],
    expected: str,
    findings: list[Finding],
) -> _T | None:
    """Return what a cell means, None where it is empty or, with a finding, means nothing."""
    text = row.text(column)
    if text is None:
        return None
    try:
        return parse(text)
    except ValueError:
        findings.append(
            Finding(
                code="STM-012",
                severity=Severity.BLOCK,
                message=Wording(zh="不能理解这个单元格", en="the cell is not understood"),
                locator=row.locator(column),
                got=text,
                expected=expected,
            )
        )
        return None


def _assumed_scope(bound: tables.Bound) -> Finding:
    """Say that the accounts are taken to be consolidated."""
    first = bound.rows[0].locator() if bound.rows else None
    finding = Finding(
        code="STM-013",
        severity=Severity.NOTE,
        message=Wording(
            zh="文件没有口径列，按合并口径处理", en="no column for the scope; taken as consolidated"
        ),
        expected="scope",
    )
    return finding if first is None else finding.at(file=first.file, sheet=first.sheet)


def enterprise_without_statements(enterprise: str) -> Finding:
    """Say that a list names an enterprise the statements do not hold."""
    return Finding(
        code="STM-014",
        severity=Severity.NOTE,
        message=Wording(zh="报表中没有这个企业", en="the statements do not hold this enterprise"),
        locator=Locator(enterprise=enterprise),
        got=enterprise,
    )


def period_of(text: str, language: Language) -> Period:
    """Return the period named on the command line, or end the command with exit code 2."""
    try:
        return read_printed_period(text)
    except InvalidPeriodError:
        wrong_use(
            Wording(
                zh=f"不是期间：{text}（应为 2024、2024Q1 或 2024-06）",
                en=f"not a period: {text} (expected 2024, 2024Q1 or 2024-06)",
            ),
            language,
        )
