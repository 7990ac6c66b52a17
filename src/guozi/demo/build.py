"""Loads the example city through the services that everybody uses, with progress.

One transaction for all of it: a build that is interrupted leaves nothing behind. :func:`build` refuses a
database that holds enterprises already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import groupby
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from guozi.access import services as access
from guozi.access.context import acting_as, the_product
from guozi.access.models import RoleAssignment
from guozi.access.roles import Role
from guozi.demo import city as cities
from guozi.demo import planted, statements
from guozi.filings import services as filings
from guozi.filings.states import State
from guozi.registry import services as registry
from guozi.registry.kinds import ClassKind, HierarchyKind, Level
from guozi.registry.models import Department, Enterprise, NameFact
from guozi.rulebooks import parsed
from guozi_core.findings import Wording
from guozi_core.statements import Scope
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.random import Generator

    from guozi.access.models import User
    from guozi.access.viewer import Viewer
    from guozi.demo.city import City
    from guozi.demo.planted import Planted
    from guozi.demo.statements import Block, Told

#: The password of every account of the example city; shown by the command, and nowhere else used.
PASSWORD: Final = "Guozi-demo-2026"  # noqa: S105 - accounts of invented people
NAME: Final = "示例城市"
_SINCE: Final = date(2022, 1, 1)
_CHINA: Final = timezone(timedelta(hours=8))


class Progress(Protocol):
    """Is told how far the build has come."""

    def __call__(self, done: int, total: int, message: Wording) -> None:
        """Note that ``done`` of ``total`` steps are done and what comes next."""


class CityExistsError(RuntimeError):
    """The database holds enterprises already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What was loaded."""

    city: City
    told: Told
    planted: Planted
    versions: int
    figures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """The city's enterprises and people as rows."""

    enterprises: Mapping[str, Enterprise]
    reporters: Mapping[str, User]
    viewer: Viewer


def build(*, rng: Generator, name: str, at: datetime, progress: Progress) -> Built:
    """Build the example city in an empty database.

    Raises
    ------
    CityExistsError
        If enterprises are there already; nothing is changed.
    """
    refuse_unless_empty()
    progress(0, 1, Wording("生成企业和报表", "making up enterprises and statements"))
    city = cities.describe(rng, name=name)
    until = months_until(at.date())
    told = statements.generate(city, parsed.standards(), rng, months_until=until)
    plan = planted.plant(told, rng, as_of=at.date())
    return load(city, told, plan, at=at, progress=progress)


def refuse_unless_empty() -> None:
    """Raise :class:`CityExistsError` if there are enterprises other than peers of other cities."""
    with acting_as(the_product(NAME)):
        if Enterprise.objects.exclude(level=Level.PEER.value).exists():
            raise CityExistsError


def is_there() -> bool:
    """Return whether the enterprises are those of an example city, not somebody's own."""
    with acting_as(the_product(NAME)):
        return NameFact.objects.filter(source=NAME).exists()


def load(city: City, told: Told, plan: Planted, *, at: datetime, progress: Progress) -> Built:
    """Load a city that has been made up."""
    viewer = the_product(NAME)
    periods = [list(blocks) for _, blocks in groupby(told.blocks, key=_period_of)]
    total = len(periods) + 4
    versions = figures = 0
    # All or nothing: a build that is broken off leaves an empty database to begin again with.
    with acting_as(viewer):
        progress(1, total, Wording("登记企业和部门", "registering enterprises and departments"))
        enterprises, departments = _register(city)
        progress(2, total, Wording("建立用户", "creating people"))
        reporters = _people(city, enterprises, departments)
        loaded = _Loaded(enterprises=enterprises, reporters=reporters, viewer=viewer)
        for number, blocks in enumerate(periods, start=3):
            period = blocks[0].period
            progress(number, total, Wording(f"装入 {period} 报表", f"loading {period}"))
            for block in blocks:
                batch = list(_versions(block, plan, loaded, at))
                filings.seal_in_bulk(batch)
                versions += len(batch)
                figures += sum(len(version.items) for version in batch)
        _open_drafts(plan, loaded, at)
        progress(total - 1, total, Wording("封存", "sealing"))
    progress(total, total, Wording("完成", "done"))
    return Built(city=city, told=told, planted=plan, versions=versions, figures=figures)


def accounts() -> list[Wording]:
    """Return one account for each role as people are told of them; nothing if they are not there."""
    with acting_as(the_product(NAME)):
        rows = RoleAssignment.objects.filter(user__username__endswith="01").order_by("pk")
        held = [(row.user.username, Role(row.role).label) for row in rows.select_related("user")]
    if not held:
        return []
    return [
        Wording(f"登录账号（密码均为 {PASSWORD}）：", f"Accounts (password of all: {PASSWORD}):"),
        *(Wording(f"  {name:<14}{label.zh}", f"  {name:<14}{label.en}") for name, label in held),
    ]


def months_until(today: date) -> tuple[int, int]:
    """Return the newest month whose flash reports are due on a day, within the city's years.

    >>> months_until(date(2026, 10, 20)), months_until(date(2026, 10, 5)), months_until(date(2030, 1, 1))
    ((2026, 9), (2026, 8), (2026, 12))
    """
    back = 1 if today.day > planted.FLASH_DUE_DAY else 2
    year, place = divmod(today.year * 12 + today.month - 1 - back, 12)
    return min(max((year, place + 1), (2025, 12)), (2026, 12))


def _period_of(block: Block) -> tuple[str, str]:
    return block.form, block.period


def _register(city: City) -> tuple[dict[str, Enterprise], dict[str, Department]]:
    known_at = datetime.combine(_SINCE, time(0), tzinfo=UTC)
    departments = {
        item.code: registry.create_department(
            code=item.code,
            name=item.name,
            short_name=item.short_name,
            english_name=item.english_name,
        )
        for item in city.departments
    }
    rows = registry.create_enterprises(
        [
            registry.NewEnterprise(
                uscc=item.uscc,
                name=item.name,
                short_name=item.short_name,
                english_name=item.english_name,
                level=item.level,
                founded=item.founded,
                direct=item.direct,
                classes=_classes(item),
            )
            for item in city.enterprises
        ],
        valid_from=_SINCE,
        known_at=known_at,
        source=NAME,
    )
    found = {row.uscc: row for row in rows}
    registry.set_links(
        [(found[e.uscc], found[e.parent], e.share) for e in city.enterprises if e.parent],
        kind=HierarchyKind.PROPERTY,
        valid_from=_SINCE,
        known_at=known_at,
        source=NAME,
    )
    registry.set_links(
        [
            (found[e.uscc], found[e.group], None)
            for e in city.enterprises
            if e.group not in {"", e.uscc}
        ],
        kind=HierarchyKind.CONSOLIDATION,
        valid_from=_SINCE,
        known_at=known_at,
        source=NAME,
    )
    registry.set_supervision(
        [(found[e.uscc], departments[e.department]) for e in city.enterprises if e.department],
        valid_from=_SINCE,
        known_at=known_at,
        source=NAME,
    )
    return found, departments


def _classes(item: cities.Enterprise) -> dict[ClassKind, str]:
    found = {
        ClassKind.NATURE: item.nature,
        ClassKind.INDUSTRY: item.industry,
        ClassKind.SIZE: item.scale,
        ClassKind.COUNTY: item.county,
        ClassKind.STATUS: "正常经营",
        ClassKind.REGISTERED_TYPE: item.registered_type,
    }
    return {kind: value for kind, value in found.items() if value}


def _people(
    city: City, enterprises: Mapping[str, Enterprise], departments: Mapping[str, Department]
) -> dict[str, User]:
    """Create the people; return the reporters by the code of their enterprise."""
    reporters = {}
    users = access.create_users(
        [(person.username, person.name, person.english_name[:60]) for person in city.people],
        password=PASSWORD,
    )
    for person, user in zip(city.people, users, strict=True):
        access.grant_role(
            user,
            role=person.role,
            scope=person.scope,
            valid_from=person.valid_from,
            valid_to=person.valid_to,
            enterprise_id=enterprises[person.enterprise].pk if person.enterprise else None,
            with_subsidiaries=person.with_subsidiaries,
            department_id=departments[person.department].pk if person.department else None,
            listed_enterprises=[enterprises[code].pk for code in person.listed],
        )
        if person.role is Role.REPORTER:
            reporters[person.enterprise] = user
    return reporters


def _versions(
    block: Block, plan: Planted, loaded: _Loaded, at: datetime
) -> Iterator[filings.BulkVersion]:
    """Yield a version for every enterprise that has filed."""
    filed = plan.filed_on[block.form, block.period, block.scope]
    form_version = parsed.form(block.form).header.version
    items, moments = np.array(block.items), np.array(block.moments)
    for row, code in enumerate(block.enterprises):
        day = filed.get(code)
        if day is None:
            continue
        there = block.given[row]
        reporter = loaded.reporters.get(code)
        submitted_at = datetime.combine(day, time(9 + row % 8, row % 60), tzinfo=_CHINA)
        yield filings.BulkVersion(
            enterprise_id=loaded.enterprises[code].pk,
            uscc=code,
            form=block.form,
            form_version=form_version,
            period=block.period,
            scope=block.scope,
            items=items[there].tolist(),
            moments=moments[there].tolist(),
            amounts=block.amounts[row][there].tolist(),
            state=_state(submitted_at, at, row),
            submitted_at=min(submitted_at, at),
            submitted_by_id=reporter.pk if reporter else None,
            submitted_by_name=reporter.name if reporter else "企业填报员",
        )


def _state(submitted_at: datetime, at: datetime, row: int) -> State:
    """Return how far a filing has come: after six weeks all are accepted."""
    age = (at - submitted_at).days
    if age > 42:
        return State.ACCEPTED
    return (State.ACCEPTED, State.SIGNED, State.SUBMITTED, State.ACCEPTED)[row % 4]


def _open_drafts(plan: Planted, loaded: _Loaded, at: datetime) -> None:
    """Open the drafts with their planted faults, filled in by hand."""
    for fault in plan.drafts:
        draft = filings.open_draft(
            loaded.enterprises[fault.uscc],
            form=fault.form,
            period=Period.parse(fault.period),
            scope=Scope(fault.scope),
            viewer=loaded.viewer,
            at=at,
        )
        filings.save_figures(
            draft, fault.figures, revision=draft.revision, viewer=loaded.viewer, at=at
        )
