"""Files into drafts: opened, read, judged whole before anything is saved."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils import timezone

from guozi import excel
from guozi.filings import doubts, selectors, services
from guozi.filings.books import FigureOrigin, NewFigure, Whole
from guozi.filings.checking import check_figures
from guozi.filings.mapping import SCOPES
from guozi.rulebooks import parsed
from guozi_core import sheets
from guozi_core.findings import Finding, Locator, Severity
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import IO, Any

    from django.core.files.storage import Storage

    from guozi.access.viewer import Viewer
    from guozi.filings.models import Draft, Upload
    from guozi_core.findings import Language
    from guozi_core.units import MoneyUnit

_CHUNK = 2**20


def receive(stream: IO[Any] | None) -> tuple[bytes, Whole | None]:
    """Return the content of a file that came in; of one too large only its size and its hash."""
    most = excel.FORM_LIMITS.upload_bytes
    content = b"" if stream is None else bytes(stream.read(most + 1))
    if stream is None or len(content) <= most:
        return content, None
    digest, size = hashlib.sha256(content), len(content)
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return b"", Whole(size=size, sha256=digest.hexdigest())


def take_in(
    draft: Draft,
    *,
    name: str,
    content: bytes,
    free_form: bool,
    viewer: Viewer,
    at: datetime,
    whole: Whole | None = None,
) -> Upload:
    """Judge a file and take its figures into the draft unless something blocks.

    ``whole`` is given where a file is too large to be kept, instead of its content.

    The findings of cells come first; if none of them blocks, the cross-checks of the rulebook are
    told too, at the cells the figures were read from.
    """
    form = parsed.form(draft.form)
    period, scope = Period.parse(draft.period), SCOPES[draft.scope]
    opened = excel.open_workbook(content, name, size=whole and whole.size)
    findings: list[Finding] = list(opened.findings)
    figures: list[NewFigure] = []
    printed: MoneyUnit | None = None
    if opened.workbook is not None:
        expected = sheets.Expected(
            uscc=draft.enterprise.uscc,
            enterprise=draft.enterprise.name,
            period=period,
            scope=scope,
            as_of=timezone.localdate(at),
        )
        previous = _previous(draft, period)
        lines = parsed.dictionary()
        reading = (
            sheets.interpret_free_form(
                opened.workbook, lines, expected=expected, unit=form.unit, previous=previous
            )
            if free_form
            else sheets.interpret(
                form, lines, opened.workbook, expected=expected, previous=previous
            )
        )
        findings += reading.findings
        printed = reading.unit
        figures = [
            NewFigure(
                item=figure.item,
                moment=figure.moment,
                amount=figure.amount,
                origin=FigureOrigin(sheet=figure.sheet, cell=figure.cell, raw=figure.raw),
            )
            for figure in reading.figures
        ]
        if not reading.is_blocked:
            findings += check_figures(
                draft.enterprise,
                form=draft.form,
                period=period,
                scope=scope,
                figures={(figure.item, figure.moment): figure.amount for figure in figures},
                cells=_cells(reading.figures, name),
                printed=reading.unit,
            )
    stops = [item for item in findings if item.severity is Severity.BLOCK]
    return services.take_file(
        draft,
        name=name,
        content=content,
        whole=whole,
        figures=[] if stops else figures,
        findings=findings,
        printed=printed,
        viewer=viewer,
        at=at,
    )


def _previous(draft: Draft, period: Period) -> dict[tuple[str, str], int]:
    """Return the figures of the period before: what a mixed-up unit shows against."""
    before = period.preceding()
    version = (
        selectors.current_versions(
            [draft.enterprise_id], form=draft.form, periods=[before.code], scope=draft.scope
        ).first()
        if before is not None
        else None
    )
    if version is None:
        return {}
    return {key: figure.amount for key, figure in selectors.figures_of(version).items()}


def _cells(figures: tuple[sheets.ReadFigure, ...], name: str) -> Mapping[tuple[str, str], Locator]:
    return {
        (figure.item, figure.moment): Locator(file=name, sheet=figure.sheet, cell=figure.cell)
        for figure in figures
    }


def original_of(upload: Upload, storage: Storage) -> bytes | None:
    """Return a kept file; ``None`` for one that was too large to be kept."""
    if upload.size > excel.FORM_LIMITS.upload_bytes:
        return None
    with storage.open(f"originals/{upload.sha256[:2]}/{upload.sha256}") as stream:
        return bytes(stream.read())


def annotated_copy(upload: Upload, storage: Storage, *, language: Language) -> bytes | None:
    """Return the file with its findings at their cells; ``None`` if it is no readable workbook."""
    content = original_of(upload, storage)
    if content is None or excel.open_workbook(content, upload.name).workbook is None:
        return None
    return excel.annotate(content, doubts.told(upload), language=language)
