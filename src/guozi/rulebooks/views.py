"""The rulebook reader: every rule with its clause, its provenance mark and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit
from guozi.rulebooks import library, parsed
from guozi.rulebooks.reader import clause_of, entries_of
from guozi.ui.templatetags.guozi import in_english, name_of, said
from guozi_core.findings import Wording
from guozi_core.rulebook import MARKS, Header, parse_yaml, read_header
from guozi_core.scoring import Level, NoStandardsError, scale_label
from guozi_core.units import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from guozi.rulebooks.reader import RuleEntry
    from guozi_core.scoring import FoundStandards

#: The rulebook whose indicators the books of standard values print.
_NAMED = "indicators-2025"
#: The rulebook that gives the levels their coefficients.
_GRADED_BY = "cn-2006-157"
SIZES = ("全行业", "大型企业", "中型企业", "小型企业")
FAMILIES = {
    "indicators": Wording("指标", "Indicators"),
    "checks": Wording("勾稽关系", "Cross-checks"),
    "evaluation": Wording("综合评价", "Evaluation"),
    "plans": Wording("评价方案", "Evaluation plans"),
    "forms": Wording("报表", "Forms"),
    "items": Wording("报表项目", "Statement items"),
}


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
    table = parsed.standards()
    return render(
        request,
        "rulebooks/list.html",
        {
            "families": found,
            "years": (", " if in_english() else "、").join(str(year) for year in table.years),
            "industries": len(table.industries),
        },
    )


@permit(Act.READ, Subject.RULEBOOK)
@require_GET
def standards(request: ViewerRequest) -> HttpResponse:
    """Look up published standard values by industry and size; a fall-back says so."""
    table = parsed.standards()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else max(table.years)
    industry = request.GET.get("industry", "").strip() or table.industries[0]
    size = request.GET.get("size", "").strip() or SIZES[0]
    found, trouble = None, ""
    try:
        found = table.find(year=year, industry=industry, scale=size)
    except NoStandardsError as error:
        trouble = error.finding.sentence("en" if in_english() else "zh")
    return render(
        request,
        "rulebooks/standards.html",
        {
            "year": year,
            "industry": industry,
            "size": size,
            "years": table.years,
            "industries": [(name, said(_industry(name))) for name in table.industries],
            "sizes": [(name, said(scale_label(name))) for name in SIZES],
            "found_words": " · ".join(
                (said(_industry(found.industry)), said(scale_label(found.scale)))
            )
            if found is not None
            else "",
            "found": found,
            "trouble": trouble,
            "path": " › ".join(said(_industry(name)) for name in table.paths[found.industry])
            if found is not None
            else "",
            "levels": [said(level.label) for level in Level],
            "coefficients": " / ".join(
                plain(number)
                for number in parsed.evaluation_rulebook(_GRADED_BY).coefficients.values()
            ),
            "rows": _standard_rows(found) if found is not None else [],
        },
    )


def _industry(name: str) -> Wording:
    return Wording(name, parsed.industry_names().get(name, name))


def _standard_rows(found: FoundStandards) -> list[dict[str, object]]:
    known = {item.name: item for item in parsed.indicator_rulebook(_NAMED).indicators}
    return [
        {
            "name": name_of(known.get(name, name)),
            # The book leaves the unit of a multiple blank.
            "unit": found.units[name] or (known[name].unit if name in known else ""),
            "falling": standard.smaller_is_better,
            "values": _as_printed([standard.values.get(level) for level in Level]),
        }
        for name, standard in found.values.items()
    ]


def _as_printed(values: list[Decimal | None]) -> list[str]:
    """Return the values of a row with equally many decimals, as the book prints them."""
    texts = ["—" if value is None else plain(value) for value in values]
    places = max((len(text.partition(".")[2]) for text in texts), default=0)
    return [
        text if value is None else f"{value:.{places}f}"
        for text, value in zip(texts, values, strict=True)
    ]


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
        for entry in entries_of(family, rulebook_id)
        if not wanted or wanted in f"{entry.id}{entry.title}{entry.text}{entry.english}{entry.note}"
    ]
    return render(
        request,
        "rulebooks/rulebook.html",
        {
            "family": FAMILIES[family],
            "id": rulebook_id,
            "header": header,
            "sources": [(clause_of(source), source.mark) for source in header.sources],
            "entries": entries,
            "marks": [(mark, MARKS[mark]) for mark in _marks(entries, header)],
            "fingerprint": parsed.mark_of(family, rulebook_id),
            "text": text if request.GET.get("text") else "",
        },
    )


def _marks(entries: list[RuleEntry], header: Header) -> list[str]:
    """Return the first letters of all marks on the page: the digits name a source."""
    shown = [*(entry.mark for entry in entries), *(source.mark for source in header.sources)]
    return sorted({mark[:1] for mark in shown} & MARKS.keys())
