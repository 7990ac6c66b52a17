"""The worked table of the method page is computed."""

import re

from tests.core.scoring.cases import ROOT, Case

from guozi_core.scoring import EvaluationRulebook, evaluate
from guozi_core.units import round_half_up

PAGE = (ROOT / "docs" / "methods" / "comprehensive-evaluation.md").read_text("utf-8")


def test_the_worked_table_is_computed(rulebook: EvaluationRulebook, case: Case) -> None:
    found = evaluate(
        "示例",
        rulebook=rulebook,
        indicators=case.indicators,
        standards=case.standards,
        panel=case.panel(rulebook),
    )
    for score in found.basic:
        assert score.score is not None
        row = f"| {score.indicator.name} | {score.indicator.weight} | {round_half_up(score.score, places=4)} |"
        assert row in PAGE
    for part in found.parts:
        numbers = (
            part.basic,
            part.analysis_coefficient,
            part.correction_coefficient,
            part.corrected,
        )
        cells = [
            str(round_half_up(number, places=places))
            for number, places in zip(numbers, (4, 6, 6, 4), strict=True)
            if number is not None
        ]
        assert f"| {part.part.name} | {' | '.join(cells)} |" in PAGE
    assert found.composite is not None
    assert f"= {round_half_up(found.composite, places=4)}, grade {found.grade}." in PAGE


def test_the_page_states_the_numbers_of_the_rulebook(rulebook: EvaluationRulebook) -> None:
    written = re.search(r"two decimals \(mark K\): (.*?) below;", PAGE)
    assert written is not None
    entries = re.findall(r"([A-D](?:\+\+|\+|−)?) (?:from )?(\d+)", written[1])

    assert entries == [
        (grade.replace("-", "−"), str(entry)) for grade, entry in rulebook.grades[:-1]
    ]
