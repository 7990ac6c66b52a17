"""The log, searched; and the jobs with their progress."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit
from guozi.access.roles import Role
from guozi.audit import selectors as audit
from guozi.audit.labels import ACTIONS, field_label
from guozi.jobs import selectors as jobs_selectors
from guozi.jobs import services as jobs_services
from guozi.registry import selectors as registry
from guozi.ui.templatetags.guozi import in_english, said

if TYPE_CHECKING:
    from uuid import UUID

_PAGE = 50
_ROLES = {role.value: role.label for role in Role}


def _roles(codes: str) -> str:
    """Return the names of the roles in a leaf; what is no code of today is shown as it stands."""
    names = [said(_ROLES[code]) if code in _ROLES else code for code in codes.split("、")]
    return ", ".join(names) if in_english() else "、".join(names)


@permit(Act.READ, Subject.LOG)
@require_GET
def log(request: ViewerRequest) -> HttpResponse:
    """Search the log as far as one may see it."""
    enterprise = registry.get_enterprise(request.GET.get("uscc", "").strip())
    found = audit.search(
        action=request.GET.get("action", "").strip(),
        actor=request.GET.get("actor", "").strip(),
        enterprise_id=enterprise.pk if enterprise is not None else None,
    )
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "cockpit/log.html",
        {
            "page": page,
            "rows": [(leaf, _roles(leaf.role)) for leaf in page],
            "query": query.urlencode(),
            "checkpoint": audit.last_checkpoint(),
            "actions": ACTIONS,
        },
    )


@permit(Act.READ, Subject.LOG)
@require_GET
def leaf(request: ViewerRequest, index: int) -> HttpResponse:
    """Show one leaf: what was hashed, what it says, its proof."""
    found = audit.get_leaf(index)
    if found is None:
        raise Http404
    payload = found.payload or {}
    names = sorted({*payload.get("before", {}), *payload.get("after", {})})
    return render(
        request,
        "cockpit/leaf.html",
        {
            "leaf": found,
            "roles": _roles(found.role),
            "changes": [
                (
                    field_label(name),
                    payload.get("before", {}).get(name),
                    payload.get("after", {}).get(name),
                )
                for name in names
            ],
            "content": json.dumps(json.loads(found.content), ensure_ascii=False, indent=2),
            "receipt": audit.get_receipt(found),
        },
    )


@permit(Act.READ, Subject.JOB)
@require_GET
def jobs(request: ViewerRequest) -> HttpResponse:
    """List the jobs in scope."""
    page = Paginator(jobs_selectors.list_jobs(), _PAGE).get_page(request.GET.get("page"))
    return render(request, "cockpit/jobs.html", {"page": page, "query": ""})


@permit(Act.READ, Subject.JOB)
@require_GET
def job(request: ViewerRequest, pk: UUID) -> HttpResponse:
    """Show a job's progress; asked again by the page until it has ended."""
    found = jobs_selectors.get_job(pk)
    if found is None:
        raise Http404
    partial = request.headers.get("HX-Request") == "true"
    return render(
        request, "cockpit/_progress.html" if partial else "cockpit/job.html", {"job": found}
    )


@permit(Act.VOID, Subject.JOB)
@require_POST
def cancel_job(request: ViewerRequest, pk: UUID) -> HttpResponse:
    """Ask a job to stop."""
    found = jobs_selectors.get_job(pk)
    if found is None:
        raise Http404
    jobs_services.cancel(found, at=timezone.now())
    messages.info(request, _("已请求取消；任务停止后不保存任何结果。"))
    return redirect("cockpit:job", pk=pk)
