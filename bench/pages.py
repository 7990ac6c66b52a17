"""Pages a second, signed in: our server beside the very same pages under plain Django ASGI.

Both run granian with one worker on the database of this installation (the example city is built if
it holds none). The same connections ask both for the same page; the answers are compared first.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import numpy as np

from _table import Measured, print_ratios
from guozi.cli import _platform

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECTIONS = 8
REQUESTS = 80
ROUNDS = 2
SERVERS = {
    "guozi server (WSGI in granian)": "guozi.config.asgi:application",
    "plain Django ASGI in granian": "_plain_asgi:application",
}
#: What differs from one answer to the next: tokens of forms, names of charts.
_CHANGING = re.compile(rb"[A-Za-z0-9]{64}|chart-[0-9a-f]{8}")


class Visitor:
    """One connection with its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def get(self, path: str, *, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Return status and body; ``form`` is posted."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form)
        self.connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        for value in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer.status, answer.read()

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as a person does."""
        self.get("/accounts/sign-in/")
        form = {"username": username, "password": password}
        status, _body = self.get(
            "/accounts/sign-in/", form=form | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        )
        if status != http.client.FOUND:
            message = f"nobody could sign in as {username} (status {status})"
            raise SystemExit(message)


@contextmanager
def serving(target: str) -> Iterator[int]:
    """Run granian with one worker, yield its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1", "--no-ws"]
    command += ["--log-level", "error", "--host", "127.0.0.1", "--port", str(port), target]
    server = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)})
    try:
        deadline = time.monotonic() + 60
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if server.poll() is not None or time.monotonic() > deadline:
                message = f"{target} does not start"
                raise SystemExit(message)
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def visitors(port: int, username: str, password: str) -> list[Visitor]:
    """Return connections that share one session."""
    first = Visitor(port)
    first.sign_in(username, password)
    found = [Visitor(port) for _ in range(CONNECTIONS)]
    for one in found:
        one.cookies = dict(first.cookies)
    return found


def ask(people: list[Visitor], path: str) -> float:
    """Return the seconds in which the connections have fetched the page ``REQUESTS`` times."""

    def fetch(person: Visitor) -> None:
        for _ in range(REQUESTS // CONNECTIONS):
            status, _body = person.get(path)
            if status != http.client.OK:
                message = f"{path} answered {status}"
                raise SystemExit(message)

    begin = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(fetch, people))
    return time.perf_counter() - begin


def main() -> None:
    """Compare the answers, then time both servers in turn."""
    _platform.start(migrate=True)
    from guozi.demo import build  # noqa: PLC0415 - needs Django

    if not build.is_there():
        from datetime import UTC, datetime  # noqa: PLC0415 - only to build

        build.build(
            rng=np.random.default_rng(20260101),
            name="云泽市",
            at=datetime.now(UTC),
            progress=lambda *_: None,
        )
    with serving(next(iter(SERVERS.values()))) as ours, serving(_plain()) as theirs:
        people = [visitors(port, "leader01", build.PASSWORD) for port in (ours, theirs)]
        listed = people[0][0].get("/enterprises/")[1]
        first = re.search(rb"/enterprises/[0-9A-Z]{18}/", listed)
        if first is None:
            message = "no enterprise is listed"
            raise SystemExit(message)
        for title, path in (("city page", "/"), ("enterprise page", first.group().decode())):
            answers = [_CHANGING.sub(b"", group[0].get(path)[1]) for group in people]
            if answers[0] != answers[1]:
                message = f"the servers answer {path} differently"
                raise SystemExit(message)
            # In turn, so that what else the machine does falls on both.
            times = [[ask(group, path) for group in people] for _ in range(ROUNDS + 1)][1:]
            best = [min(column) for column in zip(*times, strict=True)]
            results = [Measured(n, REQUESTS, s) for n, s in zip(SERVERS, best, strict=True)]
            print_ratios(
                f"{title}, {len(answers[0]):,} bytes, {CONNECTIONS} connections",
                "pages",
                results[0],
                results[1:],
            )


def _plain() -> str:
    return list(SERVERS.values())[1]


if __name__ == "__main__":
    main()
