"""Runs, the ranking of one run, two runs side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guozi import excel
from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit, refuse
from guozi.filings import selectors as filings
from guozi.filings.views import download
from guozi.performance import selectors, services
from guozi.performance.forms import RunForm
from guozi.performance.labels import group_label, standards_label
from guozi.performance.refusals import EvaluationRefusedError
from guozi.registry.search_text import folded
from guozi.rulebooks import library, parsed
from guozi.ui.tables import Column, listing
from guozi.ui.templatetags.guozi import in_english, name_of, said, short_name_of
from guozi_core.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from guozi.performance.models import EvaluationResult, EvaluationRun
    from guozi_core.findings import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedRow:
    """A result with the words a page shows for it."""

    result: EvaluationResult
    group: Wording
    standard: Wording
    fell_back: bool

    @property
    def reason(self) -> str:
        """Why there is no score, in the language of the page."""
        return self.result.english_reason if in_english() else self.result.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One enterprise in two runs."""

    enterprise_name: str
    uscc: str
    left: EvaluationResult | None
    right: EvaluationResult | None
    difference: Decimal | None


@permit(Act.READ, Subject.EVALUATION)
@require_GET
def runs(request: ViewerRequest) -> HttpResponse:
    """Show the runs, and start one."""
    found = selectors.list_runs(request.viewer)
    columns = [
        Column(key="period", label=_("期间"), sort=lambda run: (run.period, run.pk)),
        Column(key="plan", label=_("评价方案"), sort=lambda run: run.plan),
        Column(key="state", label=_("状态"), sort=lambda run: run.state),
        Column(key="scored", label=_("已评价"), numeric=True, sort=lambda run: run.scored_count),
        Column(key="at", label=_("计算时间"), sort=lambda run: run.created_at),
        Column(key="by", label=_("计算人")),
    ]
    viewer = request.viewer
    periods = filings.periods_filed(form=filings.FINAL)
    return render(
        request,
        "performance/runs.html",
        {
            "table": listing(request, list(found), columns, default="-period"),
            "may_start": viewer.may(Act.CREATE, Subject.EVALUATION) and viewer.sees_everything,
            "may_read_inputs": viewer.may(Act.READ, Subject.PANEL),
            "plans": [parsed.plan(plan) for plan in library.list_ids("plans")],
            "periods": periods,
            "years": parsed.standards().years,
        },
    )


@permit(Act.CREATE, Subject.EVALUATION)
@require_POST
def start(request: ViewerRequest) -> HttpResponse:
    """Queue a run and show its progress."""
    form = RunForm(request.POST, years=parsed.standards().years)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("performance:runs")
    try:
        job = services.start_run(
            plan=form.cleaned_data["plan"],
            period=form.cleaned_data["period"],
            standard_year=form.cleaned_data["standard_year"],
            viewer=request.viewer,
            at=timezone.now(),
        )
    except EvaluationRefusedError as error:
        messages.error(request, said(error.reason))
        return redirect("performance:runs")
    return redirect("cockpit:job", pk=job.pk)


def run_or_404(request: ViewerRequest, run_id: int) -> EvaluationRun:
    """Return a run the viewer may see, or answer as if it did not exist."""
    found = selectors.get_run(request.viewer, run_id)
    if found is None:
        raise Http404
    return found


@permit(Act.READ, Subject.EVALUATION)
@require_GET
def run(request: ViewerRequest, run_id: int) -> HttpResponse:
    """Show the ranking of one run, by comparable group."""
    found = run_or_404(request, run_id)
    results = list(selectors.results_of_run(request.viewer, found))
    rows = _filtered(
        [_row(result) for result in results],
        group=request.GET.get("group", ""),
        text=request.GET.get("q", ""),
    )
    table = listing(request, rows, _ranking_columns(), default="group")
    if request.GET.get("export") == "xlsx":
        return _ranking_workbook(request, table.rows, found)
    groups = dict.fromkeys(result.group for result in results)
    return render(
        request,
        "performance/run.html",
        {
            "run": found,
            "table": table,
            "groups": [(key, group_label(key)) for key in groups],
            "unscored": sum(not result.scored for result in results),
            "others": selectors.list_runs(request.viewer, period=found.period).exclude(pk=found.pk),
            "may_publish": not found.is_published
            and request.viewer.may(Act.PUBLISH, Subject.EVALUATION)
            and request.viewer.user_id != found.created_by_id,
            "grades": _grade_chart(results, found),
        },
    )


def _row(result: EvaluationResult) -> RankedRow:
    asked = (result.industry, result.size)
    found = (result.industry_found, result.size_found)
    return RankedRow(
        result=result,
        group=group_label(result.group),
        standard=standards_label(result.industry_found, result.size_found),
        fell_back=result.industry_found != "" and asked != found,
    )


def _filtered(rows: list[RankedRow], *, group: str, text: str) -> list[RankedRow]:
    if group:
        wanted = "" if group == "none" else group
        rows = [row for row in rows if row.result.group == wanted]
    words = [folded(word) for word in text.split()]
    return [row for row in rows if all(w in row.result.enterprise.search_text for w in words)]


def _ranking_columns() -> list[Column]:
    return [
        Column(
            key="group",
            label=_("可比组"),
            sort=lambda row: (row.result.group, row.result.rank) if row.result.scored else None,
        ),
        Column(key="rank", label=_("名次"), numeric=True, sort=lambda row: row.result.rank),
        Column(key="name", label=_("企业"), sort=lambda row: row.result.enterprise.short_name),
        Column(key="standard", label=_("标准值")),
        Column(
            key="corrected",
            label=_("财务得分"),
            numeric=True,
            sort=lambda row: row.result.corrected_total,
        ),
        Column(key="final", label=_("最终得分"), numeric=True, sort=lambda row: row.result.final),
        Column(key="grade", label=_("级别")),
    ]


def _grade_chart(results: Sequence[EvaluationResult], found: EvaluationRun) -> dict[str, object]:
    rulebook = parsed.evaluation_rulebook(parsed.plan(found.plan).evaluation)
    grades = [grade for grade, _entry in rulebook.grades]
    counts = [sum(result.grade == grade for result in results) for grade in grades]
    return {
        "kind": "bar",
        "unit": _("户"),
        "labels": grades,
        "series": [{"name": _("企业数"), "values": counts}],
    }


def _ranking_workbook(
    request: ViewerRequest, rows: Sequence[RankedRow], found: EvaluationRun
) -> HttpResponse:
    if not request.viewer.may(Act.EXPORT, Subject.EXPORT):
        refuse(request, act=Act.EXPORT, subject=Subject.EXPORT)
    title = f"{said(found.plan_title)} {found.period}"
    places = parsed.evaluation_rulebook(parsed.plan(found.plan).evaluation).grade_decimals
    columns = [
        excel.TableColumn(title=_("可比组")),
        excel.TableColumn(title=_("名次")),
        excel.TableColumn(title=_("组内户数")),
        excel.TableColumn(title=_("统一社会信用代码")),
        excel.TableColumn(title=_("企业")),
        excel.TableColumn(title=_("标准值")),
        excel.TableColumn(title=_("财务得分"), places=places),
        excel.TableColumn(title=_("最终得分"), places=places),
        excel.TableColumn(title=_("级别")),
        excel.TableColumn(title=_("说明")),
    ]
    body = [
        (
            said(row.group),
            row.result.rank,
            row.result.group_size,
            row.result.enterprise.uscc,
            name_of(row.result.enterprise),
            said(row.standard),
            _rounded(row.result.corrected_total, places),
            _rounded(row.result.final, places),
            row.result.grade,
            row.reason,
        )
        for row in rows
    ]
    content = excel.write_table(columns, body, title=title)
    return download(request, content, f"{title}.xlsx", what="performance.EvaluationRun")


def _rounded(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else round_half_up(value, places=places)


@permit(Act.PUBLISH, Subject.EVALUATION)
@require_POST
def publish(request: ViewerRequest, run_id: int) -> HttpResponse:
    """Show a run to the enterprises."""
    found = run_or_404(request, run_id)
    try:
        services.publish_run(found, viewer=request.viewer, at=timezone.now())
    except EvaluationRefusedError as error:
        messages.error(request, said(error.reason))
    else:
        messages.success(request, _("已发布，企业现在可以查看本企业的结果"))
    return redirect("performance:run", run_id=run_id)


@permit(Act.READ, Subject.EVALUATION)
@require_GET
def compare(request: ViewerRequest) -> HttpResponse:
    """Show two runs side by side."""
    known = list(selectors.list_runs(request.viewer)[:100])
    by_id = {str(item.pk): item for item in known}
    left, right = by_id.get(request.GET.get("a", "")), by_id.get(request.GET.get("b", ""))
    if "a" not in request.GET and "b" not in request.GET and len(known) > 1:
        # The newest beside the one before it, of the same period where there is one.
        right = known[0]
        same = [item for item in known[1:] if item.period == right.period]
        left = (same or known[1:])[0]
    rows: list[ComparedRow] = []
    if left is not None and right is not None:
        rows = _compared(
            selectors.finals_of(request.viewer, left), selectors.finals_of(request.viewer, right)
        )
    columns = [
        Column(key="name", label=_("企业"), sort=lambda row: row.enterprise_name),
        Column(key="left", label="A", numeric=True, sort=lambda row: row.left and row.left.final),
        Column(key="left-rank", label=_("A 名次"), numeric=True),
        Column(
            key="right", label="B", numeric=True, sort=lambda row: row.right and row.right.final
        ),
        Column(key="right-rank", label=_("B 名次"), numeric=True),
        Column(key="difference", label=_("B − A"), numeric=True, sort=lambda row: row.difference),
    ]
    table = listing(request, rows, columns, default="-difference")
    return render(
        request,
        "performance/compare.html",
        {"runs": known, "left": left, "right": right, "table": table},
    )


def _compared(
    left: dict[int, EvaluationResult], right: dict[int, EvaluationResult]
) -> list[ComparedRow]:
    rows = []
    for enterprise_id in {**left, **right}:
        a, b = left.get(enterprise_id), right.get(enterprise_id)
        some = a or b
        if some is None:
            continue
        difference = None
        if a is not None and b is not None and a.final is not None and b.final is not None:
            difference = b.final - a.final
        rows.append(
            ComparedRow(
                enterprise_name=short_name_of(some.enterprise),
                uscc=some.enterprise.uscc,
                left=a,
                right=b,
                difference=difference,
            )
        )
    return rows
