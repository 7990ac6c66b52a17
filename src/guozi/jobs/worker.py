"""The worker process: takes jobs off the queue, and takes up those whose worker died."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from procrastinate.contrib.django import app

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.contrib.django.django_connector import DjangoConnector

#: A worker that has not been heard of for so long is dead; its jobs start again from nothing.
_SILENCE_SECONDS = 30


def work(*, until_empty: bool = False) -> None:
    """Run jobs until interrupted, or until none waits."""
    connector = cast("DjangoConnector", app.connector).get_worker_connector()
    worker_app: App = app.with_connector(connector)
    asyncio.run(_work(worker_app, until_empty=until_empty))


async def _work(worker_app: App, *, until_empty: bool) -> None:
    async with worker_app.open_async():
        manager = worker_app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=_SILENCE_SECONDS):
            await manager.retry_job(job)
        await worker_app.run_worker_async(
            queues=["jobs"], concurrency=1, wait=not until_empty, install_signal_handlers=True
        )
