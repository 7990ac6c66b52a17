"""Where the shipped data lie: the repository's ``data`` folder, or the copy inside a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_data"

#: Rulebooks and standard values.
DATA = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parents[1] / "data"

#: The repository, or the folder that holds the installed packages.
ROOT = _PACKAGE.parents[1]
