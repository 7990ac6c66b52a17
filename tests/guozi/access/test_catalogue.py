"""The walls of the database, read from its own catalogue: no table is added without them."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from guozi.audit.operations import AppendOnly, RequireLeaf

pytestmark = pytest.mark.django_db


def _rows(sql: str, *parameters: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return list(cursor.fetchall())


def _tables_with_enterprise() -> set[str]:
    return {
        str(name)
        for (name,) in _rows(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'enterprise_id'"
        )
    }


def test_every_table_of_an_enterprise_is_behind_row_security() -> None:
    tables = _tables_with_enterprise()
    assert "filings_figure" in tables
    walled = {
        str(name)
        for (name,) in _rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relrowsecurity AND relforcerowsecurity"
            " AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid)"
        )
    }
    assert tables - walled == set()


def test_every_table_declared_append_only_has_its_triggers() -> None:
    declared: dict[str, set[str]] = {
        "append_only": set(),
        "append_only_truncate": set(),
        "require_leaf": set(),
    }
    for migration in MigrationLoader(None).disk_migrations.values():
        for operation in migration.operations:
            if isinstance(operation, AppendOnly):
                declared["append_only"].add(operation.table)
                declared["append_only_truncate"].add(operation.table)
            elif isinstance(operation, RequireLeaf):
                declared["require_leaf"].add(operation.table)
    assert "audit_leaf" in declared["append_only"]
    for trigger, tables in declared.items():
        present = {
            str(name)
            for (name,) in _rows(
                "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " WHERE tgname = %s AND tgenabled = 'O'",
                trigger,
            )
        }
        assert tables - present == set(), trigger


def test_the_serving_role_owns_nothing_and_passes_no_wall() -> None:
    assert _rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        (False, False)
    ]
    assert _rows("SELECT relname FROM pg_class WHERE relowner = current_user::regrole") == []


def test_a_relation_to_an_enterprise_is_called_enterprise() -> None:
    """The column's name is what the wall is recognised by."""
    enterprise = apps.get_model("registry", "Enterprise")
    other = [
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is enterprise and field.column != "enterprise_id"
    ]
    walled = {str(name) for (name,) in _rows("SELECT relname FROM pg_class WHERE relrowsecurity")}
    assert [name for name in other if name.split(".")[0] not in walled] == []
