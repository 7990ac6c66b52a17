"""Changes to people and roles, each with its leaf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password

from guozi.access.models import RoleAssignment, User
from guozi.access.roles import Role, ScopeKind, may_be_held_together
from guozi.access.selectors import assignments_in_force
from guozi.audit.services import Subject, record
from guozi_core.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class GrantRefusedError(Exception):
    """A role cannot be granted; ``reason`` says why."""

    def __init__(self, code: str, reason: Wording) -> None:
        self.code, self.reason = code, reason
        super().__init__(reason.en)


def create_user(
    *, username: str, name: str, english_name: str = "", password: str, temporary: bool = False
) -> User:
    """Create an account without any role; a temporary password must be changed at first sign-in."""
    user = User(
        username=username,
        name=name,
        english_name=english_name,
        must_change_password=temporary,
    )
    validate_password(password, user)
    user.set_password(password)
    user.save()
    record(
        action="access.user-created",
        subject=Subject("access.User", str(user.pk)),
        after={"username": username, "name": name},
    )
    return user


def create_users(
    people: Iterable[tuple[str, str, str]], *, password: str, temporary: bool = False
) -> list[User]:
    """Create accounts ``(username, name, english name)`` with one first password, hashed once."""
    validate_password(password)
    hashed = make_password(password)
    users = User.objects.bulk_create(
        User(
            username=username,
            name=name,
            english_name=english_name,
            password=hashed,
            must_change_password=temporary,
        )
        for username, name, english_name in people
    )
    for user in users:
        record(
            action="access.user-created",
            subject=Subject("access.User", str(user.pk)),
            after={"username": user.username, "name": user.name},
        )
    return users


def change_password(user: User, *, password: str) -> None:
    """Set a new password; sessions opened with the old one end."""
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(action="access.password-changed", subject=Subject("access.User", str(user.pk)))


def set_active(user: User, *, active: bool, reason: str) -> None:
    """Switch an account on or off; it bites on the next request."""
    before = user.is_active
    user.is_active = active
    user.save(update_fields=["is_active"])
    record(
        action="access.user-enabled" if active else "access.user-disabled",
        subject=Subject("access.User", str(user.pk)),
        before={"active": before},
        after={"active": active},
        reason=reason,
    )


def grant_role(  # noqa: PLR0913 - the parts of an assignment
    user: User,
    *,
    role: Role,
    scope: ScopeKind,
    valid_from: date,
    valid_to: date | None = None,
    enterprise_id: int | None = None,
    with_subsidiaries: bool = False,
    department_id: int | None = None,
    listed_enterprises: Iterable[int] = (),
    granted_by: User | None = None,
) -> RoleAssignment:
    """Grant a role.

    Raises
    ------
    GrantRefusedError
        If the role does not exist in that scope, or cannot be held with the person's other roles,
        or is granted to oneself.
    """
    if scope not in role.scopes:
        raise GrantRefusedError(
            "GRANT-SCOPE",
            Wording("该角色不能授予这种范围", "the role cannot be granted in that scope"),
        )
    if granted_by is not None and granted_by.pk == user.pk:
        raise GrantRefusedError(
            "GRANT-SELF", Wording("不能给自己授权", "nobody grants a role to themselves")
        )
    held = {Role(item.role) for item in assignments_in_force(user, on=valid_from)}
    if not may_be_held_together(frozenset(held | {role})):
        raise GrantRefusedError(
            "GRANT-CONFLICT",
            Wording(
                f"与已有角色冲突：{'、'.join(sorted(other.label.zh for other in held))}",
                f"conflicts with {', '.join(sorted(other.label.en for other in held))}",
            ),
        )
    assignment = RoleAssignment.objects.create(
        user=user,
        role=role.value,
        scope=scope.value,
        enterprise_id=enterprise_id,
        with_subsidiaries=with_subsidiaries,
        department_id=department_id,
        listed_enterprises=sorted(listed_enterprises),
        valid_from=valid_from,
        valid_to=valid_to,
        granted_by=granted_by,
    )
    record(
        action="access.role-granted",
        subject=Subject("access.RoleAssignment", str(assignment.pk)),
        after={
            "user": user.username,
            "role": role.value,
            "scope": scope.value,
            "enterprise": enterprise_id,
            "department": department_id,
            "from": valid_from.isoformat(),
            "to": valid_to.isoformat() if valid_to else None,
        },
    )
    return assignment


def revoke_role(assignment: RoleAssignment, *, on: date, reason: str) -> None:
    """End a role on a day: the assignment stays on record."""
    if on <= assignment.valid_from:
        raise GrantRefusedError(
            "GRANT-DATES", Wording("不能早于授权起始日", "cannot end before it began")
        )
    assignment.valid_to = on
    assignment.save(update_fields=["valid_to"])
    record(
        action="access.role-revoked",
        subject=Subject("access.RoleAssignment", str(assignment.pk)),
        after={"to": on.isoformat()},
        reason=reason,
    )
