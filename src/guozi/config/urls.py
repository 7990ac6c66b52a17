"""Every address of the product, room by room."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from guozi.access.permissions import open_to_all

urlpatterns = [
    path("accounts/", include("guozi.access.urls")),
    path("language/", open_to_all("a choice of language")(set_language), name="set_language"),
]
