"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "guozi.filings"
    label = "filings"
