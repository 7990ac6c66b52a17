"""``guozi worker``: runs the jobs that people start, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi.cli import _platform

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--once", action="store_true", help="end when the queue is empty")


def run(arguments: argparse.Namespace) -> int:
    """Work until interrupted."""
    _platform.start()
    from guozi.jobs import worker  # noqa: PLC0415 - needs Django

    worker.work(until_empty=arguments.once)
    return 0
