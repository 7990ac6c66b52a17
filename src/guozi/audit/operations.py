"""Migration operations: tables that only grow, and tables whose changes need a leaf.

Both are nets under the services, not the evidence itself: a database administrator can lift them,
and the Merkle log shows it.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunSQL


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class AppendOnly(RunSQL):
    """Refuse UPDATE, DELETE and TRUNCATE on a table for everybody who is not its owner's migration."""

    def __init__(self, table: str) -> None:
        self.table = table
        name = _identifier(table)
        super().__init__(
            f"""
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {name}
                FOR EACH STATEMENT EXECUTE FUNCTION guozi_refuse_change();
            CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {name}
                FOR EACH STATEMENT EXECUTE FUNCTION guozi_refuse_change();
            """,
            f"""
            DROP TRIGGER append_only ON {name};
            DROP TRIGGER append_only_truncate ON {name};
            """,
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how a migration writes this operation."""
        return (self.__class__.__name__, [self.table], {})


class RequireLeaf(RunSQL):
    """Refuse the commit of a change to a table that wrote no leaf in the same transaction."""

    def __init__(self, table: str) -> None:
        self.table = table
        name = _identifier(table)
        super().__init__(
            f"""
            CREATE CONSTRAINT TRIGGER require_leaf AFTER INSERT OR UPDATE OR DELETE ON {name}
                DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION guozi_require_leaf();
            """,
            f"DROP TRIGGER require_leaf ON {name};",
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how a migration writes this operation."""
        return (self.__class__.__name__, [self.table], {})
