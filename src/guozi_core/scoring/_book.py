"""The indicator system of the newer standard-value books: 16 indicators in four dimensions, and 8.

The books publish levels but no weights, and the correction rules of 2006 do not name these
indicators: each is graded by itself. A total with weights is a choice of the regulator, not of the
book; ``docs/methods/comprehensive-evaluation.md`` says how a city makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.scoring._standard import Level, StandardValue, Standing, standing, standing_at

if TYPE_CHECKING:
    from collections.abc import Mapping


#: Dimension → its four indicators, in the order of the book; 补充指标 last.
DIMENSIONS = {
    "盈利回报": ("净资产收益率", "营业收入利润率", "总资产报酬率", "盈余现金保障倍数"),
    "资产运营": ("总资产周转率", "应收账款周转率", "流动资产周转率", "两金占流动资产比重"),
    "风险防控": ("资产负债率", "现金流动负债比率", "带息负债比率", "已获利息倍数"),
    "持续发展": ("研发经费投入强度", "全员劳动生产率", "经济增加值率", "国有资本保值增值率"),
}
SUPPLEMENTARY = (
    "营业现金比率",
    "国有资本回报率",
    "EBITDA率",
    "百元收入支付的成本费用",
    "存货周转率",
    "速动比率",
    "利润总额增长率",
    "营业总收入增长率",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookIndicator:
    """An indicator's value in the unit of the book, or why there is none.

    ``level`` is the level a rule assigns where no value can be computed (no interest to pay, no
    current liabilities); ``scores_nothing`` says that it assigns none at all.
    """

    value: Decimal | None
    reason: Wording | None = None
    level: Level | None = None
    scores_nothing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookScore:
    """An indicator graded; ``standing`` is ``None`` without a value or without levels."""

    name: str
    value: Decimal | None
    standard: StandardValue | None
    standing: Standing | None
    reason: Wording | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEvaluation:
    """All indicators of the book for one enterprise."""

    enterprise: str
    basic: tuple[BookScore, ...]
    supplementary: tuple[BookScore, ...]
    findings: tuple[Finding, ...]


def evaluate_book(
    enterprise: str,
    *,
    indicators: Mapping[str, BookIndicator],
    standards: Mapping[str, StandardValue],
    coefficients: Mapping[Level, Decimal],
) -> BookEvaluation:
    """Return the grade and coefficient of every indicator of the book.

    Parameters
    ----------
    enterprise : str
        Name or code, for the findings.
    indicators : mapping of str to BookIndicator
        By the book's indicator names.
    standards : mapping of str to StandardValue
        Levels by indicator name.
    coefficients : mapping of Level to Decimal
        标准系数 of each level.

    Returns
    -------
    BookEvaluation
        16 basic and 8 supplementary indicators; one without a value is told, not counted as zero.
    """
    findings: list[Finding] = []

    def score(name: str) -> BookScore:
        given = indicators.get(name, BookIndicator(value=None))
        standard = standards.get(name)
        reason = given.reason
        place = None
        if given.scores_nothing or given.level is not None:
            place = _assigned(given, coefficients)
            _note(findings, enterprise, name, "EVL-007", reason or Wording("", ""))
        elif given.value is None:
            reason = reason or Wording("报表没有所需数据", "the statements do not support it")
            _note(findings, enterprise, name, "EVL-001", reason)
        elif standard is None:
            reason = Wording("该行业没有公布此指标的标准值", "no published levels in this industry")
            _note(findings, enterprise, name, "EVL-002", reason)
        else:
            place = standing(given.value, standard=standard, coefficients=coefficients)
        return BookScore(
            name=name, value=given.value, standard=standard, standing=place, reason=reason
        )

    basic = tuple(score(name) for names in DIMENSIONS.values() for name in names)
    supplementary = tuple(score(name) for name in SUPPLEMENTARY)
    return BookEvaluation(
        enterprise=enterprise,
        basic=basic,
        supplementary=supplementary,
        findings=tuple(findings),
    )


def _note(findings: list[Finding], enterprise: str, name: str, code: str, message: Wording) -> None:
    findings.append(
        Finding(
            code=code,
            severity=Severity.EXPLAIN,
            message=message,
            locator=Locator(enterprise=enterprise, item=name),
        )
    )


def _assigned(given: BookIndicator, coefficients: Mapping[Level, Decimal]) -> Standing:
    """Return the standing a rule assigns."""
    if given.level is not None:
        return standing_at(given.level, coefficients=coefficients)
    nothing = Decimal(0)
    return Standing(
        level=None, level_coefficient=nothing, efficacy=nothing, upper=None, coefficient=nothing
    )
