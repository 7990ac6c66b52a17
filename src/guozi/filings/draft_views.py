"""The self-check room: fill in, upload, see every fault, explain, submit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guozi import excel
from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit, require
from guozi.filings import imports, selectors, services
from guozi.filings.carrying import carried_into
from guozi.filings.doubts import findings_of, place_of
from guozi.filings.forms import OpenForm, TypedFigures
from guozi.filings.mapping import SCOPES, as_filled, item_name, page_sheets
from guozi.filings.models import Draft
from guozi.filings.telling import sentence_of
from guozi.filings.views import XLSX, download, version_or_404
from guozi.registry import selectors as registry
from guozi.rulebooks import parsed
from guozi.ui.templatetags.guozi import in_english, said
from guozi_core.findings import Locator, Severity
from guozi_core.units import Period

if TYPE_CHECKING:
    from guozi.filings.models import DraftFigure, Upload
    from guozi_core.findings import Finding
    from guozi_core.sheets import Form

#: More amounts written unusually than this are not told one by one.
_MOST_LISTED = 10


def _draft_or_404(pk: int) -> Draft:
    found = selectors.get_draft(pk)
    if found is None:
        raise Http404
    return found


@permit(Act.CREATE, Subject.DRAFT)
@require_POST
def open_filing(request: ViewerRequest) -> HttpResponse:
    """Begin a filing, or go on with the draft there is."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect("filings:list")
    enterprise = registry.get_enterprise(form.cleaned_data["enterprise"])
    if enterprise is None:
        raise Http404
    require(request, Act.CREATE, Subject.DRAFT, enterprise.pk)
    try:
        found = services.open_draft(
            enterprise,
            form=form.cleaned_data["form"],
            period=form.cleaned_data["period"],
            scope=SCOPES[form.cleaned_data["scope"]],
            viewer=request.viewer,
            at=timezone.now(),
        )
    except services.FilingRefusedError as error:
        messages.error(request, said(error.reason))
        return redirect("filings:list")
    return redirect("filings:draft", pk=found.pk)


@permit(Act.CREATE, Subject.DRAFT)
@require_POST
def correct(request: ViewerRequest, pk: int) -> HttpResponse:
    """Begin a correction of a sealed version."""
    version = version_or_404(pk)
    require(request, Act.CREATE, Subject.DRAFT, version.enterprise_id)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, _("请写明更正理由"))
        return redirect("filings:version", pk=pk)
    found = services.reopen_as_draft(
        version, reason=reason, viewer=request.viewer, at=timezone.now()
    )
    return redirect("filings:draft", pk=found.pk)


@permit(Act.READ, Subject.DRAFT)
@require_GET
def draft(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show the draft: one sheet to fill in, and everything the checks find."""
    return _page(request, _draft_or_404(pk))


def _page(
    request: ViewerRequest,
    found: Draft,
    *,
    typed: TypedFigures | None = None,
    conflict: services.DraftConflictError | None = None,
    status: int = 200,
) -> HttpResponse:
    form = parsed.form(found.form)
    stored = selectors.draft_figures(found)
    figures = {key: figure.amount for key, figure in stored.items()}
    sheets = page_sheets(form, figures)
    wanted = request.POST.get("sheet") or request.GET.get("sheet")
    chosen = next((sheet for sheet in sheets if sheet.key == wanted), sheets[0])
    findings = _findings(found, stored) if stored else ()
    explanations = {(item.check_id, item.place): item for item in found.explanations.all()}
    alike = Counter(item.code for item in findings if item.severity is Severity.EXPLAIN)
    told = [
        {
            "finding": finding,
            "alike": alike[finding.code],
            "sentence": sentence_of(
                finding, "en" if in_english() else "zh", about=found.enterprise
            ),
            "place": place_of(finding),
            "explanation": explanations.get((finding.code, place_of(finding))),
        }
        for finding in findings
    ]
    blocking = sum(finding.severity is Severity.BLOCK for finding in findings)
    open_reasons = sum(
        finding.severity is Severity.EXPLAIN
        and (finding.code, place_of(finding)) not in explanations
        for finding in findings
    )
    return render(
        request,
        "filings/draft.html",
        {
            "draft": found,
            "form": form,
            "scope": SCOPES[found.scope],
            "sheets": sheets,
            "chosen": chosen,
            "told": told,
            "blocking": blocking,
            "open_reasons": open_reasons,
            "figure_count": len(figures),
            "carried_count": len(carried_into(found)),
            "typed_faults": typed.faults if typed else {},
            "conflict": _conflict(form, conflict),
            "may_edit": request.viewer.may(Act.EDIT, Subject.DRAFT, found.enterprise_id),
            "may_submit": request.viewer.may(Act.SUBMIT, Subject.DRAFT, found.enterprise_id),
            "earlier": selectors.versions_of(
                found.enterprise, form=found.form, period=found.period, scope=found.scope
            ).first(),
        },
        status=status,
    )


def _findings(found: Draft, stored: dict[tuple[str, str], DraftFigure]) -> tuple[Finding, ...]:
    cells = {
        key: Locator(file=figure.upload.name, sheet=figure.sheet, cell=figure.cell)
        for key, figure in stored.items()
        if figure.upload is not None
    }
    return findings_of(found, {key: figure.amount for key, figure in stored.items()}, cells)


def _conflict(form: Form, conflict: services.DraftConflictError | None) -> dict[str, object] | None:
    if conflict is None:
        return None
    items = parsed.dictionary().by_code
    return {
        "by": conflict.by_name,
        "rows": [
            {
                "name": item_name(item.item)[1 if in_english() else 0],
                "moment": item.moment,
                "stored": None
                if item.stored is None
                else as_filled(form, items[item.item], item.stored),
                "wanted": None
                if item.wanted is None
                else as_filled(form, items[item.item], item.wanted),
            }
            for item in conflict.differences
        ],
    }


@permit(Act.EDIT, Subject.DRAFT)
@require_POST
def save(request: ViewerRequest, pk: int) -> HttpResponse:
    """Save the figures typed into one sheet: all of them, or none and every fault at its field."""
    found = _draft_or_404(pk)
    form = parsed.form(found.form)
    stored = {key: figure.amount for key, figure in selectors.draft_figures(found).items()}
    sheets = page_sheets(form, stored)
    chosen = next((s for s in sheets if s.key == request.POST.get("sheet")), None)
    revision = request.POST.get("revision", "")
    if chosen is None or not revision.isdecimal():
        raise Http404
    typed = TypedFigures(form, chosen, request.POST.dict(), stored)
    if typed.faults:
        messages.error(
            request,
            _("有%(count)s处填写有误，本次未保存任何数据。") % {"count": len(typed.faults)},
        )
        return _page(request, found, typed=typed, status=422)
    if typed.changes:
        try:
            services.save_figures(
                found,
                typed.changes,
                revision=int(revision),
                viewer=request.viewer,
                at=timezone.now(),
                typed=typed.typed,
            )
        except services.DraftConflictError as conflict:
            return _page(request, found, conflict=conflict, status=409)
        messages.success(request, _("已保存%(count)s个数字。") % {"count": len(typed.changes)})
        if typed.understood:
            listed = "；".join(typed.understood[:_MOST_LISTED])
            messages.info(request, _("写法已规范：%(listed)s") % {"listed": listed})
    else:
        messages.info(request, _("没有改动。"))
    return redirect(f"{reverse('filings:draft', args=[pk])}?sheet={chosen.key}")


@permit(Act.EDIT, Subject.DRAFT)
@require_POST
def carry(request: ViewerRequest, pk: int) -> HttpResponse:
    """Fill opening balances and last year's figures from what was filed before."""
    found = _draft_or_404(pk)
    revision = request.POST.get("revision", "")
    if not revision.isdecimal():
        raise Http404
    carried = carried_into(found)
    try:
        services.carry_forward(
            found, carried, revision=int(revision), viewer=request.viewer, at=timezone.now()
        )
    except services.DraftConflictError as conflict:
        return _page(request, found, conflict=conflict, status=409)
    messages.success(request, _("已带入%(count)s个数字，请核对。") % {"count": len(carried)})
    return redirect("filings:draft", pk=pk)


@permit(Act.READ, Subject.DRAFT)
@require_GET
def template(request: ViewerRequest, pk: int) -> HttpResponse:
    """Download the Excel template, with what the draft holds already."""
    found = _draft_or_404(pk)
    form = parsed.form(found.form)
    content = excel.write_template(
        form,
        excel.Addressee(uscc=found.enterprise.uscc, name=found.enterprise.name),
        period=Period.parse(found.period),
        scope=SCOPES[found.scope],
        figures={key: figure.amount for key, figure in selectors.draft_figures(found).items()},
    )
    name = f"{found.enterprise.short_name}_{found.period}_{form.header.title.zh}_{found.scope}.xlsx"
    return download(request, content, name, what="filings.Draft")


@permit(Act.EDIT, Subject.DRAFT)
@require_POST
def upload(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take a file in: keep it, judge every cell, save its figures only if nothing blocks."""
    found = _draft_or_404(pk)
    received = request.FILES.get("file")
    if received is None:
        messages.error(request, _("请选择要上传的文件"))
        return redirect("filings:draft", pk=pk)
    content, whole = imports.receive(received.file)
    taken = imports.take_in(
        found,
        name=received.name or "",
        content=content,
        whole=whole,
        free_form=bool(request.POST.get("free-form")),
        viewer=request.viewer,
        at=timezone.now(),
    )
    return redirect("filings:upload", pk=taken.pk)


def _upload_or_404(pk: int) -> Upload:
    found = selectors.get_upload(pk)
    if found is None:
        raise Http404
    return found


@permit(Act.READ, Subject.ATTACHMENT)
@require_GET
def upload_result(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show what became of an uploaded file: every finding at its cell."""
    found = _upload_or_404(pk)
    language = "en" if in_english() else "zh"
    rows = [
        {"told": entry[language], "sentence": entry["sentence"][language]}
        for entry in found.findings
    ]
    counts = {
        severity: sum(row["told"]["severity"] == severity for row in rows)
        for severity in ("block", "explain", "note")
    }
    draft = Draft.objects.filter(
        enterprise=found.enterprise, form=found.form, period=found.period, scope=found.scope
    ).first()
    return render(
        request,
        "filings/upload.html",
        {
            "upload": found,
            "rows": rows[:200],
            "more": max(0, len(rows) - 200),
            "counts": counts,
            "kept": found.size <= excel.FORM_LIMITS.upload_bytes,
            "draft": draft,
            "form": parsed.form(found.form),
        },
    )


@permit(Act.READ, Subject.ATTACHMENT)
@require_GET
def original(request: ViewerRequest, pk: int) -> HttpResponse:
    """Download a file exactly as it was received."""
    found = _upload_or_404(pk)
    content = imports.original_of(found, default_storage)
    if content is None:
        raise Http404
    return download(
        request,
        content,
        found.name,
        what="filings.Upload",
        kind="application/octet-stream",
    )


@permit(Act.READ, Subject.ATTACHMENT)
@require_GET
def annotated(request: ViewerRequest, pk: int) -> HttpResponse:
    """Download the reporter's own file with every finding at its cell."""
    found = _upload_or_404(pk)
    content = imports.annotated_copy(
        found, default_storage, language="en" if in_english() else "zh"
    )
    if content is None:
        raise Http404
    return download(request, content, _("批注_") + found.name, what="filings.Upload", kind=XLSX)


@permit(Act.EDIT, Subject.DRAFT)
@require_POST
def explain(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write down the reason for a doubtful figure, or one reason for all doubts of its kind."""
    found = _draft_or_404(pk)
    check_id = request.POST.get("check", "")[:20]
    places = {request.POST.get("place", "")[:80]}
    if request.POST.get("alike"):
        stored = selectors.draft_figures(found)
        places |= {place_of(item) for item in _findings(found, stored) if item.code == check_id}
    for place in sorted(places):
        services.explain(
            found,
            check_id=check_id,
            place=place,
            text=request.POST.get("text", "")[:2000],
            viewer=request.viewer,
            at=timezone.now(),
        )
    return redirect(f"{reverse('filings:draft', args=[pk])}#findings")


@permit(Act.SUBMIT, Subject.DRAFT)
@require_POST
def submit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Seal the draft as a version; a receipt is issued with it."""
    found = selectors.get_draft(pk)
    if found is None:
        raise Http404
    revision = request.POST.get("revision", "")
    try:
        version = services.submit(
            found,
            revision=int(revision) if revision.isdecimal() else -1,
            reason=request.POST.get("reason", ""),
            viewer=request.viewer,
            at=timezone.now(),
        )
    except services.FilingRefusedError as error:
        messages.error(request, said(error.reason))
        return redirect(f"{reverse('filings:draft', args=[pk])}#findings")
    messages.success(request, _("已报送并封存，回执已生成。"))
    return redirect("filings:receipt", pk=version.pk)
