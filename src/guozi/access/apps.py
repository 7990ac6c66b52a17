"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "guozi.access"
    label = "access"
