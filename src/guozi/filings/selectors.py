"""Reading filings in scope: versions, figures, books for the engines, who has filed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Sum

from guozi.filings.books import to_book, to_statement
from guozi.filings.models import Draft, DraftFigure, Figure, ReviewAct, Upload, Version
from guozi_core.statements import Scope
from guozi_core.units import MoneyUnit, Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from guozi.registry.models import Enterprise
    from guozi_core.statements import StatementBook

FLASH, FINAL = "financial-flash", "financial-final"


def form_for(period: Period) -> str:
    """Return the form that is filed for a period: months by flash report, years by final accounts."""
    return FINAL if period.kind is PeriodKind.YEAR else FLASH


def get_version(version_id: int) -> Version | None:
    """Return a version in scope."""
    return Version.objects.select_related("enterprise", "upload").filter(pk=version_id).first()


def get_draft(draft_id: int) -> Draft | None:
    """Return a draft of one's own enterprise."""
    return Draft.objects.select_related("enterprise", "upload").filter(pk=draft_id).first()


def get_upload(upload_id: int) -> Upload | None:
    """Return a file in scope: reviewers see it once a version came from it."""
    return Upload.objects.select_related("enterprise").filter(pk=upload_id).first()


def list_versions(
    *,
    form: str = "",
    period: str = "",
    scope: str = "",
    state: str = "",
    current: bool | None = None,
) -> QuerySet[Version]:
    """Return versions in scope, newest first."""
    found = Version.objects.select_related("enterprise").order_by("-submitted_at", "-pk")
    named = {"form": form, "period": period, "scope": scope, "state": state}
    found = found.filter(**{key: value for key, value in named.items() if value})
    return found if current is None else found.filter(current=current)


def versions_of(enterprise: Enterprise, *, form: str, period: str, scope: str) -> QuerySet[Version]:
    """Return all versions of one filing, newest first."""
    return Version.objects.filter(
        enterprise=enterprise, form=form, period=period, scope=scope
    ).order_by("-number")


def acts_of(version: Version) -> QuerySet[ReviewAct]:
    """Return what happened to a version, in order."""
    return ReviewAct.objects.filter(version=version).order_by("pk")


def figures_of(version: Version) -> dict[tuple[str, str], Figure]:
    """Return the figures of a version by item and moment letter."""
    return {
        (figure.item, figure.moment): figure
        for figure in Figure.objects.filter(version=version).select_related("upload")
    }


def amounts_of(
    versions: Iterable[Version], moments: Iterable[str]
) -> dict[int, dict[tuple[str, str], int]]:
    """Return the figures of some columns by version, then by item and moment letter."""
    found: dict[int, dict[tuple[str, str], int]] = {version.pk: {} for version in versions}
    figures = Figure.objects.filter(version_id__in=found, moment__in=list(moments))
    for pk, item, moment, amount in figures.values_list("version_id", "item", "moment", "amount"):
        found[pk][item, moment] = amount
    return found


def draft_figures(draft: Draft) -> dict[tuple[str, str], DraftFigure]:
    """Return the figures of a draft by item and moment letter."""
    return {
        (figure.item, figure.moment): figure
        for figure in DraftFigure.objects.filter(draft=draft).select_related("upload")
    }


def printed_unit(upload_ids: Iterable[int | None]) -> MoneyUnit | None:
    """Return the coarsest unit that printed statements among some files are rounded to."""
    found = Upload.objects.filter(pk__in=[pk for pk in upload_ids if pk is not None])
    units = found.exclude(printed_unit="").values_list("printed_unit", flat=True).distinct()
    return max((MoneyUnit(unit) for unit in units), key=lambda unit: unit.fen, default=None)


def current_versions(
    enterprise_ids: Iterable[int] | None = None,
    *,
    form: str,
    periods: Sequence[str],
    scope: str = "",
) -> QuerySet[Version]:
    """Return the current versions of some periods."""
    found = Version.objects.filter(form=form, period__in=periods, current=True)
    if enterprise_ids is not None:
        found = found.filter(enterprise_id__in=list(enterprise_ids))
    return found.filter(scope=scope) if scope else found


def book_of(
    enterprise: Enterprise, scope: Scope, *, instead: Version | None = None
) -> tuple[StatementBook, dict[Period, Version]]:
    """Return the current statements of an enterprise, and the version behind each period.

    ``instead`` takes the place of the current version of its form and period: an older version is
    shown with its own figures.
    """
    versions = list(Version.objects.filter(enterprise=enterprise, scope=scope.value, current=True))
    if instead is not None:
        versions = [
            item for item in versions if (item.form, item.period) != (instead.form, instead.period)
        ] + [instead]
    return _book(enterprise, scope, versions)


def books_of(
    enterprises: Iterable[Enterprise], *, form: str, periods: Sequence[str]
) -> dict[tuple[int, Scope], tuple[StatementBook, dict[Period, Version]]]:
    """Return the books of many enterprises for some periods, in two queries."""
    by_id = {enterprise.pk: enterprise for enterprise in enterprises}
    grouped: dict[tuple[int, str], list[Version]] = defaultdict(list)
    for version in current_versions(by_id, form=form, periods=periods):
        grouped[version.enterprise_id, version.scope].append(version)
    rows = _rows([version.pk for group in grouped.values() for version in group])
    return {
        (enterprise_id, Scope(scope)): _assembled(by_id[enterprise_id], Scope(scope), group, rows)
        for (enterprise_id, scope), group in grouped.items()
    }


def _book(
    enterprise: Enterprise, scope: Scope, versions: Sequence[Version]
) -> tuple[StatementBook, dict[Period, Version]]:
    return _assembled(enterprise, scope, versions, _rows([version.pk for version in versions]))


def _rows(version_ids: Sequence[int]) -> dict[int, list[tuple[str, str, int]]]:
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    figures = Figure.objects.filter(version_id__in=version_ids)
    for version_id, item, moment, amount in figures.values_list(
        "version_id", "item", "moment", "amount"
    ).iterator(chunk_size=20_000):
        found[version_id].append((item, moment, amount))
    return found


def _assembled(
    enterprise: Enterprise,
    scope: Scope,
    versions: Sequence[Version],
    rows: dict[int, list[tuple[str, str, int]]],
) -> tuple[StatementBook, dict[Period, Version]]:
    behind = {Period.parse(version.period): version for version in versions}
    statements = [
        to_statement(
            rows.get(version.pk, ()), enterprise=enterprise.name, period=period, scope=scope
        )
        for period, version in behind.items()
    ]
    return to_book(statements), behind


def series_of(
    enterprise: Enterprise, scope: Scope, *, form: str, items: Sequence[tuple[str, str]]
) -> list[tuple[str, dict[tuple[str, str], int], Version]]:
    """Return some figures of every current period, oldest first: what trend charts draw."""
    versions = {
        version.pk: version
        for version in Version.objects.filter(
            enterprise=enterprise, scope=scope.value, form=form, current=True
        ).order_by("period")
    }
    wanted = set(items)
    found: dict[int, dict[tuple[str, str], int]] = {pk: {} for pk in versions}
    figures = Figure.objects.filter(
        version_id__in=versions, item__in={item for item, _ in items}
    ).values_list("version_id", "item", "moment", "amount")
    for version_id, item, moment, amount in figures:
        if (item, moment) in wanted:
            found[version_id][item, moment] = amount
    return [(version.period, found[pk], version) for pk, version in versions.items()]


def totals(
    *, form: str, period: str, enterprise_ids: Iterable[int], items: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return sum and count of some figures over enterprises: hundredths, and how many filed them.

    The caller names each enterprise once; where it filed both consolidated and other accounts the
    consolidated ones count.
    """
    chosen: dict[int, Version] = {}
    for version in current_versions(enterprise_ids, form=form, periods=[period]):
        best = chosen.get(version.enterprise_id)
        if best is None or _rank(version.scope) < _rank(best.scope):
            chosen[version.enterprise_id] = version
    found: dict[tuple[str, str], tuple[int, int]] = dict.fromkeys(items, (0, 0))
    figures = Figure.objects.filter(version_id__in=[version.pk for version in chosen.values()])
    for item, moment in items:
        matched = figures.filter(item=item, moment=moment)
        total = matched.aggregate(total=Sum("amount"))["total"]
        found[item, moment] = (int(total or 0), matched.count())
    return found


def _rank(scope: str) -> int:
    return [Scope.CONSOLIDATED.value, Scope.SINGLE.value, Scope.PARENT.value].index(scope)


def periods_filed(*, form: str, leaving_out: Iterable[int] = ()) -> list[str]:
    """Return the periods for which anything in scope was filed, newest first.

    ``leaving_out`` are enterprises whose filings do not count.
    """
    found = Version.objects.filter(form=form).exclude(enterprise_id__in=list(leaving_out))
    return sorted(found.values_list("period", flat=True).distinct(), reverse=True)


def totals_by_period(
    *,
    form: str,
    enterprise_ids: Iterable[int],
    items: Sequence[tuple[str, str]],
    periods: Sequence[str],
) -> dict[str, dict[tuple[str, str], int]]:
    """Return sums over enterprises period by period: what the city's trend charts draw."""
    best: dict[tuple[int, str], Version] = {}
    for version in current_versions(enterprise_ids, form=form, periods=periods):
        key = (version.enterprise_id, version.period)
        if key not in best or _rank(version.scope) < _rank(best[key].scope):
            best[key] = version
    period_of = {version.pk: version.period for version in best.values()}
    found: dict[str, dict[tuple[str, str], int]] = {period: {} for period in periods}
    wanted = set(items)
    rows = Figure.objects.filter(
        version_id__in=period_of, item__in={item for item, _ in items}
    ).values_list("version_id", "item", "moment", "amount")
    for version_id, item, moment, amount in rows.iterator(chunk_size=20_000):
        if (item, moment) in wanted:
            sums = found[period_of[version_id]]
            sums[item, moment] = sums.get((item, moment), 0) + amount
    return found


def contributions(
    *, form: str, period: str, enterprise_ids: Iterable[int], item: str, moment: str
) -> list[Figure]:
    """Return the figures a total is the sum of, largest first."""
    best: dict[int, Version] = {}
    for version in current_versions(enterprise_ids, form=form, periods=[period]):
        known = best.get(version.enterprise_id)
        if known is None or _rank(version.scope) < _rank(known.scope):
            best[version.enterprise_id] = version
    return list(
        Figure.objects.filter(
            version_id__in=[version.pk for version in best.values()], item=item, moment=moment
        )
        .select_related("enterprise")
        .order_by("-amount")
    )


def main_scope(enterprise: Enterprise) -> Scope:
    """Return the accounts an enterprise is judged by: consolidated ones if it files them."""
    filed = set(
        Version.objects.filter(enterprise=enterprise, current=True)
        .values_list("scope", flat=True)
        .distinct()
    )
    return min(
        (Scope(scope) for scope in filed), key=lambda s: _rank(s.value), default=Scope.SINGLE
    )


def latest_version(enterprise: Enterprise, *, form: str, scope: Scope) -> Version | None:
    """Return the current version of the newest period."""
    return (
        Version.objects.select_related("enterprise")
        .filter(enterprise=enterprise, form=form, scope=scope.value, current=True)
        .order_by("-period")
        .first()
    )
