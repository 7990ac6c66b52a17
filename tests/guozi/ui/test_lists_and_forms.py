"""Lists are sorted by the address; forms tell at the field what is wrong; entries show for those who may."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from guozi.ui import navigation
from guozi.ui.tables import PAGE_SIZE, Column, listing
from guozi.ui.templatetags import guozi as tags


class Row(NamedTuple):
    name: str
    amount: int | None


COLUMNS = (
    Column(key="name", label="名称", sort=lambda row: row.name),
    Column(key="amount", label="金额", sort=lambda row: row.amount, numeric=True),
    Column(key="note", label="备注"),
)
ROWS = [Row("a", 2), Row("b", None), Row("c", 3), Row("d", 0)]


def listed(query: str) -> list[str]:
    request = RequestFactory().get(f"/{query}")
    return [row.name for row in listing(request, ROWS, COLUMNS, default="name").rows]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", "abcd"),
        ("?sort=-name", "dcba"),
        ("?sort=amount", "dacb"),
        ("?sort=-amount", "cadb"),
        ("?sort=nothing-like-it", "abcd"),
        ("?sort=note", "abcd"),
    ],
)
def test_missing_stands_last_either_way_and_an_unknown_column_is_the_default(
    query: str, order: str
) -> None:
    assert "".join(listed(query)) == order


def test_a_heading_turns_the_order_and_keeps_the_filter_but_not_the_page() -> None:
    request = RequestFactory().get("/?q=水&sort=-amount&page=2")

    name, amount, note = listing(request, ROWS, COLUMNS, default="name").headings

    assert (name.direction, amount.direction, note.url) == ("", "descending", "")
    assert amount.url == "?q=%E6%B0%B4&sort=amount"
    assert name.url == "?q=%E6%B0%B4&sort=name"


@pytest.mark.parametrize(("asked", "shown"), [("1", 1), ("2", 2), ("99", 2), ("x", 1)])
def test_a_page_that_does_not_exist_is_the_nearest(asked: str, shown: int) -> None:
    rows = [Row(str(number), number) for number in range(PAGE_SIZE + 1)]
    request = RequestFactory().get(f"/?page={asked}")

    assert listing(request, rows, COLUMNS, default="amount").page.number == shown


class SampleForm(forms.Form):
    amount = forms.CharField(label="金额", help_text="单位：万元")
    level = forms.ChoiceField(choices=[("1", "一")])
    agreed = forms.BooleanField(widget=forms.CheckboxInput(attrs={"class": "mine"}))
    token = forms.CharField(widget=forms.HiddenInput)


def test_every_control_wears_the_look_and_names_its_fault() -> None:
    form = SampleForm({"level": "1", "token": "t"})
    form.is_valid()

    assert 'class="form-control is-invalid"' in tags.control(form["amount"])
    assert 'class="form-select"' in tags.control(form["level"])
    assert 'class="mine form-check-input is-invalid"' in tags.control(form["agreed"])
    page = render_to_string("ui/_form.html", {"form": form})
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in page
    assert 'id="id_amount_helptext"' in page
    assert 'id="id_amount_error"' in page
    assert page.count("<label") == 3


def test_an_entry_shows_only_for_those_who_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", [])
    for order, name in ((20, "second"), (10, "first")):
        navigation.register(
            navigation.NavEntry(
                label=name,
                url_name=name,
                icon="home",
                order=order,
                prefix="/",
                visible=lambda viewer, name=name: name in viewer,
            )
        )

    assert [entry.label for entry in navigation.entries_for({"first", "second"})] == [
        "first",
        "second",
    ]
    assert [entry.label for entry in navigation.entries_for({"second"})] == ["second"]


def test_a_moment_that_never_came_is_nothing() -> None:
    assert tags.when(datetime(2026, 8, 1, 16, 30, tzinfo=UTC)) == "2026-08-02 00:30"
    assert tags.when(None) == ""
    assert tags.when("") == ""
