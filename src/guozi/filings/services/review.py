"""A sealed version on its way through people: one conditional update a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi.audit.services import Subject, record
from guozi.filings.models import ReviewAct, Version
from guozi.filings.services.refusals import FilingRefusedError, moved_on
from guozi.filings.states import STEPS, State
from guozi_core.findings import Wording

if TYPE_CHECKING:
    from datetime import datetime

    from guozi.access.viewer import Viewer

_LIVE = (State.SUBMITTED, State.SIGNED, State.ACCEPTED)
_NAMES = {
    State.SUBMITTED: Wording("已报送", "submitted"),
    State.SIGNED: Wording("已签发", "signed"),
    State.ACCEPTED: Wording("已接收", "accepted"),
    State.RETURNED: Wording("已退回", "returned"),
    State.WITHDRAWN: Wording("已撤回", "withdrawn"),
}


def take_step(
    version: Version,
    step_name: str,
    *,
    content_sha256: str,
    reason: str = "",
    viewer: Viewer,
    at: datetime,
) -> Version:
    """Sign, accept, return or withdraw a version.

    Parameters
    ----------
    content_sha256 : str
        The hash of what the person looked at: a decision is bound to that content.

    Raises
    ------
    FilingRefusedError
        If the reason is missing, the same person submitted it, it is not what was looked at, or
        somebody else was first.
    """
    step = STEPS[step_name]
    if step.needs_reason and not reason.strip():
        raise FilingRefusedError("FIL-REASON", Wording("请写明理由", "give a reason"))
    if viewer.user_id == version.submitted_by_id and not step.by_submitter:
        raise FilingRefusedError(
            "FIL-SELF",
            Wording("报送人不能办理自己报送的报表", "who submitted a filing cannot decide on it"),
        )
    if step.by_submitter and version.submitted_by_id not in {None, viewer.user_id}:
        raise FilingRefusedError(
            "FIL-OTHER",
            Wording("只有报送人可以撤回", "only who submitted a filing can withdraw it"),
        )
    moved = Version.objects.filter(
        pk=version.pk,
        state__in=[state.value for state in step.starts],
        content_sha256=content_sha256,
    ).update(state=step.leads_to.value)
    if not moved:
        raise _too_late(version)
    before = version.state
    version.state = step.leads_to.value
    ReviewAct.objects.create(
        version=version,
        enterprise_id=version.enterprise_id,
        state=step.leads_to.value,
        by_id=viewer.user_id,
        by_name=viewer.name,
        by_role=viewer.role_names,
        reason=reason.strip(),
        at=at,
    )
    if step.leads_to in {State.RETURNED, State.WITHDRAWN}:
        fall_back(version)
    record(
        action=f"filings.{step.leads_to.value}",
        subject=Subject("filings.Version", str(version.pk), version.number),
        enterprise_id=version.enterprise_id,
        before={"state": before},
        after={"state": step.leads_to.value, "sha256": content_sha256},
        reason=reason.strip(),
        receipt=step.leads_to is State.ACCEPTED,
    )
    return version


def fall_back(version: Version) -> None:
    """Let the newest earlier version that still stands be the current one again."""
    same = Version.objects.filter(
        enterprise_id=version.enterprise_id,
        form=version.form,
        period=version.period,
        scope=version.scope,
    )
    Version.objects.filter(pk=version.pk).update(current=False)
    version.current = False
    earlier = same.filter(state__in=[state.value for state in _LIVE]).order_by("-number").first()
    if earlier is not None:
        Version.objects.filter(pk=earlier.pk).update(current=True)


def _too_late(version: Version) -> FilingRefusedError:
    version.refresh_from_db()
    last = ReviewAct.objects.filter(version=version).order_by("-pk").first()
    name = _NAMES[version.status]
    return moved_on(
        {
            "by": last.by_name if last else version.submitted_by_name,
            "at": f"{(last.at if last else version.submitted_at):%Y-%m-%d %H:%M}",
            "zh": name.zh,
            "en": name.en,
        }
    )
