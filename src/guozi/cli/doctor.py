"""``guozi doctor``: self-tests of the installed product; a list of what passed and what failed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guozi.cli import _platform

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--out", metavar="FILE.json")


def run(arguments: argparse.Namespace) -> int:
    """Run every self-test; 1 if one fails."""
    _platform.start()
    from guozi.config import doctor  # noqa: PLC0415 - needs Django

    tests, failed = [], False
    for verdict in doctor.examine():
        failed |= bool(verdict.faults)
        title = verdict.title.in_language(arguments.lang)
        messages = [fault.in_language(arguments.lang) for fault in verdict.faults]
        print("✗" if messages else "✓", title, file=sys.stderr)
        for message in messages:
            print(f"    {message}", file=sys.stderr)
        tests.append(
            {"code": verdict.code, "title": title, "passed": not messages, "faults": messages}
        )
    text = json.dumps({"passed": not failed, "tests": tests}, ensure_ascii=False, indent=2)
    if arguments.out:
        Path(arguments.out).write_text(f"{text}\n", encoding="utf-8")
    else:
        print(text)
    return int(failed)
