"""Thresholds are compared with the score itself, not with what an endless quotient leaves behind."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.core.scoring.cases import ROOT

from guozi_core.scoring import added_bonus, grade_of, read_rulebook

BOOK = read_rulebook(
    (ROOT / "data/rulebooks/evaluation/cn-2006-157.yaml").read_text(encoding="utf-8")
)
NOISE = Decimal("1e-47")


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (Decimal("84.995") - NOISE, "A"),
        (Decimal("84.995") + NOISE, "A"),
        (Decimal("84.994999"), "B+"),
        (Decimal("89.995") - NOISE, "A+"),
    ],
)
def test_a_grade_is_not_missed_by_the_last_of_fifty_digits(score: Decimal, grade: str) -> None:
    assert grade_of(score, rulebook=BOOK) == grade


def test_the_bonus_is_damped_from_the_threshold_itself() -> None:
    claimed = Decimal(8)
    at = added_bonus(Decimal(85) - NOISE, claimed, rulebook=BOOK)

    assert abs(at - Decimal("7.92")) < Decimal("1e-9")
    assert added_bonus(Decimal("84.9999"), claimed, rulebook=BOOK) == claimed
