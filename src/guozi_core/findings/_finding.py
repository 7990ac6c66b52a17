"""One finding, and lists of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from guozi_core.findings._locator import Locator
from guozi_core.findings._wording import Language, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

_GOT_LIMIT = 50


class Severity(Enum):
    """How much a finding stops: 阻断 must be fixed, 需说明 needs a reason, 提示 only tells."""

    BLOCK = "block"
    EXPLAIN = "explain"
    NOTE = "note"

    @property
    def label(self) -> Wording:
        """The official term."""
        return _LABELS[self]


_LABELS = {
    Severity.BLOCK: Wording(zh="阻断", en="blocking"),
    Severity.EXPLAIN: Wording(zh="需说明", en="needs explanation"),
    Severity.NOTE: Wording(zh="提示", en="note"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault or doubt, at its place, with what to do about it.

    Parameters
    ----------
    code : str
        Stable identifier, for example ``IMP-NUM-007`` or ``X01``; never reused.
    severity : Severity
        What it stops.
    message : Wording
        What is wrong, in one sentence, without place and values.
    locator : Locator
        Where.
    got : str
        What was read, kept to 50 characters.
    expected : str or Wording
        What was expected: a text of the data, or a phrase in both languages.
    rule : str
        Identifier of the rule that found it; the code if empty.
    source : str
        Document and clause behind the rule.
    fix : Wording
        What to do.
    """

    code: str
    severity: Severity
    message: Wording
    locator: Locator = field(default_factory=Locator)
    got: str | None = None
    expected: str | Wording | None = None
    rule: str | None = None
    source: str | None = None
    fix: Wording | None = None

    def __post_init__(self) -> None:
        """Keep what was read short enough to print."""
        if self.got is not None and len(self.got) > _GOT_LIMIT:
            object.__setattr__(self, "got", self.got[: _GOT_LIMIT - 1] + "…")

    def at(self, **parts: str | None) -> Finding:
        """Return the finding with more of its place filled in."""
        return replace(self, locator=replace(self.locator, **parts))

    def to_dict(self, language: Language) -> dict[str, object]:
        """Return the finding as the command line and the API print it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message.in_language(language),
            "locator": self.locator.to_full_dict(),
            "got": self.got,
            "expected": self._expected_in(language),
            "rule": self.rule or self.code,
            "source": self.source,
            "fix": self.fix.in_language(language) if self.fix is not None else None,
        }

    def sentence(self, language: Language) -> str:
        """Return the whole message: code, place, fault, what was read, expected, what to do.

        Examples
        --------
        >>> print(Finding(
        ...     code="IMP-NUM-007", severity=Severity.BLOCK,
        ...     message=Wording(zh="金额含有单位文字", en="the amount holds a unit"),
        ...     locator=Locator(cell="D17", row="营业收入", column="本月数"),
        ...     got="5万元",
        ... ).sentence("zh"))
        [IMP-NUM-007] 单元格 D17（第17行「营业收入」，列「本月数」）：金额含有单位文字。读到：“5万元”。
        """
        parts = _SENTENCE_PARTS[language]
        place = self.locator
        labels = _labels(place, language)
        where = [
            parts["file"].format(place.file) if place.file else "",
            parts["sheet"].format(place.sheet) if place.sheet else "",
            parts["cell"].format(place.cell) if place.cell else "",
        ]
        if not any(where):
            where = [t for t in (place.enterprise, place.period, place.scope, place.item) if t]
        text = f"[{self.code}] " + " ".join(part for part in where if part)
        text += parts["labels"].format(labels) if labels else ""
        text += parts["colon"] + self.message.in_language(language) + parts["stop"]
        if self.got is not None:
            text += parts["got"].format(self.got)
        expected = self._expected_in(language)
        if expected is not None:
            text += parts["expected"].format(expected)
        if self.fix is not None:
            text += parts["fix"].format(self.fix.in_language(language))
        return text

    def _expected_in(self, language: Language) -> str | None:
        """Return what was expected, in ``language`` where it is a phrase."""
        if isinstance(self.expected, Wording):
            return self.expected.in_language(language)
        return self.expected


def _labels(place: Locator, language: Language) -> str:
    """Return row and column as the person sees them: 第17行「营业收入」，列「本月数」."""
    parts = _SENTENCE_PARTS[language]
    number = (place.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    row = place.row or ""
    if row.isdecimal():
        number, row = row, ""
    texts = []
    if number.isdecimal() and (row or place.column or not place.cell):
        texts.append(parts["number"].format(number) + (parts["name"].format(row) if row else ""))
    elif row:
        texts.append(f"「{row}」")
    if place.column:
        texts.append(parts["column"].format(place.column))
    return parts["comma"].join(texts)


_SENTENCE_PARTS: dict[Language, dict[str, str]] = {
    "zh": {
        "file": "文件《{}》",
        "sheet": "工作表「{}」",
        "cell": "单元格 {}",
        "labels": "（{}）",
        "number": "第{}行",
        "name": "「{}」",
        "column": "列「{}」",
        "comma": "，",
        "colon": "：",
        "stop": "。",
        "got": "读到：“{}”。",
        "expected": "应为：{}。",
        "fix": "处理办法：{}。",
    },
    "en": {
        "file": "file “{}”",
        "sheet": "sheet “{}”",
        "cell": "cell {}",
        "labels": " ({})",
        "number": "row {}",
        "name": " “{}”",
        "column": "column “{}”",
        "comma": ", ",
        "colon": ": ",
        "stop": ".",
        "got": " Read: “{}”.",
        "expected": " Expected: {}.",
        "fix": " What to do: {}.",
    },
}


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that must be fixed before anything is saved."""
    return [finding for finding in findings if finding.severity is Severity.BLOCK]


def in_place_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in stable order: worst first, then by place, then by code."""
    rank = {Severity.BLOCK: 0, Severity.EXPLAIN: 1, Severity.NOTE: 2}
    return sorted(
        findings,
        key=lambda finding: (
            rank[finding.severity],
            tuple(str(part) for part in finding.locator.to_dict().values()),
            finding.code,
        ),
    )
