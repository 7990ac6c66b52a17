"""``{% load registry %}``: the classes of enterprises in words."""

from __future__ import annotations

from django import template

from guozi.registry import class_words as words
from guozi.ui.templatetags.guozi import said

register = template.Library()


@register.filter
def class_words(value: str) -> str:
    """Return a class value (功能分类, 行业, 规模 …) in the language of the page."""
    return said(words.class_words(value)) if value else ""
