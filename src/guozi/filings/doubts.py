"""What stands in a draft's way: failed cross-checks of its figures, and doubts about its files.

Findings of a file are kept with the upload as they were told; those that ask for a reason go on asking
until the draft holds nothing of that file any more, or the reason is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guozi.filings.checking import check_figures
from guozi.filings.models import DraftFigure, Upload
from guozi.filings.selectors import printed_unit
from guozi.rulebooks import parsed
from guozi_core import sheets
from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.statements import Scope
from guozi_core.units import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guozi.filings.models import Draft

#: Codes of findings about files begin so; those of cross-checks are judged anew each time.
_OF_FILES = "IMP-"
#: More lines left empty than this are counted.
_MOST_NAMED = 6


def findings_of(
    draft: Draft,
    figures: Mapping[tuple[str, str], int],
    cells: Mapping[tuple[str, str], Locator] | None = None,
) -> tuple[Finding, ...]:
    """Return everything that is wrong or doubtful with a draft, files first.

    Parameters
    ----------
    figures : mapping of (item, moment letter) to int
        What the draft holds, in hundredths.
    cells : mapping of (item, moment letter) to Locator
        Where figures stand in a file.
    """
    used = _files(draft)
    printed = printed_unit(used)
    checked = check_figures(
        draft.enterprise,
        form=draft.form,
        period=Period.parse(draft.period),
        scope=Scope(draft.scope),
        figures=figures,
        cells=cells,
        printed=printed,
    )
    unfilled = () if printed is not None else _unfilled(draft.form, figures)
    return (*_of_files(used), *unfilled, *checked)


def told(upload: Upload) -> tuple[Finding, ...]:
    """Return the findings of a file again, as they were told when it was taken in or refused."""
    return tuple(_finding(entry) for entry in upload.findings)


def place_of(finding: Finding) -> str:
    """Return what identifies the place of a finding within one filing.

    >>> doubt = Finding(
    ...     code="IMP-TPL-007", severity=Severity.EXPLAIN, message=Wording("甲", "a"),
    ...     locator=Locator(sheet="利润表", cell="H40"),
    ... )
    >>> place_of(doubt), place_of(doubt.at(item="营业收入"))
    ('利润表!H40', '营业收入')
    """
    where = finding.locator
    if where.item:
        return where.item[:80]
    return "!".join(part for part in (where.sheet, where.cell or where.row) if part)[:80]


def _files(draft: Draft) -> set[int]:
    """Return the files that the draft's figures came from, and the one taken in last."""
    figures = DraftFigure.objects.filter(draft=draft)
    found = {draft.upload_id, *figures.values_list("upload_id", flat=True).distinct()}
    return {pk for pk in found if pk is not None}


def _of_files(used: set[int]) -> tuple[Finding, ...]:
    """Return the doubts about some files."""
    uploads = Upload.objects.filter(pk__in=used, accepted=True)
    return tuple(
        finding
        for upload in uploads.order_by("pk")
        for finding in told(upload)
        if finding.severity is Severity.EXPLAIN and finding.code.startswith(_OF_FILES)
    )


def _unfilled(form_id: str, figures: Mapping[tuple[str, str], int]) -> Iterator[Finding]:
    """Yield what a file would be told where required lines are left empty, once for each sheet.

    Printed statements have the lines they have; a form that is filled in has all it asks for.
    """
    for sheet in parsed.form(form_id).sheets:
        missing = [
            f"{line.label.strip()}（{column.title.zh}）"
            for line in sheet.lines
            for column in sheet.columns
            if line.required and line.item is not None
            for moment in [column.moment(line.item)]
            if moment is not None and (line.item.code, moment.letter) not in figures
        ]
        if missing:
            listed = "、".join(missing[:_MOST_NAMED])
            more = f"…（{len(missing)}）" if len(missing) > _MOST_NAMED else ""
            place = Locator(sheet=sheet.title.zh)
            yield sheets.finding("IMP-NUM-019", place, expected=listed + more)


def _finding(entry: Mapping[str, Any]) -> Finding:
    """Return a finding again that was kept as it was told."""
    zh, en = entry["zh"], entry["en"]

    def both(name: str) -> Wording | None:
        return None if zh[name] is None else Wording(zh[name], en[name])

    return Finding(
        code=zh["code"],
        severity=Severity(zh["severity"]),
        message=Wording(zh["message"], en["message"]),
        locator=Locator(**zh["locator"]),
        got=zh["got"],
        expected=both("expected"),
        rule=zh["rule"],
        source=zh["source"],
        fix=both("fix"),
    )
