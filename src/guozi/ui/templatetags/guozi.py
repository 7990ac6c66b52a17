"""``{% load guozi %}``: figures, amounts, ratios, states, icons, charts."""

from __future__ import annotations

import json
import re
import uuid
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Literal

from django import forms, template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guozi_core.units import unit_in_english

if TYPE_CHECKING:
    from datetime import datetime

    from django.forms import BoundField

    from guozi_core.findings import Wording

register = template.Library()

#: 分 in one unit.
UNITS = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
_MISSING = "—"
_QUOTED = re.compile("(“[^”]*”)")
_CHINESE = re.compile("[㐀-鿿豈-﫿　-〿＀-￯]")


def in_english() -> bool:
    """Return whether the page is in English."""
    return (get_language() or "zh-hans").startswith("en")


def said(words: Wording) -> str:
    """Return a wording in the language of the page."""
    return words.en if in_english() else words.zh


def amount_text(cents: int | None, unit: str = "万元", places: int = 2) -> str:
    """Return an amount in 分 as text in a unit, thousands separated, rounded half up.

    >>> amount_text(123456789012)
    '123,456.79'
    >>> amount_text(-4999)
    '0.00'
    >>> amount_text(None)
    '—'
    """
    return number_text(None if cents is None else Decimal(cents) / UNITS[unit], places)


def number_text(value: Decimal | int | None, places: int = 2) -> str:
    """Return a number with a fixed count of decimals, rounded half up; zero has no sign.

    >>> number_text(Decimal("-0.04"), 1)
    '0.0'
    """
    if value is None:
        return _MISSING
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:,}"


@register.simple_tag
def money(cents: int | None, unit: str = "万元", places: int = 2) -> str:
    """Show an amount held in 分."""
    if cents is None:
        return _missing()
    return format_html('<span class="num">{}</span>', amount_text(cents, unit, places))


@register.simple_tag
def number(value: Decimal | int | None, places: int = 2) -> str:
    """Show a number."""
    if value is None:
        return _missing()
    return format_html('<span class="num">{}</span>', number_text(value, places))


@register.simple_tag
def figure(text: str, url: str, label: str = "") -> str:
    """Show a figure that opens its origin: in the side panel, or as a page without scripts."""
    if text in {"", _MISSING, None}:
        return _missing()
    return format_html(
        '<a class="figure num" href="{}" hx-get="{}" hx-target="#where-from-body"'
        ' data-where-from title="{}">{}</a>',
        url,
        url,
        label or _("查看来源"),
        text,
    )


@register.filter
def wan(cents: int | None) -> str:
    """Return 分 as text in 万元."""
    return amount_text(cents)


@register.filter
def yi(cents: int | None) -> str:
    """Return 分 as text in 亿元."""
    return amount_text(cents, "亿元")


@register.filter
def decimals(value: Decimal | None, places: int = 2) -> str:
    """Return a number as text."""
    return number_text(value, places)


@register.filter
def unit_name(unit: str) -> str:
    """Return the name of a unit in the language of the page."""
    return unit_in_english(unit) if in_english() else unit


@register.filter
def bracketed(text: object) -> str:
    """Return a text in brackets of the page's language: full-width in Chinese."""
    return f" ({text})" if in_english() else f"（{text}）"


@register.filter
def colon(text: object) -> str:
    """Return a text with the colon of the page's language behind it: full-width in Chinese."""
    return f"{text}: " if in_english() else f"{text}："


@register.filter
def square(text: object) -> str:
    """Return a unit or a mark in square brackets of the page's language: 〔 〕 in Chinese."""
    return f"[{text}]" if in_english() else f"〔{text}〕"


@register.filter
def chinese(text: object) -> str:
    """Mark what stays Chinese on an English page as Chinese.

    Only names of people and registered names, what people wrote, names in files, official titles, formulas as
    the rule prints them.
    """
    shown = str(text)
    if in_english() and _CHINESE.search(shown):
        return format_html('<span lang="zh">{}</span>', text)
    return shown if not isinstance(text, SafeString) else text


@register.filter
def quoting(sentence: str) -> str:
    """Return a sentence whose quotations (names in a file, what was read) are marked where they are Chinese."""
    if not in_english():
        return sentence
    parts = _QUOTED.split(sentence)
    return format_html_join("", "{}", ((chinese(p) if p[:1] == "“" else p,) for p in parts))


@register.simple_tag
def wording(words: Wording | None) -> str:
    """Show a text that the core gives in both languages."""
    return said(words) if words is not None else ""


@register.filter
def worded(words: Wording | None) -> str:
    """Return a text that the core gives in both languages."""
    return said(words) if words is not None else ""


@register.filter
def name_of(thing: Any) -> str:
    """Return the name of an enterprise, department, person or item in the language of the page."""
    english = str(getattr(thing, "english_name", "")) or str(getattr(thing, "english", ""))
    if in_english() and english:
        return english
    return str(getattr(thing, "name", None) or thing)


@register.filter
def short_name_of(thing: Any) -> str:
    """Return the short name of an enterprise in the language of the page."""
    if in_english() and str(getattr(thing, "english_name", "")):
        return str(thing.english_name)
    return str(getattr(thing, "short_name", "") or name_of(thing))


_TONES = {
    "submitted": "blue",
    "signed": "azure",
    "accepted": "green",
    "returned": "orange",
    "withdrawn": "secondary",
    "draft": "yellow",
    "missing": "red",
    "late": "red",
    "block": "red",
    "explain": "orange",
    "note": "blue",
    "waiting": "secondary",
    "running": "blue",
    "done": "green",
    "cancelled": "secondary",
    "failed": "red",
    "trial": "yellow",
    "published": "green",
}


@register.simple_tag
def badge(state: str, label: str) -> str:
    """Show a state as a small coloured label; the words carry the meaning, not the colour."""
    tone = _TONES.get(str(state), "secondary")
    return format_html('<span class="badge bg-{}-lt">{}</span>', tone, label)


@register.simple_tag
def icon(name: str) -> str:
    """Show an icon of the sprite; the text beside it says what it means."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("guozi/vendor/icons.svg"),
        name,
    )


@register.filter
def control(field: BoundField) -> str:
    """Return a form field's control in the look of the house, marked where it has errors."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        look = "form-check-input"
    elif isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        look = ""
    else:
        look = "form-select" if isinstance(widget, forms.Select) else "form-control"
    own = str(widget.attrs.get("class", ""))
    classes = [*own.split(), look, "is-invalid" if field.errors else ""]
    unique = dict.fromkeys(name for name in classes if name)
    return field.as_widget(attrs={"class": " ".join(unique)})


@register.inclusion_tag("ui/_chart.html")
def chart(data: dict[str, Any], title: str, height: str = "m") -> dict[str, Any]:
    """Draw a chart: ``{"kind": line|bar|stacked, "unit", "labels", "series": [{"name", "values"}]}``.

    Values are texts or numbers; the same data stand below as a table. Missing values are ``None``.
    """
    data = {**data, "unit": unit_name(str(data.get("unit", "")))}
    rows = [
        (label, [series["values"][index] for series in data["series"]])
        for index, label in enumerate(data["labels"])
    ]
    return {
        "chart": data,
        "rows": rows,
        "title": title,
        "height": height,
        "key": f"chart-{uuid.uuid4().hex[:8]}",
        "json": _data_block(data),
    }


def _data_block(data: object) -> SafeString:
    """Return JSON that cannot end its script element."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    for character, escaped in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(character, escaped)
    return mark_safe(text)  # noqa: S308 - escaped above


@register.simple_tag
def idempotency_key() -> str:
    """Return a hidden field that makes a second click of the same form harmless."""
    return format_html('<input type="hidden" name="idempotency-key" value="{}">', uuid.uuid4())


@register.filter
def get(mapping: dict[Any, Any] | None, key: Any) -> Any:
    """Return an entry of a mapping, ``None`` where there is none."""
    return None if mapping is None else mapping.get(key)


@register.filter
def when(moment: datetime | Literal[""] | None) -> str:
    """Return a moment as day and minute in the city's time; nothing where nothing happened yet.

    A template gives the empty text for ``row.version.sealed_at`` where there is no version.
    """
    from django.utils.timezone import localtime  # noqa: PLC0415 - only templates need it

    if not moment:
        return ""
    return f"{localtime(moment):%Y-%m-%d %H:%M}"


def _missing() -> str:
    # A dash alone is read out as nothing: the label says that the figure was not filled in.
    return format_html(
        '<span class="missing" role="img" aria-label="{0}" title="{0}">{1}</span>',
        _("未填"),
        _MISSING,
    )
