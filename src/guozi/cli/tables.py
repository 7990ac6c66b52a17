"""Tables in, results out: what every command of the command line shares.

A table is a CSV file or the first sheet of a workbook; its first row names the columns. A command
says which columns it wants (:class:`Column`); :func:`bind` finds them by name or Chinese alias,
reports every other column, and refuses a table that lacks a required one. Cells stay text until
the command asks for a number, a date or a period, so that nothing is guessed.

Results go to standard output as JSON, or to a file by its ending. Exact decimals are JSON strings.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guozi.cli import _numbers, _text_table
from guozi.cli._frame import wrong_use
from guozi.excel import plain_sheet
from guozi_core.findings import Finding, Locator, Severity, Wording, blocking, cell_name
from guozi_core.units import plain

if TYPE_CHECKING:
    import argparse

    from guozi_core.findings import Language

#: An exact number of a statement is never longer than this; an endless quotient is.
LONGEST_EXACT = 40
_QUOTIENT = Context(prec=28)

#: Printed forms of "nothing is said here".
BLANKS = frozenset({"", "-", "—", "–", "－", "--", "——", "/", "／", "－－"})
#: A spreadsheet takes text that begins so for a formula.
_RUN: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


class RefusedError(Exception):
    """A table cannot be used; the findings say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.code for finding in blocking(findings)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column a command reads.

    Parameters
    ----------
    name : str
        Its name in the contract.
    aliases : tuple of str
        Other names, Chinese ones among them.
    required : bool
        Whether a table without it is refused.
    """

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its cells by the command's column names.

    Parameters
    ----------
    number : int
        Row number as Excel shows it.
    cells : mapping of str to str
        Text of the cells that are not empty, without blanks around it.
    places : mapping of str to (int, str)
        Column number and printed column name.
    file, sheet : str
        Where it stands.
    """

    number: int
    cells: Mapping[str, str]
    places: Mapping[str, tuple[int, str]]
    file: str
    sheet: str | None

    def text(self, column: str) -> str | None:
        """Return the text of a cell, None where it is empty."""
        return self.cells.get(column)

    def locator(self, column: str | None = None) -> Locator:
        """Return the place of a cell, or of the row."""
        place = self.places.get(column) if column is not None else None
        if place is None:
            return Locator(file=self.file, sheet=self.sheet, row=str(self.number))
        return Locator(
            file=self.file,
            sheet=self.sheet,
            cell=cell_name(row=self.number, column=place[0]),
            row=str(self.number),
            column=place[1],
        )

    def number_in(self, column: str, findings: list[Finding]) -> Decimal | None:
        """Return the exact number of a cell; None where it is missing, or no number (a finding)."""
        text = self.text(column)
        if text is None or text in BLANKS:
            return None
        value, found = _numbers.read_number(text)
        if found is not None:
            findings.append(replace(found, locator=self.locator(column)))
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as read: the header and the rows, every cell as text.

    Parameters
    ----------
    file, sheet : str
        Where it was read.
    columns : tuple of str
        The header, as printed.
    records : tuple of (row number, cells)
        The rows below it.
    findings : tuple of Finding
        Notes on how it was read.
    """

    file: str
    sheet: str | None
    columns: tuple[str, ...]
    records: tuple[tuple[int, tuple[str, ...]], ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The rows of a table under the column names of a command.

    Parameters
    ----------
    rows : tuple of Row
        Every row that holds anything.
    columns : frozenset of str
        The command's columns that the table has.
    findings : tuple of Finding
        Notes: encoding, unknown columns.
    """

    rows: tuple[Row, ...]
    columns: frozenset[str]
    findings: tuple[Finding, ...]


def read(path: str | Path, *, sheet: str | None = None) -> Table:
    """Return the table in a file.

    Raises
    ------
    RefusedError
        If the file cannot be read for certain.
    FileNotFoundError
        If there is no such file.
    """
    path = Path(path)
    content = path.read_bytes()
    if path.suffix.lower() in {".xlsx", ".xlsm", ".xls"}:
        sheet, records, findings = plain_sheet.read_sheet(content, path.name, sheet)
    else:
        records, findings = _text_table.read_text_table(content, path.name)
    if blocking(findings):
        raise RefusedError(findings)
    header = [name.strip() for name in records[0][1]]
    findings = [*findings, *_header_faults(header, path.name, sheet, records[0][0])]
    if blocking(findings):
        raise RefusedError(findings)
    return Table(
        file=path.name,
        sheet=sheet,
        columns=tuple(header),
        records=tuple((number, tuple(cells)) for number, cells in records[1:]),
        findings=tuple(findings),
    )


def _header_faults(header: list[str], file: str, sheet: str | None, row: int) -> list[Finding]:
    """Return a finding for each column name that stands twice."""
    return [
        Finding(
            code="TAB-007",
            severity=Severity.BLOCK,
            message=Wording(zh="列名重复", en="the column name occurs twice"),
            locator=Locator(
                file=file, sheet=sheet, cell=cell_name(row=row, column=position + 1), column=name
            ),
            got=name,
        )
        for position, name in enumerate(header)
        if name and name in header[:position]
    ]


def bind(table: Table, columns: Sequence[Column]) -> Bound:
    """Return the rows of a table under the names of ``columns``; other columns are reported.

    Raises
    ------
    RefusedError
        If a required column is missing or two columns mean the same.
    """
    known = {_folded(name): column for column in columns for name in (column.name, *column.aliases)}
    findings = list(table.findings)
    places: dict[str, tuple[int, str]] = {}
    for position, printed in enumerate(table.columns):
        column = known.get(_folded(printed))
        if column is None:
            if printed or any(cells[position].strip() for _, cells in table.records):
                findings.append(_unknown_column(table, position))
        elif column.name in places:
            findings.append(_same_column(table, position, places[column.name][1]))
        else:
            places[column.name] = (position + 1, printed)
    findings.extend(
        _missing_column(table, column)
        for column in columns
        if column.required and column.name not in places
    )
    if blocking(findings):
        raise RefusedError(findings)
    rows = []
    for number, cells in table.records:
        texts = {name: cells[place[0] - 1].strip() for name, place in places.items()}
        rows.append(
            Row(
                number=number,
                cells={name: text for name, text in texts.items() if text},
                places=places,
                file=table.file,
                sheet=table.sheet,
            )
        )
    return Bound(rows=tuple(rows), columns=frozenset(places), findings=tuple(findings))


def _folded(name: str) -> str:
    """Return a column name without blanks and letter case."""
    return "".join(name.split()).lower().replace("（", "(").replace("）", ")")


def _unknown_column(table: Table, position: int) -> Finding:
    return Finding(
        code="TAB-008",
        severity=Severity.NOTE,
        message=Wording(zh="不认识这一列，未使用", en="unknown column, not used"),
        locator=Locator(
            file=table.file,
            sheet=table.sheet,
            cell=cell_name(row=1, column=position + 1),
            column=table.columns[position] or None,
        ),
        got=table.columns[position],
    )


def _same_column(table: Table, position: int, first: str) -> Finding:
    return Finding(
        code="TAB-007",
        severity=Severity.BLOCK,
        message=Wording(zh=f"与“{first}”列含义相同", en=f"means the same as column {first}"),
        locator=Locator(
            file=table.file,
            sheet=table.sheet,
            cell=cell_name(row=1, column=position + 1),
            column=table.columns[position],
        ),
        got=table.columns[position],
    )


def _missing_column(table: Table, column: Column) -> Finding:
    names = "/".join((column.name, *column.aliases[:1]))
    return Finding(
        code="TAB-009",
        severity=Severity.BLOCK,
        message=Wording(zh=f"缺少列“{names}”", en=f"column {names} is missing"),
        locator=Locator(file=table.file, sheet=table.sheet, column=column.name),
        got=", ".join(table.columns),
        expected=names,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command prints.

    Parameters
    ----------
    rows : sequence of mappings
        The answer row by row; what a CSV file or the first sheet of a workbook shows.
    table : str
        The key of the rows; empty where the answer is one object.
    body : mapping
        Keys beside the rows.
    findings : sequence of Finding
        Printed last.
    """

    rows: Sequence[Mapping[str, object]] = ()
    table: str = "rows"
    body: Mapping[str, object] = field(default_factory=dict)
    findings: Sequence[Finding] = ()

    def to_dict(self, language: Language) -> dict[str, object]:
        """Return the answer as JSON prints it."""
        found: dict[str, object] = {}
        if self.table:
            found[self.table] = [_printable_mapping(row) for row in self.rows]
        found.update(_printable_mapping(self.body))
        found["findings"] = [finding.to_dict(language) for finding in self.findings]
        return found


def declare_output(parser: argparse.ArgumentParser) -> None:
    """Declare the options every command with a result has."""
    parser.add_argument("--out", type=Path, metavar="FILE", help=".json | .csv | .xlsx")


def declare_sheet(parser: argparse.ArgumentParser) -> None:
    """Declare which sheet of a workbook is read."""
    parser.add_argument("--sheet", help="工作表名 / name of the sheet")


def finish(answer: Answer, arguments: argparse.Namespace) -> int:
    """Print the answer, or write it to the file asked for, and return 0."""
    language: Language = arguments.lang
    out: Path | None = arguments.out
    if out is None:
        print(_as_json(answer, language))
        return 0
    # A single object is shown as one row.
    rows = [_printable_mapping(row) for row in (answer.rows if answer.table else [answer.body])]
    if out.suffix.lower() == ".csv":
        out.write_text(_as_csv(rows), encoding="utf-8-sig", newline="")
    elif out.suffix.lower() == ".xlsx":
        findings = [finding.to_dict(language) for finding in answer.findings]
        sheets = {answer.table or "answer": _grid(rows), "findings": _grid(findings)}
        out.write_bytes(plain_sheet.write_sheets(sheets))
    else:
        out.write_text(_as_json(answer, language) + "\n", encoding="utf-8")
    done = Wording(zh=f"已写入 {out}", en=f"written to {out}")
    print(done.in_language(language), file=sys.stderr)
    return 0


def refuse(findings: Sequence[Finding], arguments: argparse.Namespace) -> int:
    """Print the findings that stop the command and return 1; no result file is written."""
    language: Language = arguments.lang
    for finding in blocking(findings):
        print(finding.sentence(language), file=sys.stderr)
    listed = {"findings": [finding.to_dict(language) for finding in findings]}
    print(json.dumps(listed, ensure_ascii=False, indent=2))
    return 1


def check_output(arguments: argparse.Namespace) -> None:
    """End the command before any work where the result could not be written."""
    out: Path | None = arguments.out
    if out is None:
        return
    if out.suffix.lower() not in {".json", ".csv", ".xlsx"}:
        wrong_use(
            Wording(
                zh=f"--out 的文件须以 .json、.csv 或 .xlsx 结尾：{out}",
                en=f"--out must end in .json, .csv or .xlsx: {out}",
            ),
            arguments.lang,
        )
    if not out.parent.is_dir():
        wrong_use(
            Wording(zh=f"没有这个文件夹：{out.parent}", en=f"no such folder: {out.parent}"),
            arguments.lang,
        )


def existing_file(path: str, language: Language) -> Path:
    """Return the path of a file that exists, or end the command with exit code 2."""
    found = Path(path)
    if not found.is_file():
        wrong_use(Wording(zh=f"没有这个文件：{path}", en=f"no such file: {path}"), language)
    return found


def shown(value: Decimal) -> str:
    """Return a number as text: exact, except that an endless quotient stops after 28 digits."""
    exact = plain(value)
    return exact if len(exact) <= LONGEST_EXACT else plain(_QUOTIENT.plus(value))


def _as_json(answer: Answer, language: Language) -> str:
    return json.dumps(answer.to_dict(language), ensure_ascii=False, indent=2)


def _printable(value: object) -> object:
    """Return a value as JSON prints it: exact decimals as plain text."""
    if isinstance(value, Decimal):
        return shown(value)
    if isinstance(value, Mapping):
        return _printable_mapping(value)
    if isinstance(value, list | tuple):
        return [_printable(part) for part in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def _printable_mapping(mapping: Mapping[str, object]) -> dict[str, object]:
    return {str(key): _printable(part) for key, part in mapping.items()}


def _grid(rows: Sequence[Mapping[str, object]]) -> list[list[str]]:
    """Return rows as a header and lines of text."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    return [columns, *([_cell(row.get(column)) for column in columns] for row in rows)]


def _cell(value: object) -> str:
    """Return a value as one cell: a nested value as JSON text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _as_csv(rows: Sequence[Mapping[str, object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([_inert(cell) for cell in line] for line in _grid(rows))
    return text.getvalue()


def _inert(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula (ASVS 1.2.10); numbers stay numbers.

    >>> _inert("=cmd|' /C calc'!A0"), _inert("-12.50"), _inert("净利润")
    ("'=cmd|' /C calc'!A0", '-12.50', '净利润')
    """
    return f"'{cell}" if cell.startswith(_RUN) and not _NUMBER.fullmatch(cell) else cell
