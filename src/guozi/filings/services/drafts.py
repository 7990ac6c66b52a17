"""The private draft: opened, filled by hand or from a file, explained."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from guozi.audit.services import Subject, record
from guozi.filings.models import Draft, DraftExplanation, DraftFigure, Figure, Upload, Version
from guozi.filings.services.refusals import Difference, DraftConflictError, FilingRefusedError
from guozi.filings.telling import sentence_of
from guozi.rulebooks import parsed
from guozi_core.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from guozi.access.viewer import Viewer
    from guozi.filings.books import NewFigure, Whole
    from guozi.filings.carrying import Carried
    from guozi.registry.models import Enterprise
    from guozi_core.findings import Finding
    from guozi_core.statements import Scope
    from guozi_core.units import MoneyUnit, Period

_BATCH = 2_000
#: What the columns of a figure's origin hold; a longer name of a sheet is cut, the file itself is kept.
_RAW, _SHEET, _NAME = 60, 60, 200


def open_draft(
    enterprise: Enterprise,
    *,
    form: str,
    period: Period,
    scope: Scope,
    viewer: Viewer,
    at: datetime,
) -> Draft:
    """Return the open draft of a filing, beginning one if there is none.

    Raises
    ------
    FilingRefusedError
        If the form is not filed for such a period or scope, or the period has not begun.
    """
    wanted = parsed.form(form)
    if wanted.frequency is not period.kind:
        raise FilingRefusedError(
            "FIL-PERIOD",
            Wording(
                f"《{wanted.header.title.zh}》不按这种期间报送：{period.code}",
                f"{wanted.header.title.en} is not filed for {period.code}",
            ),
        )
    if scope not in wanted.scopes:
        raise FilingRefusedError(
            "FIL-SCOPE",
            Wording(f"该表没有“{scope.value}”口径", f"the form has no scope {scope.wording.en}"),
        )
    if period.start_date > timezone.localdate(at):
        raise FilingRefusedError(
            "FIL-FUTURE",
            Wording(f"期间 {period.code} 尚未开始", f"the period {period.code} has not begun"),
        )
    named = {
        "enterprise": enterprise,
        "form": form,
        "period": period.code,
        "scope": scope.value,
    }
    found = Draft.objects.filter(**named).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            draft = Draft.objects.create(**named, changed_at=at, changed_by_name=viewer.name)
    except IntegrityError:
        # Somebody opened it at the same moment: one goes on with the other's.
        return Draft.objects.get(**named)
    record(
        action="filings.draft-opened",
        subject=Subject("filings.Draft", str(draft.pk)),
        enterprise_id=enterprise.pk,
        after={"form": form, "period": period.code, "scope": scope.value},
    )
    return draft


def reopen_as_draft(version: Version, *, reason: str, viewer: Viewer, at: datetime) -> Draft:
    """Begin a correction: a draft that starts from a sealed version's figures."""
    named = {
        "enterprise_id": version.enterprise_id,
        "form": version.form,
        "period": version.period,
        "scope": version.scope,
    }
    found = Draft.objects.filter(**named).first()
    if found is not None:
        return found
    draft = Draft.objects.create(
        **named, changed_at=at, changed_by_name=viewer.name, reason=reason, upload=version.upload
    )
    DraftFigure.objects.bulk_create(
        (
            DraftFigure(
                draft=draft,
                enterprise_id=version.enterprise_id,
                item=figure.item,
                moment=figure.moment,
                amount=figure.amount,
                upload_id=figure.upload_id,
                sheet=figure.sheet,
                cell=figure.cell,
                raw=figure.raw,
                changed_by_name=figure.entered_by_name or version.submitted_by_name,
                changed_at=figure.entered_at or version.submitted_at,
            )
            for figure in Figure.objects.filter(version=version)
        ),
        batch_size=_BATCH,
    )
    record(
        action="filings.correction-begun",
        subject=Subject("filings.Draft", str(draft.pk)),
        enterprise_id=version.enterprise_id,
        after={"version": version.number},
        reason=reason,
    )
    return draft


def save_figures(
    draft: Draft,
    changes: Mapping[tuple[str, str], int | None],
    *,
    revision: int,
    viewer: Viewer,
    at: datetime,
    typed: Mapping[tuple[str, str], str] | None = None,
) -> Draft:
    """Save figures typed in the grid: hundredths by item and moment, ``None`` empties a cell.

    ``typed`` is what the person wrote; it is kept beside the amount.

    Raises
    ------
    DraftConflictError
        If the draft is no longer at ``revision``; nothing is saved.
    """
    _advance(draft, changes, revision=revision, viewer=viewer, at=at)
    before = {
        (figure.item, figure.moment): figure.amount
        for figure in DraftFigure.objects.filter(draft=draft)
    }
    really = {key: value for key, value in changes.items() if before.get(key) != value}
    for item, moment in really:
        DraftFigure.objects.filter(draft=draft, item=item, moment=moment).delete()
    DraftFigure.objects.bulk_create(
        DraftFigure(
            draft=draft,
            enterprise_id=draft.enterprise_id,
            item=item,
            moment=moment,
            amount=amount,
            raw=(typed or {}).get((item, moment), "")[:_RAW],
            changed_by_name=viewer.name,
            changed_at=at,
        )
        for (item, moment), amount in really.items()
        if amount is not None
    )
    record(
        action="filings.draft-saved",
        subject=Subject("filings.Draft", str(draft.pk), draft.revision),
        enterprise_id=draft.enterprise_id,
        before={f"{item}{moment}": before.get((item, moment)) for item, moment in really},
        after={f"{item}{moment}": amount for (item, moment), amount in really.items()},
    )
    return draft


def carry_forward(
    draft: Draft,
    carried: Mapping[tuple[str, str], Carried],
    *,
    revision: int,
    viewer: Viewer,
    at: datetime,
) -> Draft:
    """Fill empty fields with what earlier filings say; what is filled in already stays.

    Raises
    ------
    DraftConflictError
        If somebody saved the draft meanwhile.
    """
    changes = {key: figure.amount for key, figure in carried.items()}
    _advance(draft, changes, revision=revision, viewer=viewer, at=at)
    DraftFigure.objects.bulk_create(
        (
            DraftFigure(
                draft=draft,
                enterprise_id=draft.enterprise_id,
                item=item,
                moment=moment,
                amount=figure.amount,
                raw=figure.source[:60],
                changed_by_name=viewer.name,
                changed_at=at,
            )
            for (item, moment), figure in carried.items()
        ),
        ignore_conflicts=True,
        batch_size=_BATCH,
    )
    record(
        action="filings.figures-carried",
        subject=Subject("filings.Draft", str(draft.pk), draft.revision),
        enterprise_id=draft.enterprise_id,
        after={
            f"{item}{moment}": f"{figure.amount} ← {figure.source}"
            for (item, moment), figure in carried.items()
        },
    )
    return draft


def take_file(  # noqa: PLR0913 - a file with all that was read of it
    draft: Draft,
    *,
    name: str,
    content: bytes,
    whole: Whole | None = None,
    figures: Sequence[NewFigure],
    findings: Sequence[Finding],
    printed: MoneyUnit | None = None,
    viewer: Viewer,
    at: datetime,
) -> Upload:
    """Keep an uploaded file; take its figures into the draft unless a finding blocks.

    Figures replace those of the statements the file contains; other statements stay as they are.
    ``printed`` is the unit of printed statements, none for a template. ``whole`` stands for
    a file that is too large to be kept: its size and hash are noted.
    """
    blocked = any(finding.severity.value == "block" for finding in findings)
    size = len(content) if whole is None else whole.size
    sha256 = hashlib.sha256(content).hexdigest() if whole is None else whole.sha256
    place = f"originals/{sha256[:2]}/{sha256}"
    if whole is None and not default_storage.exists(place):
        default_storage.save(place, ContentFile(content))
    upload = Upload.objects.create(
        enterprise_id=draft.enterprise_id,
        form=draft.form,
        period=draft.period,
        scope=draft.scope,
        name=_short(name),
        size=size,
        sha256=sha256,
        uploaded_at=at,
        uploaded_by_id=viewer.user_id,
        uploaded_by_name=viewer.name,
        accepted=not blocked,
        findings=[_as_told(finding) for finding in findings],
        figure_count=len(figures),
        printed_unit="" if printed is None else printed.value,
    )
    record(
        action="filings.file-refused" if blocked else "filings.file-taken",
        subject=Subject("filings.Upload", str(upload.pk)),
        enterprise_id=draft.enterprise_id,
        after={"name": upload.name, "sha256": sha256, "figures": len(figures)},
        result="refused" if blocked else "ok",
    )
    if blocked:
        return upload
    items = parsed.dictionary().by_code
    kinds = {items[figure.item].statement for figure in figures}
    replaced = [code for code, item in items.items() if item.statement in kinds]
    Draft.objects.filter(pk=draft.pk).update(
        revision=draft.revision + 1, changed_at=at, changed_by_name=viewer.name, upload=upload
    )
    draft.refresh_from_db()
    DraftFigure.objects.filter(draft=draft, item__in=replaced).delete()
    DraftFigure.objects.bulk_create(
        (
            DraftFigure(
                draft=draft,
                enterprise_id=draft.enterprise_id,
                item=figure.item,
                moment=figure.moment,
                amount=figure.amount,
                upload=upload,
                sheet=figure.origin.sheet[:_SHEET],
                cell=figure.origin.cell,
                raw=figure.origin.raw[:_RAW],
                changed_by_name=viewer.name,
                changed_at=at,
            )
            for figure in figures
        ),
        batch_size=_BATCH,
    )
    return upload


def explain(
    draft: Draft, *, check_id: str, place: str, text: str, viewer: Viewer, at: datetime
) -> None:
    """Write down why a doubtful figure is right; an empty text takes the reason back."""
    named = {"draft": draft, "check_id": check_id, "place": place}
    if not text.strip():
        DraftExplanation.objects.filter(**named).delete()
    else:
        DraftExplanation.objects.update_or_create(
            draft=draft,
            check_id=check_id,
            place=place,
            defaults={
                "enterprise_id": draft.enterprise_id,
                "text": text.strip(),
                "by_name": viewer.name,
                "at": at,
            },
        )
    record(
        action="filings.explained",
        subject=Subject("filings.Draft", str(draft.pk), draft.revision),
        enterprise_id=draft.enterprise_id,
        after={"check": check_id, "place": place, "text": text.strip()},
    )


def _advance(
    draft: Draft,
    changes: Mapping[tuple[str, str], int | None],
    *,
    revision: int,
    viewer: Viewer,
    at: datetime,
) -> None:
    """Move the draft from ``revision`` to the next in one conditional update."""
    moved = Draft.objects.filter(pk=draft.pk, revision=revision).update(
        revision=revision + 1, changed_at=at, changed_by_name=viewer.name
    )
    if moved:
        draft.refresh_from_db()
        return
    draft.refresh_from_db()
    stored = {
        (figure.item, figure.moment): figure.amount
        for figure in DraftFigure.objects.filter(draft=draft)
    }
    raise DraftConflictError(
        tuple(
            Difference(item=item, moment=moment, stored=stored.get((item, moment)), wanted=wanted)
            for (item, moment), wanted in changes.items()
            if stored.get((item, moment)) != wanted
        ),
        by_name=draft.changed_by_name,
        revision=draft.revision,
    )


def _short(name: str) -> str:
    """Return a file's name as long as it can be kept, its ending included."""
    return name if len(name) <= _NAME else f"{name[: _NAME - 11]}…{name[-10:]}"


def _as_told(finding: Finding) -> dict[str, object]:
    return {
        "zh": finding.to_dict("zh"),
        "en": finding.to_dict("en"),
        "sentence": {"zh": sentence_of(finding, "zh"), "en": sentence_of(finding, "en")},
    }
