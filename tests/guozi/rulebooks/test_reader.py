"""The rulebook reader: every number of a rulebook with its clause; standard values looked up."""

from __future__ import annotations

import csv
import gzip
import re

import pytest
from django.test import Client
from tests.guozi.factories import PASSWORD, person

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.paths import ROOT
from guozi.rulebooks import library, parsed, reader
from guozi.rulebooks.views import FAMILIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    with acting_as(the_product("测试")):
        person("officer", Role.OFFICER)
    client = Client()
    client.post("/accounts/sign-in/", {"username": "officer", "password": PASSWORD})
    return client


def words_of(page: bytes) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", page.decode())


@pytest.mark.parametrize(
    ("family", "rulebook_id"),
    [(family, name) for family in FAMILIES for name in library.list_ids(family)],
)
def test_every_rulebook_can_be_read(officer: Client, family: str, rulebook_id: str) -> None:
    answer = officer.get(f"/rulebooks/{family}/{rulebook_id}/")

    assert answer.status_code == 200
    assert len(list(reader.entries_of(family, rulebook_id))) > 2


def test_limits_grades_and_scales_of_the_evaluation_stand_with_their_clause(
    officer: Client,
) -> None:
    book = parsed.evaluation_rulebook("cn-2006-157")
    shown = list(reader.entries_of("evaluation", "cn-2006-157"))
    texts = {(entry.title, entry.text) for entry in shown}

    assert ("单项修正系数限值（含）", "0.7 — 1.3") in texts
    assert {(grade, f"{entry.normalize():f}分起（含）") for grade, entry in book.grades} <= texts
    assert {case.id for case in book.special} <= {entry.id for entry in shown}
    assert {item.name for item in book.adjustments.bonus} <= {entry.title for entry in shown}
    assert all(entry.source for entry in shown)


def test_a_check_of_many_lines_says_how_many_it_has() -> None:
    many = next(c for c in parsed.check_rulebook().checks if len(c.assertions) > 10)
    entry = next(e for e in reader.entries_of("checks", "checks-statements") if e.id == many.id)

    assert entry.text.count("\n") == 4
    assert f"共{len(many.assertions)}条" in entry.text


def test_the_levels_shown_are_those_of_the_book(officer: Client) -> None:
    path = ROOT / "data" / "rulebooks" / "standards" / "sasac-standard-values.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        row = next(
            row
            for row in csv.DictReader(stream)
            if (row["year"], row["industry_path"].split("/")[-1], row["scale"], row["indicator"])
            == ("2025", "医药工业", "大型企业", "净资产收益率")
        )

    page = officer.get("/rulebooks/standards/", {"industry": "医药工业", "size": "大型企业"})

    cells = words_of(page.content)
    levels = [row[name] for name in ("excellent", "good", "average", "low", "poor")]
    numbers = r"\s+".join(re.escape(f"{float(level):.1f}") for level in levels)
    assert re.search(rf"净资产收益率\s+%\s+{numbers}\b", cells)


def test_an_upper_table_is_used_aloud_and_an_unknown_industry_refused_in_words(
    officer: Client,
) -> None:
    upper = officer.get("/rulebooks/standards/", {"industry": "投资公司", "size": "大型企业"})
    unknown = officer.get("/rulebooks/standards/", {"industry": "飞行汽车", "year": "1900"})

    assert "采用最近的上一级" in words_of(upper.content) or "上一级" in words_of(upper.content)
    assert (unknown.status_code, "飞行汽车" in unknown.content.decode()) == (200, True)
    assert 'role="alert"' in unknown.content.decode()
