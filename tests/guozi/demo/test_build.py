"""The city in the database: what was made up is what stands there, and the product finds its faults."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import pytest
from django.db import transaction
from django.db.models import Count, Sum
from tests.guozi.demo.conftest import AS_OF, MadeUp

from guozi.access.context import acting_as, the_product
from guozi.access.models import RoleAssignment, User
from guozi.access.roles import Role
from guozi.access.selectors import viewer_of
from guozi.audit.models import Leaf
from guozi.demo import build, evaluations
from guozi.demo.planted import FAULTS
from guozi.demo.statements import FINAL, FLASH
from guozi.filings import services
from guozi.filings.books import content_hash
from guozi.filings.checking import check_figures
from guozi.filings.models import Draft, DraftFigure, Figure, Version
from guozi.filings.services import FilingRefusedError
from guozi.performance.models import EvaluationResult, EvaluationRun
from guozi.registry import selectors as registry
from guozi.registry.kinds import HierarchyKind
from guozi.registry.models import Enterprise
from guozi_core.findings import Severity
from guozi_core.statements import Scope
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guozi.demo.build import Built

AT = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 4, tzinfo=UTC)
#: What the newest filings look back on: last month, and two years before the one evaluated.
PERIODS = {(FLASH, "2026-08"), (FLASH, "2026-09")} | {(FINAL, str(y)) for y in (2023, 2024, 2025)}


@pytest.fixture(scope="module")
def built(
    made_up: MadeUp, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Built]:
    """Load once for all tests of this file; nothing of it stays in the test database."""
    blocks = tuple(b for b in made_up.told.blocks if (b.form, b.period) in PERIODS)
    with django_db_blocker.unblock(), transaction.atomic():
        yield build.load(
            made_up.city,
            replace(made_up.told, blocks=blocks),
            made_up.plan,
            at=AT,
            progress=lambda *_: None,
        )
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def product(built: Built) -> Iterator[None]:
    with acting_as(the_product("测试")):
        yield


def test_everybody_is_registered(built: Built) -> None:
    assert set(Enterprise.objects.values_list("uscc", "name", "english_name")) == {
        (item.uscc, item.name, item.english_name) for item in built.city.enterprises
    }
    assert set(User.objects.values_list("username", flat=True)) == {
        person.username for person in built.city.people
    }
    assert set(RoleAssignment.objects.values_list("role", flat=True)) == {r.value for r in Role}


def test_owners_groups_and_departments_are_linked(built: Built) -> None:
    ids = dict(Enterprise.objects.values_list("uscc", "pk"))
    by_code = {item.uscc: item for item in built.city.enterprises}

    assert registry.parents_in(HierarchyKind.PROPERTY, on=AS_OF) == {
        ids[code]: ids[item.parent] for code, item in by_code.items() if item.parent
    }
    assert registry.parents_in(HierarchyKind.CONSOLIDATION, on=AS_OF) == {
        ids[code]: ids[item.group] for code, item in by_code.items() if item.group not in {"", code}
    }
    assert set(registry.departments_of(on=AS_OF)) == {
        ids[code] for code, item in by_code.items() if item.department
    }


def test_the_sums_in_the_database_are_those_of_the_arrays(built: Built) -> None:
    stored = {
        (form, period, scope): (total, count)
        for form, period, scope, total, count in Figure.objects.values_list(
            "version__form", "version__period", "version__scope"
        ).annotate(Sum("amount"), Count("item"))
    }
    made = {}
    for block in built.told.blocks:
        key = block.form, block.period, block.scope
        rows = [n for n, c in enumerate(block.enterprises) if c in built.planted.filed_on[key]]
        there = block.given[rows]
        made[key] = int(block.amounts[rows][there].sum()), int(there.sum())

    assert stored == made
    assert built.figures == sum(count for _, count in made.values())
    assert built.versions == Version.objects.count()


def test_whoever_did_not_file_has_no_version_and_late_ones_are_late(built: Built) -> None:
    for block in built.told.blocks:
        key = block.form, block.period, block.scope
        versions = Version.objects.filter(form=block.form, period=block.period, scope=block.scope)
        days = {
            version.enterprise.uscc: version.submitted_at.date()
            for version in versions.select_related("enterprise")
        }

        assert days == built.planted.filed_on[key]


def figures_of(version: Version) -> dict[tuple[str, str], int]:
    rows = Figure.objects.filter(version=version).values_list("item", "moment", "amount")
    return {(item, moment): amount for item, moment, amount in rows}


@pytest.mark.parametrize("form", [FLASH, FINAL])
def test_what_is_sealed_is_what_was_hashed_and_logged(built: Built, form: str) -> None:
    logged = dict(
        Leaf.objects.filter(subject_type="filings.Version")
        .values_list("subject_id")
        .annotate(Count("pk"))
    )
    assert logged == {str(pk): 1 for pk in Version.objects.values_list("pk", flat=True)}
    for version in Version.objects.select_related("enterprise").filter(form=form)[::90]:
        assert version.content_sha256 == content_hash(
            figures_of(version),
            enterprise=version.enterprise.uscc,
            form=version.form,
            period=version.period,
            scope=version.scope,
        )


@pytest.mark.parametrize(("form", "period"), [(FLASH, "2026-09"), (FINAL, "2025")])
def test_no_sealed_filing_would_be_refused_today(built: Built, form: str, period: str) -> None:
    versions = Version.objects.select_related("enterprise").filter(form=form, period=period)
    seen = 0
    for scope in Scope:
        for version in versions.filter(scope=scope.value).order_by("pk")[::12]:
            findings = check_figures(
                version.enterprise,
                form=form,
                period=Period.parse(period),
                scope=scope,
                figures=figures_of(version),
            )
            assert [f.code for f in findings if f.severity is Severity.BLOCK] == []
            seen += 1
    assert seen >= 8


@pytest.mark.parametrize("place", range(len(FAULTS)), ids=[fault.name for fault in FAULTS])
def test_a_faulty_draft_is_refused_for_its_fault(built: Built, place: int) -> None:
    planted = built.planted.drafts[place]
    draft = Draft.objects.get(enterprise__uscc=planted.uscc)
    stored = DraftFigure.objects.filter(draft=draft).values_list("item", "moment", "amount")
    assert {(item, moment): amount for item, moment, amount in stored} == planted.figures

    with pytest.raises(FilingRefusedError) as refused:
        services.submit(draft, revision=draft.revision, viewer=the_product("测试"), at=AT)

    assert refused.value.code == "FIL-BLOCKED"
    named = {check.partition(".")[0] for check in planted.fault.checks}
    assert named <= {finding.code for finding in refused.value.findings}
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_there_are_no_other_drafts(built: Built) -> None:
    assert Draft.objects.count() == len(FAULTS)


def test_a_second_build_finds_the_city(built: Built) -> None:
    before = Enterprise.objects.count()
    with pytest.raises(build.CityExistsError):
        build.refuse_unless_empty()
    assert Enterprise.objects.count() == before


def test_people_sign_in_and_see_what_is_theirs(built: Built) -> None:
    by_name = {user.username: user for user in User.objects.all()}
    ids = dict(Enterprise.objects.values_list("uscc", "pk"))
    for person in built.city.people:
        viewer = viewer_of(by_name[person.username], on=AS_OF)
        assert viewer.roles == {person.role}, person.username
        if person.with_subsidiaries:
            own = {e.uscc for e in built.city.enterprises if e.group == person.enterprise}
            assert viewer.enterprise_ids == {ids[code] for code in own}, person.username
        elif person.enterprise:
            assert viewer.enterprise_ids == {ids[person.enterprise]}, person.username
    for role in (Role.REPORTER, Role.SYSTEM_ADMINISTRATOR):
        one = next(person for person in built.city.people if person.role is role)
        assert by_name[one.username].check_password(build.PASSWORD)
        assert by_name[one.username].is_active


@pytest.fixture(scope="module")
def runs(built: Built) -> list[EvaluationRun]:
    evaluations.evaluate(np.random.default_rng(1), name=build.NAME, at=AT, progress=lambda *_: None)
    with acting_as(the_product("测试")):
        return list(EvaluationRun.objects.order_by("period"))


def test_two_years_are_evaluated_and_published(built: Built, runs: list[EvaluationRun]) -> None:
    assert [run.period for run in runs] == ["2024", "2025"]
    assert {run.state for run in runs} == {EvaluationRun.State.PUBLISHED}
    assert evaluations.is_evaluated(build.NAME)
    filed = len(built.planted.filed_on[FINAL, "2025", "单户"])
    for run in runs:
        results = list(EvaluationResult.objects.filter(run=run, scored=True))
        assert len(results) >= 0.95 * (filed + len(built.city.groups))
        grades = Counter(result.grade[0] for result in results)
        assert set(grades) == set("ABCDE"), grades
        assert max(grades.values()) < 0.6 * len(results), grades


def test_the_insolvent_score_below_the_middle(built: Built, runs: list[EvaluationRun]) -> None:
    results = EvaluationResult.objects.filter(run=runs[-1], scored=True)
    scores = {r.enterprise.uscc: r.final for r in results.select_related("enterprise")}
    final = next(
        b for b in built.told.blocks if (b.form, b.period, b.scope) == (FINAL, "2025", "单户")
    )
    insolvent = [c for c in final.enterprises if final.of(c)["BS91", "e"] < 0 and c in scores]

    assert len(insolvent) >= 3
    assert all(scores[code] < median(scores.values()) for code in insolvent)
