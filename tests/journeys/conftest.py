"""A person with a browser in front of the served example city."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from tests.journeys.person import City, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

WIDE, NARROW = (1440, 900), (390, 844)


def give_up(reason: str) -> NoReturn:
    """Skip where a person may lack the tools; fail where the machine has to have them."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(f"NOT CHECKED IN A BROWSER: {reason}")


def _chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    found = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return found.stdout.strip() != ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start headless Chromium."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        give_up("Chromium is not installed (make browser)")
    if not _chinese_font():
        give_up("no Chinese font is installed (make browser)")
    options = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=options)
        yield started
        started.close()


@pytest.fixture(scope="session")
def city(browser: Browser) -> Iterator[City]:
    """Build and serve the example city; it needs the browser, so that nothing is built in vain."""
    already = os.environ.get("GUOZI_TOWN")
    if (
        already
    ):  # whoever writes a journey keeps one city served: python -m tests.journeys.town > FILE
        yield City(**json.loads(Path(already).read_text(encoding="utf-8")))
        return
    with served() as address:
        yield address


class served:  # noqa: N801 - reads as what it gives
    """The example city while the ``with`` lasts; fuller than a journey needs, if months are given."""

    def __init__(self, *, months: int | None = None) -> None:
        self.arguments = [] if months is None else [str(months)]

    def __enter__(self) -> City:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.town", *self.arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the example city could not be built; see the errors above"
        return City(**json.loads(line))

    def __exit__(self, *_error: object) -> None:
        """End it, which drops its database."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=30)


@pytest.fixture
def someone(browser: Browser, city: City) -> Iterator[Callable[..., Person]]:
    """Give people with a browser each; afterwards, no page of theirs may have complained."""
    people: list[Person] = []

    def sit_down(
        username: str = "", *, size: tuple[int, int] = WIDE, language: str = "zh"
    ) -> Person:
        person = Person(browser, city, size=size, language=language)
        people.append(person)
        if username:
            person.sign_in(username)
        return person

    yield sit_down
    complaints = [complaint for person in people for complaint in person.complaints]
    for person in people:
        person.context.close()
    assert complaints == []
