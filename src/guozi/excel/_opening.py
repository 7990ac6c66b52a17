"""A file opened: the neutral workbook, or the findings that keep it closed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guozi.excel._container import FORM_LIMITS, Container, Limits, open_container
from guozi.excel._grid import DoubleCellError, TooManyCellsError, read_grid
from guozi.excel._parts import UnreadablePartError, read_parts
from guozi_core import sheets
from guozi_core.findings import Finding, Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What opening a file gives.

    Parameters
    ----------
    workbook : Workbook
        The cells; None where a finding blocks.
    findings : tuple of Finding
        What is wrong or worth telling about the file itself.
    """

    workbook: sheets.Workbook | None
    findings: tuple[Finding, ...]


def open_workbook(
    source: bytes | str | Path,
    name: str | None = None,
    *,
    limits: Limits = FORM_LIMITS,
    size: int | None = None,
) -> Opened:
    """Return the workbook in ``source``, or why it cannot be used.

    Everything is decided before parsing: size, expansion, number of rows, doubles, macros.
    Nothing outside the file is ever opened.

    Parameters
    ----------
    source : bytes or path
        The file.
    name : str
        Its name for messages; the path's name if it is left out.
    limits : Limits
        How large it may be.
    size : int
        Size of the whole file, where ``source`` is not all of it.
    """
    if isinstance(source, bytes):
        content, file = source, name or "upload.xlsx"
    else:
        path = Path(source)
        content, file = path.read_bytes(), name or path.name
    # A name may turn the writing direction or hold line ends; messages show what it holds.
    file = sheets.visible(file)
    container, findings = open_container(content, file, limits, size=size)
    if container is None:
        return Opened(workbook=None, findings=findings)
    try:
        workbook = _read(container, limits)
    except UnreadablePartError as error:
        broken = sheets.finding("IMP-FIL-019", Locator(file=file), part=error.part)
        return Opened(workbook=None, findings=(*findings, broken))
    except DoubleCellError as error:
        place = Locator(file=file, sheet=error.sheet, cell=error.cell)
        return Opened(workbook=None, findings=(*findings, sheets.finding("IMP-FIL-020", place)))
    except TooManyCellsError:
        many = sheets.finding("IMP-FIL-021", Locator(file=file), limit=str(limits.cells))
        return Opened(workbook=None, findings=(*findings, many))
    return Opened(workbook=workbook, findings=findings)


def _read(container: Container, limits: Limits) -> sheets.Workbook:
    parts = read_parts(container)
    return sheets.Workbook(
        file=container.file,
        sheets=tuple(
            read_grid(container, entry, parts, most_cells=limits.cells) for entry in parts.entries
        ),
        properties=parts.properties,
    )
