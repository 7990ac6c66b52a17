"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "guozi.performance"
    label = "performance"

    def ready(self) -> None:
        """Tell the worker what an evaluation run does."""
        from guozi.performance import tasks  # noqa: F401, PLC0415 - registers its job
