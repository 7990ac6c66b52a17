"""The entries of the side navigation; each room registers its own when it is ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry:
    """One entry: ``label`` is a translatable text, ``visible`` is asked with the viewer."""

    label: Any
    url_name: str
    icon: str
    order: int
    visible: Callable[[Any], bool]
    #: Addresses that begin so mark the entry as the current one.
    prefix: str


_entries: list[NavEntry] = []


def register(*entries: NavEntry) -> None:
    """Add entries; registering the same address again changes nothing."""
    known = {entry.url_name for entry in _entries}
    _entries.extend(entry for entry in entries if entry.url_name not in known)
    _entries.sort(key=lambda entry: entry.order)


def entries_for(viewer: Any) -> list[NavEntry]:
    """Return the entries a viewer may open, in order."""
    return [entry for entry in _entries if entry.visible(viewer)]
