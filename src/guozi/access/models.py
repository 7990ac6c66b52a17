"""People and the roles granted to them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from guozi.access.roles import Role, ScopeKind


class User(AbstractBaseUser):
    """A person with an account. There is no super-user: rights come from roles only."""

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    english_name = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """A role of a person, in a scope, between dates (``valid_to`` is the first day without it)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=2, choices=[(role.value, role.label.zh) for role in Role])
    scope = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in ScopeKind]
    )
    enterprise_id = models.BigIntegerField(null=True)
    with_subsidiaries = models.BooleanField(default=False)
    department_id = models.BigIntegerField(null=True)
    listed_enterprises = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="access_assignment_dates",
            ),
            models.CheckConstraint(
                condition=models.Q(scope="own", enterprise_id__isnull=False)
                | models.Q(scope="department", department_id__isnull=False)
                | models.Q(scope__in=["assigned", "all", "task", "none"]),
                name="access_assignment_scope_named",
            ),
            models.CheckConstraint(
                condition=~models.Q(scope="task") | models.Q(valid_to__isnull=False),
                name="access_assignment_task_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class SentForm(models.Model):
    """A form that was carried out, by its key: sent again, it leads to the same place."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    #: Where it led; empty while its request runs.
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.path} {self.key}"
