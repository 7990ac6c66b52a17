"""The tables of ``guozi evaluate``: indicators, standard values, panel, adjustments."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from guozi.cli import tables
from guozi_core import scoring
from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.formula import nearest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from guozi_core.statements import Scope

_ENTERPRISE = tables.Column(name="enterprise", aliases=("企业", "企业名称"), required=True)
_INDICATOR = tables.Column(name="indicator", aliases=("指标", "指标名称"), required=True)
_INDICATORS = (
    _ENTERPRISE,
    _INDICATOR,
    tables.Column(name="value", aliases=("数值", "指标值")),
    tables.Column(name="numerator", aliases=("分子",)),
    tables.Column(name="denominator", aliases=("分母",)),
    tables.Column(name="last_year", aliases=("上年", "上年数")),
    tables.Column(name="this_year", aliases=("本年", "本年数")),
)
_LEVELS = {
    scoring.Level.EXCELLENT: tables.Column(name="excellent", aliases=("优秀", "优秀值")),
    scoring.Level.GOOD: tables.Column(name="good", aliases=("良好", "良好值")),
    scoring.Level.AVERAGE: tables.Column(name="average", aliases=("平均", "平均值", "中等值")),
    scoring.Level.LOW: tables.Column(name="low", aliases=("较低", "较低值")),
    scoring.Level.POOR: tables.Column(name="poor", aliases=("较差", "较差值")),
}
_PANEL = (
    _ENTERPRISE,
    _INDICATOR,
    tables.Column(name="expert", aliases=("专家",), required=True),
    tables.Column(name="score", aliases=("评分", "给分", "分数"), required=True),
)
_ADJUSTMENTS = (
    _ENTERPRISE,
    tables.Column(name="kind", aliases=("类型", "类别"), required=True),
    tables.Column(name="item", aliases=("事项",), required=True),
    tables.Column(name="points", aliases=("分值", "分数"), required=True),
    tables.Column(name="evidence", aliases=("依据", "证据")),
)
_KINDS: dict[str, Literal["bonus", "deduction"]] = {
    "bonus": "bonus",
    "加分": "bonus",
    "deduction": "deduction",
    "扣分": "deduction",
}
_HUNDRED = Decimal(100)


def read_indicators(
    path: Path, known: Collection[str], sheet: str | None, findings: list[Finding]
) -> dict[str, dict[str, scoring.IndicatorInput]]:
    """Return the indicators of each enterprise by the rulebook's names."""
    bound = tables.bind(tables.read(path, sheet=sheet), _INDICATORS)
    findings += bound.findings
    given: dict[str, dict[str, scoring.IndicatorInput]] = {}
    for row in bound.rows:
        enterprise, name = _named(row, "enterprise", findings), _known(row, known, findings)
        if enterprise is None:
            continue
        own = given.setdefault(enterprise, {})
        if name is None:
            continue
        if name in own:
            findings.append(
                _fault("EVL-022", row, "indicator", "同一企业的指标重复", "listed twice")
            )
        own[name] = scoring.IndicatorInput(
            value=row.number_in("value", findings),
            numerator=row.number_in("numerator", findings),
            denominator=row.number_in("denominator", findings),
            last_year=row.number_in("last_year", findings),
            this_year=row.number_in("this_year", findings),
        )
    return given


def read_standard(
    path: Path, known: Collection[str], findings: list[Finding]
) -> dict[str, scoring.StandardValue]:
    """Return the levels of each indicator."""
    bound = tables.bind(tables.read(path), (_INDICATOR, *_LEVELS.values()))
    findings += bound.findings
    standards: dict[str, scoring.StandardValue] = {}
    for row in bound.rows:
        name = _known(row, known, findings)
        numbers = {level: row.number_in(column.name, findings) for level, column in _LEVELS.items()}
        values = {level: value for level, value in numbers.items() if value is not None}
        if name is None:
            continue
        if not values:
            continue
        try:
            standards[name] = scoring.StandardValue(values=values)
        except scoring.NotMonotoneError as error:
            findings.append(
                _fault(
                    "EVL-023",
                    row,
                    "indicator",
                    "标准值应依次递减（反向指标依次递增）",
                    "levels must fall, or rise, throughout",
                    got=str(error),
                )
            )
    return standards


def read_panel(
    path: Path, known: Collection[str], findings: list[Finding]
) -> dict[str, list[scoring.ExpertScore]]:
    """Return the experts' scores of each enterprise."""
    bound = tables.bind(tables.read(path), _PANEL)
    findings += bound.findings
    panel: dict[str, list[scoring.ExpertScore]] = defaultdict(list)
    for row in bound.rows:
        enterprise, expert = _named(row, "enterprise", findings), _named(row, "expert", findings)
        name, score = _known(row, known, findings), row.number_in("score", findings)
        if enterprise is None or expert is None or name is None:
            continue
        if score is None or not 0 <= score <= _HUNDRED:
            findings.append(
                _fault("EVL-024", row, "score", "评分应在0到100之间", "a score lies from 0 to 100")
            )
            continue
        panel[enterprise].append(scoring.ExpertScore(indicator=name, expert=expert, score=score))
    return dict(panel)


def read_adjustments(path: Path, findings: list[Finding]) -> dict[str, list[scoring.Adjustment]]:
    """Return the bonus and deduction items of each enterprise."""
    bound = tables.bind(tables.read(path), _ADJUSTMENTS)
    findings += bound.findings
    adjustments: dict[str, list[scoring.Adjustment]] = defaultdict(list)
    for row in bound.rows:
        enterprise, item = _named(row, "enterprise", findings), _named(row, "item", findings)
        kind, points = _KINDS.get(row.text("kind") or ""), row.number_in("points", findings)
        if kind is None:
            findings.append(
                _fault("EVL-025", row, "kind", "类型应为“加分”或“扣分”", "bonus or deduction")
            )
        if points is None or points < 0:
            findings.append(
                _fault("EVL-026", row, "points", "分值应为正数", "points must be positive")
            )
        if enterprise is not None and item is not None and kind is not None and points is not None:
            adjustments[enterprise].append(
                scoring.Adjustment(
                    kind=kind, item=item, points=points, evidence=row.text("evidence") or ""
                )
            )
    return dict(adjustments)


def strangers(*given: Mapping[str, object], enterprises: Iterable[str]) -> list[Finding]:
    """Return a finding for each enterprise of a side table that has no indicators."""
    known = set(enterprises)
    return [
        Finding(
            code="EVL-027",
            severity=Severity.BLOCK,
            message=Wording("指标表中没有这家企业", "the enterprise has no indicators"),
            locator=Locator(enterprise=name),
            expected=nearest_name(name, known),
        )
        for table in given
        for name in table
        if name not in known
    ]


def nothing_of(scope: Scope, path: str) -> Finding:
    """Return the finding that a file has no statements of the scope asked for."""
    return Finding(
        code="EVL-028",
        severity=Severity.BLOCK,
        message=Wording("文件中没有该口径的报表", "no statements of this scope in the file"),
        locator=Locator(file=Path(path).name, scope=scope.value),
    )


def _named(row: tables.Row, column: str, findings: list[Finding]) -> str | None:
    text = row.text(column)
    if text is None:
        findings.append(
            _fault("EVL-020", row, column, "必填的单元格是空的", "a required cell is empty")
        )
    return text


def _known(row: tables.Row, known: Collection[str], findings: list[Finding]) -> str | None:
    """Return the rulebook's name of an indicator; width and blanks do not matter."""
    printed = row.text("indicator")
    if printed is None:
        findings.append(
            _fault("EVL-020", row, "indicator", "必填的单元格是空的", "a required cell is empty")
        )
        return None
    plain = "".join(printed.split()).replace("（", "(").replace("）", ")")
    if plain in known:
        return plain
    findings.append(
        Finding(
            code="EVL-021",
            severity=Severity.NOTE,
            message=Wording(
                "规则集没有这个指标，未使用", "not an indicator of the rulebook, not used"
            ),
            locator=row.locator("indicator"),
            got=printed,
            expected=nearest_name(plain, known),
        )
    )
    return None


def _fault(
    code: str, row: tables.Row, column: str, zh: str, en: str, *, got: str | None = None
) -> Finding:
    return Finding(
        code=code,
        severity=Severity.BLOCK,
        message=Wording(zh, en),
        locator=row.locator(column),
        got=got if got is not None else row.text(column),
    )
