"""``guozi audit export FILE``: the whole log as lines that anyone can verify off-line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guozi.cli import _platform
from guozi_core.findings import Wording

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", help="LOG.jsonl")


def run(arguments: argparse.Namespace) -> int:
    """Write the log; sign a checkpoint first so that every leaf is covered."""
    _platform.start()
    from guozi.access.context import acting_as, the_product  # noqa: PLC0415 - needs Django
    from guozi.audit import selectors, services  # noqa: PLC0415

    count = 0
    with acting_as(the_product("guozi audit export")):
        services.sign_checkpoint()
        with Path(arguments.file).open("w", encoding="utf-8") as stream:
            for line in selectors.export_lines():
                stream.write(f"{line}\n")
                count += '"index"' in line[:40]
    done = Wording(f"已导出 {count} 条。", f"{count} leaves exported.")
    print(done.in_language(arguments.lang), file=sys.stderr)
    print(json.dumps({"file": arguments.file, "leaves": count}, ensure_ascii=False))
    return 0
