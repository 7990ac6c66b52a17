"""Migration operations that turn on row-level security, for the owner of the table too.

A table with an ``enterprise_id`` column has one of these, or the catalogue test fails.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunSQL

_EVERYTHING = "(SELECT current_setting('app.everything', true)) = 'on'"
_DRAFTS = "(SELECT current_setting('app.drafts', true)) = 'on'"


def _among(setting: str, column: str) -> str:
    # The inner SELECT is evaluated once per statement, not once per row.
    listed = f"(SELECT COALESCE(NULLIF(current_setting('{setting}', true), ''), '{{}}')::bigint[])"
    return f"{column} = ANY ({listed}::bigint[])"


class EnableRowSecurity(RunSQL):
    """Show and accept only rows of the viewer's enterprises; ``private`` rows only to their own.

    ``column`` holds the enterprise. With ``shared`` a row without an enterprise is everybody's.
    """

    def __init__(
        self,
        table: str,
        column: str = "enterprise_id",
        *,
        private: bool = False,
        shared: bool = False,
    ) -> None:
        self.arguments = (table, column)
        self.options = {"private": private, "shared": shared}
        rule = (
            f"{_DRAFTS} OR {_among('app.own', column)}"
            if private
            else f"{_EVERYTHING} OR {_among('app.orgs', column)}"
        )
        if shared:
            rule += f" OR {column} IS NULL"
        super().__init__(*row_security(table, rule))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how a migration writes this operation."""
        return (self.__class__.__name__, list(self.arguments), self.options)


def row_security(table: str, rule: str) -> tuple[str, str]:
    """Return the SQL that puts a table under one rule, and the SQL that takes it back."""
    return (
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY scope ON {table} USING ({rule}) WITH CHECK ({rule});
        """,
        f"""
        DROP POLICY scope ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )
