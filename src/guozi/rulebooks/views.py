"""The rulebook reader: every rule with its clause, its provenance mark and its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit
from guozi.rulebooks import library, parsed
from guozi.ui.templatetags.guozi import bracketed, colon, in_english, said
from guozi_core.findings import Wording
from guozi_core.formula import in_english as in_english_words
from guozi_core.indicators import MONEY
from guozi_core.rulebook import MARKS, Header, parse_yaml, read_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guozi_core.rulebook import Source

FAMILIES = {
    "indicators": Wording("指标", "Indicators"),
    "checks": Wording("勾稽关系", "Cross-checks"),
    "evaluation": Wording("综合评价", "Evaluation"),
    "forms": Wording("报表", "Forms"),
    "items": Wording("报表项目", "Statement items"),
}

#: The parts of the indicator rulebooks.
_PARTS = {
    "盈利能力状况": Wording("盈利能力状况", "Profitability"),
    "资产质量状况": Wording("资产质量状况", "Asset quality"),
    "债务风险状况": Wording("债务风险状况", "Debt risk"),
    "经营增长状况": Wording("经营增长状况", "Growth"),
    "盈利回报指标": Wording("盈利回报指标", "Profit and return"),
    "资产运营指标": Wording("资产运营指标", "Use of assets"),
    "风险防控指标": Wording("风险防控指标", "Risk control"),
    "持续发展指标": Wording("持续发展指标", "Lasting development"),
    "补充指标": Wording("补充指标", "Supplementary indicators"),
    "参考指标": Wording("参考指标", "Reference indicators"),
    "规模": Wording("规模", "Size"),
    "偿债": Wording("偿债", "Solvency"),
    "盈利": Wording("盈利", "Profit"),
    "营运": Wording("营运", "Operation"),
}
#: Conditions of special cases name operands that every indicator rulebook knows.
_ANY = "indicators-2025"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One rule as the reader shows it."""

    id: str
    group: str
    title: str
    text: str
    note: str
    #: The text again with its names in English, for an English page.
    english: str = ""
    unit: str = ""
    source: str
    mark: str


@permit(Act.READ, Subject.RULEBOOK)
@require_GET
def rulebooks(request: ViewerRequest) -> HttpResponse:
    """List the rulebooks in force by family."""
    found = []
    for family, title in FAMILIES.items():
        headers = [
            (rulebook_id, read_header(parse_yaml(library.read_text(family, rulebook_id))))
            for rulebook_id in library.list_ids(family)
        ]
        found.append((family, title, headers))
    return render(request, "rulebooks/list.html", {"families": found})


@permit(Act.READ, Subject.RULEBOOK)
@require_GET
def rulebook(request: ViewerRequest, family: str, rulebook_id: str) -> HttpResponse:
    """Show a rulebook: its sources, every rule, and the text it was read from."""
    if family not in FAMILIES or rulebook_id not in library.list_ids(family):
        raise Http404
    text = library.read_text(family, rulebook_id)
    header = read_header(parse_yaml(text))
    wanted = request.GET.get("q", "").strip()
    entries = [
        entry
        for entry in _entries(family, rulebook_id)
        if not wanted or wanted in f"{entry.id}{entry.title}{entry.text}{entry.english}{entry.note}"
    ]
    return render(
        request,
        "rulebooks/rulebook.html",
        {
            "family": FAMILIES[family],
            "id": rulebook_id,
            "header": header,
            "sources": _sources(header),
            "entries": entries,
            "marks": [(mark, MARKS[mark[:1]]) for mark in _marks(entries) if mark[:1] in MARKS],
            "fingerprint": parsed.mark_of(family, rulebook_id),
            "text": text if request.GET.get("text") else "",
        },
    )


def _sources(header: Header) -> list[tuple[str, str]]:
    return [
        (
            " ".join(
                p for p in (f"《{s.document}》" if s.document else "", s.number, s.clause) if p
            ),
            s.mark,
        )
        for s in header.sources
    ]


def _marks(entries: list[RuleEntry]) -> list[str]:
    return sorted({entry.mark[:1] for entry in entries if entry.mark})


def _entries(family: str, rulebook_id: str) -> Iterator[RuleEntry]:
    if family == "indicators":
        yield from _indicator_entries(rulebook_id)
    elif family == "checks":
        yield from _check_entries(rulebook_id)
    elif family == "evaluation":
        yield from _evaluation_entries(rulebook_id)
    elif family == "items":
        yield from _item_entries()
    else:
        yield from _form_entries(rulebook_id)


def _indicator_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    book = parsed.indicator_rulebook(rulebook_id)
    for indicator in book.indicators:
        for calibre in indicator.calibres:
            several = len(indicator.calibres) > 1
            yield RuleEntry(
                id=indicator.identifier,
                group=said(_PARTS.get(indicator.part, Wording(indicator.part, indicator.part))),
                title=(indicator.english if in_english() else indicator.name)
                + (bracketed(said(calibre.title)) if several else ""),
                text=calibre.formula.text,
                english=_english(calibre.formula.text, book.english_of),
                unit="元" if indicator.unit == MONEY else indicator.unit,
                note=said(indicator.note) if indicator.note else "",
                source=_document(indicator.source),
                mark=indicator.source.mark,
            )


def _document(source: Source) -> str:
    """Return document and clause; what is the project's own has no document."""
    title = f"《{source.document}》" if source.document else ""
    return " ".join(part for part in (title, source.clause) if part)


def _english(formula: str, english_of: Callable[[str], str]) -> str:
    """Return a formula with its names in English on an English page, nothing on a Chinese one."""
    return in_english_words(formula, english_of) if in_english() else ""


def _in_words(condition: str) -> str:
    """Return the condition of a special case in the language of the page."""
    return _english(condition, parsed.indicator_rulebook(_ANY).english_of) or condition


def _check_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    book = parsed.check_rulebook(rulebook_id)
    for check in book.checks:
        for assertion in check.assertions[:1]:
            yield RuleEntry(
                id=check.id,
                group="",
                title=said(check.title),
                text=(text := f"{assertion.left.text} {assertion.relation} {assertion.right.text}"),
                english=_english(text, book.english_of),
                note=said(check.fix) if check.fix else "",
                source=_document(check.source),
                mark=check.source.mark,
            )


def _evaluation_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    book = parsed.evaluation_rulebook(rulebook_id)
    for part in book.parts:
        for role, items in ((_("基本指标"), part.basic), (_("修正指标"), part.corrections)):
            for item in items:
                cases = book.cases_of(item.name)
                yield RuleEntry(
                    id=item.name,
                    group=f"{part.english if in_english() else part.name} · {role}",
                    title=item.english if in_english() else item.name,
                    text=f"{_('权数')} {item.weight}",
                    unit=item.unit,
                    note=("; " if in_english() else "；").join(
                        f"{colon(_in_words(case.when.text))}{said(case.reason)}" for case in cases
                    ),
                    source="",
                    mark=cases[0].mark if cases else "",
                )


def _item_entries() -> Iterator[RuleEntry]:
    for item in parsed.dictionary().by_code.values():
        yield RuleEntry(
            id=item.code,
            group=item.statement.value,
            title=item.english if in_english() else item.name,
            text="、".join(item.aliases),
            note="",
            source="",
            mark="",
        )


def _form_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    for sheet in parsed.form(rulebook_id).sheets:
        for line in sheet.lines:
            if line.item is not None:
                yield RuleEntry(
                    id=line.item.code,
                    group=said(sheet.title),
                    title=(line.english if in_english() else line.label).strip("　 "),
                    text=_("必填") if line.required else "",
                    note="",
                    source="",
                    mark="",
                )
