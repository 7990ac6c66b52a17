"""A stored result computed again from its sealed figures: what every page about it shows.

Nothing between the figures and the totals is stored, so a page cannot show a step that is not the
one behind the total. That the totals come out the same is checked every time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guozi.filings.books import to_book, to_statement
from guozi.filings.models import Figure, Version
from guozi.performance import inputs
from guozi.performance.evaluating import Basis, Evaluated, basis_of, evaluate
from guozi_core.findings import Wording
from guozi_core.statements import Scope
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guozi.performance.models import EvaluationResult
    from guozi_core.statements import Statement

_TOTALS = (
    "basic_total",
    "corrected_total",
    "management_total",
    "composite",
    "bonus",
    "deductions",
    "final",
)


class NotReproducedError(Exception):
    """A stored total does not come out again, or its rulebook is no longer the same text."""

    def __init__(self, reason: Wording) -> None:
        self.reason = reason
        super().__init__(reason.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """An evaluation with its basis and the versions its figures come from."""

    result: EvaluationResult
    basis: Basis
    evaluated: Evaluated
    versions: Mapping[Period, Version]


def recompute(result: EvaluationResult) -> Recomputed | None:
    """Return the evaluation behind a result; ``None`` where nothing could be evaluated.

    Raises
    ------
    NotReproducedError
        If a rulebook's text changed since, or a total differs from the stored one.
    """
    if result.version_id is None or not result.industry_found:
        return None
    run = result.run
    basis = basis_of(run.plan, year=run.standard_year)
    changed = [name for name, mark in basis.fingerprints.items() if run.fingerprints[name] != mark]
    if changed:
        listed = ", ".join(changed)
        raise NotReproducedError(
            Wording(
                f"规则文本已变动（{listed}），不能再现该次评价；请重新评价",
                f"the rulebooks changed since ({listed}); the run cannot be shown step by step",
            )
        )
    versions = _versions(result)
    statements = _statements(versions, result.enterprise.name)
    evaluated = evaluate(
        basis,
        to_book(statements),
        Period.parse(run.period),
        enterprise=result.enterprise.name,
        industry=result.industry,
        size=result.size,
        panel=inputs.panel_of(result.panel),
        adjustments=inputs.adjustments_of(result.adjustments),
    )
    different = [
        name for name in _TOTALS if getattr(result, name) != getattr(evaluated.evaluation, name)
    ]
    if different:
        listed = ", ".join(different)
        raise NotReproducedError(
            Wording(
                f"重新计算的结果与保存的结果不一致：{listed}",
                f"computed again, these totals differ from the stored ones: {listed}",
            )
        )
    return Recomputed(result=result, basis=basis, evaluated=evaluated, versions=versions)


def _versions(result: EvaluationResult) -> dict[Period, Version]:
    found = Version.objects.select_related("enterprise").filter(
        pk__in=[result.version_id, *result.earlier_version_ids]
    )
    return {Period.parse(version.period): version for version in found}


def _statements(versions: Mapping[Period, Version], enterprise: str) -> list[Statement]:
    rows: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    figures = Figure.objects.filter(version_id__in=[version.pk for version in versions.values()])
    for version_id, item, moment, amount in figures.values_list(
        "version_id", "item", "moment", "amount"
    ):
        rows[version_id].append((item, moment, amount))
    return [
        to_statement(
            rows[version.pk], enterprise=enterprise, period=period, scope=Scope(version.scope)
        )
        for period, version in versions.items()
    ]
