"""Columns agree with the exact evaluator: values to 1e-12, decisions always."""

import random
from decimal import Decimal

import numpy as np
import pytest
from tests.core.indicators.samples import CODES, RULEBOOKS, book_of, shipped_rulebook

from guozi_core.indicators import IndicatorResult, Status, compute, compute_many
from guozi_core.statements import Scope, StatementBook
from guozi_core.units import Period

YEAR = Period.annual(2024)


def books(count: int) -> list[StatementBook]:
    """Statements of every kind: sound, full of gaps, of zeros, of near-equal numbers."""
    dice = random.Random(20240630)  # noqa: S311 - test data
    found = []
    for number in range(count):
        gaps = dice.choice([0, 0.1, 0.5])
        columns: dict[str, Decimal] = {}
        for code in [
            *CODES,
            "SP03c",
            "SP20Vc",
            "SP01Ac",
            "IS15c",
            "BS29e",
            "BS29o",
            "SP05c",
            "SP04c",
        ]:
            if dice.random() < gaps:
                continue
            kind = dice.random()
            if kind < 0.1:
                value = Decimal(0)
            elif kind < 0.2:
                value = Decimal(dice.choice([-1, 1])).scaleb(-2)
            elif kind < 0.4:
                value = -Decimal(dice.randrange(10**14)).scaleb(-2)
            else:
                value = Decimal(dice.randrange(10**14)).scaleb(-2)
            columns[code] = value
        if number % 5 == 0 and "BS40e" in columns:
            # On the lines where cases begin.
            columns["BS71e"] = columns["BS40e"]
            columns["BS91o"] = -columns.get("BS91e", Decimal(0))
            columns["IS11c"] = columns.get("IS02c", Decimal(0)) - columns.get("IS12c", Decimal(0))
        scope = Scope.CONSOLIDATED if number % 2 else Scope.SINGLE
        found.append(book_of({"2024": columns}, scope))
    return found


def close(value: float, result: IndicatorResult) -> bool:
    """Compare to 1e-12 of the value, or of the figures it is the difference of."""
    assert result.value is not None
    figures = [abs(float(entry.figure.value)) for entry in result.inputs]
    divisor = abs(float(result.operands.get("分母", result.operands.get("上年", Decimal(1)))))
    size = max(abs(float(result.value)), max(figures, default=0.0) / divisor)
    return abs(value - float(result.value)) <= 1e-12 * size


@pytest.mark.parametrize("name", RULEBOOKS)
def test_columns_agree_with_the_exact_evaluator(name: str) -> None:
    rulebook = shipped_rulebook(name)
    city = books(120)

    columns = compute_many(rulebook, [(book, YEAR) for book in city])

    for row, book in enumerate(city):
        for column, result in zip(columns, compute(rulebook, book, YEAR), strict=True):
            place = (row, column.indicator.name)
            assert column.valid[row] == (result.status is Status.OK), place
            assert column.indicator.calibres[column.calibre[row]] is result.calibre, place
            case = column.case[row]
            assert (column.indicator.cases[case] if case >= 0 else None) is result.case, place
            if result.value is None:
                assert np.isnan(column.values[row]), place
            else:
                assert close(column.values[row], result), place


def test_most_rows_need_no_exact_evaluation() -> None:
    dice = random.Random(7)  # noqa: S311 - test data
    city = [
        book_of({"2024": {code: Decimal(dice.randrange(1, 10**12)) for code in CODES}})
        for _ in range(40)
    ]

    columns = compute_many(shipped_rulebook("indicators-2006"), [(book, YEAR) for book in city])

    share = np.mean([column.exact.mean() for column in columns])
    assert share < 0.05


def test_no_rows_give_empty_columns() -> None:
    columns = compute_many(shipped_rulebook("indicators-2025"), [])

    assert {column.values.shape for column in columns} == {(0,)}
