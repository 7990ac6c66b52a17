"""The people of the example city: at least one for every role, reporters for some enterprises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from guozi.access.roles import Role, ScopeKind
from guozi.demo.catalogue import GIVEN_NAMES, SURNAMES
from guozi.registry.kinds import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

    from guozi.demo.city import Enterprise

#: From when the roles hold: before the first filing.
SINCE: Final = date(2023, 1, 1)
#: An auditor's task always ends.
TASK_ENDS: Final = date(2027, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person with one role; enterprises by credit code, departments by code."""

    username: str
    name: str
    english_name: str
    role: Role
    scope: ScopeKind
    enterprise: str = ""
    with_subsidiaries: bool = False
    department: str = ""
    listed: tuple[str, ...] = ()
    valid_from: date = SINCE
    valid_to: date | None = None


class _Names:
    """Gives each person a name that nobody else in the city has."""

    def __init__(self, rng: Generator) -> None:
        self.order: list[int] = rng.permutation(len(SURNAMES) * len(GIVEN_NAMES)).tolist()

    def next(self) -> str:
        number = self.order.pop()
        return SURNAMES[number % len(SURNAMES)] + GIVEN_NAMES[number // len(SURNAMES)]


def of_the_city(enterprises: Sequence[Enterprise], rng: Generator) -> tuple[Person, ...]:
    """Return the people: reporters and signatories of enterprises, then offices, then administrators."""
    names = _Names(rng)
    groups = [item for item in enterprises if item.direct]
    some = [
        *[item for item in enterprises if item.level is Level.MUNICIPAL and not item.direct][::12],
        *[item for item in enterprises if item.level is Level.COUNTY][::24],
        *[item for item in enterprises if item.level is Level.INVESTED][::32],
    ]
    people: list[Person] = []

    def add(username: str, english: str, role: Role, scope: ScopeKind, **more: object) -> None:
        people.append(
            Person(
                username=username,
                name=names.next(),
                english_name=english,
                role=role,
                scope=scope,
                **more,  # type: ignore[arg-type]
            )
        )

    for number, item in enumerate([*groups, *some], start=1):
        group = {"enterprise": item.uscc, "with_subsidiaries": item.direct}
        place = f"{item.english_name.removesuffix(' Co., Ltd.')}"
        add(f"reporter{number:02d}", f"Reporter, {place}", Role.REPORTER, ScopeKind.OWN, **group)
        add(f"signer{number:02d}", f"Signatory, {place}", Role.SIGNATORY, ScopeKind.OWN, **group)
    for number, code in enumerate(("ZJ", "JT", "SL", "GX"), start=1):
        add(
            f"supervisor{number:02d}",
            f"Supervising department {code}",
            Role.SUPERVISOR,
            ScopeKind.DEPARTMENT,
            department=code,
        )
    municipal = tuple(item.uscc for item in enterprises if item.level is Level.MUNICIPAL)
    add("officer01", "Officer for groups", Role.OFFICER, ScopeKind.ASSIGNED, listed=municipal)
    add("officer02", "Officer", Role.OFFICER, ScopeKind.ALL)
    add("head01", "Section head", Role.SECTION_HEAD, ScopeKind.ALL)
    add("leader01", "Leader", Role.LEADER, ScopeKind.ALL)
    audited = tuple(item.uscc for item in enterprises if item.group == groups[0].uscc)
    add(
        "auditor01",
        "Auditor",
        Role.AUDITOR,
        ScopeKind.TASK,
        listed=audited,
        valid_to=TASK_ENDS,
    )
    add("rules01", "Rule manager", Role.RULE_MANAGER, ScopeKind.ALL)
    add("system01", "System administrator", Role.SYSTEM_ADMINISTRATOR, ScopeKind.NONE)
    add("security01", "Security administrator", Role.SECURITY_ADMINISTRATOR, ScopeKind.NONE)
    add("log01", "Log administrator", Role.LOG_ADMINISTRATOR, ScopeKind.NONE)
    add(
        "interface01",
        "Interface account",
        Role.INTERFACE,
        ScopeKind.OWN,
        enterprise=groups[0].uscc,
    )
    return tuple(people)
