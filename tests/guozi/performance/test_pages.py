"""Pages of the evaluation: figures as stored, walls, languages, files."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.guozi.factories import PASSWORD, person
from tests.guozi.performance.cases import AT

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.performance import selectors, services
from guozi.performance.models import EvaluationResult, EvaluationRun
from guozi.registry.models import Enterprise
from guozi_core.units import Period

if TYPE_CHECKING:
    from guozi.access.viewer import Viewer

pytestmark = pytest.mark.django_db


def client_of(
    username: str, role: Role, *, enterprise: Enterprise | None = None, language: str = "zh-hans"
) -> Client:
    with acting_as(the_product("测试")):
        person(username, role, enterprise=enterprise)
    client = Client()
    client.post(reverse("access:sign-in"), {"username": username, "password": PASSWORD})
    client.cookies["language"] = language
    return client


def result_of(run: EvaluationRun, short_name: str) -> EvaluationResult:
    with acting_as(the_product("测试")):
        return EvaluationResult.objects.select_related("enterprise").get(
            run=run, enterprise__short_name=short_name
        )


def test_the_sheet_shows_the_stored_totals_and_every_indicator(run: EvaluationRun) -> None:
    client = client_of("officer", Role.OFFICER)
    result = result_of(run, "甲集团")
    page = client.get(reverse("performance:score-sheet", args=[run.pk, result.enterprise.uscc]))
    text = page.content.decode()

    assert page.status_code == 200
    assert f"{result.final:.4f}" in text
    assert text.count("data-where-from") > 22
    assert "计算过程" in text


def test_every_figure_walks_down_to_a_sealed_one(run: EvaluationRun) -> None:
    client = client_of("officer", Role.OFFICER)
    result = result_of(run, "甲集团")
    address = reverse("performance:total-from", args=[run.pk, result.enterprise.uscc, "final"])
    passed = []
    for _step in range(6):
        page = client.get(address, headers={"HX-Request": "true"})
        assert page.status_code == 200, address
        passed.append(address)
        found = re.findall(r'hx-get="([^"]+)"', page.content.decode())
        if not found:
            break
        address = found[0]
    assert "/filings/versions/" in passed[-1]
    assert len(passed) >= 4


def test_a_part_tells_its_indicators_and_adds_up_to_the_total(run: EvaluationRun) -> None:
    client = client_of("officer", Role.OFFICER)
    result = result_of(run, "甲集团")
    points = Decimal(0)
    for number in range(1, 5):
        address = reverse("performance:part-from", args=[run.pk, result.enterprise.uscc, number])
        told = client.get(address, headers={"HX-Request": "true"}).content.decode()
        shown = re.search(r'class="origin-value"><strong class="num">([-\d.,]+)', told)
        assert shown is not None, told
        points += Decimal(shown[1].replace(",", ""))
        assert told.count('class="figure num"') >= 4
    assert abs(points - result.corrected_total) < Decimal("0.0003")
    beyond = reverse("performance:part-from", args=[run.pk, result.enterprise.uscc, 5])
    assert client.get(beyond).status_code == 404


def test_the_improvement_degree_names_both_scores(
    run: EvaluationRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("officer", Role.OFFICER)
    result = result_of(run, "甲集团")
    address = reverse("performance:improvement-from", args=[run.pk, result.enterprise.uscc])
    # Nothing was evaluated a year before: there is no degree, and no page of it.
    assert client.get(address).status_code == 404

    base = result_of(run, "甲集团")
    base.final = result.final / 2
    told = selectors.Improvement(base=base, degree=Decimal(2), difference=base.final)
    monkeypatch.setattr(selectors, "improvement_of", lambda _viewer, _result: told)
    page = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert f"{result.final:.4f} ÷ {base.final:.4f} = 2.0000" in page


def test_an_english_page_has_no_chinese_but_names(run: EvaluationRun) -> None:
    client = client_of("officer", Role.OFFICER, language="en")
    result = result_of(run, "甲集团")
    for name, arguments in (
        ("performance:runs", []),
        ("performance:run", [run.pk]),
        ("performance:score-sheet", [run.pk, result.enterprise.uscc]),
    ):
        text = client.get(reverse(name, args=arguments)).content.decode()
        text = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", " ", text.split("<main")[1])
        for allowed in ("工业", "国资经办11", "officer某", "中文"):
            text = text.replace(allowed, "")
        assert re.findall(r"[一-鿿]+", text) == []


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_the_sheet_is_downloaded(kind: str, run: EvaluationRun) -> None:
    client = client_of("officer", Role.OFFICER)
    uscc = result_of(run, "甲集团").enterprise.uscc
    page = client.get(reverse("performance:download", args=[run.pk, uscc, kind]))
    assert page.status_code == 200
    assert page.content[:2] == (b"%P" if kind == "pdf" else b"PK")


def test_an_enterprise_finds_its_sheet_after_publication_only(
    run: EvaluationRun, publisher: Viewer
) -> None:
    own, other = result_of(run, "甲集团"), result_of(run, "乙集团")
    client = client_of("reporter", Role.REPORTER, enterprise=own.enterprise)
    address = reverse("performance:score-sheet", args=[run.pk, own.enterprise.uscc])
    assert client.get(address).status_code == 404
    with acting_as(publisher):
        services.publish_run(run, viewer=publisher, at=AT)
    assert client.get(address).status_code == 200
    elsewhere = reverse("performance:score-sheet", args=[run.pk, other.enterprise.uscc])
    assert client.get(elsewhere).status_code == 404
    assert client.post(reverse("performance:start"), {}).status_code == 403


def test_two_plans_stand_side_by_side(run: EvaluationRun, maker: Viewer) -> None:
    with acting_as(maker):
        other = services.run_evaluation(plan="city-2025", period=Period.annual(2024), at=AT)
    client = client_of("officer", Role.OFFICER)
    page = client.get(reverse("performance:compare"), {"a": run.pk, "b": other.pk})
    left, right = result_of(run, "甲集团"), result_of(other, "甲集团")
    assert left.final is not None
    assert right.final is not None, right.reason
    text = page.content.decode()
    for value in (left.final, right.final, right.final - left.final):
        assert f"{value:.2f}" in text


def test_the_ranking_is_filtered_and_exported(run: EvaluationRun) -> None:
    client = client_of("officer", Role.OFFICER)
    address = reverse("performance:run", args=[run.pk])
    text = client.get(address, {"q": "乙集团"}).content.decode()
    assert "乙集团" in text
    assert "丙集团" not in text
    workbook = client.get(address, {"export": "xlsx"})
    assert workbook.content[:2] == b"PK"


def test_the_section_head_publishes_by_the_button(run: EvaluationRun) -> None:
    client = client_of("head", Role.SECTION_HEAD)
    client.post(reverse("performance:publish", args=[run.pk]))
    with acting_as(the_product("测试")):
        run.refresh_from_db()
    assert run.is_published
