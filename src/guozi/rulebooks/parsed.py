"""The shipped rulebooks as the engines read them, parsed once a process."""

from __future__ import annotations

from functools import cache

from guozi.rulebooks import library
from guozi_core import checks, indicators, scoring, sheets
from guozi_core.rulebook import fingerprint, parse_yaml
from guozi_core.statements import ItemDictionary, read_dictionary


@cache
def dictionary() -> ItemDictionary:
    """Return the lines of the statements."""
    return read_dictionary(library.read_text("items", "statement-items"))


@cache
def form(form_id: str) -> sheets.Form:
    """Return a form by its identifier."""
    return sheets.read_form(library.read_text("forms", form_id), dictionary())


@cache
def forms() -> tuple[sheets.Form, ...]:
    """Return every form, monthly ones first."""
    found = [form(form_id) for form_id in library.list_ids("forms")]
    return tuple(sorted(found, key=lambda item: item.frequency.value))


@cache
def indicator_rulebook(rulebook_id: str) -> indicators.IndicatorRulebook:
    """Return an indicator rulebook by its identifier."""
    return indicators.read_rulebook(library.read_text("indicators", rulebook_id), dictionary())


@cache
def evaluation_rulebook(rulebook_id: str) -> scoring.EvaluationRulebook:
    """Return an evaluation rulebook by its identifier."""
    return scoring.read_rulebook(library.read_text("evaluation", rulebook_id))


@cache
def standards() -> scoring.StandardTable:
    """Return the published standard values."""
    return scoring.read_standards(library.read_standard_lines(), english=industry_names())


@cache
def industry_names() -> dict[str, str]:
    """Return the English name of every industry of the standard values."""
    names = parse_yaml(library.read_industry_names())
    return {industry: names.text(industry) for industry in names}


def mark_of(family: str, rulebook_id: str) -> str:
    """Return the fingerprint of a rulebook's text: what a stored result says it was computed by."""
    return fingerprint(library.read_text(family, rulebook_id))


@cache
def check_rulebook(rulebook_id: str = "checks-statements") -> checks.CheckRulebook:
    """Return a rulebook of cross-checks by its identifier."""
    return checks.read_rulebook(library.read_text("checks", rulebook_id), dictionary())


@cache
def plan(plan_id: str) -> scoring.Plan:
    """Return an evaluation plan by its identifier."""
    return scoring.read_plan(library.read_text("plans", plan_id))
