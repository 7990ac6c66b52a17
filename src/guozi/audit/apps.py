"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Register the app."""

    name = "guozi.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
