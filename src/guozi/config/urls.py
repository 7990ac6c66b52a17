"""Every address of the product, room by room."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from guozi.access.permissions import open_to_all

urlpatterns = [
    path("", include("guozi.cockpit.urls")),
    path("filings/", include("guozi.filings.urls")),
    path("evaluations/", include("guozi.performance.urls")),
    path("rulebooks/", include("guozi.rulebooks.urls")),
    path("accounts/", include("guozi.access.urls")),
    path("language/", open_to_all("a choice of language")(set_language), name="set_language"),
]

handler400 = "guozi.ui.views.bad_request"
handler403 = "guozi.ui.views.refused"
handler404 = "guozi.ui.views.not_found"
handler500 = "guozi.ui.views.failed"
