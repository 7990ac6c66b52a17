"""What the shell needs on every page."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from guozi.ui.navigation import entries_for

if TYPE_CHECKING:
    from django.http import HttpRequest

try:
    _VERSION = version("guozi")
except PackageNotFoundError:  # pragma: no cover - only without an installation
    _VERSION = "–"


def shell(request: HttpRequest) -> dict[str, object]:
    """Return navigation, viewer, names."""
    viewer = getattr(request, "viewer", None)
    english = getattr(request, "LANGUAGE_CODE", "zh-hans").startswith("en")
    items = []
    if viewer is not None and viewer.is_signed_in:
        for entry in entries_for(viewer):
            try:
                address = reverse(entry.url_name)
            except NoReverseMatch:
                continue
            current = (
                request.path == address
                if entry.prefix == "/"
                else request.path.startswith(entry.prefix)
            )
            items.append({"entry": entry, "url": address, "current": current})
    return {
        "viewer": viewer,
        "navigation": items,
        "city_name": _city_name(english=english),
        "product_version": _VERSION,
        "is_english": english,
    }


def _city_name(*, english: bool) -> str:
    """Return the city's name in the language of the page; a city may have no English name."""
    name: str = settings.CITY_NAME
    return getattr(settings, "CITY_ENGLISH_NAME", "") or name if english else name
