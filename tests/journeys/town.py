"""Serves a small example city from a process of its own, with a database of its own.

A process of its own, because the other tests point this one's Django at their database. It prints one
line of JSON when it is ready, runs waiting jobs as a worker would, and ends when its input is closed.
With a number as its argument it holds the flash reports of that many months, and the evaluations of the
command ``guozi demo``.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from django.core.servers.basehttp import ThreadedWSGIServer

    from guozi.demo.build import Built

SEED = 20260101
#: Final accounts of these years and the flash reports of this many newest months are loaded.
YEARS, MONTHS = ("2024", "2025"), 3


def make_database(name: str) -> None:
    """Make a fresh database in the test cluster and point this process at it."""
    from django.db import connections

    from guozi.config import connect, database

    connect.connect(durable=False)
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    for alias in ("default", "owner"):
        connections[alias].close()
        for place in (connections.databases[alias], connections[alias].settings_dict):
            place["NAME"] = name
            # Every request has a thread of its own here, and closes what it opened.
            place["CONN_MAX_AGE"] = 0
    database.migrate()


def drop_database(name: str) -> None:
    """Drop the database, whoever is connected."""
    from django.db import connections

    for alias in ("default", "owner"):
        connections[alias].close()
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def build_city(months_kept: int) -> Built:
    """Build the example city with its newest filings only."""
    import numpy as np

    from guozi.demo import build, city, planted, statements
    from guozi.rulebooks import parsed

    at, rng = datetime.now(UTC), np.random.default_rng(SEED)
    place = city.describe(rng, name="云泽市")
    until = build.months_until(at.date())
    told = statements.generate(place, parsed.standards(), rng, months_until=until)
    months = sorted({b.period for b in told.blocks if b.form == statements.FLASH})[-months_kept:]
    kept = tuple(block for block in told.blocks if block.period in {*YEARS, *months})
    plan = planted.plant(told, rng, as_of=at.date())
    small = replace(told, blocks=kept)
    return build.load(place, small, plan, at=at, progress=lambda *_args: None)


def evaluate(period: str) -> None:
    """Run and publish the evaluation of a year, as the system."""
    from guozi.access.context import acting_as, the_product
    from guozi.performance import services
    from guozi.rulebooks import library
    from guozi_core.units import Period

    viewer = the_product("示例城市")
    with acting_as(viewer):
        made = services.run_evaluation(
            plan=library.list_ids("plans")[0], period=Period.parse(period), at=datetime.now(UTC)
        )
    with acting_as(viewer):
        services.publish_run(made, viewer=viewer, at=datetime.now(UTC))


def evaluate_as_shown() -> None:
    """Enter panels, evaluate and publish as the command ``guozi demo`` does."""
    import numpy as np

    from guozi.demo import build, evaluations

    evaluations.evaluate(
        np.random.default_rng(SEED),
        name=build.NAME,
        at=datetime.now(UTC),
        progress=lambda *_args: None,
    )


def start_server() -> ThreadedWSGIServer:
    """Serve the whole application, static files included, in threads of this process."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            pass

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def work(stop: threading.Event) -> None:
    """Run waiting jobs, oldest first, until told to stop."""
    from django.db import connections

    from guozi.access.context import acting_as, the_product
    from guozi.jobs import runner
    from guozi.jobs.models import Job

    while not stop.wait(0.3):
        with acting_as(the_product("后台任务")):
            waiting = list(Job.objects.filter(state=Job.State.WAITING).order_by("created"))
        for job in waiting:
            runner.run(job.pk)
    connections.close_all()


def main() -> int:
    """Build, serve, tell the address, wait for the end of the input."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guozi.config.settings_test")
    import django

    django.setup()
    from guozi.demo import build

    months = int(sys.argv[1]) if len(sys.argv) > 1 else MONTHS
    name = f"journey_{os.getpid()}"
    stop = threading.Event()
    try:
        make_database(name)
        built = build_city(months)
        if len(sys.argv) > 1:
            evaluate_as_shown()
        else:
            evaluate(YEARS[-1])
        server = start_server()
        worker = threading.Thread(target=work, args=(stop,), daemon=True)
        worker.start()
        address = f"http://127.0.0.1:{server.server_port}"
        # The first page compiles templates and reads rulebooks; do that before anybody waits.
        urlopen(f"{address}/accounts/sign-in/").close()  # noqa: S310 - our own address
        ready = {
            "address": address,
            "password": build.PASSWORD,
            "people": {p.username: str(p.role.value) for p in built.city.people},
        }
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
        stop.set()
        worker.join(timeout=10)
        server.shutdown()
    finally:
        drop_database(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
