"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "guozi.jobs"
    label = "jobs"
