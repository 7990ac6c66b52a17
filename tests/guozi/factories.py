"""Enterprises and people for tests, made through the services that make real ones."""

from __future__ import annotations

from datetime import UTC, date, datetime

from guozi.access import services as access
from guozi.access.models import User
from guozi.access.roles import Role, ScopeKind
from guozi.registry import services as registry
from guozi.registry.credit_code import with_check_character
from guozi.registry.kinds import ClassKind, Level
from guozi.registry.models import Enterprise

PASSWORD = "Yunze-pass-2026"
CODES = [with_check_character(f"91990100MA{number:07d}") for number in range(1, 40)]
NAMES = "甲乙丙丁戊己庚辛壬癸"


def register(count: int, *, first: int = 0) -> list[Enterprise]:
    """Register enterprises 甲集团, 乙集团, …"""
    return registry.create_enterprises(
        [
            registry.NewEnterprise(
                uscc=CODES[number],
                name=f"云泽{NAMES[number]}集团有限公司",
                short_name=f"{NAMES[number]}集团",
                english_name=f"Yunze Group {number + 1}",
                level=Level.MUNICIPAL,
                classes={ClassKind.INDUSTRY: "工业", ClassKind.SIZE: "大型企业"},
            )
            for number in range(first, first + count)
        ],
        valid_from=date(2023, 1, 1),
        known_at=datetime(2023, 1, 1, tzinfo=UTC),
        source="测试",
    )


def person(
    username: str,
    role: Role,
    *,
    scope: ScopeKind | None = None,
    enterprise: Enterprise | None = None,
    listed: tuple[Enterprise, ...] = (),
    department_id: int | None = None,
    with_subsidiaries: bool = False,
) -> User:
    """Create a person with one role."""
    user = access.create_user(username=username, name=f"{username}某", password=PASSWORD)
    chosen = scope or role.scopes[-1]
    access.grant_role(
        user,
        role=role,
        scope=chosen,
        enterprise_id=enterprise.pk if enterprise else None,
        listed_enterprises=[item.pk for item in listed],
        department_id=department_id,
        with_subsidiaries=with_subsidiaries,
        valid_from=date(2023, 1, 1),
        valid_to=date(2099, 1, 1) if chosen is ScopeKind.TASK else None,
    )
    return user
