"""Run one job: become its requester, do the work in one transaction, report outside it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import psycopg
from django.db import connection
from django.utils import timezone
from psycopg import sql

from guozi.access.context import acting_as, the_product
from guozi.access.models import User
from guozi.access.selectors import viewer_of
from guozi.jobs.models import Job
from guozi.jobs.registry import work_of

if TYPE_CHECKING:
    from uuid import UUID

    from guozi.access.viewer import Viewer

_log = logging.getLogger(__name__)


class CancelledError(Exception):
    """Somebody asked to cancel the job; what it did is rolled back."""


class _Report:
    """Progress on a connection of its own, so that it shows while the work's transaction is open."""

    def __init__(self, job_id: UUID, sideline: psycopg.Connection) -> None:
        self.job_id, self.sideline = job_id, sideline

    def __call__(self, done: int, total: int, *, zh: str = "", en: str = "") -> None:
        row = self.sideline.execute(
            "UPDATE jobs_job SET done = %s, total = %s, message = %s, english_message = %s"
            " WHERE id = %s RETURNING cancel_requested",
            [done, total, zh[:200], en[:240], self.job_id],
        ).fetchone()
        if row is not None and row[0]:
            raise CancelledError

    def set(self, **values: object) -> None:
        names = sql.SQL(", ").join(
            sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values
        )
        self.sideline.execute(
            sql.SQL("UPDATE jobs_job SET {} WHERE id = %s").format(names),
            [*values.values(), self.job_id],
        )


def run(job_id: UUID) -> None:
    """Run a job that waits, or one whose worker died; a job that has ended is left alone."""
    with acting_as(the_product("后台任务")):
        job = Job.objects.get(pk=job_id)
    if not job.is_open:
        return
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    with psycopg.connect(**parameters, autocommit=True) as sideline:
        sideline.execute("SELECT set_config('app.everything', 'on', false)")
        report = _Report(job_id, sideline)
        if job.cancel_requested:
            report.set(state=Job.State.CANCELLED, ended=timezone.now())  # noqa: TID251 - a door
            return
        report.set(state=Job.State.RUNNING, started=timezone.now())  # noqa: TID251 - a door
        try:
            with acting_as(_requester(job)):
                address = work_of(job.kind)(job.arguments, report)
        except CancelledError:
            report.set(state=Job.State.CANCELLED, ended=timezone.now())  # noqa: TID251 - a door
        except Exception:  # noqa: BLE001 - the door: the job is told apart as failed
            _log.exception("job %s failed", job_id)
            reference = str(job_id)[:8]
            report.set(
                state=Job.State.FAILED,
                ended=timezone.now(),  # noqa: TID251 - a door
                message=f"任务失败，未保存任何结果。编号 {reference}",
                english_message=f"The job failed; nothing was saved. Reference {reference}",
            )
        else:
            report.set(
                state=Job.State.DONE,
                ended=timezone.now(),  # noqa: TID251 - a door
                result_url=address,
            )


def _requester(job: Job) -> Viewer:
    """Return the person the job works for, with the roles they hold now."""
    if job.requested_by_id is None:
        return the_product("后台任务")
    with acting_as(the_product("后台任务")):
        user = User.objects.get(pk=job.requested_by_id)
        return viewer_of(user, on=timezone.localdate())
