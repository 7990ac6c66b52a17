"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "guozi.ui"
    label = "ui"
