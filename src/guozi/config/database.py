"""Bring the database's structure up to date, as its owner, and let the app role work in it."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

#: The alias of the role that owns every table.
OWNER = "owner"

_RIGHTS = (
    "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO {app}",
    "GRANT USAGE ON SCHEMA public TO {app}",
)


class UnsafeRoleError(RuntimeError):
    """The server would run with a role that passes the walls of the database."""


def migrate(*, verbosity: int = 0) -> None:
    """Apply the migrations as the owner; the app role gets its rights on every new table first."""
    app = sql.Identifier(str(settings.DATABASES["default"]["USER"]))
    with connections[OWNER].cursor() as cursor:
        for statement in _RIGHTS:
            cursor.execute(sql.SQL(statement).format(app=app))
    call_command("migrate", database=OWNER, verbosity=verbosity, interactive=False)
    connections[OWNER].close()


def refuse_unsafe_role() -> None:
    """Stop unless the serving role is an ordinary one that owns no table.

    Raises
    ------
    UnsafeRoleError
        If it is a super-user, may pass row-level security, or owns tables.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_tables"
            " WHERE tableowner = current_user AND schemaname = 'public')"
            " FROM pg_roles WHERE rolname = current_user"
        )
        passes_walls, owns_tables = cursor.fetchone()
    if passes_walls or owns_tables:
        text = (
            "the serving database role is a super-user or owns tables: point DATABASE_URL at an "
            "ordinary role (应用连接的数据库角色权限过大，请改用普通角色)"
        )
        raise UnsafeRoleError(text)
