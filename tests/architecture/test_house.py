"""Conventions of the house that no linter knows: sizes, names, who writes, who may import what."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import guozi_core
from guozi.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(guozi_core.__file__).resolve().parents[1]
MODULES = sorted(
    path
    for path in SOURCE.rglob("*.py")
    if "migrations" not in path.parts and "_data" not in path.parts
)

#: A library and the one room that may use it (STYLE: the library is a detail of that room).
ONE_ROOM_LIBRARIES = {
    "openpyxl": "guozi/excel",
    "xlsxwriter": "guozi/excel",
    "python_calamine": "guozi/excel",
    "fastexcel": "guozi/excel",
    "docx": "guozi/documents",
    "typst": "guozi/documents",
    "procrastinate": "guozi/jobs",
}
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "core", "tools", "lib"}
WRITES = {
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}

#: Money never meets binary fractions here.
MONEY_ROOMS = ("guozi_core/units", "guozi_core/statements", "guozi_core/sheets", "guozi/filings")


def place(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=place(path))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_module_is_small_enough_to_read(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")

    assert lines <= 800, f"{place(path)} has {lines} lines: split it by meaning"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_function_is_short_enough_to_read(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    long = [
        f"{node.name} ({(node.end_lineno or node.lineno) - node.lineno + 1} lines)"
        for node in functions
        if (node.end_lineno or node.lineno) - node.lineno + 1 > 120
    ]

    assert not long, f"{place(path)}: {', '.join(long)}"


def test_there_is_no_junk_drawer() -> None:
    named = [place(path) for path in MODULES if {path.stem, path.parent.name} & JUNK_DRAWERS]

    assert not named


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        place(path)
        for path in MODULES
        if path.stat().st_size and not ast.get_docstring(parsed(path))
    ]

    assert not silent


@pytest.mark.parametrize("library", ONE_ROOM_LIBRARIES)
def test_library_stays_in_its_room(library: str) -> None:
    room = ONE_ROOM_LIBRARIES[library]
    strangers = [
        place(path)
        for path in MODULES
        if not place(path).startswith(room)
        and not place(path).startswith(("guozi/config", "guozi/cli/worker"))
        and any(name.split(".")[0] == library for name in imported(parsed(path)))
    ]

    assert not strangers, f"only {room} may import {library}"


def test_rows_are_written_by_services_only() -> None:
    """``X.objects.….update()`` and friends stand in a ``services`` module or package."""
    offenders = []
    for path in MODULES:
        if not place(path).startswith("guozi/") or "services" in place(path):
            continue
        for call in calls(parsed(path)):
            chain = []
            node: ast.AST = call.func
            while isinstance(node, ast.Attribute | ast.Call):
                if isinstance(node, ast.Attribute):
                    chain.append(node.attr)
                    node = node.value
                else:
                    node = node.func
            if chain and chain[0] in WRITES and "objects" in chain:
                offenders.append(f"{place(path)}:{call.lineno}")

    assert not offenders


def test_money_never_becomes_a_float() -> None:
    offenders = [
        f"{place(path)}:{call.lineno}"
        for path in MODULES
        if place(path).startswith(MONEY_ROOMS)
        for call in calls(parsed(path))
        if (isinstance(call.func, ast.Name) and call.func.id in {"float", "round"})
        or (
            isinstance(call.func, ast.Attribute)
            and call.func.attr in {"DecimalField", "FloatField"}
            and place(path).startswith(MONEY_ROOMS)
        )
    ]

    assert not offenders


def test_core_runs_with_django_uninstalled() -> None:
    names = [
        module.name for module in pkgutil.walk_packages(guozi_core.__path__, prefix="guozi_core.")
    ]
    script = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in {'django', 'psycopg', 'openpyxl', 'docx'}:\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Absent())\n"
        "import importlib\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert len(names) > 10


def test_command_modules_exist_and_answer_both_calls() -> None:
    for name, command in COMMANDS.items():
        module = importlib.import_module(f"guozi.cli.{command.module}")

        assert callable(module.configure), name
        assert callable(module.run), name
