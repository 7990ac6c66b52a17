"""Sealing: a draft becomes a version that never changes again; many at once for loading.

Locking: the draft row is locked first, then the versions of the same filing are read; the log's head comes
last, when the leaves are written. A second click finds no draft and is told the version that the first
one made.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from guozi.audit.services import Subject, record
from guozi.filings.books import content_hash
from guozi.filings.doubts import findings_of, place_of
from guozi.filings.models import (
    Draft,
    DraftExplanation,
    DraftFigure,
    Figure,
    ReviewAct,
    Upload,
    Version,
    VersionFinding,
)
from guozi.filings.services.refusals import FilingRefusedError, same_content
from guozi.filings.states import State
from guozi.filings.telling import sentence_of
from guozi.rulebooks import parsed
from guozi_core.findings import Severity, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from guozi.access.viewer import Viewer
    from guozi_core.findings import Finding

_SEAL_DRAFT = """
INSERT INTO filings_figure (version_id, enterprise_id, item, moment, amount, upload_id, sheet, cell,
                            raw, entered_by_name, entered_at)
SELECT %s, enterprise_id, item, moment, amount, upload_id, sheet, cell, raw, changed_by_name, changed_at
FROM filings_draftfigure WHERE draft_id = %s
"""
# The arrays of a whole batch travel as array literals: item codes and letters hold no character that
# needs quoting, and quoting millions of elements one by one took longer than storing them.
_SEAL_ARRAYS = """
INSERT INTO filings_figure (version_id, enterprise_id, upload_id, entered_by_name, entered_at,
                            item, moment, amount, sheet, cell, raw)
SELECT version.id, version.enterprise_id, version.upload_id, version.submitted_by_name,
       version.submitted_at, filed.item, filed.moment, filed.amount,
       COALESCE(filed.sheet, ''), COALESCE(filed.cell, ''), COALESCE(filed.raw, '')
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[])
     AS filed(version_id, item, moment, amount, sheet, cell, raw)
JOIN filings_version version ON version.id = filed.version_id
"""
_CODE = re.compile(r"[A-Za-z0-9]+")


def submit(
    draft: Draft, *, revision: int, reason: str = "", viewer: Viewer, at: datetime
) -> Version:
    """Check the draft once more, seal it as the next version, and ask for a receipt.

    Raises
    ------
    FilingRefusedError
        If the draft is empty, was changed meanwhile, equals a sealed version, lacks a reason for a
        correction, or a check blocks or lacks its explanation (``findings`` names them all).
    """
    locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None or locked.revision != revision:
        raise FilingRefusedError(
            "FIL-CHANGED",
            Wording(
                "草稿已被他人修改或已报送，请刷新后核对",
                "the draft was changed or submitted meanwhile; reload and look again",
            ),
        )
    draft = locked
    figures = {
        (item, moment): amount
        for item, moment, amount in DraftFigure.objects.filter(draft=draft).values_list(
            "item", "moment", "amount"
        )
    }
    if not figures:
        raise FilingRefusedError("FIL-EMPTY", Wording("草稿中没有数据", "the draft is empty"))
    enterprise = draft.enterprise
    digest = content_hash(
        figures,
        enterprise=enterprise.uscc,
        form=draft.form,
        period=draft.period,
        scope=draft.scope,
    )
    earlier = list(
        Version.objects.filter(
            enterprise=enterprise, form=draft.form, period=draft.period, scope=draft.scope
        ).order_by("-number")
    )
    standing = next((version for version in earlier if version.current), None)
    if standing is not None and standing.content_sha256 == digest:
        raise same_content(standing.number)
    why = reason.strip() or draft.reason
    if standing is not None and not why:
        raise FilingRefusedError(
            "FIL-REASON",
            Wording(
                f"该期已有第{standing.number}版，更正须写明理由",
                f"version {standing.number} stands; a correction needs a reason",
            ),
        )
    findings = _judged(draft, figures)
    if standing is not None:
        Version.objects.filter(pk=standing.pk).update(current=False)
    version = _sealed_from(
        draft,
        number=earlier[0].number + 1 if earlier else 1,
        digest=digest,
        reason=why,
        findings=findings,
        viewer=viewer,
        at=at,
    )
    draft.delete()
    record(
        action="filings.submitted",
        subject=Subject("filings.Version", str(version.pk), version.number),
        enterprise_id=enterprise.pk,
        after={
            "form": version.form,
            "period": version.period,
            "scope": version.scope,
            "sha256": digest,
            "figures": len(figures),
        },
        reason=why,
        receipt=True,
    )
    return version


def _sealed_from(
    draft: Draft,
    *,
    number: int,
    digest: str,
    reason: str,
    findings: Sequence[Finding],
    viewer: Viewer,
    at: datetime,
) -> Version:
    """Copy the draft into a version with its findings, files and first step."""
    enterprise = draft.enterprise
    version = Version.objects.create(
        enterprise=enterprise,
        form=draft.form,
        form_version=parsed.form(draft.form).header.version,
        period=draft.period,
        scope=draft.scope,
        number=number,
        state=State.SUBMITTED.value,
        current=True,
        content_sha256=digest,
        upload=draft.upload,
        reason=reason,
        submitted_at=at,
        submitted_by_id=viewer.user_id,
        submitted_by_name=viewer.name,
    )
    with connection.cursor() as cursor:
        cursor.execute(_SEAL_DRAFT, [version.pk, draft.pk])
    explanations = {
        (item.check_id, item.place): item for item in DraftExplanation.objects.filter(draft=draft)
    }
    VersionFinding.objects.bulk_create(
        VersionFinding(
            version=version,
            enterprise=enterprise,
            check_id=finding.code,
            place=place_of(finding),
            severity=finding.severity.value,
            message=sentence_of(finding, "zh"),
            english_message=sentence_of(finding, "en", about=enterprise),
            explanation=item.text if item else "",
            explained_by_name=item.by_name if item else "",
        )
        for finding in findings
        for item in [explanations.get((finding.code, place_of(finding)))]
    )
    uploads = set(
        Figure.objects.filter(version=version, upload__isnull=False).values_list(
            "upload_id", flat=True
        )
    )
    Upload.objects.filter(pk__in=uploads).update(sealed=True)
    ReviewAct.objects.create(
        version=version,
        enterprise=enterprise,
        state=State.SUBMITTED.value,
        by_id=viewer.user_id,
        by_name=viewer.name,
        by_role=viewer.role_names,
        reason=reason,
        at=at,
    )
    return version


def _literal(elements: Iterable[str]) -> str:
    return "{" + ",".join(elements) + "}"


def _judged(draft: Draft, figures: dict[tuple[str, str], int]) -> tuple[Finding, ...]:
    """Return the findings to seal with the version, or refuse with all that stand in its way."""
    findings = findings_of(draft, figures)
    blocking = tuple(item for item in findings if item.severity is Severity.BLOCK)
    if blocking:
        raise FilingRefusedError(
            "FIL-BLOCKED",
            Wording(
                f"有{len(blocking)}项阻断性问题，未报送",
                f"{len(blocking)} blocking findings; nothing was submitted",
            ),
            blocking,
        )
    explained = set(DraftExplanation.objects.filter(draft=draft).values_list("check_id", "place"))
    silent = tuple(
        item
        for item in findings
        if item.severity is Severity.EXPLAIN and (item.code, place_of(item)) not in explained
    )
    if silent:
        raise FilingRefusedError(
            "FIL-UNEXPLAINED",
            Wording(
                f"有{len(silent)}项需要书面说明，未报送",
                f"{len(silent)} findings need a written explanation; nothing was submitted",
            ),
            silent,
        )
    return findings


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkVersion:
    """A version to be sealed together with many others: ``amounts`` are hundredths."""

    enterprise_id: int
    uscc: str
    form: str
    form_version: str
    period: str
    scope: str
    items: Sequence[str]
    moments: Sequence[str]
    amounts: Sequence[int]
    state: State
    submitted_at: datetime
    submitted_by_id: int | None
    submitted_by_name: str
    upload_id: int | None = None
    sheets: Sequence[str] = ()
    cells: Sequence[str] = ()
    raws: Sequence[str] = ()
    number: int = 1
    reason: str = ""


def seal_in_bulk(batch: Sequence[BulkVersion]) -> list[Version]:
    """Seal versions as first versions of their filings, one leaf each, in a few statements.

    The caller has checked the figures; used to load a city or a folder of disclosures.
    """
    versions = Version.objects.bulk_create(
        Version(
            enterprise_id=item.enterprise_id,
            form=item.form,
            form_version=item.form_version,
            period=item.period,
            scope=item.scope,
            number=item.number,
            state=item.state.value,
            current=item.state not in {State.RETURNED, State.WITHDRAWN},
            content_sha256=content_hash(
                dict(zip(zip(item.items, item.moments, strict=True), item.amounts, strict=True)),
                enterprise=item.uscc,
                form=item.form,
                period=item.period,
                scope=item.scope,
            ),
            upload_id=item.upload_id,
            reason=item.reason,
            submitted_at=item.submitted_at,
            submitted_by_id=item.submitted_by_id,
            submitted_by_name=item.submitted_by_name,
        )
        for item in batch
    )
    codes = {code for item in batch for code in (*item.items, *item.moments)}
    if not all(_CODE.fullmatch(code) for code in codes):
        message = "an item code or column letter holds other characters than letters and digits"
        raise ValueError(message)
    counted = list(zip(versions, batch, strict=True))
    arrays: list[str | list[str] | None] = [
        _literal(str(version.pk) for version, item in counted for _ in item.items),
        _literal(code for item in batch for code in item.items),
        _literal(letter for item in batch for letter in item.moments),
        _literal(str(operator.index(amount)) for item in batch for amount in item.amounts),
    ]
    for places in ("sheets", "cells", "raws"):
        given = any(getattr(item, places) for item in batch)
        arrays.append(
            [text for item in batch for text in getattr(item, places) or [""] * len(item.items)]
            if given
            else None
        )
    with connection.cursor() as cursor:
        cursor.execute(_SEAL_ARRAYS, arrays)
    ReviewAct.objects.bulk_create(
        ReviewAct(
            version=version,
            enterprise_id=item.enterprise_id,
            state=item.state.value,
            by_id=item.submitted_by_id,
            by_name=item.submitted_by_name,
            by_role="",
            reason=item.reason,
            at=item.submitted_at,
        )
        for version, item in zip(versions, batch, strict=True)
    )
    for version, item in zip(versions, batch, strict=True):
        record(
            action="filings.loaded",
            subject=Subject("filings.Version", str(version.pk), version.number),
            enterprise_id=item.enterprise_id,
            after={
                "form": item.form,
                "period": item.period,
                "scope": item.scope,
                "sha256": version.content_sha256,
                "figures": len(item.items),
            },
        )
    return versions
