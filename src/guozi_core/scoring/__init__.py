"""Scores: the comprehensive performance evaluation (综合绩效评价) by efficacy coefficients.

For: turning indicators, standard values, expert panels and adjustments into scores and grades with
every intermediate value and an explanation a reader can recompute. Not for: computing indicators
(``indicators``), target letters (a later part of this room).

Entry points: :func:`read_rulebook`, :func:`evaluate`, :func:`explain`; :func:`read_plan` for what a
run over a city is made of; :func:`standing` for one indicator; :func:`evaluate_book` for the
indicator system of the newer standard-value books; :func:`read_standards` and
:meth:`StandardTable.find` for the published levels.
"""

from decimal import Decimal

from guozi_core.scoring._book import BookEvaluation, BookIndicator, BookScore, evaluate_book
from guozi_core.scoring._evaluation import (
    Adjustment,
    BasicScore,
    Correction,
    Evaluation,
    ExpertScore,
    IndicatorInput,
    ManagementScore,
    PartScore,
    added_bonus,
    evaluate,
    grade_of,
    improvement_degree,
    management_scores,
    management_total,
    shown,
)
from guozi_core.scoring._explain import explain
from guozi_core.scoring._plan import Plan, StandIn, inputs_of, read_plan
from guozi_core.scoring._rules import (
    Adjustments,
    AdjustmentScale,
    EvaluationRulebook,
    Part,
    SpecialCase,
    WeightedIndicator,
    WeightsError,
    read_rulebook,
)
from guozi_core.scoring._standard import (
    BELOW_POOR,
    Level,
    NotMonotoneError,
    StandardValue,
    Standing,
    standing,
    standing_at,
)
from guozi_core.scoring._table import (
    SCALES,
    FoundStandards,
    NoStandardsError,
    StandardTable,
    read_standards,
    scale_label,
)

#: 标准系数 of the rules of 2006, for examples; an evaluation takes them from its rulebook.
LEVEL_COEFFICIENTS_2006 = {
    Level.EXCELLENT: Decimal("1.0"),
    Level.GOOD: Decimal("0.8"),
    Level.AVERAGE: Decimal("0.6"),
    Level.LOW: Decimal("0.4"),
    Level.POOR: Decimal("0.2"),
}

__all__ = [
    "BELOW_POOR",
    "LEVEL_COEFFICIENTS_2006",
    "SCALES",
    "Adjustment",
    "AdjustmentScale",
    "Adjustments",
    "BasicScore",
    "BookEvaluation",
    "BookIndicator",
    "BookScore",
    "Correction",
    "Evaluation",
    "EvaluationRulebook",
    "ExpertScore",
    "FoundStandards",
    "IndicatorInput",
    "Level",
    "ManagementScore",
    "NoStandardsError",
    "NotMonotoneError",
    "Part",
    "PartScore",
    "Plan",
    "SpecialCase",
    "StandIn",
    "StandardTable",
    "StandardValue",
    "Standing",
    "WeightedIndicator",
    "WeightsError",
    "added_bonus",
    "evaluate",
    "evaluate_book",
    "explain",
    "grade_of",
    "improvement_degree",
    "inputs_of",
    "management_scores",
    "management_total",
    "read_plan",
    "read_rulebook",
    "read_standards",
    "scale_label",
    "shown",
    "standing",
    "standing_at",
]
