"""Who somebody is today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from guozi.access.models import RoleAssignment, User
from guozi.access.roles import Role, ScopeKind
from guozi.access.scope_hook import resolver
from guozi.access.viewer import Grant, Viewer

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def assignments_in_force(user: User, *, on: date) -> QuerySet[RoleAssignment]:
    """Return the roles a person holds on a day."""
    return RoleAssignment.objects.filter(user=user, valid_from__lte=on).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )


def active_user(username: str) -> User | None:
    """Return the account of a name that may sign in."""
    return User.objects.filter(username=username, is_active=True).first()


def viewer_of(user: User, *, on: date) -> Viewer:
    """Return what a person may do and see on a day; read afresh for every request.

    Revoking a role therefore bites on the next request. Must run inside a transaction.
    """
    with connection.cursor() as cursor:
        # Roles are themselves under row-level security: everybody may read their own, and the
        # hierarchies must be open while the enterprises of a scope are looked up.
        cursor.execute(
            "SELECT set_config('app.user', %s, true), set_config('app.everything', 'on', true)",
            [str(user.pk)],
        )
    grants = tuple(_grant(item, on=on) for item in assignments_in_force(user, on=on).order_by("id"))
    return Viewer(user_id=user.pk, name=user.name, grants=grants)


def _grant(assignment: RoleAssignment, *, on: date) -> Grant:
    role, scope = Role(assignment.role), ScopeKind(assignment.scope)
    if scope is ScopeKind.ALL:
        return Grant(role=role, enterprise_ids=None)
    if scope in {ScopeKind.ASSIGNED, ScopeKind.TASK}:
        return Grant(role=role, enterprise_ids=frozenset(assignment.listed_enterprises))
    if scope is ScopeKind.NONE:
        return Grant(role=role, enterprise_ids=frozenset())
    found = resolver()(
        enterprise_id=assignment.enterprise_id,
        with_subsidiaries=assignment.with_subsidiaries,
        department_id=assignment.department_id,
        on=on,
    )
    return Grant(role=role, enterprise_ids=found)
