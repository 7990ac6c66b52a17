"""What pages call groups, sizes and totals."""

from __future__ import annotations

from guozi.registry.kinds import Level
from guozi_core.findings import Wording

_SIZES = {
    "全行业": Wording("全行业", "all sizes"),
    "大型企业": Wording("大型企业", "large"),
    "中型企业": Wording("中型企业", "medium"),
    "小型企业": Wording("小型企业", "small"),
}

TOTALS = {
    "basic_total": Wording("基本得分", "Basic score"),
    "corrected_total": Wording("财务绩效定量评价分数", "Financial score"),
    "management_total": Wording("管理绩效定性评价分数", "Management score"),
    "composite": Wording("综合绩效评价分数", "Composite score"),
    "bonus": Wording("实际加分", "Bonus added"),
    "deductions": Wording("扣分", "Deductions"),
    "final": Wording("最终得分", "Final score"),
}


def size_label(size: str) -> Wording:
    """Return a size class in both languages."""
    return _SIZES.get(size, Wording(size, size))


def group_label(group: str) -> Wording:
    """Return the name of a comparable group; names of industries are as the book prints them.

    >>> group_label("industry|工业|大型企业").en
    '工业 · large'
    """
    kind, _, rest = group.partition("|")
    if kind == "industry":
        industry, _, size = rest.partition("|")
        label = size_label(size)
        return Wording(f"{industry} · {label.zh}", f"{industry} · {label.en}")
    return Level(rest).label if kind == "level" else Wording("未评价", "Not scored")
