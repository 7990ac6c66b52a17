"""A progress bar on the standard error stream, where people look and programs do not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from guozi_core.findings import Language, Wording

_WIDTH: Final = 30


class Bar:
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
