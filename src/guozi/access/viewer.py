"""What a request, job or command knows about the person it acts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guozi.access.matrix import Act, Subject, roles_allowed

if TYPE_CHECKING:
    from guozi.access.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role in force, with the enterprises it reaches; ``None`` means every enterprise."""

    role: Role
    enterprise_ids: frozenset[int] | None

    def reaches(self, enterprise_id: int | None) -> bool:
        """Return whether the grant covers an enterprise (or needs none)."""
        return enterprise_id is None or (
            self.enterprise_ids is None or enterprise_id in self.enterprise_ids
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A person with the roles in force today; nobody in particular has no grants.

    ``unrestricted`` marks the product itself (loading the example city, recomputing): it passes
    the walls, and every leaf it writes carries its name.
    """

    user_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    unrestricted: bool = False

    @property
    def is_signed_in(self) -> bool:
        """Whether this is a person with an account."""
        return self.user_id is not None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles in force."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def sees_everything(self) -> bool:
        """Whether some role reaches every enterprise."""
        return self.unrestricted or any(grant.enterprise_ids is None for grant in self.grants)

    @property
    def enterprise_ids(self) -> frozenset[int]:
        """Every enterprise that some role names."""
        return frozenset().union(*(grant.enterprise_ids or () for grant in self.grants))

    @property
    def own_ids(self) -> frozenset[int]:
        """The enterprises whose private drafts the person may see."""
        return frozenset().union(
            *(grant.enterprise_ids or () for grant in self.grants if grant.role.is_of_enterprise)
        )

    @property
    def role_names(self) -> str:
        """The roles for the log, by code."""
        return "、".join(sorted(role.value for role in self.roles)) or "–"

    def may(self, act: Act, subject: Subject, enterprise_id: int | None = None) -> bool:
        """Return whether a role of this person allows the act, on this enterprise if one is named.

        >>> from guozi.access.roles import Role
        >>> reporter = Viewer(
        ...     user_id=1, name="甲", grants=(Grant(role=Role.REPORTER, enterprise_ids=frozenset({7})),)
        ... )
        >>> reporter.may(Act.SUBMIT, Subject.DRAFT, 7), reporter.may(Act.SUBMIT, Subject.DRAFT, 8)
        (True, False)
        """
        if self.unrestricted:
            return True
        allowed = roles_allowed(act, subject)
        return any(grant.role in allowed and grant.reaches(enterprise_id) for grant in self.grants)


NOBODY = Viewer(user_id=None, name="–")
