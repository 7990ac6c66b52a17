"""Starting and cancelling jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi.audit.services import Subject, record
from guozi.jobs.models import Job
from guozi.jobs.tasks import run_job

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from guozi.access.viewer import Viewer
    from guozi_core.findings import Wording


def start(
    *,
    kind: str,
    title: Wording,
    arguments: Mapping[str, str],
    viewer: Viewer,
    at: datetime,
) -> Job:
    """Queue a job; it begins when this transaction has been committed."""
    job = Job.objects.create(
        kind=kind,
        title=title.zh,
        english_title=title.en,
        arguments=dict(arguments),
        requested_by_id=viewer.user_id,
        created=at,
    )
    run_job.defer(job_id=str(job.pk))
    record(
        action="jobs.started",
        subject=Subject("jobs.Job", str(job.pk)),
        after={"kind": kind, **arguments},
    )
    return job


def cancel(job: Job, *, at: datetime) -> None:
    """Ask a job to stop; what it has done so far is rolled back."""
    changed = Job.objects.filter(
        pk=job.pk, state__in=[Job.State.WAITING, Job.State.RUNNING]
    ).update(cancel_requested=True)
    if changed:
        record(action="jobs.cancelled", subject=Subject("jobs.Job", str(job.pk)), at=at)
