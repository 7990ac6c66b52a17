"""Reading jobs: one's own, and all of them for who may see everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi.jobs.models import Job

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet


def get_job(job_id: UUID) -> Job | None:
    """Return a job in scope."""
    return Job.objects.filter(pk=job_id).first()


def list_jobs() -> QuerySet[Job]:
    """Return the jobs in scope, newest first."""
    return Job.objects.order_by("-created")
