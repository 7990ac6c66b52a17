"""Where the enterprises of a scope are looked up: a room above this one, named in the settings.

``access`` stands below the registry and may not import it; the setting ``ACCESS_SCOPE_RESOLVER``
names the function that knows hierarchies.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from datetime import date


class ScopeResolver(Protocol):
    """What the named function takes and gives."""

    def __call__(
        self,
        *,
        enterprise_id: int | None,
        with_subsidiaries: bool,
        department_id: int | None,
        on: date,
    ) -> frozenset[int]:
        """Return the enterprises of an own or a department scope on a day."""


@cache
def resolver() -> ScopeResolver:
    """Return the function that the settings name."""
    return cast("ScopeResolver", import_string(settings.ACCESS_SCOPE_RESOLVER))
