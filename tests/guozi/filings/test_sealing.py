"""Drafts are private, versions sealed, steps taken once: on the database with the app role."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from tests.guozi.factories import register
from tests.guozi.filings.statements import CENTS

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.access.viewer import Grant, Viewer
from guozi.audit.models import Leaf
from guozi.audit.selectors import get_receipt
from guozi.filings import selectors, services
from guozi.filings.models import Draft, Figure, Version
from guozi.filings.services import DraftConflictError, FilingRefusedError
from guozi.filings.states import State
from guozi.registry.models import Enterprise
from guozi_core.statements import Scope
from guozi_core.units import Period

pytestmark = pytest.mark.django_db

AT = datetime(2026, 2, 8, 3, tzinfo=UTC)
PERIOD = Period.parse("2026-01")
FIGURES = CENTS


def someone(user_id: int, role: Role, *ids: int) -> Viewer:
    return Viewer(
        user_id=user_id,
        name=f"{role.label.zh}{user_id}",
        grants=(
            Grant(role=role, enterprise_ids=frozenset(ids) if role.is_of_enterprise else None),
        ),
    )


@pytest.fixture
def enterprise() -> Enterprise:
    with acting_as(the_product("测试")):
        first, _ = register(2)
    return first


@pytest.fixture
def reporter(enterprise: Enterprise) -> Viewer:
    return someone(1, Role.REPORTER, enterprise.pk)


def fill(enterprise: Enterprise, viewer: Viewer, figures: dict[tuple[str, str], int]) -> Draft:
    draft = services.open_draft(
        enterprise,
        form="financial-flash",
        period=PERIOD,
        scope=Scope.SINGLE,
        viewer=viewer,
        at=AT,
    )
    return services.save_figures(draft, figures, revision=draft.revision, viewer=viewer, at=AT)


def sealed(enterprise: Enterprise, viewer: Viewer) -> Version:
    with acting_as(viewer):
        draft = fill(enterprise, viewer, FIGURES)
        return services.submit(draft, revision=draft.revision, viewer=viewer, at=AT)


def test_what_is_submitted_is_sealed_with_a_receipt(
    enterprise: Enterprise, reporter: Viewer
) -> None:
    version = sealed(enterprise, reporter)
    with acting_as(reporter):
        assert {
            (figure.item, figure.moment): figure.amount
            for figure in Figure.objects.filter(version=version)
        } == FIGURES
        assert not Draft.objects.exists()
        leaf = Leaf.objects.get(action="filings.submitted")
        receipt = get_receipt(leaf)
    assert receipt is not None
    assert version.content_sha256 in leaf.payload["after"]["sha256"]


def test_a_draft_is_seen_by_its_enterprise_only(enterprise: Enterprise, reporter: Viewer) -> None:
    with acting_as(reporter):
        draft = fill(enterprise, reporter, FIGURES)
    for viewer in (someone(2, Role.LEADER), someone(3, Role.SECTION_HEAD)):
        with acting_as(viewer):
            assert selectors.get_draft(draft.pk) is None
            assert list(Enterprise.objects.all())


@pytest.mark.parametrize("model", [Figure, Version])
def test_the_database_refuses_to_change_what_is_sealed(
    model: type, enterprise: Enterprise, reporter: Viewer
) -> None:
    version = sealed(enterprise, reporter)
    with acting_as(reporter):
        with pytest.raises(DatabaseError), transaction.atomic():
            Figure.objects.filter(version=version, item="BS40").update(amount=1)
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(content_sha256="0" * 64)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()  # type: ignore[attr-defined]


def test_two_people_saving_one_draft_are_told_field_by_field(
    enterprise: Enterprise, reporter: Viewer
) -> None:
    with acting_as(reporter):
        draft = fill(enterprise, reporter, FIGURES)
        seen = draft.revision
        services.save_figures(draft, {("BS01", "e"): 1_00}, revision=seen, viewer=reporter, at=AT)
        with pytest.raises(DraftConflictError) as conflict:
            services.save_figures(
                draft,
                {("BS01", "e"): 2_00, ("BS02", "e"): 5_00},
                revision=seen,
                viewer=reporter,
                at=AT,
            )
    assert {(item.item, item.stored, item.wanted) for item in conflict.value.differences} == {
        ("BS01", 1_00, 2_00),
        ("BS02", None, 5_00),
    }


def test_the_same_content_makes_no_second_version(enterprise: Enterprise, reporter: Viewer) -> None:
    version = sealed(enterprise, reporter)
    with acting_as(reporter):
        draft = services.reopen_as_draft(version, reason="核对", viewer=reporter, at=AT)
        with pytest.raises(FilingRefusedError) as refused:
            services.submit(draft, revision=draft.revision, viewer=reporter, at=AT)
    assert refused.value.code == "FIL-SAME"


def test_a_correction_is_a_new_version_with_a_reason(
    enterprise: Enterprise, reporter: Viewer
) -> None:
    version = sealed(enterprise, reporter)
    changed = {("BS05", "e"): 1_400_000_000, ("BS08", "e"): 100_000_000}
    with acting_as(reporter):
        draft = fill(enterprise, reporter, FIGURES | changed)
        with pytest.raises(FilingRefusedError) as refused:
            services.submit(draft, revision=draft.revision, viewer=reporter, at=AT)
        assert refused.value.code == "FIL-REASON"
        second = services.submit(
            draft, revision=draft.revision, reason="重分类", viewer=reporter, at=AT
        )
        version.refresh_from_db()
    assert (second.number, second.current, version.current) == (2, True, False)


def test_a_filing_goes_from_submitted_to_signed_to_accepted(
    enterprise: Enterprise, reporter: Viewer
) -> None:
    version = sealed(enterprise, reporter)
    signatory, officer = someone(5, Role.SIGNATORY, enterprise.pk), someone(6, Role.SECTION_HEAD)
    for viewer, step, state in (
        (signatory, "sign", State.SIGNED),
        (officer, "accept", State.ACCEPTED),
    ):
        with acting_as(viewer):
            services.take_step(
                version, step, content_sha256=version.content_sha256, viewer=viewer, at=AT
            )
        assert version.status is state


@pytest.mark.parametrize(
    ("step", "hash_of", "reason", "who", "code"),
    [
        ("sign", "", "", 1, "FIL-SELF"),
        ("return", "", " ", 5, "FIL-REASON"),
        ("accept", "", "", 6, "FIL-MOVED"),
        ("sign", "other", "", 5, "FIL-MOVED"),
        ("withdraw", "", "错了", 5, "FIL-OTHER"),
    ],
)
def test_a_step_that_may_not_be_taken_changes_nothing(
    step: str,
    hash_of: str,
    reason: str,
    who: int,
    code: str,
    enterprise: Enterprise,
    reporter: Viewer,
) -> None:
    version = sealed(enterprise, reporter)
    viewer = someone(who, Role.SIGNATORY if who == 5 else Role.SECTION_HEAD, enterprise.pk)
    with acting_as(viewer), pytest.raises(FilingRefusedError) as refused:
        services.take_step(
            version,
            step,
            content_sha256=hash_of or version.content_sha256,
            reason=reason,
            viewer=viewer,
            at=AT,
        )
    assert refused.value.code == code
    version.refresh_from_db()
    assert version.status is State.SUBMITTED


def test_a_returned_correction_lets_the_earlier_version_stand(
    enterprise: Enterprise, reporter: Viewer
) -> None:
    first = sealed(enterprise, reporter)
    with acting_as(reporter):
        draft = fill(enterprise, reporter, FIGURES | {("BS01R", "e"): 1_00})
        second = services.submit(
            draft, revision=draft.revision, reason="补报", viewer=reporter, at=AT
        )
    signatory = someone(5, Role.SIGNATORY, enterprise.pk)
    with acting_as(signatory):
        services.take_step(
            second,
            "return",
            content_sha256=second.content_sha256,
            reason="受限资金依据不足",
            viewer=signatory,
            at=AT,
        )
        first.refresh_from_db()
        second.refresh_from_db()
    assert (first.current, second.current, second.status) == (True, False, State.RETURNED)
