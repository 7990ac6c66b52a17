"""``guozi load DIR``: a folder of public disclosures into the same pages as everybody's filings.

``statements.csv`` holds the statements, ``printed_ratios.csv`` (if it is there) the ratios printed beside
them, which are recomputed and compared. Files of other ledgers are named in the answer, not passed over
in silence. Every filing is a transaction of its own: what blocks is told, the rest is there.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guozi.cli import (
    _platform,
    _printed_ratios,
    _progress,
    indicators,
    statement_tables,
    tables,
)
from guozi.cli._frame import wrong_use
from guozi.registry.kinds import Level
from guozi.rulebooks import parsed
from guozi_core import scoring
from guozi_core.findings import Finding, Locator, Severity, Wording, blocking
from guozi_core.statements import StatementKind

if TYPE_CHECKING:
    import argparse

    from guozi.filings.disclosures import DisclosedLine, Loaded, Registration
    from guozi_core.findings import Language
    from guozi_core.statements import PrintedRow

_STATEMENTS: Final = "statements.csv"
_RATIOS: Final = "printed_ratios.csv"
_WHO: Final = "公开披露装入"
_CODES = (
    tables.Column(name="enterprise", aliases=("企业", "企业名称"), required=True),
    tables.Column(name="uscc", aliases=("统一社会信用代码", "信用代码"), required=True),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", metavar="DIR", help="披露数据文件夹 / folder of disclosures")
    parser.add_argument(
        "--level",
        choices=[level.value for level in Level],
        default=Level.PEER.value,
        help="peer（对标企业，不计入全市）| municipal | county | … / whose they are",
    )
    parser.add_argument("--industry", default="投资公司", help="标准值行业 / industry")
    parser.add_argument(
        "--size",
        choices=["全行业", "大型企业", "中型企业", "小型企业"],
        default="全行业",
        help="标准值规模 / size of the standard values",
    )
    parser.add_argument(
        "--codes", metavar="CODES.csv", help="企业, 统一社会信用代码 / enterprise, uscc"
    )
    statement_tables.declare_unit(parser)
    tables.declare_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read the folder, then open, check and seal every filing in it."""
    language: Language = arguments.lang
    tables.check_output(arguments)
    folder = Path(arguments.folder)
    path = tables.existing_file(str(folder / _STATEMENTS), language)
    unit = statement_tables.money_unit(arguments.unit, language)
    try:
        found = statement_tables.read_statements(
            path, dictionary=statement_tables.shipped_dictionary(), unit=unit
        )
        codes = _codes(arguments.codes, language)
    except tables.RefusedError as error:
        return tables.refuse(error.findings, arguments)
    _check_standards(arguments)
    _platform.start(migrate=True)
    from guozi.access.context import the_product  # noqa: PLC0415 - need Django
    from guozi.filings import disclosures  # noqa: PLC0415
    from guozi.registry.services import RegistryRefusedError  # noqa: PLC0415

    try:
        loaded, notes = disclosures.load(
            [_line(row, place) for row, place in found.rows],
            _registration(arguments, codes),
            also=_issuers(folder),
            viewer=the_product(_WHO),
            at=datetime.now(UTC),
            progress=_progress.Bar(language),
        )
    except RegistryRefusedError as refusal:
        wrong_use(refusal.reason, language)
    told = [finding for item in loaded for finding in _placed(item)]
    findings = [*told, *notes, *found.findings, *_ratios(folder, found, language), *_left(folder)]
    for finding in blocking(findings):
        print(finding.sentence(language), file=sys.stderr)
    tables.finish(tables.Answer(rows=[_row(item) for item in loaded], findings=findings), arguments)
    return 1 if blocking(findings) else 0


def _codes(path: str | None, language: Language) -> dict[str, str]:
    """Return the credit codes given by name."""
    if path is None:
        return {}
    bound = tables.bind(tables.read(tables.existing_file(path, language)), _CODES)
    return {
        name: code
        for row in bound.rows
        if (name := row.text("enterprise")) and (code := row.text("uscc"))
    }


def _check_standards(arguments: argparse.Namespace) -> None:
    """End the command where no standard values can be found under industry and size."""
    standards = parsed.standards()
    try:
        standards.find(year=max(standards.years), industry=arguments.industry, scale=arguments.size)
    except scoring.NoStandardsError as error:
        wrong_use(
            Wording(error.finding.sentence("zh"), error.finding.sentence("en")), arguments.lang
        )


def _registration(arguments: argparse.Namespace, codes: dict[str, str]) -> Registration:
    from guozi.filings.disclosures import Registration  # noqa: PLC0415 - needs Django

    return Registration(
        level=Level(arguments.level),
        industry=arguments.industry,
        size=arguments.size,
        codes=codes,
    )


def _line(row: PrintedRow, place: tables.Row) -> DisclosedLine:
    """Return a row of the table as what was printed, with the place it was printed in."""
    from guozi.filings.disclosures import DisclosedLine  # noqa: PLC0415 - needs Django

    page = place.text("page")
    source = " ".join(
        part for part in (place.text("document"), f"第{page}页" if page else None) if part
    )
    return DisclosedLine(
        enterprise=row.enterprise,
        scope=row.scope,
        kind=row.statement or StatementKind.BALANCE_SHEET,
        period=row.period,
        heading=place.text("period") or row.period.code,
        name=row.printed,
        value=row.value,
        unit=row.unit,
        source=f"{source} {place.file}:{place.number}".strip(),
    )


def _placed(item: Loaded) -> list[Finding]:
    """Return the findings of a filing, each naming the filing."""
    return [
        finding.at(enterprise=item.enterprise, period=item.period.code, scope=item.scope.value)
        for finding in item.findings
    ]


def _row(item: Loaded) -> dict[str, object]:
    return {
        "enterprise": item.enterprise,
        "uscc": item.uscc,
        "period": item.period.code,
        "scope": item.scope.value,
        "figures": item.figures,
        "version": item.number,
        "findings": len(item.findings),
    }


def _ratios(
    folder: Path, found: statement_tables.StatementTable, language: Language
) -> list[Finding]:
    """Return where a printed ratio differs from the statements printed beside it."""
    path = folder / _RATIOS
    if not path.is_file():
        return []
    printed = _printed_ratios.read(str(path), language)
    compared = indicators.against_printed(found, printed, language)
    return [*printed.findings, *compared.findings]


def _issuers(folder: Path) -> list[str]:
    """Return the groups that the other files of the folder are about."""
    column = tables.Column(name="issuer", aliases=("group", "reporting_group", "集团", "发行人"))
    found: list[str] = []
    for path in _others(folder):
        rows = tables.bind(tables.read(path), [column]).rows
        found += [name for row in rows if (name := row.text("issuer"))]
    return list(dict.fromkeys(found))


def _others(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix in {".csv", ".xlsx"} and path.name not in {_STATEMENTS, _RATIOS}
    ]


def _left(folder: Path) -> list[Finding]:
    """Name the files that no ledger takes in yet."""
    return [
        Finding(
            code="DIS-002",
            severity=Severity.NOTE,
            message=Wording(
                "本版本没有这类台账，文件未装入", "no ledger for this file yet; it was not loaded"
            ),
            locator=Locator(file=path.name),
        )
        for path in _others(folder)
    ]
