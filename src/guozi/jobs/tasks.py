"""What the queue calls."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from guozi.jobs import runner


@app.task(name="guozi.run_job", queue="jobs")
def run_job(job_id: str) -> None:
    """Run one job."""
    runner.run(UUID(job_id))
