"""The project as Django sees it: its checks hold, and no table differs from its migrations."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_the_checks_of_the_framework_hold() -> None:
    call_command("check", fail_level="WARNING", stdout=io.StringIO())


def test_every_table_is_as_its_migrations_make_it() -> None:
    told = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told)
    except SystemExit:
        pytest.fail(told.getvalue())
