"""``guozi migrate``: bring the database's structure up to date."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from guozi.cli import _platform
from guozi_core.findings import Wording

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate as the owner role."""
    _platform.start(migrate=True)
    done = Wording("数据库结构已是最新。", "The database structure is up to date.")
    print(done.in_language(arguments.lang), file=sys.stderr)
    return 0
