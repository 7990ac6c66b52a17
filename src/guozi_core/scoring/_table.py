"""The published standard values: look-up by year, industry and size, falling back openly."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.scoring._standard import Level, StandardValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: 全行业 and the three size classes, with the short forms people type.
SCALES = {
    "全行业": "全行业",
    "大型": "大型企业",
    "大型企业": "大型企业",
    "中型": "中型企业",
    "中型企业": "中型企业",
    "小型": "小型企业",
    "小型企业": "小型企业",
}
_LEVEL_COLUMNS = {
    Level.EXCELLENT: "excellent",
    Level.GOOD: "good",
    Level.AVERAGE: "average",
    Level.LOW: "low",
    Level.POOR: "poor",
}
_SCALE_WORDS = {
    "全行业": Wording("全行业", "All sizes"),
    "大型企业": Wording("大型企业", "Large"),
    "中型企业": Wording("中型企业", "Medium"),
    "小型企业": Wording("小型企业", "Small"),
}
#: Characters that scanning confuses, both ways written as the right one.
_LOOKALIKES = str.maketrans("釆査碍", "采查售")


def scale_label(scale: str) -> Wording:
    """Return a size class in both languages; an unknown one as it is.

    Examples
    --------
    >>> scale_label("大型").en
    'Large'
    """
    return _SCALE_WORDS.get(SCALES.get(scale, scale), Wording(scale, scale))


class NoStandardsError(LookupError):
    """No table can be found; the finding says what was asked for and what there is."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.sentence("en"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStandards:
    """A table of standard values with what it is really of.

    Parameters
    ----------
    year : int
        Edition.
    industry, scale : str
        The industry and size of the table found, which may be above those asked for.
    values, units : mapping
        Levels and unit by indicator name.
    findings : tuple of Finding
        A finding for every step away from what was asked for.
    """

    year: int
    industry: str
    scale: str
    values: Mapping[str, StandardValue]
    units: Mapping[str, str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardTable:
    """All published tables.

    Parameters
    ----------
    tables : mapping of (year, industry, scale) to mapping of indicator to (StandardValue, unit)
        The published levels.
    paths : mapping of str to tuple of str
        Industry → its parents, from the whole economy down to itself.
    english : mapping of str to str
        Industry → its English name.
    """

    tables: Mapping[tuple[int, str, str], Mapping[str, tuple[StandardValue, str]]]
    paths: Mapping[str, tuple[str, ...]]
    english: Mapping[str, str] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        """Editions, newest first."""
        return tuple(sorted({year for year, _, _ in self.tables}, reverse=True))

    @property
    def industries(self) -> tuple[str, ...]:
        """Industry names."""
        return tuple(self.paths)

    def scales_of(self, industry: str, *, year: int) -> tuple[str, ...]:
        """Return the sizes an industry is published for."""
        return tuple(
            s for s in dict.fromkeys(SCALES.values()) if (year, industry, s) in self.tables
        )

    def find(self, *, year: int, industry: str, scale: str = "全行业") -> FoundStandards:
        """Return the table asked for, or the nearest upper one, saying so.

        Parameters
        ----------
        year : int
            Edition; there is no fall-back to another year.
        industry : str
            Name; characters that scanning confuses are understood.
        scale : str
            全行业, 大型, 中型 or 小型 (also 大型企业 …).

        Returns
        -------
        FoundStandards
            The table found. First the industry at 全行业, then its parents at the size asked for
            and at 全行业, up to the whole economy.

        Raises
        ------
        NoStandardsError
            If the edition, the size or the industry is unknown.
        """
        wanted_scale = SCALES.get(scale.strip())
        name = industry.strip().translate(_LOOKALIKES)
        if wanted_scale is None:
            raise NoStandardsError(
                _unknown("STD-001", "规模", "size", scale, dict.fromkeys(SCALES))
            )
        if year not in self.years:
            known = [str(known_year) for known_year in self.years]
            raise NoStandardsError(_unknown("STD-002", "标准值年度", "edition", str(year), known))
        if name not in self.paths:
            raise NoStandardsError(_unknown("STD-003", "行业", "industry", industry, self.paths))
        for place in reversed(self.paths[name]):
            for size in dict.fromkeys((wanted_scale, "全行业")):
                found = self.tables.get((year, place, size))
                if found is not None:
                    return self._found(year, place, size, found, asked=(name, wanted_scale))
        raise NoStandardsError(_unknown("STD-003", "行业", "industry", industry, self.paths))

    def _found(
        self,
        year: int,
        industry: str,
        scale: str,
        table: Mapping[str, tuple[StandardValue, str]],
        *,
        asked: tuple[str, str],
    ) -> FoundStandards:
        findings = []
        wanted, used = self._label(*asked), self._label(industry, scale)
        if (industry, scale) != asked:
            findings.append(
                Finding(
                    code="STD-010",
                    severity=Severity.EXPLAIN,
                    message=Wording(
                        f"没有“{wanted.zh}”的标准值，采用上一级“{used.zh}”",
                        f"no table for {wanted.en}; the nearest upper one is used: {used.en}",
                    ),
                    locator=Locator(item="标准值"),
                    got=used.zh,
                    expected=wanted,
                )
            )
        return FoundStandards(
            year=year,
            industry=industry,
            scale=scale,
            values={name: value for name, (value, _) in table.items()},
            units={name: unit for name, (_, unit) in table.items()},
            findings=tuple(findings),
        )

    def _label(self, industry: str, scale: str) -> Wording:
        """Return industry and size in both languages."""
        english = self.english.get(industry, industry)
        return Wording(f"{industry}·{scale}", f"{english} · {scale_label(scale).en}")


def _unknown(code: str, zh: str, en: str, got: str, known: Iterable[str]) -> Finding:
    listed = list(known)
    shown = "、".join(listed[:12]) + ("…" if len(listed) > 12 else "")
    return Finding(
        code=code,
        severity=Severity.BLOCK,
        message=Wording(f"没有这个{zh}的标准值", f"no standard values for this {en}"),
        locator=Locator(item="标准值"),
        got=got,
        expected=shown,
    )


def read_standards(
    lines: Iterable[str], *, english: Mapping[str, str] | None = None
) -> StandardTable:
    """Return the standard values written as CSV ``lines``.

    Parameters
    ----------
    lines : iterable of str
        With a header: year, industry_path, scale, indicator, unit, excellent … poor.
    english : mapping of str to str
        Industry → its English name.

    Returns
    -------
    StandardTable
        Ready for look-up.

    Raises
    ------
    NotMonotoneError
        If the levels of a row are out of order.

    Examples
    --------
    >>> table = read_standards([
    ...     "year,industry_path,scale,indicator,unit,excellent,good,average,low,poor",
    ...     "2025,全国国有企业/投资公司,全行业,速动比率,,1.4,1.0,0.8,0.7,0.5"])
    >>> found = table.find(year=2025, industry="投资公司", scale="大型")
    >>> found.scale, [finding.code for finding in found.findings]
    ('全行业', ['STD-010'])
    """
    tables: dict[tuple[int, str, str], dict[str, tuple[StandardValue, str]]] = {}
    paths: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(lines):
        path = tuple(row["industry_path"].translate(_LOOKALIKES).split("/"))
        paths[path[-1]] = path
        levels = {
            level: Decimal(row[column])
            for level, column in _LEVEL_COLUMNS.items()
            if row[column] not in {"", "—", "-"}
        }
        table = tables.setdefault((int(row["year"]), path[-1], row["scale"]), {})
        table[row["indicator"]] = (StandardValue(values=levels), row["unit"])
    return StandardTable(tables=tables, paths=paths, english=english or {})
