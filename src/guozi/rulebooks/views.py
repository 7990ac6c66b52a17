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
from guozi.ui.templatetags.guozi import in_english, said
from guozi_core.findings import Wording
from guozi_core.rulebook import MARKS, Header, parse_yaml, read_header

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILIES = {
    "indicators": Wording("指标", "Indicators"),
    "checks": Wording("勾稽关系", "Cross-checks"),
    "evaluation": Wording("综合评价", "Evaluation"),
    "forms": Wording("报表", "Forms"),
    "items": Wording("报表项目", "Statement items"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One rule as the reader shows it."""

    id: str
    group: str
    title: str
    text: str
    note: str
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
        if not wanted or wanted in f"{entry.id}{entry.title}{entry.text}{entry.note}"
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
        (" ".join(part for part in (f"《{s.document}》", s.number, s.clause) if part), s.mark)
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
    for indicator in parsed.indicator_rulebook(rulebook_id).indicators:
        for calibre in indicator.calibres:
            several = len(indicator.calibres) > 1
            yield RuleEntry(
                id=indicator.identifier,
                group=indicator.part,
                title=(indicator.english if in_english() else indicator.name)
                + (f"（{said(calibre.title)}）" if several else ""),
                text=f"{calibre.formula.text}　〔{indicator.unit}〕",
                note=said(indicator.note) if indicator.note else "",
                source=" ".join(
                    part
                    for part in (f"《{indicator.source.document}》", indicator.source.clause)
                    if part
                ),
                mark=indicator.source.mark,
            )


def _check_entries(rulebook_id: str) -> Iterator[RuleEntry]:
    for check in parsed.check_rulebook(rulebook_id).checks:
        for assertion in check.assertions[:1]:
            yield RuleEntry(
                id=check.id,
                group="",
                title=said(check.title),
                text=f"{assertion.left.text} {assertion.relation} {assertion.right.text}",
                note=said(check.fix) if check.fix else "",
                source=" ".join(
                    part for part in (f"《{check.source.document}》", check.source.clause) if part
                ),
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
                    text=f"{_('权数')} {item.weight}　〔{item.unit}〕",
                    note="；".join(f"{case.when.text}：{said(case.reason)}" for case in cases),
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
