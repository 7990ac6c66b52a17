"""The shipped evaluation rulebook and the worked case."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.core.scoring.cases import ROOT, Case, levels

from guozi_core.rulebook import parse_yaml
from guozi_core.scoring import EvaluationRulebook, IndicatorInput, read_rulebook


@pytest.fixture(scope="session")
def rulebook() -> EvaluationRulebook:
    path = ROOT / "data" / "rulebooks" / "evaluation" / "cn-2006-157.yaml"
    return read_rulebook(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def case() -> Case:
    path = ROOT / "tests" / "data" / "evaluation" / "medium-industry-2006.yaml"
    tree = parse_yaml(path.read_text(encoding="utf-8"))
    return Case(
        indicators={
            name: IndicatorInput(**{key: Decimal(value) for key, value in given.items()})
            for name, given in tree.section("indicators").items()
        },
        standards={name: levels(*values) for name, values in tree.section("standards").items()},
        expected=tree,
    )
