"""Entering what people add to an evaluation: the list of enterprises, the page of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit, require
from guozi.filings import selectors as filings
from guozi.filings.indicators import clause_text
from guozi.performance import panel_table, selectors, services
from guozi.performance.forms import AdjustmentForm, PanelForm, ReasonForm
from guozi.performance.input_address import address_of
from guozi.performance.models import AdjustmentItem
from guozi.performance.refusals import EvaluationRefusedError
from guozi.registry import selectors as registry
from guozi.rulebooks import library, parsed
from guozi.ui.tables import Column, listing
from guozi.ui.templatetags.guozi import said, short_name_of
from guozi_core.scoring import shown
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

    from guozi.performance.panel_table import InputRow
    from guozi.registry.models import Enterprise
    from guozi_core.scoring import EvaluationRulebook

#: Where a refusal is told: the field it is about.
_FIELDS = {"EVR-ITEM": "item", "EVR-RANGE": "points", "EVR-EVIDENCE": "evidence"}
_STATES: dict[str, Callable[[InputRow], bool]] = {
    "none": lambda row: row.experts == 0,
    "few": lambda row: row.experts > 0 and not row.enough,
    "enough": lambda row: row.enough,
    "adjusted": lambda row: row.bonus is not None or row.deductions is not None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is entered for whom, and by which plan's rulebook."""

    enterprise: Enterprise
    period: str
    plan: str
    rulebook: EvaluationRulebook

    @property
    def url(self) -> str:
        """The page of this enterprise and period."""
        return address_of(self.enterprise, period=self.period, plan=self.plan)


@permit(Act.READ, Subject.PANEL)
@require_GET
def list_inputs(request: ViewerRequest) -> HttpResponse:
    """List the enterprises in scope with what was entered for each."""
    viewer, wanted = request.viewer, request.GET
    periods = filings.periods_filed(form=filings.FINAL)
    period, fault = _period(wanted.get("period", ""), default=periods[0] if periods else "")
    plan = _plan(request, period)
    rows: list[InputRow] = []
    if period:
        found = registry.list_enterprises(
            text=wanted.get("q", ""), direct=True if wanted.get("direct") else None
        )
        rows = panel_table.input_rows(
            [item for item in found if viewer.may(Act.READ, Subject.PANEL, item.pk)],
            period=period,
            rulebook=_rulebook(plan),
        )
    wanted_state = _STATES.get(wanted.get("state", ""))
    if wanted_state is not None:
        rows = [row for row in rows if wanted_state(row)]
    return render(
        request,
        "performance/inputs.html",
        {
            "table": listing(request, rows, _columns(), default="-experts"),
            "period": period,
            "typed_period": wanted.get("period", period),
            "fault": fault,
            "periods": periods,
            "plan": plan,
            "plans": [parsed.plan(item) for item in library.list_ids("plans")],
            "least": _rulebook(plan).least_experts,
            "states": [
                ("none", _("没有评议")),
                ("few", _("专家不足")),
                ("enough", _("专家足数")),
                ("adjusted", _("有加扣分")),
            ],
        },
        status=422 if fault else 200,
    )


@permit(Act.READ, Subject.PANEL)
@require_GET
def inputs_of(request: ViewerRequest, period: str, uscc: str) -> HttpResponse:
    """Show the panel, bonus and deduction items of one enterprise, and forms to enter more."""
    return _page(request, _place_or_404(request, period, uscc, act=Act.READ))


@permit(Act.CREATE, Subject.PANEL)
@require_POST
def enter_panel(request: ViewerRequest, period: str, uscc: str) -> HttpResponse:
    """Keep one expert's scores, or show the form again with its faults."""
    place = _place_or_404(request, period, uscc, act=Act.CREATE)
    form = PanelForm(request.POST, indicators=place.rulebook.management)
    if not form.is_valid():
        return _page(request, place, panel_form=form)
    try:
        services.enter_panel(
            place.enterprise,
            plan=place.plan,
            period=place.period,
            scores=form.scores,
            viewer=request.viewer,
            at=timezone.now(),
        )
    except EvaluationRefusedError as error:
        messages.info(request, said(error.reason))
    else:
        expert = form.cleaned_data["expert"]
        messages.success(request, _("已保存%(expert)s的评分") % {"expert": expert})
    return redirect(place.url)


@permit(Act.CREATE, Subject.PANEL)
@require_POST
def withdraw_expert(request: ViewerRequest, period: str, uscc: str) -> HttpResponse:
    """Take an expert off the panel."""
    place = _place_or_404(request, period, uscc, act=Act.CREATE)
    expert = request.POST.get("expert", "")
    return _taken_back(
        request,
        place,
        lambda reason: services.withdraw_expert(
            place.enterprise,
            period=place.period,
            expert=expert,
            reason=reason,
            viewer=request.viewer,
            at=timezone.now(),
        ),
        done=_("已撤销%(expert)s的评分") % {"expert": expert},
    )


@permit(Act.CREATE, Subject.PANEL)
@require_POST
def add_adjustment(request: ViewerRequest, period: str, uscc: str) -> HttpResponse:
    """Keep a bonus or deduction, or show the form again with its faults."""
    place = _place_or_404(request, period, uscc, act=Act.CREATE)
    form = AdjustmentForm(request.POST, scales=place.rulebook.adjustments)
    if not form.is_valid():
        return _page(request, place, adjustment_form=form)
    try:
        services.add_adjustment(
            place.enterprise,
            plan=place.plan,
            period=place.period,
            kind=form.kind,
            item=form.item_name,
            points=form.cleaned_data["points"],
            evidence=form.cleaned_data["evidence"],
            viewer=request.viewer,
            at=timezone.now(),
        )
    except EvaluationRefusedError as error:
        field = _FIELDS.get(error.code)
        if field is not None:
            form.add_error(field, said(error.reason))
            return _page(request, place, adjustment_form=form)
        messages.info(request, said(error.reason))
    else:
        messages.success(request, _("已登记，下次评价计算时计入"))
    return redirect(f"{place.url}#adjustments")


@permit(Act.CREATE, Subject.PANEL)
@require_POST
def take_back_adjustment(
    request: ViewerRequest, period: str, uscc: str, item_id: int
) -> HttpResponse:
    """Take a bonus or deduction back."""
    place = _place_or_404(request, period, uscc, act=Act.CREATE)
    item = selectors.adjustment_of(place.enterprise, period=place.period, item_id=item_id)
    if item is None:
        raise Http404
    return _taken_back(
        request,
        place,
        lambda reason: services.take_back_adjustment(
            item, reason=reason, viewer=request.viewer, at=timezone.now()
        ),
        done=_("已撤销，原登记保留可查"),
    )


def _taken_back(
    request: ViewerRequest, place: Place, take_back: Callable[[str], object], *, done: str
) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写撤销理由，不超过2000字"))
        return redirect(place.url)
    try:
        take_back(form.cleaned_data["reason"])
    except EvaluationRefusedError as error:
        messages.error(request, said(error.reason))
    else:
        messages.success(request, done)
    return redirect(place.url)


def _page(
    request: ViewerRequest,
    place: Place,
    *,
    panel_form: PanelForm | None = None,
    adjustment_form: AdjustmentForm | None = None,
) -> HttpResponse:
    enterprise, period, rulebook = place.enterprise, place.period, place.rulebook
    items = panel_table.item_rows(enterprise, period=period, rulebook=rulebook)
    expert = request.GET.get("expert", "")
    chosen = panel_table.scores_of(enterprise, period=period, expert=expert, rulebook=rulebook)
    for form in (panel_form, adjustment_form):
        if form is not None:
            _go_to_first_fault(form)
    faulty = panel_form is not None or adjustment_form is not None
    return render(
        request,
        "performance/inputs_of.html",
        {
            "place": place,
            "enterprise": enterprise,
            "period": period,
            "plan": parsed.plan(place.plan),
            "plans": [parsed.plan(item) for item in library.list_ids("plans")],
            "panel": panel_table.panel_table(enterprise, period=period, rulebook=rulebook),
            "items": items,
            "bonus": panel_table.total_of(items, AdjustmentItem.Kind.BONUS),
            "deductions": panel_table.total_of(items, AdjustmentItem.Kind.DEDUCTION),
            "scales": rulebook.adjustments,
            "limits": {
                "most": shown(rulebook.adjustments.highest_bonus),
                "damped_from": shown(rulebook.adjustments.damped_from),
                "factor": shown(rulebook.adjustments.damping_factor),
            },
            "runs": panel_table.run_rows(request.viewer, enterprise, period=period),
            "may_enter": request.viewer.may(Act.CREATE, Subject.PANEL, enterprise.pk),
            "replacing": expert if chosen else "",
            "panel_form": panel_form
            or PanelForm(None, indicators=rulebook.management, initial=chosen),
            "adjustment_form": adjustment_form or AdjustmentForm(None, scales=rulebook.adjustments),
            "clauses": {name: clause_text(source) for name, source in rulebook.sources.items()},
        },
        status=422 if faulty else 200,
    )


def _go_to_first_fault(form: Form) -> None:
    """Let the page open at the first field to correct: the forms stand far down a phone's page."""
    first = next((name for name in form.fields if name in form.errors), None)
    if first is not None:
        form.fields[first].widget.attrs["autofocus"] = True


def _place_or_404(request: ViewerRequest, period: str, uscc: str, *, act: Act) -> Place:
    """Return a place in scope, or answer as if it did not exist; without the right answer 403."""
    parsed_period, fault = _period(period, default="")
    enterprise = registry.get_enterprise(uscc)
    if fault or enterprise is None:
        raise Http404
    require(request, act, Subject.PANEL, enterprise.pk)
    plan = _plan(request, parsed_period)
    return Place(enterprise=enterprise, period=parsed_period, plan=plan, rulebook=_rulebook(plan))


def _period(text: str, *, default: str) -> tuple[str, str]:
    """Return the period asked for, and the fault in how it is written."""
    if not text:
        return default, ""
    try:
        return Period.parse(text).code, ""
    except ValueError:
        return "", _("期间写法应为 2024（年）或 2024-06（月）")


def _plan(request: ViewerRequest, period: str) -> str:
    """Return the plan asked for; else that of the period's newest run; else the first."""
    known = library.list_ids("plans")
    asked = request.GET.get("plan", "")
    if asked in known:
        return asked
    newest = selectors.list_runs(request.viewer, period=period).first() if period else None
    return newest.plan if newest is not None else known[0]


def _rulebook(plan: str) -> EvaluationRulebook:
    return parsed.evaluation_rulebook(parsed.plan(plan).evaluation)


def _columns() -> list[Column]:
    return [
        Column(key="name", label=_("企业"), sort=lambda row: short_name_of(row.enterprise)),
        Column(key="experts", label=_("专家（名）"), numeric=True, sort=lambda row: row.experts),
        Column(
            key="management",
            label=_("管理绩效定性评价分数（分）"),
            numeric=True,
            sort=lambda row: row.management,
        ),
        Column(key="bonus", label=_("加分合计（分）"), numeric=True, sort=lambda row: row.bonus),
        Column(
            key="deductions",
            label=_("扣分合计（分）"),
            numeric=True,
            sort=lambda row: row.deductions,
        ),
    ]
