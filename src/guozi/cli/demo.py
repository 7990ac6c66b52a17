"""``guozi demo``: build the example city in an empty database."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np

from guozi.cli import _platform
from guozi_core.findings import Wording

if TYPE_CHECKING:
    import argparse

    from guozi_core.findings import Language

_WIDTH: Final = 30


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--seed", type=int, default=20260101, help="the same seed, the same city")
    parser.add_argument("--city", default="云泽市", metavar="NAME", help="name of the city")


def run(arguments: argparse.Namespace) -> int:
    """Build the city; refuse a database that holds enterprises already."""
    _platform.start(migrate=True)
    from guozi.demo import build  # noqa: PLC0415 - needs Django

    language: Language = arguments.lang
    try:
        built = build.build(
            rng=np.random.default_rng(arguments.seed),
            name=arguments.city,
            at=datetime.now(UTC),
            progress=_Bar(language),
        )
    except build.CityExistsError:
        refused = Wording(
            "数据库中已有企业，示例城市只装入空数据库。",
            "The database holds enterprises; the example city is built in an empty one only.",
        )
        print(refused.in_language(language), file=sys.stderr)
        return 1
    told = Wording(
        f"{built.city.name}：{len(built.city.enterprises)}户企业，{built.versions}份报表，"
        f"{built.figures}个数据。",
        f"{built.city.english_name}: {len(built.city.enterprises)} enterprises, {built.versions} "
        f"filings, {built.figures} figures.",
    )
    print(told.in_language(language))
    print(Wording("登录账号：", "Accounts:").in_language(language))
    shown = set()
    for person in built.city.people:
        if person.role not in shown:
            shown.add(person.role)
            print(f"  {person.username:<14}{person.role.label.in_language(language)}")
    password = Wording(f"密码均为 {build.PASSWORD}", f"Password of all: {build.PASSWORD}")
    print(password.in_language(language))
    return 0


class _Bar:
    """A progress bar on the standard error stream, one line where it is not a terminal."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, done: int, total: int, message: Wording) -> None:
        """Draw the bar."""
        text = message.in_language(self.language)
        if sys.stderr.isatty():
            full = _WIDTH * done // total
            bar = "█" * full + "░" * (_WIDTH - full)
            end = "\n" if done == total else ""
            print(f"\r{bar} {100 * done // total:3d}% {text}\x1b[K", end=end, file=sys.stderr)
        elif done in {0, 1, 2, total} or done % 12 == 0:
            print(f"{done}/{total} {text}", file=sys.stderr)
