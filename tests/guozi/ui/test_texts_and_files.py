"""Vendored files are what their list says; every Chinese text of a page has its English."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

import guozi.ui
from guozi.ui import translations
from guozi.ui.templatetags import guozi as tags

VENDOR = Path(guozi.ui.__file__).parent / "static" / "guozi" / "vendor"
LISTED = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))["files"]


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_the_one_listed(entry: dict[str, str]) -> None:
    content = (VENDOR / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["licence"]


def test_every_vendored_file_is_listed() -> None:
    lying = {path.name for path in VENDOR.iterdir()} - {"vendor.json"}
    assert lying == {entry["file"] for entry in LISTED}


@pytest.mark.parametrize("room", translations.rooms(), ids=lambda room: room.name)
def test_every_text_has_its_english(room: Path) -> None:
    assert translations.missing(room) == [], "run python -m guozi.ui.translations"


@pytest.mark.parametrize("room", translations.rooms(), ids=lambda room: room.name)
def test_no_english_is_a_guess_is_chinese_or_has_other_places(room: Path) -> None:
    assert translations.faulty(room) == []


def test_what_lacks_english_and_what_cannot_be_right_is_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '{% trans "甲" %}{{ _("乙") }}{% include "x.html" with title=_("丙") %}'
        "{% blocktrans with n=page.number %}第 {{ n }} 页{% endblocktrans %}",
        encoding="utf-8",
    )
    (tmp_path / "views.py").write_text('title = _("丁")\nother = name_("戊")\n', encoding="utf-8")
    translations.add(
        tmp_path, {"第 %(n)s 页": "Page %(m)s", "丁": "丁", "甲": "A", "共 {n} 户": "{n} in all"}
    )

    assert translations.texts_of(tmp_path) == {"甲", "乙", "丙", "丁", "第 %(n)s 页"}
    assert translations.faulty(tmp_path) == ["丁", "第 %(n)s 页"]


@pytest.mark.parametrize(
    "room",
    [room for room in translations.rooms() if translations.po_of(room).exists()],
    ids=lambda room: room.name,
)
def test_the_compiled_texts_are_those_of_the_source(room: Path) -> None:
    assert translations.po_of(room).with_suffix(".mo").read_bytes() == translations.compiled(room)


@pytest.mark.parametrize(
    "path",
    [path for room in translations.rooms() for path in room.rglob("*.html")],
    ids=lambda path: path.name,
)
def test_no_template_holds_a_script_a_style_or_an_address_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert " style=" not in text
    assert "<style" not in text
    assert "onclick" not in text
    assert "http://" not in text
    assert "https://" not in text
    for part in text.split("<script")[1:]:
        assert part.startswith((" src=", ' type="application/json"'))


@pytest.mark.parametrize(
    ("cents", "unit", "text"),
    [
        (123_456_789_012, "万元", "123,456.79"),
        (500_000, "万元", "0.50"),
        (5_000, "万元", "0.01"),
        (4_999, "万元", "0.00"),
        (-5_000, "万元", "-0.01"),
        (-4_999, "万元", "0.00"),
        (9_223_372_036_854_775_807, "元", "92,233,720,368,547,758.07"),
        (None, "元", "—"),
    ],
)
def test_amounts_round_half_up_and_missing_is_not_zero(
    cents: int | None, unit: str, text: str
) -> None:
    assert tags.amount_text(cents, unit) == text


def test_numbers_round_half_up() -> None:
    assert tags.number_text(Decimal("2.665")) == "2.67"
    assert tags.number_text(Decimal("-0.001")) == "0.00"
    assert tags.number_text(Decimal("-0.04"), 1) == "0.0"
    assert tags.number_text(Decimal("-0.4"), 0) == "0"
    assert tags.number_text(Decimal("-0.5"), 0) == "-1"


def test_a_data_block_cannot_end_its_element() -> None:
    assert "</script>" not in tags._data_block({"name": "</script><b>"})


def test_wordings_follow_the_language_of_the_page() -> None:
    from guozi_core.findings import Wording

    with translation.override("en"):
        assert tags.said(Wording("资产", "assets")) == "assets"
    with translation.override("zh-hans"):
        assert tags.said(Wording("资产", "assets")) == "资产"


def test_brackets_follow_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert tags.bracketed("10k yuan") == " (10k yuan)"
    with translation.override("zh-hans"):
        assert tags.bracketed("万元") == "（万元）"
