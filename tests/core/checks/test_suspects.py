"""Failures that point at one figure."""

from decimal import Decimal

import pytest
from tests.core.checks.samples import by_id, judge, statement_of

SUM = {"BS01e": "1234.56", "BS05e": "4305.10", "BS09e": "3000.20", "BS14e": "8539.86"}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("BS01e", "12345600.00", "10的4次方倍"),
        ("BS01e", "12345.60", "10的1次方倍"),
        ("BS05e", "-4305.10", "符号"),
        ("BS05e", "4350.10", "颠倒"),
        ("BS14e", "8593.86", "颠倒"),
    ],
)
def test_a_slip_names_its_figure_and_what_it_should_be(key: str, value: str, words: str) -> None:
    outcome = by_id(judge(statement_of(SUM | {key: value}), only="X05"))["X05.BS14"]

    assert outcome.failed
    suspect = outcome.suspects[0]
    assert suspect.item.code == key[:-1]
    assert words in suspect.reason.zh
    assert abs(suspect.instead.scaleb(-4) - Decimal(SUM[key])) <= Decimal("0.01")


def test_a_total_that_two_checks_want_otherwise_is_the_suspect() -> None:
    figures = SUM | {"BS14e": "8639.86", "BS37e": "20.00", "BS40e": "8559.86"}

    outcomes = by_id(judge(statement_of(figures)))

    assert [s.item.code for s in outcomes["X05.BS14"].suspects] == ["BS14"]
    assert [s.item.code for s in outcomes["X01.BS40"].suspects] == ["BS14"]


def test_a_difference_that_looks_like_no_slip_accuses_nobody() -> None:
    outcome = by_id(judge(statement_of(SUM | {"BS01e": "1937.11"}), only="X05"))["X05.BS14"]

    assert outcome.failed
    assert outcome.suspects == ()


def test_a_passed_check_accuses_nobody() -> None:
    assert by_id(judge(statement_of(SUM), only="X05"))["X05.BS14"].suspects == ()
