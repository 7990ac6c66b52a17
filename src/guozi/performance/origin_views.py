"""Where the figures of a score sheet come from: totals, then indicators, then sealed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from guozi.access.matrix import Act, Subject
from guozi.access.permissions import ViewerRequest, permit
from guozi.performance import selectors
from guozi.performance.management_origin import management_origin
from guozi.performance.origins import (
    improvement_origin,
    indicator_origin,
    part_origin,
    total_origin,
)
from guozi.performance.sheet_views import shown_or_404
from guozi.ui.provenance import render_origin

if TYPE_CHECKING:
    from guozi.performance.recomputing import Recomputed


@permit(Act.READ, Subject.EVALUATION)
@require_GET
def where_from(request: ViewerRequest, run_id: int, uscc: str, identifier: str) -> HttpResponse:
    """Tell where an indicator of a score sheet comes from, and how it was scored."""
    origin = indicator_origin(_again_or_404(request, run_id, uscc), identifier)
    return render_origin(request, origin)


@permit(Act.READ, Subject.EVALUATION)
@require_GET
def total_from(request: ViewerRequest, run_id: int, uscc: str, name: str) -> HttpResponse:
    """Tell where a total of a score sheet comes from."""
    origin = total_origin(_again_or_404(request, run_id, uscc), name)
    return render_origin(request, origin)


@permit(Act.READ, Subject.EVALUATION)
@require_GET
def part_from(request: ViewerRequest, run_id: int, uscc: str, number: int) -> HttpResponse:
    """Tell where the points of a part come from: its basic indicators and their correction."""
    origin = part_origin(_again_or_404(request, run_id, uscc), number)
    return render_origin(request, origin)


@permit(Act.READ, Subject.EVALUATION)
@require_GET
def improvement_from(request: ViewerRequest, run_id: int, uscc: str) -> HttpResponse:
    """Tell what the improvement degree compares."""
    again = _again_or_404(request, run_id, uscc)
    improvement = selectors.improvement_of(request.viewer, again.result)
    origin = None if improvement is None else improvement_origin(again, improvement)
    return render_origin(request, origin)


@permit(Act.READ, Subject.EVALUATION)
@require_GET
def management_from(request: ViewerRequest, run_id: int, uscc: str, number: int) -> HttpResponse:
    """Tell where the points of a management indicator come from: the experts and the arithmetic."""
    again = _again_or_404(request, run_id, uscc)
    named = request.viewer.may(Act.READ, Subject.PANEL, again.result.enterprise_id)
    origin = management_origin(again, number, named=named)
    return render_origin(request, origin)


def _again_or_404(request: ViewerRequest, run_id: int, uscc: str) -> Recomputed:
    again = shown_or_404(request, run_id, uscc).again
    if again is None:
        raise Http404
    return again
