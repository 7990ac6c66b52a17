"""The permission matrix: acts, subjects, and which role may do what, read from ``matrix.yaml``."""

from __future__ import annotations

from enum import Enum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from guozi.access.roles import Role
from guozi_core.findings import Wording
from guozi_core.rulebook import parse_yaml


class Act(Enum):
    """What can be done to a subject; the value is the letter of the matrix."""

    CREATE = "C"
    READ = "R"
    EDIT = "U"
    SUBMIT = "S"
    WITHDRAW = "W"
    APPROVE = "A"
    RETURN = "J"
    CONFIRM = "K"
    LOCK = "L"
    UNLOCK = "N"
    EXPORT = "X"
    VOID = "V"
    PUBLISH = "P"
    GRANT = "G"

    @property
    def label(self) -> Wording:
        """The word for it."""
        return _ACT_LABELS[self]


_ACT_LABELS = {
    Act.CREATE: Wording("新建", "create"),
    Act.READ: Wording("查看", "read"),
    Act.EDIT: Wording("修改", "edit"),
    Act.SUBMIT: Wording("报送", "submit"),
    Act.WITHDRAW: Wording("撤回", "withdraw"),
    Act.APPROVE: Wording("审核通过", "approve"),
    Act.RETURN: Wording("退回", "return"),
    Act.CONFIRM: Wording("确认说明", "confirm explanation"),
    Act.LOCK: Wording("锁定", "lock"),
    Act.UNLOCK: Wording("解锁", "unlock"),
    Act.EXPORT: Wording("导出", "export"),
    Act.VOID: Wording("作废", "void"),
    Act.PUBLISH: Wording("发布", "publish"),
    Act.GRANT: Wording("授权", "grant"),
}


class Subject(Enum):
    """What the acts are done to: one row of the matrix."""

    ENTERPRISE = "enterprise"
    DRAFT = "draft"
    FILING = "filing"
    EXPLANATION = "explanation"
    ATTACHMENT = "attachment"
    RULEBOOK = "rulebook"
    EVALUATION = "evaluation"
    PANEL = "panel"
    STATISTICS = "statistics"
    EXPORT = "export"
    TEMPLATE = "template"
    JOB = "job"
    ACCOUNT = "account"
    GRANT = "grant"
    LOG = "log"
    CHECKPOINT = "checkpoint"

    @property
    def label(self) -> Wording:
        """The official name."""
        return read_matrix()[self].label


class Row(NamedTuple):
    """One subject with the acts each role may do to it."""

    label: Wording
    rights: dict[Role, frozenset[Act]]


@cache
def read_matrix() -> dict[Subject, Row]:
    """Return the matrix; a subject of :class:`Subject` that it lacks is an error."""
    text = (Path(__file__).parent / "matrix.yaml").read_text(encoding="utf-8")
    subjects = parse_yaml(text).section("subjects")
    found: dict[Subject, Row] = {}
    for subject in Subject:
        section = subjects.section(subject.value)
        rights = section.section("rights")
        found[subject] = Row(
            label=section.wording("label"),
            rights={
                role: frozenset(Act(letter) for letter in rights.text(role.value))
                for role in Role
                if role.value in rights
            },
        )
    return found


def roles_allowed(act: Act, subject: Subject) -> frozenset[Role]:
    """Return the roles that may do ``act`` to ``subject``."""
    rights = read_matrix()[subject].rights
    return frozenset(role for role, acts in rights.items() if act in acts)
