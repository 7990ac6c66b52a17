"""``guozi bench [NAME]``: run the benchmarks of ``bench/``, each a table of ratios in one run."""

from __future__ import annotations

import runpy
import sys
from typing import TYPE_CHECKING

from guozi.cli._frame import wrong_use
from guozi.paths import ROOT
from guozi_core.findings import Wording

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", nargs="?", help="checks | excel | pages | scoring | …")


def run(arguments: argparse.Namespace) -> int:
    """Run one benchmark, or all of them."""
    folder = ROOT / "bench"
    names = sorted(path.stem for path in folder.glob("[a-z]*.py"))
    chosen = names if arguments.name is None else [arguments.name]
    if not set(chosen) <= set(names):
        known = ", ".join(names) or "-"
        wrong_use(
            Wording(f"没有这个基准测试；现有：{known}", f"no such benchmark; there are: {known}"),
            arguments.lang,
        )
    sys.path.insert(0, str(folder))
    for name in chosen:
        runpy.run_path(str(folder / f"{name}.py"), run_name="__main__")
    return 0
