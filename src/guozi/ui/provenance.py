"""Where a figure comes from: what the side panel shows, and how one walks further down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginLink:
    """An input of a figure; ``url`` opens its own origin, empty where it is the end of the way."""

    label: str
    value: str
    unit: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Everything the panel tells of one figure, ready to show.

    Parameters
    ----------
    title, value, unit : str
        What it is and how much.
    formula : str
        The rule as written; empty for a reported figure.
    sentences : tuple of str
        The arithmetic or what happened, sentence by sentence.
    clauses : tuple of str
        Document, clause and provenance mark behind it.
    facts : tuple of (str, str)
        Label and text: version, file, sheet, cell, person, time.
    inputs : tuple of OriginLink
        What it was computed from.
    links : tuple of (str, str)
        Text and address of pages that show it in its place.
    """

    title: str
    value: str
    unit: str = ""
    formula: str = ""
    sentences: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    inputs: tuple[OriginLink, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def render_origin(request: HttpRequest, origin: Origin | None) -> HttpResponse:
    """Return the panel's content, or a page of its own where scripts are off.

    Raises
    ------
    Http404
        If there is no such figure.
    """
    if origin is None:
        raise Http404
    partial = request.headers.get("HX-Request") == "true"
    template = "ui/_where_from.html" if partial else "ui/where_from_page.html"
    return render(request, template, {"origin": origin})
