"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class RulebooksConfig(AppConfig):
    name = "guozi.rulebooks"
    label = "rulebooks"
