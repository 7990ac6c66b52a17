"""The job of an evaluation run: what the worker calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from guozi.jobs.registry import job
from guozi.performance.services import JOB, run_evaluation
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi.jobs.registry import Progress


@job(JOB)
def evaluate_city(arguments: Mapping[str, str], progress: Progress) -> str:
    """Evaluate the city and return the address of the ranking."""

    def report(done: int, total: int) -> None:
        progress(
            done,
            total,
            zh=f"已评价 {done}/{total} 户企业",
            en=f"{done} of {total} enterprises evaluated",
        )

    year = arguments.get("standard_year")
    run = run_evaluation(
        plan=arguments["plan"],
        period=Period.parse(arguments["period"]),
        standard_year=int(year) if year else None,
        at=timezone.now(),
        progress=report,
    )
    return reverse("performance:run", args=[run.pk])
