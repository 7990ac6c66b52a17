"""Ratios that a document prints, held against the ones computed from its statements.

The table has the columns ``issuer, period, ratio, label_as_printed, value, doc, page``. A label
tells the unit of amounts (``总资产（亿元）``); a period may name two readings of one date
(``2025年6月末/1-6月``). What disagrees is a finding: a misprint must not pass for a result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guozi.cli import tables
from guozi_core import indicators
from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.statements import Scope, read_printed_period
from guozi_core.units import InvalidPeriodError, MoneyUnit, Period, plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from guozi_core.findings import Language
    from guozi_core.statements import Statement

COLUMNS = (
    tables.Column(name="enterprise", aliases=("企业", "issuer", "发行人"), required=True),
    tables.Column(name="period", aliases=("期间",), required=True),
    tables.Column(name="ratio", aliases=("指标", "indicator"), required=True),
    tables.Column(name="value", aliases=("数值",), required=True),
    tables.Column(name="label", aliases=("印出名称", "label_as_printed")),
    tables.Column(name="scope", aliases=("口径",)),
    tables.Column(name="document", aliases=("文件", "doc")),
    tables.Column(name="page", aliases=("页", "页码")),
)
_NO_INDICATOR = Wording(zh="规则集没有此指标", en="not an indicator of the rulebook")
_NO_STATEMENT = Wording(zh="没有该期报表", en="no statement for the period")
_MONEY_LABEL = re.compile(r"[（(](亿元|万元|千元|元)[）)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRatio:
    """One ratio as printed."""

    enterprise: str
    period: Period
    scope: Scope
    name: str
    printed: Decimal
    unit: MoneyUnit
    locator: Locator
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """The printed ratios of a file; dashes say nothing and are left out."""

    ratios: tuple[PrintedRatio, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRatio:
    """A printed ratio with the computed one."""

    ratio: PrintedRatio
    comparison: indicators.PrintedComparison
    reason: str | None

    def to_dict(self) -> dict[str, object]:
        """Return the row of the answer."""
        return {
            "enterprise": self.ratio.enterprise,
            "period": self.ratio.period.code,
            "indicator": self.ratio.name,
            "printed": self.comparison.printed,
            "computed": self.comparison.computed,
            "verdict": self.comparison.verdict.value,
            "reason": self.reason,
            "place": self.ratio.place,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The comparison of a file."""

    rows: tuple[ComparedRatio, ...]
    findings: tuple[Finding, ...]


def read(path: str, language: Language) -> PrintedTable:
    """Return the printed ratios of a file."""
    bound = tables.bind(tables.read(tables.existing_file(path, language)), COLUMNS)
    findings = list(bound.findings)
    ratios = [_ratio(row, findings) for row in bound.rows]
    return PrintedTable(
        ratios=tuple(ratio for ratio in ratios if ratio is not None), findings=tuple(findings)
    )


def _ratio(row: tables.Row, findings: list[Finding]) -> PrintedRatio | None:
    enterprise, period, name = row.text("enterprise"), row.text("period"), row.text("ratio")
    printed = row.number_in("value", findings)
    if enterprise is None or period is None or name is None or printed is None:
        return None
    try:
        # "2024年6月30日/2024年6月末" says one date twice.
        when = read_printed_period(period.split("/")[0])
    except InvalidPeriodError:
        findings.append(
            Finding(
                code="STM-012",
                severity=Severity.BLOCK,
                message=Wording(zh="不能理解这个单元格", en="the cell is not understood"),
                locator=row.locator("period"),
                got=period,
                expected="2024, 2024-06",
            )
        )
        return None
    label = _MONEY_LABEL.search(row.text("label") or name)
    scope = row.text("scope")
    pages = row.text("page")
    return PrintedRatio(
        enterprise=enterprise,
        period=when,
        scope=Scope.parse(scope) if scope is not None else Scope.CONSOLIDATED,
        name=name,
        printed=printed,
        unit=MoneyUnit.parse(label[1]) if label is not None else MoneyUnit.YI,
        locator=row.locator("value"),
        place=f"{row.text('document') or ''} p. {pages}" if pages is not None else "",
    )


def compare(
    printed: PrintedTable,
    rulebook: indicators.IndicatorRulebook,
    computed: Iterable[tuple[Statement, indicators.IndicatorResult]],
    language: Language,
) -> Compared:
    """Return every printed ratio with the computed one; a finding for each difference."""
    by_key = {
        (s.enterprise, s.period, s.scope, result.indicator.name): result for s, result in computed
    }
    rows: list[ComparedRatio] = []
    findings: list[Finding] = []
    for ratio in printed.ratios:
        indicator = rulebook.indicator(ratio.name)
        name = indicator.name if indicator is not None else ratio.name
        result = by_key.get((ratio.enterprise, ratio.period, ratio.scope, name))
        reason: str | None
        if result is None:
            comparison = indicators.PrintedComparison(
                printed=ratio.printed, computed=None, verdict=indicators.Verdict.NOT_SUPPORTED
            )
            reason = (_NO_INDICATOR if indicator is None else _NO_STATEMENT).in_language(language)
        else:
            comparison = indicators.compare_printed(result, ratio.printed, unit=ratio.unit)
            why = result.reason if result.value is None else None
            reason = why.in_language(language) if why is not None else None
        rows.append(ComparedRatio(ratio=ratio, comparison=comparison, reason=reason))
        if comparison.verdict is indicators.Verdict.DIFFERS:
            findings.append(_difference(ratio, comparison))
    return Compared(rows=tuple(rows), findings=tuple(findings))


def _difference(ratio: PrintedRatio, comparison: indicators.PrintedComparison) -> Finding:
    computed = plain(comparison.computed) if comparison.computed is not None else ""
    return Finding(
        code="IND-001",
        severity=Severity.EXPLAIN,
        message=Wording(
            zh="印出的指标与按印出的报表计算的不一致",
            en="the printed indicator differs from the one computed from the printed statements",
        ),
        locator=Locator(
            file=ratio.locator.file,
            cell=ratio.locator.cell,
            enterprise=ratio.enterprise,
            period=ratio.period.code,
            scope=ratio.scope.value,
            item=ratio.name,
        ),
        got=plain(comparison.printed),
        expected=computed,
        source=ratio.place or None,
        fix=Wording(
            zh="核对原文件，是误印还是口径不同",
            en="check the document: a misprint or another calibre",
        ),
    )
