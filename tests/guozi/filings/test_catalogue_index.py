"""The table of bad input names a test for every case, and the test names the case."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "methods" / "bad-input.md").read_text(encoding="utf-8")
CASES = [
    f"{group}{number:02}"
    for group, last in (("A", 25), ("B", 20), ("C", 36), ("D", 18), ("M", 11))
    for number in range(1, last + 1)
]


class Row(NamedTuple):
    case: str
    answer: str
    tested: str


ROWS = [
    Row(cells[0], cells[2], cells[3])
    for line in PAGE.splitlines()
    if re.match(r"\| [A-M]\d\d \|", line)
    for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
]


def test_every_case_has_its_row_in_order() -> None:
    assert [row.case for row in ROWS] == CASES


@pytest.mark.parametrize("row", ROWS, ids=CASES)
def test_the_test_names_the_case(row: Row) -> None:
    paths = re.findall(r"`(tests/[^`]+)`", row.tested)

    assert paths or "does not apply: " in row.tested
    for path in paths:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"(?i)(?<![a-z0-9]){row.case}(?![0-9])", text), f"{path} lacks {row.case}"
