"""The page of the rule language names every function, and its worked table is computed."""

from decimal import Decimal
from pathlib import Path

from guozi_core.formula import FUNCTIONS, MOMENTS, Computed, Reference, evaluate, parse

PAGE = (Path(__file__).parents[3] / "docs" / "methods" / "formula.md").read_text("utf-8")


def test_every_word_is_named() -> None:
    assert [word for word in (*FUNCTIONS, *MOMENTS) if word not in PAGE] == []


def test_the_worked_table_is_computed() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| `")]
    assert len(lines) >= 5
    for line in lines:
        formula, figures, expected = (cell.strip() for cell in line.strip("|").split(" | "))
        values = {
            Reference(name.strip(), ""): Decimal(amount)
            for name, _, amount in (pair.partition("=") for pair in figures.split(","))
            if amount
        }
        found = evaluate(parse(formula.strip("`")), values)
        if isinstance(found, Computed):
            assert found.value == Decimal(expected) or f"{found.value:.4f}" == expected, line
        else:
            assert found.code == expected, line
