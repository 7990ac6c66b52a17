"""Every address of the product with what its view asks for: the permission table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, get_resolver

from guozi.access.permissions import Permit, permit_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address: its pattern, its name, the names of its parts, what its view asks for."""

    pattern: str
    name: str
    parts: tuple[str, ...]
    view: str
    permit: Permit | None


def addresses() -> list[Address]:
    """Return every address, in the order they are tried."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, prefix: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            spaces = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, path, spaces)
        elif isinstance(entry, URLPattern):
            callback: Any = entry.callback
            yield Address(
                pattern="/" + path,
                name=":".join((*namespaces, entry.name or "")),
                parts=tuple(_parts(resolver, entry)),
                view=f"{callback.__module__}.{callback.__name__}",
                permit=permit_of(callback),
            )


def _parts(resolver: URLResolver, entry: URLPattern) -> Iterator[str]:
    yield from getattr(resolver.pattern, "converters", {})
    yield from entry.pattern.converters
