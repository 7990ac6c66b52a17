"""The served product, end to end: granian, one port, its own process, a migrated test database."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from django.db import connections
from tests.guozi.factories import CODES, PASSWORD

from guozi.paths import ROOT

SIGN_IN = "/accounts/sign-in/"
Answer = tuple[http.client.HTTPResponse, str]


def ask(
    port: int,
    path: str,
    *,
    cookies: dict[str, str] | None = None,
    form: dict[str, str] | None = None,
) -> Answer:
    headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in (cookies or {}).items())}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = None if form is None else urlencode(form)
    connection.request("GET" if form is None else "POST", path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def cookies_of(answer: http.client.HTTPResponse) -> dict[str, str]:
    lines = answer.headers.get_all("Set-Cookie", [])
    return dict(line.split(";")[0].split("=", 1) for line in lines)


#: Migrates the database and opens an account, as commands do.
PREPARE = """
from guozi.cli import _platform
_platform.start(migrate=True)
from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from tests.guozi.factories import person, register
with acting_as(the_product("测试")):
    person("served", Role.LEADER)
    (enterprise,) = register(1)
    person("filer", Role.REPORTER, enterprise=enterprise)
"""


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """Make a database of its own: what the server writes stays away from other tests."""
    name = f"served_{os.getpid()}"
    with django_db_blocker.unblock():
        with connections["owner"]._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        yield name
        with connections["owner"]._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def environment(name: str) -> dict[str, str]:
    urls = []
    for alias in ("default", "owner"):
        one = connections[alias].settings_dict
        login = f"{quote(one['USER'])}:{quote(one['PASSWORD'])}@{quote(one['HOST'], safe='')}"
        urls.append(f"postgresql://{login}:{one['PORT']}/{name}")
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "guozi.config.settings_test",
        "DATABASE_URL": urls[0],
        "DATABASE_OWNER_URL": urls[1],
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture(scope="module")
def port(database: str) -> Iterator[int]:
    """Serve on a free port."""
    subprocess.run([sys.executable, "-c", PREPARE], env=environment(database), check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--workers", "1"]
    command += ["--log-level", "error", "--port", str(number), "guozi.config.asgi:application"]
    server = subprocess.Popen(command, env=environment(database), stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while not _answers(number):
            assert server.poll() is None, "the server does not start"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.1)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=20)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def assert_guarded(answer: http.client.HTTPResponse) -> None:
    """Every page forbids foreign content, guessing of types, telling where one came from."""
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert_typed(answer)


def assert_typed(answer: http.client.HTTPResponse) -> None:
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_person_signs_in_and_sees_a_page(port: int) -> None:
    answer, page = ask(port, SIGN_IN)
    assert answer.status == 200
    assert_guarded(answer)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    cookies = cookies_of(answer)

    form = {"username": "served", "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    wrong, _page = ask(port, SIGN_IN, cookies=cookies, form=form | {"password": "wrong"})
    answer, _page = ask(port, SIGN_IN, cookies=cookies, form=form)

    assert (wrong.status, answer.status, answer.headers["Location"]) == (422, 302, "/")
    assert_guarded(wrong)
    assert_guarded(answer)
    cookies |= cookies_of(answer)
    answer, page = ask(port, "/", cookies=cookies)
    assert answer.status == 200
    assert "served某" in page
    assert_guarded(answer)


@pytest.mark.parametrize(
    ("path", "status"), [("/", 302), ("/no/such/page/", 404), ("/enterprises/", 302)]
)
def test_every_kind_of_answer_is_guarded(port: int, path: str, status: int) -> None:
    answer, _page = ask(port, path)

    assert answer.status == status
    assert_guarded(answer)


def test_a_form_without_its_token_is_refused(port: int) -> None:
    answer, _page = ask(port, SIGN_IN, form={"username": "served", "password": PASSWORD})

    assert answer.status == 403
    assert_guarded(answer)


def test_two_clicks_at_the_same_moment_do_it_once(port: int) -> None:
    answer, page = ask(port, SIGN_IN)
    cookies = cookies_of(answer)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    guarded = {"csrfmiddlewaretoken": token[1]}
    form = {"username": "filer", "password": PASSWORD}
    cookies |= cookies_of(ask(port, SIGN_IN, cookies=cookies, form=form | guarded)[0])
    _answer, page = ask(port, "/filings/", cookies=cookies)
    opening = dict(
        re.findall(r'name="(csrfmiddlewaretoken|idempotency-key)" value="([^"]+)"', page)
    )
    opening |= {"enterprise": CODES[0], "form": "financial-flash", "scope": "单户"}
    opening |= {"period": "2026-01"}
    together, led = threading.Barrier(2), []

    def click() -> None:
        together.wait()
        answer, _page = ask(port, "/filings/open/", cookies=cookies, form=opening)
        led.append((answer.status, answer.headers["Location"]))

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert led == [(302, led[0][1])] * 2
    assert re.fullmatch(r"/filings/drafts/\d+/", led[0][1])
    _answer, page = ask(port, "/filings/", cookies=cookies)
    assert page.count("继续填报") <= 1


def test_static_files_come_along(port: int) -> None:
    answer, text = ask(port, "/static/guozi/app.css")

    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "{" in text
    assert_typed(answer)


def test_without_the_database_the_server_says_so(port: int, database: str) -> None:
    """Last: the database refuses the server until it is let in again."""
    answer, _page = ask(port, SIGN_IN)
    cookies = cookies_of(answer) | {"sessionid": "x" * 32}
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false')
        try:
            _end_connections(database)
            answer, page = ask(port, "/", cookies=cookies)
        finally:
            cursor.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true')
    again, _page = ask(port, SIGN_IN)

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert "系统正在维护" in page
    assert_guarded(answer)
    assert again.status == 200


def _end_connections(database: str) -> None:
    """End what the server has open, as its own role: the owner may not."""
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [database],
        )
        assert cursor.fetchone()[0] > 0
