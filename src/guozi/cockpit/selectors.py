"""What the city page and the enterprise page show, gathered from the rooms below."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Q, Sum, When

from guozi.filings import selectors as filings
from guozi.filings.indicators import USUAL, results_of
from guozi.filings.models import Figure
from guozi.filings.states import State
from guozi.performance import selectors as performance
from guozi.registry import selectors as registry
from guozi.registry.kinds import HierarchyKind, Level
from guozi.registry.models import Enterprise
from guozi.rulebooks import parsed
from guozi_core import scoring
from guozi_core.statements import Scope
from guozi_core.units import Period, round_half_up

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from guozi.access.viewer import Viewer
    from guozi.filings.models import Version
    from guozi.performance.models import EvaluationResult, EvaluationRun
    from guozi_core.indicators import IndicatorResult
    from guozi_core.scoring import FoundStandards, StandardValue, Standing

#: The figures of the city page: line, column, and the same figure of the year before.
HEADLINES = (
    ("BS40", "e"),
    ("BS71", "e"),
    ("BS91", "e"),
    ("IS01", "c"),
    ("IS40", "c"),
    ("IS50", "c"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CityTotal:
    """A total over the top enterprises in 分, how many filed it, and how it compares.

    ``like`` and ``last_year`` are sums over the same enterprises: those that filed the line in both
    periods (可比口径). Against all of last year's, a late filer would look like a fall.
    """

    item: str
    moment: str
    amount: int | None
    count: int
    like: int | None
    last_year: int | None
    compared: int

    @property
    def change(self) -> Decimal | None:
        """Year-on-year change in percent, like for like; none where last year is not positive."""
        if self.like is None or not self.last_year or self.last_year < 0:
            return None
        return Decimal(self.like - self.last_year) * 100 / self.last_year


def top_enterprise_ids(*, on: date) -> set[int]:
    """Return the enterprises in scope that no other one in scope consolidates: each counts once.

    Peers are of other cities and never counted.
    """
    below = set(registry.parents_in(HierarchyKind.CONSOLIDATION, on=on))
    everyone = set(Enterprise.objects.values_list("pk", flat=True))
    return everyone - below - registry.peer_ids()


def latest_period(form: str = filings.FLASH) -> str | None:
    """Return the newest period for which most of those that filed the one before have filed."""
    return newest_complete(filings.periods_filed(form=form, leaving_out=registry.peer_ids()), form)


def newest_complete(periods: Sequence[str], form: str = filings.FLASH) -> str | None:
    """Return :func:`latest_period` among the periods filed, newest first."""
    for newer, older in itertools.pairwise(periods):
        counts = [
            filings.list_versions(form=form, period=period, current=True).count()
            for period in (newer, older)
        ]
        if counts[0] * 2 >= counts[1]:
            return newer
    return periods[0] if periods else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Who has filed a period: versions by state, enterprises that have and that have not."""

    states: Mapping[State, int]
    filed: int
    unfiled: int


def turnout(period: str, form: str = filings.FLASH) -> Turnout:
    """Return who has filed a period; unfiled are those that have ever filed the form, but not now."""
    peers = registry.peer_ids()
    current = filings.list_versions(form=form, period=period, current=True).order_by()
    current = current.exclude(enterprise_id__in=peers)
    states = current.values_list("state").annotate(count=Count("pk")).order_by("state")
    now = set(current.values_list("enterprise_id", flat=True))
    # Without ``order_by()`` the columns of the order would make every row distinct.
    ever = filings.list_versions(form=form).order_by().values_list("enterprise_id", flat=True)
    return Turnout(
        states={State(state): count for state, count in states},
        filed=len(now),
        unfiled=len(set(ever.distinct()) - now - peers),
    )


def sums_by_period(
    ids: Collection[int], *, form: str, items: Sequence[tuple[str, str]], periods: Sequence[str]
) -> dict[str, dict[tuple[str, str], tuple[int, int]]]:
    """Return sum in hundredths and count of some figures over enterprises, in one query."""
    rows = (
        _figures_that_count(ids, form=form, items=items, periods=periods)
        .values_list("version__period", "item", "moment")
        .annotate(total=Sum("amount"), count=Count("amount"))
        .order_by()
    )
    found: dict[str, dict[tuple[str, str], tuple[int, int]]] = {period: {} for period in periods}
    for period, item, moment, total, count in rows:
        found[period][item, moment] = (int(total), count)
    return found


def _figures_that_count(
    ids: Collection[int], *, form: str, items: Sequence[tuple[str, str]], periods: Sequence[str]
) -> QuerySet[Figure]:
    """Return the figures that totals are made of.

    An enterprise that filed both consolidated and other accounts counts with the consolidated ones.
    """
    order = [Scope.CONSOLIDATED, Scope.SINGLE, Scope.PARENT]
    rank = Case(*(When(scope=scope.value, then=place) for place, scope in enumerate(order)))
    best = (
        filings.current_versions(ids, form=form, periods=periods)
        .order_by("enterprise_id", "period", rank)
        .distinct("enterprise_id", "period")
    )
    # The key of figures is version, item, moment: the lists of items and moments let it be used whole.
    wanted = Q()
    for item, moment in items:
        wanted |= Q(item=item, moment=moment)
    codes, moments = zip(*items, strict=True)
    return Figure.objects.filter(
        wanted, version_id__in=best.values("pk"), item__in=codes, moment__in=moments
    )


def city_totals(period: str, *, on: date) -> dict[tuple[str, str], CityTotal]:
    """Return the headline totals of a period over all top enterprises."""
    return totals_over(top_enterprise_ids(on=on), period)


def totals_over(ids: Collection[int], period: str) -> dict[tuple[str, str], CityTotal]:
    """Return the headline totals of a period over enterprises, with those of the year before."""
    here = Period.parse(period)
    before = here.same_period_last_year().code
    amounts = amounts_of(
        ids, form=filings.form_for(here), items=HEADLINES, periods=[period, before]
    )
    return {key: _total(key, amounts[period][key], amounts[before][key]) for key in HEADLINES}


def _total(key: tuple[str, str], now: Mapping[int, int], then: Mapping[int, int]) -> CityTotal:
    both = now.keys() & then.keys()
    return CityTotal(
        item=key[0],
        moment=key[1],
        amount=sum(now.values()) if now else None,
        count=len(now),
        like=sum(now[pk] for pk in both) if both else None,
        last_year=sum(then[pk] for pk in both) if both else None,
        compared=len(both),
    )


def amounts_of(
    ids: Collection[int], *, form: str, items: Sequence[tuple[str, str]], periods: Sequence[str]
) -> dict[str, dict[tuple[str, str], dict[int, int]]]:
    """Return some figures in hundredths by period, line and enterprise, in one query."""
    rows = _figures_that_count(ids, form=form, items=items, periods=periods).values_list(
        "version__period", "item", "moment", "enterprise_id", "amount"
    )
    found: dict[str, dict[tuple[str, str], dict[int, int]]] = {
        period: {key: {} for key in items} for period in periods
    }
    for period, item, moment, enterprise_id, amount in rows:
        found[period][item, moment][enterprise_id] = int(amount)
    return found


def months_until(period: str, count: int) -> list[str]:
    """Return the months up to one, oldest first."""
    here = Period.parse(period)
    found = []
    for back in range(count - 1, -1, -1):
        number = here.year * 12 + here.last_month - 1 - back
        found.append(Period.month(number // 12, number % 12 + 1).code)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """An indicator of an enterprise beside the published levels of its industry."""

    result: IndicatorResult
    standard: StandardValue | None
    standing: Standing | None

    @property
    def levels(self) -> list[Decimal | None]:
        """The five published values, best first."""
        if self.standard is None:
            return [None] * len(scoring.Level)
        return [self.standard.values.get(level) for level in scoring.Level]


def standings(
    version: Version, *, on: date
) -> tuple[list[StandingRow], FoundStandards | None, dict[Period, Version]]:
    """Return an enterprise's indicators against the standard values of its industry and size."""
    profile = registry.profile_of(version.enterprise, on=on)
    found = None
    if profile.industry is not None:
        try:
            found = parsed.standards().find(
                year=max(parsed.standards().years),
                industry=profile.industry,
                scale=profile.size or "全行业",
            )
        except scoring.NoStandardsError:
            found = None
    results, behind = results_of(version, USUAL)
    coefficients = parsed.evaluation_rulebook("cn-2006-157").coefficients
    rows = []
    for result in results:
        standard = found.values.get(result.indicator.name) if found is not None else None
        place = (
            scoring.standing(result.value, standard=standard, coefficients=coefficients)
            if standard is not None and result.value is not None
            else None
        )
        rows.append(StandingRow(result=result, standard=standard, standing=place))
    return rows, found, behind


def best_results(
    viewer: Viewer, run: EvaluationRun, *, count: int = 10
) -> list[tuple[int, EvaluationResult]]:
    """Return the best scored results of a run with their places; equal scores share one.

    Only those in scope, and no peers.
    """
    places = parsed.evaluation_rulebook(parsed.plan(run.plan).evaluation).grade_decimals
    found = performance.results_of_run(viewer, run).filter(scored=True)
    best = list(found.exclude(level=Level.PEER.value).order_by("-final", "enterprise_id")[:count])
    shown = [round_half_up(result.final or Decimal(0), places=places) for result in best]
    # They are in order: the first that shows the same score has the place of all that do.
    return [(shown.index(mine) + 1, result) for mine, result in zip(shown, best, strict=True)]


def evaluations_of(
    viewer: Viewer, enterprise: Enterprise, *, count: int = 6
) -> list[EvaluationResult]:
    """Return an enterprise's results in the newest runs the viewer may see."""
    found = (
        performance.get_result(viewer, run.pk, enterprise.uscc)
        for run in performance.list_runs(viewer)[:count]
    )
    return [result for result in found if result is not None]


def counts_by_level() -> list[tuple[Level, int]]:
    """Return how many enterprises in scope stand on each level, none left out."""
    return [(level, count) for level, count in registry.count_by_level().items() if count]
