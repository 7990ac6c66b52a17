"""The address of an enterprise's page of entries: other pages link to it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

if TYPE_CHECKING:
    from guozi.registry.models import Enterprise


def address_of(enterprise: Enterprise, *, period: str, plan: str) -> str:
    """Return the address of an enterprise's page of one period, read by one plan."""
    page = reverse("performance:inputs-of", args=[period, enterprise.uscc])
    return f"{page}?{urlencode({'plan': plan})}"
