"""Rulebooks: regulations as dated, cited data.

A rulebook is one YAML text: a header (what it is, from when to when it is in force, which document
and clause stand behind it, how far that is confirmed) and a body that the engine of its family
reads. Numbers are exact decimals; a key twice is an error; every fault names its line.

This room knows headers, dates and marks, not what a body means: that is read by ``indicators``,
``checks``, ``scoring``, ``statements`` and ``sheets``. It reads text, never files.
"""

from guozi_core.rulebook._header import (
    MARKS,
    Header,
    Source,
    in_force,
    mark_meaning,
    read_header,
    read_source,
)
from guozi_core.rulebook._yaml import (
    RulebookError,
    Section,
    fingerprint,
    parse_yaml,
)

__all__ = [
    "MARKS",
    "Header",
    "RulebookError",
    "Section",
    "Source",
    "fingerprint",
    "in_force",
    "mark_meaning",
    "parse_yaml",
    "read_header",
    "read_source",
]
