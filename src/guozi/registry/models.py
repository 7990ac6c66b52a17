"""Tables of the registry. Facts carry two ranges: when they were true, and since when known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from guozi.registry.credit_code import PATTERN
from guozi.registry.kinds import ClassKind, HierarchyKind, Level

if TYPE_CHECKING:
    from guozi_core.findings import Wording


class Department(models.Model):
    """A department (主管单位) that supervises enterprises; its name is public."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    english_name = models.CharField(max_length=120, blank=True)
    short_name = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.name


class Enterprise(models.Model):
    """An enterprise, identified by its credit code.

    Name, level and search text repeat the facts in force today, so that lists need no ranges;
    only :mod:`guozi.registry.services` writes them.
    """

    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)
    english_name = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=40)
    level = models.CharField(max_length=12, choices=[(k.value, k.label.zh) for k in Level])
    search_text = models.TextField()
    founded = models.DateField(null=True)
    #: Directly supervised by the regulator (直接监管): one of the groups.
    direct = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(uscc__regex=PATTERN), name="registry_enterprise_uscc_form"
            ),
        ]
        indexes = [
            GinIndex(
                name="registry_enterprise_search",
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def level_label(self) -> Wording:
        """The level in words."""
        return Level(self.level).label


class DatedFact(models.Model):
    """What every fact carries: its two clocks and its source."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    valid = DateRangeField()
    known = DateTimeRangeField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


def _no_overlap(name: str, *columns: str) -> ExclusionConstraint:
    """At no moment of knowledge are two facts of the same kind true on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("enterprise", RangeOperators.EQUAL),
            *((column, RangeOperators.EQUAL) for column in columns),
            ("valid", RangeOperators.OVERLAPS),
            ("known", RangeOperators.OVERLAPS),
        ],
    )


class NameFact(DatedFact):
    """What an enterprise was called."""

    name = models.CharField(max_length=120)
    english_name = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=40)

    class Meta:
        constraints = [_no_overlap("registry_name_no_overlap")]

    def __str__(self) -> str:
        return self.name


class ClassFact(DatedFact):
    """How an enterprise was classified in one respect."""

    kind = models.CharField(max_length=16, choices=[(k.value, k.label.zh) for k in ClassKind])
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [_no_overlap("registry_class_no_overlap", "kind")]

    def __str__(self) -> str:
        return f"{self.kind}={self.value}"


class LinkFact(DatedFact):
    """Under which parent an enterprise stood in one hierarchy; ``share`` where it is one of capital."""

    kind = models.CharField(max_length=16, choices=[(k.value, k.label.zh) for k in HierarchyKind])
    parent = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    share = models.DecimalField(max_digits=12, decimal_places=10, null=True)

    class Meta:
        constraints = [
            _no_overlap("registry_link_no_overlap", "kind"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("enterprise")), name="registry_link_not_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(share__isnull=True) | models.Q(share__gt=0, share__lte=1),
                name="registry_link_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} → {self.parent}"


class SupervisionFact(DatedFact):
    """Which department supervised an enterprise."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [_no_overlap("registry_supervision_no_overlap")]

    def __str__(self) -> str:
        return f"{self.enterprise} ← {self.department}"
