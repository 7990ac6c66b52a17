"""What pages call groups, sizes and totals."""

from __future__ import annotations

from guozi.registry.class_words import class_words
from guozi.registry.kinds import Level
from guozi_core.findings import Wording

TOTALS = {
    "basic_total": Wording("基本得分", "Basic score"),
    "corrected_total": Wording("财务绩效定量评价分数", "Financial score"),
    "management_total": Wording("管理绩效定性评价分数", "Management score"),
    "composite": Wording("综合绩效评价分数", "Composite score"),
    "bonus": Wording("实际加分", "Bonus added"),
    "deductions": Wording("扣分", "Deductions"),
    "final": Wording("最终得分", "Final score"),
}


def standards_label(industry: str, size: str) -> Wording:
    """Return the industry and size of a table of standard values; without a size the industry."""
    parts = [class_words(industry), *([class_words(size)] if size else [])]
    return Wording(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))


def group_label(group: str) -> Wording:
    """Return the name of a comparable group.

    >>> group_label("industry|工业|大型企业").en
    'Industry · Large'
    """
    kind, _, rest = group.partition("|")
    if kind == "industry":
        industry, _, size = rest.partition("|")
        return standards_label(industry, size)
    return Level(rest).label if kind == "level" else Wording("未评价", "Not scored")
