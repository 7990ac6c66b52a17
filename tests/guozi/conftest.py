"""Tests with a database run as the app role, on tables that the owner role has made."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guozi.config.settings_test")

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Make a fresh test database as the owner, migrate it, hand it to the app role."""
    from django.db import connections

    from guozi.config import connect, database

    with django_db_blocker.unblock():
        connect.connect(durable=False)
        name = f"test_{os.getpid()}"
        with connections["owner"]._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
        for alias in ("default", "owner"):
            connections[alias].close()
            connections.databases[alias]["NAME"] = name
            connections[alias].settings_dict["NAME"] = name
        database.migrate()
    yield
    with django_db_blocker.unblock():
        for alias in ("default", "owner"):
            connections[alias].close()
        with connections["owner"]._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
