"""``guozi reference [--check]``: write ``docs/reference`` from the data and code it describes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from guozi.paths import ROOT
from guozi_core.findings import Wording

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

FOLDER = ROOT / "docs" / "reference"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--check", action="store_true", help="只比较，不写入 / compare, write nothing"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the pages, or say which of them are out of date (exit code 1)."""
    from guozi.cli._reference_pages import pages  # noqa: PLC0415 - needs Django's addresses

    fresh = pages()
    if arguments.check:
        old = outdated(fresh, FOLDER)
        for name in old:
            text = Wording(
                f"{name} 与数据或代码不一致：请运行 guozi reference",
                f"{name} is out of date: run guozi reference",
            )
            print(text.in_language(arguments.lang), file=sys.stderr)
        return 1 if old else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text_of_page in fresh.items():
        (FOLDER / name).write_text(text_of_page, encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


def outdated(fresh: dict[str, str], folder: Path) -> list[str]:
    """Return the pages that a folder lacks, holds otherwise, or holds beyond what is written."""
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(
        name for name in fresh.keys() | there.keys() if fresh.get(name) != there.get(name)
    )
