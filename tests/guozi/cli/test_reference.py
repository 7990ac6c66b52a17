"""``docs/reference`` is what ``guozi reference`` writes today."""

import re

import pytest

from guozi.access.matrix import Subject
from guozi.cli import reference
from guozi.cli._reference_pages import pages
from guozi.cli._reference_tables import table
from guozi.config import env
from guozi.config.addresses import addresses
from guozi_core.sheets import FAULTS


@pytest.fixture(scope="module")
def fresh() -> dict[str, str]:
    return pages()


def test_the_written_pages_are_fresh(fresh: dict[str, str]) -> None:
    old = reference.outdated(fresh, reference.FOLDER)

    assert not old, f"{', '.join(old)} out of date: run guozi reference"


def test_nothing_is_left_out(fresh: dict[str, str]) -> None:
    permissions = fresh["permissions.md"]

    assert [one.pattern for one in addresses() if f"| `{one.pattern}` |" not in permissions] == []
    assert [one.value for one in Subject if f"| {one.label.zh} |" not in permissions] == []
    assert [one.name for one in env.VARIABLES if f"`{one.name}`" not in fresh["settings.md"]] == []
    assert [code for code in FAULTS if f"`{code}`" not in fresh["import-faults.md"]] == []


def test_no_secret_of_this_machine_is_written(
    fresh: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in env.VARIABLES:
        if variable.secret:
            monkeypatch.setenv(variable.name, "do-not-tell")

    assert not [name for name, text in pages().items() if "do-not-tell" in text]


def test_every_row_has_as_many_cells_as_its_heading(fresh: dict[str, str]) -> None:
    for name, text in fresh.items():
        for block in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(widths) == 1, f"{name}: {block.splitlines()[0]}"


def test_a_changed_a_missing_and_a_foreign_page_are_found(tmp_path) -> None:
    (tmp_path / "changed.md").write_text("old", encoding="utf-8")
    (tmp_path / "foreign.md").write_text("?", encoding="utf-8")

    assert reference.outdated({"changed.md": "new", "missing.md": "x"}, tmp_path) == [
        "changed.md",
        "foreign.md",
        "missing.md",
    ]


def test_a_cell_cannot_break_the_table() -> None:
    assert table(["a"], [["x|y\nz"]]).splitlines()[-1] == r"| x\|y z |"
