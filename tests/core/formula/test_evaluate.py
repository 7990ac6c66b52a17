"""Values are exact, missing stays missing, and the bulk evaluator agrees."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guozi_core.formula import (
    Computed,
    NotComputable,
    Reference,
    compile_columns,
    evaluate,
    linear_form,
    parse,
)

A, B, C = Reference("甲"), Reference("乙"), Reference("丙")


def value_of(text: str, **figures: str | None) -> object:
    values = {Reference(name): None if v is None else Decimal(v) for name, v in figures.items()}
    result = evaluate(parse(text), values)
    return result.value if isinstance(result, Computed) else result.code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1+0.2=0.3", True),
        ("1/3*3 = 1", True),
        ("2+3×4", Decimal(14)),
        ("-2-3", Decimal(-5)),
        ("10-4-3", Decimal(3)),
        ("12/4/3", Decimal(1)),
        ("50%", Decimal("0.50")),
        ("最大(1, 3, 2) - 最小(1, 3, 2)", Decimal(2)),
        ("四舍五入(2.665, 2)", Decimal("2.67")),
        ("若(1 > 2, 1, 若(2 ≥ 2, 5, 6))", Decimal(5)),
        ("非 (1 = 2) 且 (1 = 2 或 3 ≠ 4)", True),
        ("限制(1.5, 0.7, 1.3)", Decimal("1.3")),
        ("开立方(0 - 27)", Decimal(-3)),
        ("取整(0 - 1.5)", Decimal(-2)),
    ],
)
def test_arithmetic(text: str, value: object) -> None:
    assert value_of(text) == value


def test_product_of_long_constants_is_exact() -> None:
    digits = "1" * 40

    assert value_of(f"{digits} * {digits}") == Decimal(int(digits) ** 2)


def test_result_beyond_every_digit_is_refused_not_rounded() -> None:
    text = " * ".join(["9" * 60] * 60)

    assert value_of(text) == "too_long"


def test_division_by_zero_names_the_divisor() -> None:
    result = evaluate(parse("甲 / (乙 - 丙)"), {A: Decimal(1), B: Decimal(2), C: Decimal(2)})

    assert isinstance(result, NotComputable)
    assert result.code == "division_by_zero"
    assert "乙 - 丙" in result.reason.zh


def test_missing_names_are_all_listed() -> None:
    result = evaluate(parse("甲 + 乙 - 丙"), {B: Decimal(2)})

    assert isinstance(result, NotComputable)
    assert result.missing == (A, C)


def test_blanks_become_zero_only_on_request_and_are_told() -> None:
    result = evaluate(parse("甲 + 乙"), {B: Decimal(2)}, blanks_as_zero=True)

    assert isinstance(result, Computed)
    assert result.value == 2
    assert result.filled == (A,)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("有值(甲)", False),
        ("缺省(甲, 7)", Decimal(7)),
        ("现有合计(甲, 乙, 丙)", Decimal(5)),
        ("合计(甲, 乙)", "missing_value"),
        ("甲 > 1 或 乙 > 1", True),
        ("甲 > 1 且 乙 > 9", False),
        ("甲 > 1 且 乙 > 1", "missing_value"),
        ("若(有值(甲), 甲, 乙)", Decimal(2)),
    ],
)
def test_missing_is_not_zero(text: str, value: object) -> None:
    assert value_of(text, 甲=None, 乙="2", 丙="3") == value


def test_sum_of_nothing_present_is_missing() -> None:
    assert value_of("现有合计(甲, 乙)", 甲=None, 乙=None) == "missing_value"


def test_steps_recompute_from_their_parts() -> None:
    result = evaluate(parse("(甲 - 乙) / 甲 * 100"), {A: Decimal(8), B: Decimal(2)})

    assert isinstance(result, Computed)
    assert [part.shown for part in result.steps.parts] == ["6", "8", "100"]
    assert [part.text for part in result.steps.parts][1:] == ["甲", "100"]


numbers = st.decimals(
    min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False
)


@given(a=numbers, b=numbers, c=numbers)
def test_agrees_with_exact_fractions(a: Decimal, b: Decimal, c: Decimal) -> None:
    expected = (Fraction(a) - 2 * Fraction(b)) * Fraction(c) / 4 + Fraction(a)

    result = evaluate(parse("(甲 - 2 × 乙) × 丙 ÷ 4 + 甲"), {A: a, B: b, C: c})

    assert isinstance(result, Computed)
    assert Fraction(result.number) == expected


FORMULAS = [
    "甲 / 乙 * 100",
    "若(甲 > 乙, 甲 - 乙, 现有合计(乙, 丙))",
    "甲 ≥ 乙 或 非 (丙 = 0)",
    "缺省(甲, 0) + 最大(乙, 丙) - 绝对值(乙)",
    "若(乙 = 0, 0, 甲 / 乙)",
    "四舍五入(甲 / 3, 2) + 限制(丙, 0 - 5, 5)",
]
cells = st.one_of(st.none(), numbers, st.just(Decimal(0)), st.just(Decimal(5)))


@given(rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8))
@pytest.mark.parametrize("text", FORMULAS)
def test_columns_agree_with_the_exact_evaluator(
    text: str, rows: list[tuple[Decimal | None, ...]]
) -> None:
    expression = parse(text)
    columns = {
        reference: (
            np.array([0.0 if row[k] is None else float(row[k]) for row in rows]),  # type: ignore[arg-type]
            np.array([row[k] is not None for row in rows]),
        )
        for k, reference in enumerate((A, B, C))
    }

    bulk = compile_columns(expression)(columns, rows=len(rows))

    for k, row in enumerate(rows):
        exact = evaluate(expression, dict(zip((A, B, C), row, strict=True)))
        if bulk.doubtful[k]:
            continue
        assert bool(bulk.valid[k]) == isinstance(exact, Computed), (row, exact)
        if isinstance(exact, Computed):
            assert float(bulk.values[k]) == pytest.approx(float(exact.number), rel=1e-9, abs=1e-9)


@given(a=numbers, b=numbers, c=numbers)
def test_linear_form_agrees_with_the_exact_evaluator(a: Decimal, b: Decimal, c: Decimal) -> None:
    expression = parse("甲 - (乙 + 丙) × 3 ÷ 2 + 合计(甲, 丙) - 7.5")
    form = linear_form(expression)
    values = {A: a, B: b, C: c}

    assert form is not None
    total = form.constant + sum(w * Fraction(values[r]) for r, w in form.coefficients.items())
    result = evaluate(expression, values)
    assert isinstance(result, Computed)
    assert total == Fraction(result.number)


@pytest.mark.parametrize("text", ["甲 × 乙", "甲 ÷ 乙", "最大(甲, 乙)", "甲 > 1", "甲 / 0"])
def test_what_is_no_weighted_sum_has_no_linear_form(text: str) -> None:
    assert linear_form(parse(text)) is None
