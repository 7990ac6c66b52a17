"""Enterprises: the list one searches, and everything about one of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guozi import excel
from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit, refuse
from guozi.audit import selectors as audit
from guozi.cockpit import selectors
from guozi.filings import selectors as filings
from guozi.filings.indicators import USUAL, indicator_name, unit_text, value_text, where_url_of
from guozi.filings.origins import where_url
from guozi.filings.views import download
from guozi.registry import selectors as registry
from guozi.registry.class_words import class_words
from guozi.registry.kinds import ClassKind, HierarchyKind, Level
from guozi.registry.models import ClassFact, LinkFact, NameFact, SupervisionFact
from guozi.rulebooks import parsed
from guozi.ui.tables import Column, listing
from guozi.ui.templatetags.guozi import (
    amount_text,
    chinese,
    in_english,
    name_of,
    number_text,
    said,
)
from guozi_core import scoring

if TYPE_CHECKING:
    from guozi.filings.models import Version
    from guozi.registry.models import Department, Enterprise
    from guozi_core.statements import Scope

_MONTHS_SHOWN = 24
_FACTS_SHOWN = 20
_KPIS = (("BS40", "e"), ("BS71", "e"), ("BS91", "e"), ("IS01", "c"), ("IS40", "c"), ("IS50", "c"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One enterprise of the list with a few of its classes."""

    enterprise: Enterprise
    nature: str
    industry: str
    department: Department | None


@permit(Act.READ, Subject.ENTERPRISE)
@require_GET
def enterprises(request: ViewerRequest) -> HttpResponse:
    """List enterprises in scope: by name, code, pinyin or initials; by level."""
    today = registry.today()
    natures = registry.class_values(ClassKind.NATURE, on=today)
    industries = registry.class_values(ClassKind.INDUSTRY, on=today)
    departments = registry.departments_of(on=today)
    known = registry.departments()
    level = request.GET.get("level", "")
    found = registry.list_enterprises(
        text=request.GET.get("q", ""),
        level=level if level in {item.value for item in Level} else "",
        direct=True if request.GET.get("direct") else None,
    )
    rows = [
        ListRow(
            enterprise=item,
            nature=natures.get(item.pk, ""),
            industry=industries.get(item.pk, ""),
            department=known.get(departments.get(item.pk, 0)),
        )
        for item in found
    ]
    columns = [
        Column(key="order", label="#"),
        Column(key="name", label=_("企业"), sort=lambda row: row.enterprise.name),
        Column(key="uscc", label=_("统一社会信用代码"), sort=lambda row: row.enterprise.uscc),
        Column(key="level", label=_("层级"), sort=lambda row: Level(row.enterprise.level).order),
        Column(key="nature", label=_("功能分类"), sort=lambda row: row.nature or None),
        Column(key="industry", label=_("行业"), sort=lambda row: row.industry or None),
        Column(
            key="department",
            label=_("主管单位"),
            sort=lambda row: row.department.name if row.department else None,
        ),
    ]
    table = listing(request, rows, columns, default="order")
    if request.GET.get("export") == "xlsx":
        if not request.viewer.may(Act.EXPORT, Subject.EXPORT):
            refuse(request, act=Act.EXPORT, subject=Subject.EXPORT)
        content = excel.write_table(
            [excel.TableColumn(title=str(column.label)) for column in columns[1:]],
            [
                (
                    name_of(row.enterprise),
                    row.enterprise.uscc,
                    said(row.enterprise.level_label),
                    said(class_words(row.nature)),
                    said(class_words(row.industry)),
                    name_of(row.department) if row.department else "",
                )
                for row in table.rows
            ],
            title=_("企业名录"),
        )
        return download(request, content, f"{_('企业名录')}.xlsx", what="registry.Enterprise")
    return render(
        request,
        "cockpit/enterprises.html",
        {"table": table, "levels": list(Level), "level": level, "count": len(rows)},
    )


@permit(Act.READ, Subject.ENTERPRISE)
@require_GET
def enterprise(request: ViewerRequest, uscc: str) -> HttpResponse:
    """Show everything about one enterprise that this part of the house knows."""
    found = registry.get_enterprise(uscc)
    if found is None:
        raise Http404
    today = registry.today()
    profile = registry.profile_of(found, on=today)
    scope = filings.main_scope(found)
    flash = filings.latest_version(found, form=filings.FLASH, scope=scope)
    final = filings.latest_version(found, form=filings.FINAL, scope=scope)
    rows, standards, _behind = (
        selectors.standings(final, on=today) if final is not None else ([], None, {})
    )
    results = selectors.evaluations_of(request.viewer, found)
    return render(
        request,
        "cockpit/enterprise.html",
        {
            "enterprise": found,
            "profile": profile,
            "classes": [
                (said(kind.label), chinese(said(class_words(value))))
                for kind, value in profile.classes.items()
            ],
            "parents": [(said(kind.label), parent) for kind, parent in profile.parents.items()],
            "children": registry.children_of(found, HierarchyKind.CONSOLIDATION, on=today),
            "flash": flash,
            "final": final,
            "tiles": _tiles(flash),
            "standings": [_standing(row, final) for row in rows] if final is not None else [],
            "standards": standards,
            "levels": [said(level.label) for level in scoring.Level],
            "charts": _charts(found, scope),
            "results": results,
            "versions": filings.list_versions(current=True).filter(enterprise=found)[:16],
            "history": [_fact(fact) for fact in registry.history_of(found)[:_FACTS_SHOWN]],
            "log": audit.search(enterprise_id=found.pk)[:12],
            "scope": scope,
        },
    )


def _fact(fact: registry.Fact) -> dict[str, object]:
    """Return a dated fact with its two clocks: when it was true, since when it was known."""
    match fact:
        case NameFact():
            what, text = _("名称"), fact.english_name if in_english() else fact.name
            text = text or fact.name
        case ClassFact():
            kind = ClassKind(fact.kind)
            what, text = said(kind.label), said(class_words(fact.value))
        case LinkFact():
            what, text = said(HierarchyKind(fact.kind).label), name_of(fact.parent)
            if fact.share is not None:
                text = f"{text} {number_text(fact.share * 100)}%"
        case SupervisionFact():
            what, text = _("主管单位"), name_of(fact.department)
    return {
        "what": what,
        "text": text,
        "since": fact.valid.lower,
        "until": fact.valid.upper,
        "known_at": fact.known.lower,
        "replaced_at": fact.known.upper,
        "source": fact.source,
    }


def _tiles(version: Version | None) -> list[dict[str, object]]:
    """Return the headline figures of the latest flash report with last year's."""
    if version is None:
        return []
    figures = filings.figures_of(version)
    items = parsed.dictionary().by_code
    tiles: list[dict[str, object]] = []
    for code, moment in _KPIS:
        figure = figures.get((code, moment))
        before = figures.get((code, "p" if moment == "c" else "o"))
        change = None
        if figure is not None and before is not None and before.amount > 0:
            change = Decimal(figure.amount - before.amount) * 100 / before.amount
        tiles.append(
            {
                "label": name_of(items[code]),
                "text": amount_text(figure.amount if figure else None),
                "url": where_url(version.pk, code, moment) if figure else "",
                "change": change,
                "against": _("较上年同期") if moment == "c" else _("较年初"),
            }
        )
    return tiles


def _standing(row: selectors.StandingRow, version: Version) -> dict[str, object]:
    return {
        "name": indicator_name(row.result),
        "part": row.result.indicator.part,
        "value": value_text(row.result),
        "unit": unit_text(row.result),
        "url": where_url_of(version.pk, USUAL, row.result.indicator.identifier),
        "levels": [number_text(value) if value is not None else "" for value in row.levels],
        "place": said(row.standing.label) if row.standing is not None else "",
        "tone": _tone(row.standing),
        "reason": said(row.result.reason) if row.result.reason is not None else "",
    }


def _tone(place: scoring.Standing | None) -> str:
    if place is None:
        return ""
    tones = {"优秀": "green", "良好": "teal", "平均": "blue", "较低": "orange", "较差": "red"}
    return tones.get(place.level.value if place.level else "较差", "red")


def _charts(found: Enterprise, scope: Scope) -> list[dict[str, Any]]:
    """Return the trends of balances and of cumulative results, by month or else by year."""
    balances = [(code, "e") for code in ("BS40", "BS71")]
    results = [(code, moment) for code in ("IS01", "IS40") for moment in ("c", "p")]
    by_form = (
        filings.series_of(found, scope, form=form, items=balances + results)[-_MONTHS_SHOWN:]
        for form in (filings.FLASH, filings.FINAL)
    )
    series = next((found for found in by_form if len(found) > 1), None)
    if series is None:
        return []
    labels = [period for period, _figures, _version in series]
    names = parsed.dictionary().by_code

    def values(item: str, moment: str) -> list[str | None]:
        return [
            amount_text(figures[item, moment]).replace(",", "")
            if (item, moment) in figures
            else None
            for _period, figures, _version in series
        ]

    leverage = [
        number_text(Decimal(figures["BS71", "e"]) * 100 / figures["BS40", "e"])
        if figures.get(("BS40", "e"), 0) > 0 and ("BS71", "e") in figures
        else None
        for _period, figures, _version in series
    ]
    return [
        {
            "title": _("资产与负债"),
            "data": {
                "kind": "line",
                "unit": "万元",
                "labels": labels,
                "series": [
                    {"name": name_of(names["BS40"]), "values": values("BS40", "e")},
                    {"name": name_of(names["BS71"]), "values": values("BS71", "e")},
                ],
            },
        },
        {
            "title": _("资产负债率"),
            "data": {
                "kind": "line",
                "unit": "%",
                "labels": labels,
                "series": [{"name": _("资产负债率"), "values": leverage}],
            },
        },
        *(
            {
                "title": f"{name_of(names[code])}{_('（本年累计）')}",
                "data": {
                    "kind": "line",
                    "unit": "万元",
                    "labels": labels,
                    "series": [
                        {"name": _("本年累计"), "values": values(code, "c")},
                        {"name": _("上年同期"), "values": values(code, "p"), "dashed": True},
                    ],
                },
            }
            for code in ("IS01", "IS40")
        ),
    ]
