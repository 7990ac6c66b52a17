"""The score sheet of one enterprise: the page, and the same as a workbook, Word file or PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit
from guozi.documents import render_docx, render_pdf
from guozi.filings.views import XLSX, download
from guozi.performance import selectors
from guozi.performance.files import sheet_document, sheet_workbook
from guozi.performance.input_address import address_of
from guozi.performance.labels import group_label, standards_label
from guozi.performance.recomputing import NotReproducedError, Recomputed, recompute
from guozi.performance.sheet import Sheet, sheet_of
from guozi.ui.templatetags.guozi import said, short_name_of

if TYPE_CHECKING:
    from guozi.performance.models import EvaluationResult

_KINDS = {
    "xlsx": XLSX,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class Shown(NamedTuple):
    """A result with its evaluation, or why the evaluation cannot be shown."""

    result: EvaluationResult
    again: Recomputed | None
    trouble: str


def shown_or_404(request: ViewerRequest, run_id: int, uscc: str) -> Shown:
    """Return a result the viewer may see with its evaluation, or answer as if it did not exist."""
    result = selectors.get_result(request.viewer, run_id, uscc)
    if result is None:
        raise Http404
    try:
        return Shown(result, recompute(result), "")
    except NotReproducedError as error:
        return Shown(result, None, said(error.reason))


@permit(Act.READ, Subject.EVALUATION)
@require_GET
def score_sheet(request: ViewerRequest, run_id: int, uscc: str) -> HttpResponse:
    """Show the whole arithmetic of one enterprise."""
    result, again, trouble = shown_or_404(request, run_id, uscc)
    history = selectors.history_of(request.viewer, result.enterprise, plan=result.run.plan)
    return render(
        request,
        "performance/score_sheet.html",
        {
            "result": result,
            "run": result.run,
            "enterprise": result.enterprise,
            "sheet": sheet_of(again) if again is not None else None,
            "trouble": trouble,
            "inputs_url": address_of(
                result.enterprise, period=result.run.period, plan=result.run.plan
            )
            if request.viewer.may(Act.READ, Subject.PANEL, result.enterprise_id)
            else "",
            "may_enter": request.viewer.may(Act.CREATE, Subject.PANEL, result.enterprise_id),
            "group": group_label(result.group),
            "standard": standards_label(result.industry_found, result.size_found),
            "asked_standard": standards_label(result.industry, result.size),
            "fell_back": result.industry_found != ""
            and (result.industry, result.size) != (result.industry_found, result.size_found),
            "improvement": selectors.improvement_of(request.viewer, result),
            "trend": _trend(history) if len(history) > 1 else None,
            "others": [
                other
                for other in selectors.list_runs(request.viewer, period=result.run.period)
                if other.pk != run_id
            ],
        },
    )


def _trend(history: list[EvaluationResult]) -> dict[str, object]:
    return {
        "kind": "line",
        "unit": _("分"),
        "labels": [item.run.period for item in history],
        "series": [
            {
                "name": _("最终得分"),
                "values": [None if item.final is None else f"{item.final:.2f}" for item in history],
            }
        ],
    }


@permit(Act.EXPORT, Subject.EXPORT)
@require_GET
def download_sheet(request: ViewerRequest, run_id: int, uscc: str, kind: str) -> HttpResponse:
    """Download the score sheet."""
    result, again, _trouble = shown_or_404(request, run_id, uscc)
    if kind not in _KINDS or again is None:
        raise Http404
    sheet: Sheet = sheet_of(again)
    if kind == "xlsx":
        content = sheet_workbook(result, sheet)
    else:
        document = sheet_document(result, sheet)
        content = render_docx(document) if kind == "docx" else render_pdf(document)
    name = f"{short_name_of(result.enterprise)}_{result.run.period}_{_('评价计分表')}.{kind}"
    return download(request, content, name, what="performance.EvaluationResult", kind=_KINDS[kind])
