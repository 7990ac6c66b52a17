"""Reading the registry: as of a day, as known at a moment, as far as the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db import connection
from django.db.models import Case, IntegerField, Model, Q, Value, When
from django.utils import timezone

from guozi.registry.kinds import ClassKind, HierarchyKind, Level
from guozi.registry.models import (
    ClassFact,
    Department,
    Enterprise,
    LinkFact,
    NameFact,
    SupervisionFact,
)
from guozi.registry.search_text import folded

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

M = TypeVar("M", bound=Model)
Fact = NameFact | ClassFact | LinkFact | SupervisionFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An enterprise as it stood on a day: names, classes, parents, department."""

    enterprise: Enterprise
    name: str
    english_name: str
    short_name: str
    classes: dict[ClassKind, str]
    parents: dict[HierarchyKind, Enterprise]
    department: Department | None

    @property
    def industry(self) -> str | None:
        """The industry under which standard values are looked up."""
        return self.classes.get(ClassKind.INDUSTRY)

    @property
    def size(self) -> str | None:
        """The size class under which standard values are looked up."""
        return self.classes.get(ClassKind.SIZE)


def in_force(facts: QuerySet[M], *, on: date, known_at: datetime | None = None) -> QuerySet[M]:
    """Return the facts true on a day, as known now or at an earlier moment."""
    found = facts.filter(valid__contains=on)
    if known_at is None:
        return found.filter(known__endswith__isnull=True)
    return found.filter(known__contains=known_at)


def list_enterprises(
    *, text: str = "", level: str = "", direct: bool | None = None
) -> QuerySet[Enterprise]:
    """Return enterprises in scope; ``text`` matches names, code, pinyin and pinyin initials."""
    place = Case(
        *(When(level=level.value, then=Value(level.order)) for level in Level),
        output_field=IntegerField(),
    )
    found = Enterprise.objects.order_by("-direct", place, "uscc")
    if level:
        found = found.filter(level=level)
    if direct is not None:
        found = found.filter(direct=direct)
    for word in text.split():
        found = found.filter(search_text__contains=folded(word))
    return found


def named(name: str) -> Enterprise | None:
    """Return the enterprise that bears or bore exactly this name."""
    fact = NameFact.objects.filter(name=name).select_related("enterprise").first()
    return fact.enterprise if fact is not None else None


def peer_ids() -> set[int]:
    """Return the enterprises of other cities: to compare with, never counted."""
    return set(Enterprise.objects.filter(level=Level.PEER.value).values_list("pk", flat=True))


def get_enterprise(uscc: str) -> Enterprise | None:
    """Return an enterprise in scope by its code."""
    return Enterprise.objects.filter(uscc=uscc).first()


def profile_of(enterprise: Enterprise, *, on: date, known_at: datetime | None = None) -> Profile:
    """Return how an enterprise stood on a day."""
    mine = {"enterprise": enterprise}
    name = in_force(NameFact.objects.filter(**mine), on=on, known_at=known_at).first()
    links = in_force(
        LinkFact.objects.filter(**mine).select_related("parent"), on=on, known_at=known_at
    )
    supervision = in_force(
        SupervisionFact.objects.filter(**mine).select_related("department"),
        on=on,
        known_at=known_at,
    ).first()
    return Profile(
        enterprise=enterprise,
        name=name.name if name else enterprise.name,
        english_name=name.english_name if name else enterprise.english_name,
        short_name=name.short_name if name else enterprise.short_name,
        classes={
            ClassKind(fact.kind): fact.value
            for fact in in_force(ClassFact.objects.filter(**mine), on=on, known_at=known_at)
        },
        # A parent out of the viewer's scope is not shown: the join does not find it.
        parents={HierarchyKind(link.kind): link.parent for link in links},
        department=supervision.department if supervision else None,
    )


def children_of(enterprise: Enterprise, kind: HierarchyKind, *, on: date) -> QuerySet[Enterprise]:
    """Return the enterprises directly under another one in a hierarchy."""
    links = in_force(LinkFact.objects.filter(parent=enterprise, kind=kind.value), on=on)
    return Enterprise.objects.filter(pk__in=links.values("enterprise_id")).order_by("uscc")


def class_values(kind: ClassKind, *, on: date) -> dict[int, str]:
    """Return the class of every enterprise in scope in one respect."""
    facts = in_force(ClassFact.objects.filter(kind=kind.value), on=on)
    return dict(facts.values_list("enterprise_id", "value"))


def parents_in(kind: HierarchyKind, *, on: date) -> dict[int, int]:
    """Return the parent of every enterprise in scope in one hierarchy."""
    links = in_force(LinkFact.objects.filter(kind=kind.value), on=on)
    return dict(links.values_list("enterprise_id", "parent_id"))


def departments_of(*, on: date) -> dict[int, int]:
    """Return the supervising department of every enterprise in scope."""
    facts = in_force(SupervisionFact.objects.all(), on=on)
    return dict(facts.values_list("enterprise_id", "department_id"))


def departments() -> dict[int, Department]:
    """Return the departments by key."""
    return Department.objects.in_bulk()


def count_by_level() -> dict[Level, int]:
    """Return how many enterprises in scope stand on each level."""
    counts = dict.fromkeys(Level, 0)
    for level in Enterprise.objects.values_list("level", flat=True):
        counts[Level(level)] += 1
    return counts


def history_of(enterprise: Enterprise) -> tuple[Fact, ...]:
    """Return every fact ever known about an enterprise, newest knowledge first."""
    mine = {"enterprise": enterprise}
    found: list[Fact] = [
        *NameFact.objects.filter(**mine),
        *ClassFact.objects.filter(**mine),
        # A parent out of the viewer's scope is not shown: the join does not find it.
        *LinkFact.objects.filter(**mine).select_related("parent"),
        *SupervisionFact.objects.filter(**mine).select_related("department"),
    ]
    return tuple(sorted(found, key=lambda fact: fact.known.lower, reverse=True))


def scope_of(
    *, enterprise_id: int | None, with_subsidiaries: bool, department_id: int | None, on: date
) -> frozenset[int]:
    """Return the enterprises of an own or a department scope: what ``access`` asks for."""
    if department_id is not None:
        facts = in_force(SupervisionFact.objects.filter(department_id=department_id), on=on)
        return frozenset(facts.values_list("enterprise_id", flat=True))
    if enterprise_id is None:
        return frozenset()
    if not with_subsidiaries:
        return frozenset({enterprise_id})
    with connection.cursor() as cursor:
        cursor.execute(_DESCENDANTS, [enterprise_id, on, on])
        return frozenset(row[0] for row in cursor.fetchall())


# UNION (not ALL) ends the walk even where links run in a circle.
_DESCENDANTS = """
WITH RECURSIVE below(id) AS (
    SELECT %s::bigint
    UNION
    SELECT link.enterprise_id FROM registry_linkfact link JOIN below ON link.parent_id = below.id
    WHERE link.kind = 'consolidation' AND link.valid @> %s::date AND upper_inf(link.known)
) SELECT id FROM below WHERE %s::date IS NOT NULL
"""


def find_duplicates(name: str) -> QuerySet[Enterprise]:
    """Return enterprises whose name is the same up to width and blanks."""
    return Enterprise.objects.filter(
        Q(search_text__startswith=folded(name)) | Q(search_text__contains=f" {folded(name)} ")
    )


def today() -> date:
    """Return the business day in the city."""
    return timezone.localdate()
