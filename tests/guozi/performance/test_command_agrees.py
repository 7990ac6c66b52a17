"""The command line, fed the same statements and standard values, comes to the figures of the page."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.guozi.performance.cases import AT, PEOPLE, YEAR, seal, year_of

from guozi.access.context import acting_as, the_product
from guozi.cli import main
from guozi.performance import services
from guozi.performance.models import EvaluationResult
from guozi.performance.recomputing import recompute
from guozi.rulebooks import parsed
from guozi_core.scoring import Level
from guozi_core.units import Period

if TYPE_CHECKING:
    from pathlib import Path

    from guozi.performance.recomputing import Recomputed
    from guozi.registry.models import Enterprise

pytestmark = pytest.mark.django_db

#: With this both calibres of the sales margin are the same, and the command needs no calibre.
OPERATING_PROFIT = 25_800


def evaluated(enterprises: list[Enterprise], plan: str) -> Recomputed:
    with acting_as(the_product("测试")):
        version = seal(enterprises[4], year_of(营业利润=OPERATING_PROFIT))
        run = services.run_evaluation(plan=plan, period=Period.annual(2024), at=AT)
        result = EvaluationResult.objects.get(run=run, version=version)
        again = recompute(result)
    assert again is not None
    return again


def write_statements(path: Path) -> None:
    items = parsed.dictionary().by_name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["enterprise", "period", "scope", "item", "moment", "value", "unit"])
        for name, (before, now) in (YEAR | {"营业利润": (9_000, OPERATING_PROFIT)}).items():
            stock = items[name].kind.name == "STOCK"
            moments = ("期初", "期末") if stock else ("上期", "本期")
            for moment, amount in zip(moments, (before, now), strict=True):
                if amount is not None:
                    writer.writerow(["戊", "2024", "单户", name, moment, amount, "万元"])
        for name, count in PEOPLE.items():
            writer.writerow(["戊", "2024", "单户", name, "本期", count, ""])


def answer_of(
    statements: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> dict[str, object]:
    asked = ["--statements", str(statements), "--period", "2024", "--scope", "单户"]
    assert main(["evaluate", *asked, *arguments]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)["results"][0]
    return found


def test_by_the_rules_of_2006(
    city: list[Enterprise], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = evaluated(city, "cn-2006-157")
    statements, standards = tmp_path / "statements.csv", tmp_path / "standards.csv"
    write_statements(statements)
    with standards.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["指标", *(level.value for level in Level)])
        names = {item.name for item in again.basis.rulebook.indicators}
        for name, standard in again.evaluated.standards.items():
            if name in names:
                writer.writerow([name, *(standard.values[level] for level in Level)])
    found = answer_of(
        statements,
        ["--standard", str(standards)],
        capsys,
    )
    evaluation = again.evaluated.evaluation
    assert evaluation.final is not None
    for name in ("basic_total", "corrected_total", "final"):
        value = getattr(evaluation, name)
        assert abs(Decimal(str(found[name])) - value) < Decimal("1e-11"), name
    assert found["grade"] == evaluation.grade == again.result.grade


def test_by_the_book_of_2025_indicator_by_indicator(
    city: list[Enterprise], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = evaluated(city, "city-2025")
    statements = tmp_path / "statements.csv"
    write_statements(statements)
    found = answer_of(
        statements,
        ["--industry", "工业", "--size", "大型", "--standard-year", "2025"],
        capsys,
    )
    graded = found["basic"]
    assert isinstance(graded, dict)
    assert len(graded) == len(again.evaluated.evaluation.basic) == 16
    for score in again.evaluated.evaluation.basic:
        told = graded[score.indicator.name]["coefficient"]
        assert score.standing is not None
        assert abs(Decimal(told) - score.standing.coefficient) < Decimal("1e-11")
