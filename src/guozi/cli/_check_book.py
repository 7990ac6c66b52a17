"""``guozi check BOOK.xlsx --form …``: the findings a reporter gets on upload.

First what is wrong with the file and its cells; if nothing of that blocks, the cross-checks of the
figures, each at the cell the figure was read from. No clock is read: whether the period lies in the
future is asked where it is filed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guozi import excel
from guozi.cli import statement_tables, tables
from guozi.cli._frame import wrong_use
from guozi.cli.check import CheckAnswer
from guozi.rulebooks import library
from guozi_core import checks, sheets
from guozi_core.findings import Severity, Wording, blocking
from guozi_core.statements import Scope, StatementBook
from guozi_core.units import PeriodKind

if TYPE_CHECKING:
    import argparse

    from guozi_core.findings import Finding, Language
    from guozi_core.statements import ItemDictionary
    from guozi_core.units import Period

_RANK = {Severity.BLOCK: 0, Severity.EXPLAIN: 1, Severity.NOTE: 2}


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; exit code 1 where one blocks."""
    language: Language = arguments.lang
    dictionary = statement_tables.shipped_dictionary()
    form = shipped_form(arguments.form, dictionary, language)
    period = None
    if arguments.period is not None:
        period = statement_tables.period_of(arguments.period, language)
    path = Path(arguments.statements)
    opened = excel.open_workbook(path, path.name)
    found = list(opened.findings)
    figures = 0
    if opened.workbook is not None:
        expected = sheets.Expected(uscc=arguments.enterprise, period=period)
        reading = sheets.interpret(form, dictionary, opened.workbook, expected=expected)
        found.extend(reading.findings)
        figures = len(reading.figures)
        if not blocking(found):
            found.extend(
                _cross_checks(reading, form, dictionary, period, arguments.rulebook, language)
            )
    return _finish(found, figures, arguments)


def shipped_form(name: str, dictionary: ItemDictionary, language: Language) -> sheets.Form:
    """Return a shipped form, or end the command with exit code 2."""
    try:
        text = library.read_text("forms", name)
    except library.NoSuchRulebookError as error:
        known = ", ".join(error.known)
        wrong_use(
            Wording(
                zh=f"没有填报表“{name}”；现有：{known}",
                en=f"no such form: {name}; there are: {known}",
            ),
            language,
        )
    return sheets.read_form(text, dictionary)


def _cross_checks(
    reading: sheets.Reading,
    form: sheets.Form,
    dictionary: ItemDictionary,
    period: Period | None,
    rulebook_id: str,
    language: Language,
) -> list[Finding]:
    """Return the failed cross-checks of the figures read."""
    try:
        text = library.read_text("checks", rulebook_id)
    except library.NoSuchRulebookError as error:
        known = ", ".join(error.known)
        wrong_use(
            Wording(
                zh=f"没有勾稽规则集“{rulebook_id}”；现有：{known}",
                en=f"no such rulebook of checks: {rulebook_id}; there are: {known}",
            ),
            language,
        )
    when = period or reading.period
    if when is None:  # pragma: no cover - a cover without a period blocks
        return []
    statement = reading.statement(
        enterprise=reading.uscc or "", period=when, scope=reading.scope or Scope.CONSOLIDATED
    )
    rulebook = checks.read_rulebook(text, dictionary)
    annual = form.frequency is PeriodKind.YEAR
    outcomes = checks.run(
        rulebook,
        StatementBook.of([statement]),
        when,
        precision=checks.filed_precision(statement, dictionary, unit=form.unit, places=form.places),
        form=checks.Form.FINAL if annual else checks.Form.FLASH,
    )
    failed = [outcome for outcome in outcomes if outcome.failed]
    return list(
        checks.findings_of(failed, statement, rulebook=rulebook.header.id, locate=reading.place_of)
    )


def _finish(found: list[Finding], figures: int, arguments: argparse.Namespace) -> int:
    language: Language = arguments.lang
    found.sort(key=lambda finding: _RANK[finding.severity])
    stopped = blocking(found)
    for finding in stopped:
        print(finding.sentence(language), file=sys.stderr)
    rows = [finding.to_dict(language) for finding in found]
    tables.finish(CheckAnswer(rows=rows, body={"figures": figures}), arguments)
    return 1 if stopped else 0
