"""Public disclosures, taken in on the way every reporter's file takes.

A disclosure is a long table: one printed figure a row, with the document and page it stands in. The
rows of one issuer and scope are arranged as the statements they were copied from, one column a period;
that workbook is kept as the original of every filing read from it. Each period is then opened, read
by the names of its lines, cross-checked and sealed. What blocks is reported and nothing of it is saved.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from guozi import excel
from guozi.access.context import acting_as
from guozi.filings import imports, selectors, services
from guozi.filings.doubts import findings_of, place_of, told
from guozi.registry import selectors as registry
from guozi.registry import services as registration
from guozi.registry.credit_code import with_check_character
from guozi.registry.kinds import ClassKind
from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.statements import Scope, StatementKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from guozi.access.viewer import Viewer
    from guozi.filings.models import Draft
    from guozi.registry.kinds import Level
    from guozi.registry.models import Enterprise
    from guozi_core.units import MoneyUnit, Period

_TITLES: Final = {
    StatementKind.BALANCE_SHEET: "资产负债表",
    StatementKind.INCOME_STATEMENT: "利润表",
    StatementKind.CASH_FLOW_STATEMENT: "现金流量表",
    StatementKind.SUPPLEMENTARY: "补充资料",
}
_ACCOUNTS: Final = {Scope.CONSOLIDATED: "合并", Scope.PARENT: "母公司", Scope.SINGLE: ""}
_SOURCE: Final = "公开披露"
_EXPLANATION: Final = "公开披露数据，按披露原文装入，未经企业说明。"
#: Division code of enterprises whose code is not published; no real division bears it.
_NO_DIVISION: Final = "999900"
_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedLine:
    """One printed figure, or a printed heading without one.

    Parameters
    ----------
    enterprise, scope, kind : str, Scope, StatementKind
        Whose statement it stands in.
    period, heading : Period, str
        The period of its column, and the heading of the column as printed.
    name : str
        The name of the line as printed.
    value, unit : Decimal or None, MoneyUnit
        The figure in its unit.
    source : str
        Document and page.
    """

    enterprise: str
    scope: Scope
    kind: StatementKind
    period: Period
    heading: str
    name: str
    value: Decimal | None
    unit: MoneyUnit
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """How enterprises are registered that are not known yet; ``codes`` are by name."""

    level: Level
    industry: str
    size: str
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What became of one filing: ``number`` is the sealed version's, none where nothing was saved."""

    enterprise: str
    uscc: str
    period: Period
    scope: Scope
    figures: int
    number: int | None
    findings: tuple[Finding, ...]


def stand_in_code(name: str) -> str:
    """Return a code for an enterprise whose code is not published: always the same for a name.

    Its administrative division does not exist, so that it is never taken for a real one.

    >>> stand_in_code("威海城市投资集团有限公司")[:8]
    '91999900'
    """
    digest = hashlib.sha256(name.encode()).digest()
    body = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:9])
    return with_check_character(f"91{_NO_DIVISION}{body}")


def load(
    lines: Sequence[DisclosedLine],
    how: Registration,
    *,
    also: Sequence[str] = (),
    viewer: Viewer,
    at: datetime,
    progress: Callable[[int, int, Wording], None] = lambda _done, _total, _what: None,
) -> tuple[list[Loaded], tuple[Finding, ...]]:
    """Register the issuers and take every filing in, each in a transaction of its own.

    ``also`` are groups of which other things were disclosed, but no statements.

    Returns
    -------
    list of Loaded, tuple of Finding
        What became of every filing, and notes on the registration.
    """
    grouped: dict[tuple[str, Scope], list[DisclosedLine]] = {}
    for line in lines:
        grouped.setdefault((line.enterprise, line.scope), []).append(line)
    filings = [
        (name, scope, period)
        for name, scope in grouped
        for period in sorted({line.period for line in grouped[name, scope]}, key=_by_end)
    ]
    with acting_as(viewer):
        enterprises, notes = _register(
            list(dict.fromkeys([*(name for name, _ in grouped), *also])),
            how,
            since=date(min(period.year for _, _, period in filings), 1, 1),
            at=at,
        )
    workbooks = {key: arranged(own) for key, own in grouped.items()}
    loaded = []
    for done, (name, scope, period) in enumerate(filings):
        title = f"{name} {scope.value} {period.code}"
        progress(done, len(filings), Wording(title, title))
        filing = _Filing(enterprises[name], period, scope)
        try:
            with acting_as(viewer):
                loaded.append(_take_in(filing, workbooks[name, scope], viewer=viewer, at=at))
        except services.FilingRefusedError as refusal:
            with acting_as(viewer):
                loaded.append(_not_taken(filing, refusal))
    progress(len(filings), len(filings), Wording("完成", "done"))
    return loaded, notes


class _Filing(NamedTuple):
    """What is filed."""

    enterprise: Enterprise
    period: Period
    scope: Scope

    def told(self, figures: int, number: int | None, findings: tuple[Finding, ...]) -> Loaded:
        return Loaded(
            enterprise=self.enterprise.name,
            uscc=self.enterprise.uscc,
            period=self.period,
            scope=self.scope,
            figures=figures,
            number=number,
            findings=findings,
        )


def _by_end(period: Period) -> tuple[date, str]:
    return period.end_date, period.code


def _register(
    names: Sequence[str], how: Registration, *, since: date, at: datetime
) -> tuple[dict[str, Enterprise], tuple[Finding, ...]]:
    """Return the enterprises of some names, registering the ones that are not known."""
    known = {name: found for name in names if (found := registry.named(name)) is not None}
    created = registration.create_enterprises(
        [
            registration.NewEnterprise(
                uscc=how.codes.get(name) or stand_in_code(name),
                name=name,
                short_name=name.removesuffix("有限公司")[:40],
                level=how.level,
                classes={ClassKind.INDUSTRY: how.industry, ClassKind.SIZE: how.size},
            )
            for name in names
            if name not in known
        ],
        valid_from=since,
        known_at=at,
        source=_SOURCE,
    )
    notes = tuple(_stand_in(item) for item in created if item.name not in how.codes)
    return known | {enterprise.name: enterprise for enterprise in created}, notes


def _take_in(filing: _Filing, workbook: bytes, *, viewer: Viewer, at: datetime) -> Loaded:
    """Open, read, check and seal one period.

    ``workbook`` holds all of the enterprise's lines in this scope: the columns of earlier periods give
    the opening balances and the figures of the year before.
    """
    draft = services.open_draft(
        filing.enterprise,
        form=selectors.form_for(filing.period),
        period=filing.period,
        scope=filing.scope,
        viewer=viewer,
        at=at,
    )
    upload = imports.take_in(
        draft,
        name=f"{filing.enterprise.name} {_ACCOUNTS[filing.scope]}报表（{_SOURCE}）.xlsx",
        content=workbook,
        free_form=True,
        viewer=viewer,
        at=at,
    )
    if not upload.accepted:
        return filing.told(0, None, told(upload))
    draft.refresh_from_db()
    findings = _explained(draft, viewer=viewer, at=at)
    version = services.submit(
        draft,
        revision=draft.revision,
        reason=_SOURCE if _was_filed(draft) else "",
        viewer=viewer,
        at=at,
    )
    return filing.told(upload.figure_count, version.number, findings)


def arranged(lines: Sequence[DisclosedLine]) -> bytes:
    """Return the workbook of one issuer's lines in one scope: each statement on a sheet."""
    kinds = list(dict.fromkeys(line.kind for line in lines))
    return excel.write_printed(
        [_statement([line for line in lines if line.kind is kind]) for kind in kinds]
    )


def _statement(lines: Sequence[DisclosedLine]) -> excel.PrintedStatement:
    first = lines[0]
    headings = list(dict.fromkeys(line.heading for line in lines))
    columns: dict[str, dict[tuple[str, int], DisclosedLine]] = {}
    order: list[tuple[str, int]] = []
    for heading in headings:
        column: dict[tuple[str, int], DisclosedLine] = {}
        before = -1
        for line in (one for one in lines if one.heading == heading):
            # A name may be printed twice (其中：应收利息): the second is another line.
            key = (line.name, sum(name == line.name for name, _ in column))
            column[key] = line
            if key in order:
                before = order.index(key)
            else:
                # Printed in this period only: it stands behind the line it is printed behind.
                before += 1
                order.insert(before, key)
        columns[heading] = column
    return excel.PrintedStatement(
        title=f"{_ACCOUNTS[first.scope]}{_TITLES[first.kind]}",
        who=first.enterprise,
        unit=first.unit.value,
        headings=headings,
        lines=[
            excel.PrintedLine(
                name=key[0],
                source=next(column[key].source for column in columns.values() if key in column),
                amounts=[_amount(columns[heading].get(key), first.unit) for heading in headings],
            )
            for key in order
        ],
    )


def _amount(line: DisclosedLine | None, unit: MoneyUnit) -> Decimal | None:
    if line is None or line.value is None:
        return None
    return line.value * line.unit.fen / unit.fen


def _explained(draft: Draft, *, viewer: Viewer, at: datetime) -> tuple[Finding, ...]:
    """Say of every doubt that the figures stand as published; return what was found."""
    figures = {key: figure.amount for key, figure in selectors.draft_figures(draft).items()}
    findings = findings_of(draft, figures)
    for finding in findings:
        if finding.severity is Severity.EXPLAIN:
            services.explain(
                draft,
                check_id=finding.code,
                place=place_of(finding),
                text=_EXPLANATION,
                viewer=viewer,
                at=at,
            )
    return findings


def _was_filed(draft: Draft) -> bool:
    return selectors.versions_of(
        draft.enterprise, form=draft.form, period=draft.period, scope=draft.scope
    ).exists()


def _stand_in(enterprise: Enterprise) -> Finding:
    return Finding(
        code="DIS-001",
        severity=Severity.NOTE,
        message=Wording(
            "披露中没有统一社会信用代码，使用临时代码",
            "no credit code is published; a stand-in is used",
        ),
        locator=Locator(enterprise=enterprise.name),
        got=enterprise.uscc,
        fix=Wording("用 --codes 给出真实代码", "give the real codes with --codes"),
    )


def _not_taken(filing: _Filing, refusal: services.FilingRefusedError) -> Loaded:
    """Tell a refusal; of what is there already the standing version is named."""
    same = refusal.code == services.SAME_CONTENT
    standing = selectors.current_versions(
        [filing.enterprise.pk],
        form=selectors.form_for(filing.period),
        periods=[filing.period.code],
        scope=filing.scope.value,
    ).first()
    why = Finding(
        code=refusal.code,
        severity=Severity.NOTE if same else Severity.BLOCK,
        message=refusal.reason,
    )
    number = standing.number if same and standing is not None else None
    return filing.told(0, number, (why, *refusal.findings))
