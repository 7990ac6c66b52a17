"""Addresses of the rulebook reader."""

from __future__ import annotations

from django.urls import path

from guozi.rulebooks import views

app_name = "rulebooks"
urlpatterns = [
    path("", views.rulebooks, name="list"),
    path("standards/", views.standards, name="standards"),
    path("<slug:family>/<slug:rulebook_id>/", views.rulebook, name="rulebook"),
]
