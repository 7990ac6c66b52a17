"""Indicators of sealed statements: computed when they are asked for, with everything they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from guozi.filings import selectors
from guozi.filings.mapping import SCOPES
from guozi.filings.origins import where_url
from guozi.rulebooks import parsed
from guozi.ui.provenance import Origin, OriginLink
from guozi.ui.templatetags.guozi import (
    bracketed,
    chinese,
    in_english,
    name_of,
    number_text,
    said,
    square,
)
from guozi_core import indicators
from guozi_core.formula import in_english as in_english_words
from guozi_core.indicators import Status
from guozi_core.statements import ItemUnit
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guozi.filings.models import Version
    from guozi_core.formula import Step
    from guozi_core.indicators import IndicatorResult, IndicatorRulebook
    from guozi_core.rulebook import Source

#: The rulebook that pages show where none is asked for.
USUAL = "indicators-2025"
_WAN = 10_000
_DEEPEST = 4


def results_of(
    version: Version, rulebook_id: str = USUAL
) -> tuple[tuple[IndicatorResult, ...], dict[Period, Version]]:
    """Return every indicator of a version's period, and the version behind each period used."""
    book, behind = selectors.book_of(version.enterprise, SCOPES[version.scope], instead=version)
    found = indicators.compute(
        parsed.indicator_rulebook(rulebook_id), book, Period.parse(version.period)
    )
    return found, behind


def where_url_of(version_id: int, rulebook_id: str, identifier: str) -> str:
    """Return the address that tells where an indicator comes from."""
    return reverse("filings:indicator", args=[version_id, rulebook_id, identifier])


def value_text(result: IndicatorResult) -> str:
    """Return an indicator's value as pages show it: two decimals, amounts in 万元."""
    if result.value is None:
        return "—"
    value = result.value / _WAN if result.indicator.unit == "money" else result.value
    return number_text(value)


def unit_text(result: IndicatorResult) -> str:
    """Return the unit that goes with :func:`value_text`."""
    return "万元" if result.indicator.unit == "money" else result.indicator.unit


def indicator_name(result: IndicatorResult) -> str:
    """Return the name in the language of the page."""
    return name_of(result.indicator)


def origin_of_indicator(version: Version, rulebook_id: str, identifier: str) -> Origin | None:
    """Return where an indicator's value comes from, ``None`` if there is no such indicator."""
    found, behind = results_of(version, rulebook_id)
    result = next((item for item in found if item.indicator.identifier == identifier), None)
    if result is None:
        return None
    book = parsed.indicator_rulebook(rulebook_id)
    sentences = list(sentences_of(result.steps, book)) if result.steps is not None else []
    if result.status is not Status.OK and result.reason is not None:
        sentences.append(said(result.reason))
    sentences += [said(note) for note in result.notes]
    return Origin(
        title=f"{indicator_name(result)} · {version.period} · {name_of(version.enterprise)}",
        value=value_text(result),
        unit=unit_text(result),
        formula=formula_text(result, book),
        sentences=tuple(sentences),
        clauses=(clause_text(result.indicator.source),),
        facts=(
            (
                _("规则集"),
                f"{said(book.header.title)}{bracketed(f'{rulebook_id} {book.header.version}')}",
            ),
            (_("口径"), said(result.calibre.title)),
        ),
        inputs=tuple(inputs_of(result, behind)),
        links=(
            (_("查看规则"), reverse("rulebooks:rulebook", args=["indicators", rulebook_id])),
            (_("查看报表"), reverse("filings:version", args=[version.pk])),
        ),
    )


def formula_text(result: IndicatorResult, rulebook: IndicatorRulebook) -> str:
    """Return the formula of an indicator in the language of the page."""
    text = f"{indicator_name(result)} = {result.calibre.formula.text}"
    return in_words(text, rulebook)


def in_words(formula: str, rulebook: IndicatorRulebook) -> str:
    """Return a formula as the page shows it: as written, or with its names in English."""
    return in_english_words(formula, rulebook.english_of) if in_english() else formula


def clause_text(source: Source) -> str:
    """Return document, number, clause and provenance mark as one line; titles stay Chinese."""
    parts = [f"《{source.document}》" if source.document else "", source.number, source.clause]
    title = chinese(" ".join(part for part in parts if part))
    return format_html("{} {}", title, square(source.mark))


def inputs_of(result: IndicatorResult, behind: dict[Period, Version]) -> Iterator[OriginLink]:
    """Yield the sealed figures an indicator rests on, each with the address of its own origin."""
    seen = set()
    for used in result.inputs:
        figure = used.figure
        key = (figure.period, figure.key)
        if key in seen:
            continue
        seen.add(key)
        money = used.item.unit is ItemUnit.MONEY
        source = behind.get(figure.period)
        yield OriginLink(
            label=f"{name_of(used.item)} {figure.period.code} {said(figure.key.moment.wording)}",
            value=number_text(figure.value / _WAN if money else figure.value),
            unit="万元" if money else "人",
            url=where_url(source.pk, figure.key.item, figure.key.moment.letter)
            if source is not None
            else "",
        )


def sentences_of(step: Step, rulebook: IndicatorRulebook, depth: int = 0) -> Iterator[str]:
    """Yield the arithmetic from the inside out, as far as a reader can follow."""
    if depth < _DEEPEST:
        for part in step.parts:
            if part.parts:
                yield from sentences_of(part, rulebook, depth + 1)
    if step.parts and step.value is not None:
        value = _truth(step.value) if isinstance(step.value, bool) else number_text(step.value, 4)
        yield f"{in_words(step.text, rulebook)} = {value}"


def _truth(holds: bool) -> str:  # noqa: FBT001 - the value itself
    return _("是") if holds else _("否")
