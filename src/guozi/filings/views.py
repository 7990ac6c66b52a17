"""Sealed filings: who has filed, one version, its checks, its receipt, the steps of review."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guozi import excel
from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit, refuse, require
from guozi.audit import selectors as audit
from guozi.audit import services as audit_services
from guozi.filings import selectors, services
from guozi.filings.checking import outcomes_of
from guozi.filings.indicators import origin_of_indicator
from guozi.filings.mapping import SCOPES, outside_form, page_sheets
from guozi.filings.models import Draft, Version
from guozi.filings.origins import origin_of
from guozi.filings.states import STEPS, State, Step
from guozi.registry import selectors as registry
from guozi.registry.kinds import Level
from guozi.rulebooks import library, parsed
from guozi.ui.provenance import render_origin
from guozi.ui.tables import Column, listing
from guozi.ui.templatetags.guozi import name_of, said
from guozi_core import checks
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guozi.registry.models import Enterprise
    from guozi_core.findings import Wording

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow:
    """One enterprise of the overview: what it has filed for the period, or nothing."""

    enterprise: Enterprise
    version: Version | None
    draft_id: int | None
    scope: str
    late: bool

    @property
    def scope_words(self) -> Wording | None:
        """The accounts of a draft; none where nothing has been begun."""
        return SCOPES[self.scope].wording if self.scope else None

    @property
    def state(self) -> str:
        """What the badge shows."""
        if self.version is not None:
            return self.version.state
        return "draft" if self.draft_id is not None else "missing"


@permit(Act.READ, Subject.FILING)
@require_GET
def overview(request: ViewerRequest) -> HttpResponse:
    """Show who has filed what for a period, and what is still missing."""
    form_id = request.GET.get("form", selectors.FLASH)
    if form_id not in {form.id for form in parsed.forms()}:
        raise Http404
    periods = selectors.periods_filed(form=form_id)
    period = request.GET.get("period") or (periods[0] if periods else "")
    rows = _rows(form_id, period, text=request.GET.get("q", ""))
    state = request.GET.get("state", "")
    columns = [
        Column(key="name", label=_("企业"), sort=lambda row: row.enterprise.short_name),
        Column(key="level", label=_("层级"), sort=lambda row: Level(row.enterprise.level).order),
        Column(key="scope", label=_("口径")),
        Column(key="state", label=_("状态"), sort=lambda row: row.state),
        Column(
            key="at",
            label=_("报送时间"),
            sort=lambda row: row.version.submitted_at if row.version else None,
        ),
        Column(key="version", label=_("版本"), numeric=True),
        Column(key="action", label=""),
    ]
    shown = [
        row
        for row in rows
        # A draft is not filed either.
        if state in {"", row.state} or (state == "missing" and row.version is None)
    ]
    table = listing(request, shown, columns, default="-at")
    if request.GET.get("export") == "xlsx":
        return _overview_workbook(request, table.rows, form_id, period)
    filed = sum(row.version is not None for row in rows)
    own = list(registry.list_enterprises().filter(pk__in=request.viewer.own_ids))
    return render(
        request,
        "filings/overview.html",
        {
            "forms": parsed.forms(),
            "form": parsed.form(form_id),
            "periods": periods,
            "period": period,
            "table": table,
            "filed": filed,
            "missing": len(rows) - filed,
            "accepted": sum(row.state == State.ACCEPTED for row in rows),
            "states": State.choices,
            "may_fill": request.viewer.may(Act.CREATE, Subject.DRAFT),
            "scopes": list(SCOPES.values()),
            "suggested": _next_period(form_id),
            "own": own,
            "usual_scope": _usual_scope(form_id, own),
        },
    )


def _rows(form_id: str, period: str, *, text: str) -> list[FilingRow]:
    versions: dict[int, list[Version]] = {}
    for version in selectors.list_versions(form=form_id, period=period, current=True):
        versions.setdefault(version.enterprise_id, []).append(version)
    drafts = {
        (draft.enterprise_id, draft.scope): draft.pk
        for draft in Draft.objects.filter(form=form_id, period=period)
    }
    ever = set(
        selectors.list_versions(form=form_id).values_list("enterprise_id", flat=True).distinct()
    )
    rows = []
    for enterprise in registry.list_enterprises(text=text):
        own = versions.get(enterprise.pk, [])
        open_scopes = {
            scope: pk
            for (enterprise_id, scope), pk in drafts.items()
            if enterprise_id == enterprise.pk
        }
        expected = enterprise.pk in ever and enterprise.level != Level.PEER.value
        if not own and not open_scopes and not expected:
            continue
        rows += [
            FilingRow(
                enterprise=enterprise,
                version=version,
                draft_id=open_scopes.pop(version.scope, None),
                scope=version.scope,
                late=False,
            )
            for version in own
        ]
        rows += [
            FilingRow(enterprise=enterprise, version=None, draft_id=pk, scope=scope, late=False)
            for scope, pk in open_scopes.items()
        ]
        if not own and not open_scopes:
            rows.append(
                FilingRow(enterprise=enterprise, version=None, draft_id=None, scope="", late=True)
            )
    return rows


def _overview_workbook(
    request: ViewerRequest, rows: Sequence[FilingRow], form_id: str, period: str
) -> HttpResponse:
    if not request.viewer.may(Act.EXPORT, Subject.EXPORT):
        refuse(request, act=Act.EXPORT, subject=Subject.EXPORT)
    title = f"{said(parsed.form(form_id).header.title)} {period}"
    content = excel.write_table(
        [
            excel.TableColumn(title=name)
            for name in (
                _("统一社会信用代码"),
                _("企业"),
                _("口径"),
                _("状态"),
                _("报送时间"),
                _("版本"),
            )
        ],
        [
            (
                row.enterprise.uscc,
                name_of(row.enterprise),
                said(row.scope_words) if row.scope_words is not None else "",
                row.version.get_state_display() if row.version else _("未报送"),
                f"{timezone.localtime(row.version.submitted_at):%Y-%m-%d %H:%M}"
                if row.version
                else None,
                row.version.number if row.version else None,
            )
            for row in rows
        ],
        title=title,
    )
    return download(request, content, f"{title}.xlsx", what="filings.overview")


def download(
    request: ViewerRequest, content: bytes, name: str, *, what: str, kind: str = XLSX
) -> HttpResponse:
    """Return a file to save, and note the export in the log."""
    audit_services.record(
        action="exported",
        subject=audit_services.Subject(what, name[:60]),
        after={"bytes": len(content), "by": request.viewer.name},
    )
    response = HttpResponse(content, content_type=kind)
    # A plain name for old programs, the exact one for all others.
    plain = re.sub(r"[^A-Za-z0-9.\-]+", "_", name)
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    return response


def _usual_scope(form_id: str, own: Sequence[Enterprise]) -> str:
    """Return the accounts that the first of the enterprises filed last; nothing where it has not."""
    filed = selectors.list_versions(form=form_id, current=True).filter(enterprise__in=own[:1])
    pairs = list(filed.values_list("period", "scope"))
    newest = max((period for period, _scope in pairs), default="")
    return next((scope for scope in SCOPES if (newest, scope) in pairs), "")


def _next_period(form_id: str) -> str:
    """Return the period that is due: the month or year before this one."""
    today = timezone.localdate()
    if form_id == selectors.FINAL:
        return str(today.year - 1)
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return f"{year}-{month:02d}"


def version_or_404(pk: int) -> Version:
    """Return a version in scope, or answer as if it did not exist."""
    found = selectors.get_version(pk)
    if found is None:
        raise Http404
    return found


@permit(Act.READ, Subject.FILING)
@require_GET
def version(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show a sealed version: its statements, findings, steps, other versions."""
    found = version_or_404(pk)
    form = parsed.form(found.form)
    figures = {key: figure.amount for key, figure in selectors.figures_of(found).items()}
    sheets = page_sheets(form, figures)
    wanted = request.GET.get("sheet")
    chosen = next((sheet for sheet in sheets if sheet.key == wanted), sheets[0])
    items = parsed.dictionary().by_code
    return render(
        request,
        "filings/version.html",
        {
            "version": found,
            "form": form,
            "scope": SCOPES[found.scope],
            "sheets": sheets,
            "chosen": chosen,
            "others": [
                (items[item], moment, amount)
                for item, moment, amount in outside_form(form, figures)
                if items[item].statement is chosen.sheet.statement
            ],
            "acts": selectors.acts_of(found),
            "findings": found.findings.order_by("pk"),
            "versions": selectors.versions_of(
                found.enterprise, form=found.form, period=found.period, scope=found.scope
            ),
            "steps": _steps(request, found),
            "may_correct": found.current
            and request.viewer.may(Act.CREATE, Subject.DRAFT, found.enterprise_id),
            "figure_count": len(figures),
        },
    )


def _steps(request: ViewerRequest, found: Version) -> list[Step]:
    """Return the steps the viewer may take now."""
    viewer = request.viewer
    return [
        step
        for step in STEPS.values()
        if found.status in step.starts
        and viewer.may(step.act, Subject.FILING, found.enterprise_id)
        and (step.by_submitter == (found.submitted_by_id == viewer.user_id))
    ]


@permit(Act.READ, Subject.FILING)
@require_POST
def take_step(request: ViewerRequest, pk: int, step: str) -> HttpResponse:
    """Sign, accept, return or withdraw a version."""
    found = version_or_404(pk)
    if step not in STEPS:
        raise Http404
    require(request, STEPS[step].act, Subject.FILING, found.enterprise_id)
    try:
        services.take_step(
            found,
            step,
            content_sha256=request.POST.get("content", ""),
            reason=request.POST.get("reason", ""),
            viewer=request.viewer,
            at=timezone.now(),
        )
    except services.FilingRefusedError as error:
        messages.error(request, said(error.reason))
    else:
        messages.success(request, _("已办理：%(state)s") % {"state": found.get_state_display()})
    return redirect("filings:version", pk=pk)


@permit(Act.READ, Subject.FILING)
@require_GET
def checks_of(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show every cross-check on a sealed version: failed, passed, not applicable with the reason."""
    found = version_or_404(pk)
    stored = selectors.figures_of(found)
    _statement, outcomes = outcomes_of(
        found.enterprise,
        form=found.form,
        period=Period.parse(found.period),
        scope=SCOPES[found.scope],
        figures={key: figure.amount for key, figure in stored.items()},
        printed=selectors.printed_unit({figure.upload_id for figure in stored.values()}),
    )
    grouped: dict[str, list[checks.CheckOutcome]] = {"failed": [], "passed": [], "other": []}
    for outcome in outcomes:
        if outcome.failed:
            grouped["failed"].append(outcome)
        elif outcome.status is checks.Status.PASSED:
            grouped["passed"].append(outcome)
        else:
            grouped["other"].append(outcome)
    told = {
        key: [(outcome, checks.sentence(outcome)) for outcome in group]
        for key, group in grouped.items()
    }
    return render(request, "filings/checks.html", {"version": found, "told": told})


@permit(Act.READ, Subject.CHECKPOINT)
@require_GET
def receipt(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show the receipt: the leaf of the submission with its proof."""
    found = version_or_404(pk)
    leaf = audit.leaves_of("filings.Version", str(found.pk)).first()
    proof = audit.get_receipt(leaf) if leaf is not None else None
    if request.GET.get("download") and proof is not None:
        response = HttpResponse(proof.text(), content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="receipt-{found.pk}.txt"'
        return response
    return render(
        request, "filings/receipt.html", {"version": found, "leaf": leaf, "receipt": proof}
    )


@permit(Act.READ, Subject.FILING)
@require_GET
def where_from(request: ViewerRequest, pk: int, item: str, moment: str) -> HttpResponse:
    """Tell where a sealed figure comes from."""
    found = version_or_404(pk)
    origin = origin_of(found, item, moment)
    return render_origin(request, origin)


@permit(Act.READ, Subject.FILING)
@require_GET
def indicator(request: ViewerRequest, pk: int, rulebook: str, identifier: str) -> HttpResponse:
    """Tell where an indicator's value comes from."""
    found = version_or_404(pk)
    if rulebook not in library.list_ids("indicators"):
        raise Http404
    origin = origin_of_indicator(found, rulebook, identifier)
    return render_origin(request, origin)


@permit(Act.EXPORT, Subject.EXPORT)
@require_GET
def workbook(request: ViewerRequest, pk: int) -> HttpResponse:
    """Download a sealed version as a workbook of its form."""
    found = version_or_404(pk)
    form = parsed.form(found.form)
    content = excel.write_template(
        form,
        excel.Addressee(uscc=found.enterprise.uscc, name=found.enterprise.name),
        period=Period.parse(found.period),
        scope=SCOPES[found.scope],
        figures={key: figure.amount for key, figure in selectors.figures_of(found).items()},
    )
    name = (
        f"{found.enterprise.short_name}_{found.period}_{form.header.title.zh}_v{found.number}.xlsx"
    )
    return download(request, content, name, what="filings.Version")
