"""The peer of ``pages``: the same settings and pages under Django's own ASGI application."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guozi.config.settings")
application = get_asgi_application()

from django.conf import settings  # noqa: E402 - after the settings are chosen

from guozi.config.connect import connect  # noqa: E402 - needs the settings

# Django's manual asks for this under ASGI: every request may run in another thread.
settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
connect()
