"""Changing the registry: new enterprises, and facts that are true from a day on.

A fact is never overwritten. :func:`_replace` closes the knowledge of the old fact, restates the part of it
that stays true before the new one begins, and adds the new one, all with the same moment of knowledge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from guozi.audit.services import Subject, record
from guozi.registry.credit_code import fault_of
from guozi.registry.kinds import ClassKind, HierarchyKind, Level
from guozi.registry.models import (
    ClassFact,
    DatedFact,
    Department,
    Enterprise,
    LinkFact,
    NameFact,
    SupervisionFact,
)
from guozi.registry.search_text import search_text
from guozi_core.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal


class RegistryRefusedError(Exception):
    """A change of the registry is refused; ``reason`` says why."""

    def __init__(self, code: str, reason: Wording) -> None:
        self.code, self.reason = code, reason
        super().__init__(reason.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEnterprise:
    """What must be said of an enterprise when it is registered."""

    uscc: str
    name: str
    short_name: str
    english_name: str = ""
    level: Level
    founded: date | None = None
    direct: bool = False
    classes: Mapping[ClassKind, str] = field(default_factory=dict)


def create_department(
    *, code: str, name: str, short_name: str, english_name: str = ""
) -> Department:
    """Register a department."""
    department = Department.objects.create(
        code=code, name=name, short_name=short_name, english_name=english_name
    )
    record(
        action="registry.department-created",
        subject=Subject("registry.Department", str(department.pk)),
        after={"code": code, "name": name},
    )
    return department


def create_enterprises(
    new: Sequence[NewEnterprise], *, valid_from: date, known_at: datetime, source: str
) -> list[Enterprise]:
    """Register enterprises with their first facts, one leaf each.

    Raises
    ------
    RegistryRefusedError
        If a credit code is invalid or occurs twice.
    """
    for item in new:
        fault = fault_of(item.uscc)
        if fault is not None:
            raise RegistryRefusedError(
                "REG-USCC",
                Wording(f"{item.uscc}：{fault.zh}", f"{item.uscc}: {fault.en}"),
            )
    codes = [item.uscc for item in new]
    taken = set(Enterprise.objects.filter(uscc__in=codes).values_list("uscc", flat=True))
    taken |= (
        {code for code in codes if codes.count(code) > 1} if len(set(codes)) < len(codes) else set()
    )
    if taken:
        raise RegistryRefusedError(
            "REG-TWICE",
            Wording(f"信用代码已登记：{'、'.join(sorted(taken))}", f"registered already: {taken}"),
        )
    valid, known = DateRange(valid_from, None), DateTimeTZRange(known_at, None)
    enterprises = Enterprise.objects.bulk_create(
        Enterprise(
            uscc=item.uscc,
            name=item.name,
            english_name=item.english_name,
            short_name=item.short_name,
            level=item.level.value,
            search_text=search_text(item.name, item.short_name, code=item.uscc),
            founded=item.founded,
            direct=item.direct,
        )
        for item in new
    )
    clocks: dict[str, Any] = {"valid": valid, "known": known, "source": source}
    NameFact.objects.bulk_create(
        NameFact(
            enterprise=enterprise,
            name=item.name,
            english_name=item.english_name,
            short_name=item.short_name,
            **clocks,
        )
        for enterprise, item in zip(enterprises, new, strict=True)
    )
    ClassFact.objects.bulk_create(
        ClassFact(enterprise=enterprise, kind=kind.value, value=value, **clocks)
        for enterprise, item in zip(enterprises, new, strict=True)
        for kind, value in {ClassKind.LEVEL: item.level.value, **item.classes}.items()
    )
    for enterprise, item in zip(enterprises, new, strict=True):
        record(
            action="registry.enterprise-created",
            subject=Subject("registry.Enterprise", str(enterprise.pk)),
            enterprise_id=enterprise.pk,
            after={"uscc": item.uscc, "name": item.name, "level": item.level.value},
        )
    return enterprises


def set_links(
    links: Sequence[tuple[Enterprise, Enterprise, Decimal | None]],
    *,
    kind: HierarchyKind,
    valid_from: date,
    known_at: datetime,
    source: str,
) -> None:
    """Put enterprises under parents from a day on: ``(child, parent, share)``.

    Raises
    ------
    RegistryRefusedError
        If an enterprise would stand below itself (上级不能是自己的下级).
    """
    parents = dict(
        LinkFact.objects.filter(
            kind=kind.value, valid__contains=valid_from, known__endswith__isnull=True
        ).values_list("enterprise_id", "parent_id")
    )
    parents |= {child.pk: parent.pk for child, parent, _ in links}
    for child, _, _ in links:
        _refuse_circle(child.pk, parents)
    for child, parent, share in links:
        _replace(
            LinkFact(
                enterprise=child,
                kind=kind.value,
                parent=parent,
                share=share,
                valid=DateRange(valid_from, None),
                known=DateTimeTZRange(known_at, None),
                source=source,
            ),
            same={"kind": kind.value},
        )
        record(
            action=f"registry.{kind.value}-set",
            subject=Subject("registry.Enterprise", str(child.pk)),
            enterprise_id=child.pk,
            after={"parent": parent.uscc, "share": str(share) if share is not None else None},
        )


def set_supervision(
    pairs: Sequence[tuple[Enterprise, Department]],
    *,
    valid_from: date,
    known_at: datetime,
    source: str,
) -> None:
    """Assign enterprises to supervising departments from a day on."""
    for enterprise, department in pairs:
        _replace(
            SupervisionFact(
                enterprise=enterprise,
                department=department,
                valid=DateRange(valid_from, None),
                known=DateTimeTZRange(known_at, None),
                source=source,
            )
        )
        record(
            action="registry.supervision-set",
            subject=Subject("registry.Enterprise", str(enterprise.pk)),
            enterprise_id=enterprise.pk,
            after={"department": department.code},
        )


def rename(
    enterprise: Enterprise,
    *,
    name: str,
    short_name: str,
    english_name: str = "",
    valid_from: date,
    known_at: datetime,
    source: str,
    reason: str,
) -> None:
    """Give an enterprise a new name from a day on; it is still found by the old one."""
    before = enterprise.name
    _replace(
        NameFact(
            enterprise=enterprise,
            name=name,
            short_name=short_name,
            english_name=english_name,
            valid=DateRange(valid_from, None),
            known=DateTimeTZRange(known_at, None),
            source=source,
        )
    )
    names = NameFact.objects.filter(enterprise=enterprise).values_list("name", "short_name")
    enterprise.name, enterprise.short_name, enterprise.english_name = name, short_name, english_name
    enterprise.search_text = search_text(
        name, short_name, *(text for pair in names for text in pair), code=enterprise.uscc
    )
    enterprise.save(update_fields=["name", "short_name", "english_name", "search_text"])
    record(
        action="registry.renamed",
        subject=Subject("registry.Enterprise", str(enterprise.pk)),
        enterprise_id=enterprise.pk,
        before={"name": before},
        after={"name": name, "from": valid_from.isoformat()},
        reason=reason,
    )


def classify(
    enterprise: Enterprise,
    *,
    kind: ClassKind,
    value: str,
    valid_from: date,
    known_at: datetime,
    source: str,
    reason: str,
) -> None:
    """Classify an enterprise in one respect from a day on."""
    _replace(
        ClassFact(
            enterprise=enterprise,
            kind=kind.value,
            value=value,
            valid=DateRange(valid_from, None),
            known=DateTimeTZRange(known_at, None),
            source=source,
        ),
        same={"kind": kind.value},
    )
    if kind is ClassKind.LEVEL:
        enterprise.level = Level(value).value
        enterprise.save(update_fields=["level"])
    record(
        action="registry.classified",
        subject=Subject("registry.Enterprise", str(enterprise.pk)),
        enterprise_id=enterprise.pk,
        after={"kind": kind.value, "value": value, "from": valid_from.isoformat()},
        reason=reason,
    )


def _replace(new: DatedFact, *, same: Mapping[str, str] | None = None) -> None:
    """Close the knowledge of facts that the new one overlaps, restate what stays true, add it."""
    manager = type(new)._default_manager  # noqa: SLF001 - Django's public name for the manager
    moment = new.known.lower
    overlapping = manager.filter(
        enterprise=new.enterprise,
        valid__overlap=new.valid,
        known__endswith__isnull=True,
        **(same or {}),
    )
    for old in overlapping.select_for_update():
        manager.filter(pk=old.pk).update(known=DateTimeTZRange(old.known.lower, moment))
        if old.valid.lower is not None and old.valid.lower < new.valid.lower:
            old.pk = None
            old.valid = DateRange(old.valid.lower, new.valid.lower)
            old.known = DateTimeTZRange(moment, None)
            old.save(force_insert=True)
    new.save(force_insert=True)


def _refuse_circle(start: int, parents: Mapping[int, int]) -> None:
    seen, here = {start}, parents.get(start)
    while here is not None:
        if here in seen:
            raise RegistryRefusedError(
                "REG-CIRCLE",
                Wording("上级不能是自己的下级", "a parent cannot stand below its own child"),
            )
        seen.add(here)
        here = parents.get(here)
