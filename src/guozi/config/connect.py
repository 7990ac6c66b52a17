"""Start the embedded database if it is the one in use, and tell Django how to reach it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from guozi.config import env, postgres


def connect(*, durable: bool = True, name: str | None = None) -> None:
    """Make both database aliases usable; without ``DATABASE_URL`` the embedded cluster is started."""
    if env.read("DATABASE_URL") is not None:
        return
    address = postgres.ensure_running(durable=durable)
    logins = {
        "default": (address.app, address.app_password),
        "owner": (address.owner, address.owner_password),
    }
    for alias, (user, password) in logins.items():
        database: dict[str, Any] = settings.DATABASES[alias]
        database.update(
            HOST=address.host,
            PORT=str(address.port),
            NAME=name or address.name,
            USER=user,
            PASSWORD=password,
        )
