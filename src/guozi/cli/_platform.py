"""What every command that needs the database does first."""

from __future__ import annotations

import os


def start(*, migrate: bool = False) -> None:
    """Set Django up on a running database; bring its structure up to date if asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guozi.config.settings")
    import django  # noqa: PLC0415 - the command line starts without Django

    django.setup()
    from guozi.config import connect, database  # noqa: PLC0415

    connect.connect()
    if migrate:
        database.migrate()


def refuse_unsafe_role() -> None:
    """Stop unless the serving role is an ordinary one."""
    from guozi.config import database  # noqa: PLC0415

    database.refuse_unsafe_role()
