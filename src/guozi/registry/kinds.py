"""The closed lists of the registry: levels, classifications, hierarchies."""

from __future__ import annotations

from enum import Enum

from guozi_core.findings import Wording


class Level(Enum):
    """Whose enterprise it is."""

    MUNICIPAL = "municipal"
    COUNTY = "county"
    CENTRAL = "central"
    PROVINCIAL = "provincial"
    INVESTED = "invested"
    #: Of another city, known from what it publishes: to compare with, never part of the city's totals.
    PEER = "peer"

    @property
    def label(self) -> Wording:
        """The official term."""
        return _LEVELS[self]

    @property
    def order(self) -> int:
        """Its place in lists: the city's own first."""
        return list(Level).index(self)


_LEVELS = {
    Level.MUNICIPAL: Wording("市属企业", "Municipal"),
    Level.COUNTY: Wording("县（市、区）属企业", "County"),
    Level.CENTRAL: Wording("驻市央企", "Central, resident"),
    Level.PROVINCIAL: Wording("驻市省企", "Provincial, resident"),
    Level.INVESTED: Wording("部门投资企业", "Invested by a department"),
    Level.PEER: Wording("对标企业（外市公开披露）", "Peer, from public disclosures"),
}


class ClassKind(Enum):
    """In what respect an enterprise is classified; values are texts of the field."""

    LEVEL = "level"
    NATURE = "nature"
    INDUSTRY = "industry"
    SIZE = "size"
    COUNTY = "county"
    STATUS = "status"
    REGISTERED_TYPE = "registered-type"

    @property
    def label(self) -> Wording:
        """The official term."""
        return _CLASSES[self]


_CLASSES = {
    ClassKind.LEVEL: Wording("管理层级", "Level"),
    ClassKind.NATURE: Wording("功能分类", "Functional class"),
    ClassKind.INDUSTRY: Wording("行业（标准值）", "Industry (standard values)"),
    ClassKind.SIZE: Wording("规模", "Size"),
    ClassKind.COUNTY: Wording("所在县（市、区）", "County"),
    ClassKind.STATUS: Wording("经营状态", "Status"),
    ClassKind.REGISTERED_TYPE: Wording("企业类型", "Registered type"),
}


class HierarchyKind(Enum):
    """A tree in which enterprises stand: who owns, who consolidates."""

    PROPERTY = "property"
    CONSOLIDATION = "consolidation"

    @property
    def label(self) -> Wording:
        """The official term."""
        return _HIERARCHIES[self]


_HIERARCHIES = {
    HierarchyKind.PROPERTY: Wording("产权链", "Property chain"),
    HierarchyKind.CONSOLIDATION: Wording("合并范围", "Consolidation"),
}
