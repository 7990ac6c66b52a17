"""The worked case and short ways to write standard values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from guozi_core.scoring import (
    EvaluationRulebook,
    ExpertScore,
    IndicatorInput,
    Level,
    StandardValue,
)

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Case:
    """The worked case as the engine takes it, with the expected numbers."""

    indicators: dict[str, IndicatorInput]
    standards: dict[str, StandardValue]
    expected: Any

    def panel(self, rulebook: EvaluationRulebook) -> list[ExpertScore]:
        score = Decimal(str(self.expected["management"]))
        return [
            ExpertScore(indicator=item.name, expert=f"专家{number}", score=score)
            for item in rulebook.management
            for number in range(7)
        ]


def levels(*values: object) -> StandardValue:
    return StandardValue(
        values={level: Decimal(str(value)) for level, value in zip(Level, values, strict=True)}
    )
