"""``{% load access %}``: who did something."""

from __future__ import annotations

from django import template

from guozi.access.actor_names import actor_words
from guozi.ui.templatetags.guozi import chinese, said

register = template.Library()


@register.filter
def actor(name: str) -> str:
    """Return who did something: a person's name as it is, the product in the language of the page."""
    words = actor_words(name)
    return said(words) if words is not None else chinese(name)
