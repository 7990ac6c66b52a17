"""The twelve roles, what each is called, and what kind of scope it works in."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from guozi_core.findings import Wording


class ScopeKind(Enum):
    """Over which enterprises a role reaches."""

    OWN = "own"
    DEPARTMENT = "department"
    ASSIGNED = "assigned"
    ALL = "all"
    TASK = "task"
    NONE = "none"

    @property
    def label(self) -> Wording:
        """What the scope reaches, in words."""
        return _SCOPES[self]


_SCOPES = {
    ScopeKind.OWN: Wording("本企业", "own enterprise"),
    ScopeKind.DEPARTMENT: Wording("主管的企业", "enterprises of the department"),
    ScopeKind.ASSIGNED: Wording("分管的企业", "assigned enterprises"),
    ScopeKind.ALL: Wording("全部企业", "every enterprise"),
    ScopeKind.TASK: Wording("任务指定的企业", "enterprises of the task"),
    ScopeKind.NONE: Wording("不涉及业务数据", "no business data"),
}


class RoleFacts(NamedTuple):
    """What is fixed about a role."""

    label: Wording
    scopes: tuple[ScopeKind, ...]


class Role(Enum):
    """One of the twelve roles; the value is the code stored and shown in the matrix."""

    REPORTER = "ER"
    SIGNATORY = "EV"
    SUPERVISOR = "SD"
    OFFICER = "RS"
    SECTION_HEAD = "RV"
    LEADER = "LD"
    AUDITOR = "AU"
    RULE_MANAGER = "RM"
    SYSTEM_ADMINISTRATOR = "SA"
    SECURITY_ADMINISTRATOR = "SE"
    LOG_ADMINISTRATOR = "LA"
    INTERFACE = "AP"

    @property
    def label(self) -> Wording:
        """The official name."""
        return _FACTS[self].label

    @property
    def scopes(self) -> tuple[ScopeKind, ...]:
        """The kinds of scope in which the role may be granted."""
        return _FACTS[self].scopes

    @property
    def is_administrator(self) -> bool:
        """Whether this is one of the three administrators, who see no business data."""
        return self in ADMINISTRATORS

    @property
    def is_of_enterprise(self) -> bool:
        """Whether the role belongs to an enterprise: only these see its private drafts."""
        return ScopeKind.OWN in self.scopes


_FACTS = {
    Role.REPORTER: RoleFacts(Wording("企业填报员", "Enterprise reporter"), (ScopeKind.OWN,)),
    Role.SIGNATORY: RoleFacts(
        Wording("企业审核人（负责人签发）", "Enterprise signatory"), (ScopeKind.OWN,)
    ),
    Role.SUPERVISOR: RoleFacts(
        Wording("主管单位经办（包保）", "Supervising department"), (ScopeKind.DEPARTMENT,)
    ),
    Role.OFFICER: RoleFacts(
        Wording("国资经办", "Regulator's officer"), (ScopeKind.ASSIGNED, ScopeKind.ALL)
    ),
    Role.SECTION_HEAD: RoleFacts(
        Wording("国资复核（科室负责人）", "Regulator's section head"), (ScopeKind.ALL,)
    ),
    Role.LEADER: RoleFacts(Wording("领导", "Leader"), (ScopeKind.ALL,)),
    Role.AUDITOR: RoleFacts(Wording("审计人员", "Auditor"), (ScopeKind.TASK,)),
    Role.RULE_MANAGER: RoleFacts(Wording("考核规则管理员", "Rule manager"), (ScopeKind.ALL,)),
    Role.SYSTEM_ADMINISTRATOR: RoleFacts(
        Wording("系统管理员", "System administrator"), (ScopeKind.NONE,)
    ),
    Role.SECURITY_ADMINISTRATOR: RoleFacts(
        Wording("安全管理员", "Security administrator"), (ScopeKind.NONE,)
    ),
    Role.LOG_ADMINISTRATOR: RoleFacts(
        Wording("审计管理员（日志）", "Log administrator"), (ScopeKind.NONE,)
    ),
    Role.INTERFACE: RoleFacts(Wording("接口账号", "Interface account"), (ScopeKind.OWN,)),
}

#: 三员: mutually exclusive, and none may hold a business role.
ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.LOG_ADMINISTRATOR}
)


def may_be_held_together(roles: frozenset[Role]) -> bool:
    """Return whether one person may hold all these roles at once.

    Administrators hold one role only; nobody both fills in and signs an enterprise's filings.

    >>> may_be_held_together(frozenset({Role.OFFICER, Role.RULE_MANAGER}))
    True
    >>> may_be_held_together(frozenset({Role.SYSTEM_ADMINISTRATOR, Role.OFFICER}))
    False
    >>> may_be_held_together(frozenset({Role.REPORTER, Role.SIGNATORY}))
    False
    """
    if roles & ADMINISTRATORS and len(roles) > 1:
        return False
    if roles >= {Role.REPORTER, Role.SIGNATORY}:
        return False
    of_enterprise = {role for role in roles if role.is_of_enterprise}
    return not of_enterprise or of_enterprise == roles
