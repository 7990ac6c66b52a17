"""The shipped rulebooks as texts by family and identifier. Needs no database and no Django."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import TYPE_CHECKING

from guozi.paths import DATA

if TYPE_CHECKING:
    from pathlib import Path

#: Families that are read as rulebooks, in the order a reader meets them.
FAMILIES = ("items", "forms", "checks", "indicators", "evaluation", "plans")

_FOLDER = DATA / "rulebooks"


class NoSuchRulebookError(LookupError):
    """There is no rulebook of this name; the error lists those that exist."""

    def __init__(self, family: str, rulebook_id: str) -> None:
        self.family = family
        self.rulebook_id = rulebook_id
        self.known = list_ids(family)
        super().__init__(f"no rulebook {family}/{rulebook_id}; known: {', '.join(self.known)}")


def list_ids(family: str) -> tuple[str, ...]:
    """Return the identifiers of a family, sorted."""
    if family not in FAMILIES:
        return ()
    return tuple(sorted(path.stem for path in (_FOLDER / family).glob("*.yaml")))


def path_of(family: str, rulebook_id: str) -> Path:
    """Return the file of a rulebook; only names that :func:`list_ids` gives are looked up."""
    if rulebook_id not in list_ids(family):
        raise NoSuchRulebookError(family, rulebook_id)
    return _FOLDER / family / f"{rulebook_id}.yaml"


@lru_cache(maxsize=64)
def read_text(family: str, rulebook_id: str) -> str:
    """Return the YAML text of a rulebook."""
    return path_of(family, rulebook_id).read_text(encoding="utf-8")


def read_industry_names() -> str:
    """Return the YAML text with the English name of every industry of the standard values."""
    return (_FOLDER / "standards" / "industry-names.yaml").read_text(encoding="utf-8")


def read_standard_lines() -> list[str]:
    """Return the shipped standard values (评价标准值) as CSV lines."""
    path = _FOLDER / "standards" / "sasac-standard-values.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(lines)
