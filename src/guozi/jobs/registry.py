"""Which function does which kind of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol


class Progress(Protocol):
    """What a job's function reports to, and hears from that the job was cancelled."""

    def __call__(self, done: int, total: int, *, zh: str = "", en: str = "") -> None:
        """Report progress.

        Raises
        ------
        guozi.jobs.runner.CancelledError
            If somebody asked to cancel: the work's transaction is rolled back.
        """


Work = Callable[[Mapping[str, str], Progress], str]

_WORK: dict[str, Work] = {}


def job(kind: str) -> Callable[[Work], Work]:
    """Register ``work(arguments, progress) -> address of the result`` under a name."""

    def register(work: Work) -> Work:
        _WORK[kind] = work
        return work

    return register


def work_of(kind: str) -> Work:
    """Return the function registered under a name."""
    return _WORK[kind]
