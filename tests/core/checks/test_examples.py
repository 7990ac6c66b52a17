"""Every check of the shipped rulebook passes and fails where its own examples say so."""

import pytest
from tests.core.checks.samples import WAN, shipped_rulebook

from guozi_core.checks import (
    Check,
    CheckRulebook,
    Example,
    Status,
    example_case,
    run,
    sentence,
)

CASES = [
    pytest.param(check, example, id=f"{check.id}-{'pass' if example.passes else 'fail'}")
    for check in shipped_rulebook().checks
    for example in check.examples
]


def test_all_seventy_five_checks_are_there_in_order(rulebook: CheckRulebook) -> None:
    assert [check.id for check in rulebook.checks] == [f"X{n:02d}" for n in range(1, 76)]


def test_every_check_has_a_passing_and_a_failing_example(rulebook: CheckRulebook) -> None:
    lacking = [c.id for c in rulebook.checks if [e.passes for e in c.examples] != [True, False]]

    assert not lacking


@pytest.mark.parametrize(("check", "example"), CASES)
def test_example(rulebook: CheckRulebook, check: Check, example: Example) -> None:
    case = example_case(rulebook, example)

    outcomes = run(
        rulebook,
        case.book,
        case.period,
        precision=WAN,
        parameters=case.parameters,
        inputs=case.inputs,
        only=[check.id],
    )

    judged = [outcome for outcome in outcomes if outcome.status is not Status.NOT_APPLICABLE]
    assert judged, [str(outcome.reason) for outcome in outcomes]
    assert any(outcome.failed for outcome in judged) is not example.passes


@pytest.mark.parametrize(("check", "example"), CASES)
def test_every_outcome_has_a_sentence(
    rulebook: CheckRulebook, check: Check, example: Example
) -> None:
    case = example_case(rulebook, example)

    outcomes = run(
        rulebook,
        case.book,
        case.period,
        precision=WAN,
        parameters=case.parameters,
        inputs=case.inputs,
        only=[check.id],
    )

    for outcome in outcomes:
        words = sentence(outcome)
        assert words.zh
        assert words.en
        if outcome.status is Status.NOT_APPLICABLE:
            assert outcome.code in {"form", "scope", "table", "missing", "condition", "printed"}
            assert outcome.reason is not None
