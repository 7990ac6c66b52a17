"""The job as people see it: what, who, how far, how it ended."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from guozi_core.findings import Wording


class Job(models.Model):
    """One piece of long work. Progress is written outside the work's own transaction."""

    class State(models.TextChoices):
        """How far a job has come."""

        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("执行中")
        DONE = "done", _("已完成")
        CANCELLED = "cancelled", _("已取消")
        FAILED = "failed", _("失败")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    english_title = models.CharField(max_length=160)
    arguments = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    english_message = models.CharField(max_length=240, blank=True)
    result_url = models.CharField(max_length=200, blank=True)
    cancel_requested = models.BooleanField(default=False)
    requested_by_id = models.BigIntegerField(null=True)
    created = models.DateTimeField()
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title

    @property
    def wording(self) -> Wording:
        """The title in both languages."""
        return Wording(self.title, self.english_title)

    @property
    def is_open(self) -> bool:
        """Whether the job still waits or runs."""
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def percent(self) -> int:
        """Progress in whole percent, for the bar."""
        if self.state == self.State.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0
