"""``guozi check STATEMENTS.csv``: all cross-checks, with both sides, difference and tolerance.

A workbook given with ``--form`` is checked as a reporter's upload instead.
"""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from guozi.cli import statement_tables, tables
from guozi.cli._frame import wrong_use
from guozi.rulebooks import library
from guozi_core import checks
from guozi_core.findings import Severity, Wording, blocking

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping, Sequence

    from guozi_core.findings import Finding, Language
    from guozi_core.statements import ItemDictionary, Statement
    from guozi_core.units import MoneyUnit


class _Judged(NamedTuple):
    """A statement, its outcomes, and the finding of each failure."""

    statement: Statement
    outcomes: tuple[checks.CheckOutcome, ...]
    failures: list[tuple[Finding, checks.CheckOutcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer(tables.Answer):
    """The answer of ``check``: findings are its rows."""

    def to_dict(self, language: Language) -> dict[str, object]:
        """Return the answer as JSON prints it."""
        found = tables.Answer.to_dict(self, language)
        del found["findings"]
        return {"findings": found.pop(self.table), **found}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "statements",
        metavar="STATEMENTS.csv|BOOK.xlsx",
        help="报表长表，或填报表 / long table or form",
    )
    parser.add_argument("--rulebook", default="checks-statements", help="勾稽规则集 / rulebook")
    parser.add_argument("--form", help="按填报表核对，如 financial-flash / check as this form")
    parser.add_argument("--enterprise", metavar="USCC", help="填报企业 / enterprise of the form")
    parser.add_argument("--period", help="报表期间 / period of the form, 2026-01")
    parser.add_argument(
        "--trace", action="store_true", help="列出全部核对结果 / list every outcome"
    )
    statement_tables.declare_unit(parser)
    tables.declare_sheet(parser)
    tables.declare_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; exit code 1 where one blocks."""
    language: Language = arguments.lang
    tables.check_output(arguments)
    path = tables.existing_file(arguments.statements, language)
    if arguments.form is not None:
        # The room that reads forms is loaded only where a form is checked.
        book = importlib.import_module("guozi.cli._check_book")
        code: int = book.run(arguments)
        return code
    unit = statement_tables.money_unit(arguments.unit, language)
    dictionary = statement_tables.shipped_dictionary()
    rulebook = _rulebook(arguments.rulebook, dictionary, language)
    try:
        found = statement_tables.read_statements(
            path, dictionary=dictionary, unit=unit, sheet=arguments.sheet
        )
    except tables.RefusedError as error:
        return tables.refuse(error.findings, arguments)

    judged = _judge(found, rulebook, unit)

    answer = _answer(found, judged, rulebook, language, with_trace=arguments.trace)
    findings = [finding for _, _, pairs in judged for finding, _ in pairs]
    for finding in blocking(findings):
        print(finding.sentence(language), file=sys.stderr)
    tables.finish(answer, arguments)
    return 1 if blocking(findings) else 0


def _rulebook(name: str, dictionary: ItemDictionary, language: Language) -> checks.CheckRulebook:
    """Return a shipped rulebook, or end the command with exit code 2."""
    try:
        text = library.read_text("checks", name)
    except library.NoSuchRulebookError as error:
        known = ", ".join(error.known)
        wrong_use(
            Wording(
                zh=f"没有勾稽规则集“{name}”；现有：{known}",
                en=f"no such rulebook of checks: {name}; there are: {known}",
            ),
            language,
        )
    return checks.read_rulebook(text, dictionary)


def _judge(
    found: statement_tables.StatementTable, rulebook: checks.CheckRulebook, unit: MoneyUnit
) -> list[_Judged]:
    """Return the outcomes of every statement with the finding of each failure."""
    books = found.books()
    units = _printed_units(found)
    judged: list[_Judged] = []
    for statement in found.statements:
        key = (statement.enterprise, statement.period.code, statement.scope.value)
        outcomes = checks.run(
            rulebook,
            books[statement.enterprise, statement.scope],
            statement.period,
            precision=checks.Precision(unit=units.get(key, unit)),
        )
        failed = [outcome for outcome in outcomes if outcome.failed]
        findings = checks.findings_of(failed, statement, rulebook=rulebook.header.id)
        judged.append(_Judged(statement, outcomes, list(zip(findings, failed, strict=True))))
    return judged


def _printed_units(found: statement_tables.StatementTable) -> dict[tuple[str, str, str], MoneyUnit]:
    """Return the unit in which most rows of each statement are printed."""
    counted: dict[tuple[str, str, str], Counter[MoneyUnit]] = {}
    for row, _ in found.rows:
        key = (row.enterprise, row.period.code, row.scope.value)
        counted.setdefault(key, Counter())[row.unit] += 1
    return {key: units.most_common(1)[0][0] for key, units in counted.items()}


def _answer(
    found: statement_tables.StatementTable,
    judged: Sequence[_Judged],
    rulebook: checks.CheckRulebook,
    language: Language,
    *,
    with_trace: bool,
) -> CheckAnswer:
    rank = {Severity.BLOCK: 0, Severity.EXPLAIN: 1, Severity.NOTE: 2}
    listed: list[tuple[int, Mapping[str, object]]] = [
        (rank[finding.severity], finding.to_dict(language) | _sides(statement, outcome, language))
        for statement, _, pairs in judged
        for finding, outcome in pairs
    ]
    listed.extend((rank[note.severity], note.to_dict(language)) for note in found.findings)
    body: dict[str, object] = {
        "rulebook": {"id": rulebook.header.id, "version": rulebook.header.version},
        "statements": [_summary(statement, outcomes) for statement, outcomes, _ in judged],
    }
    if with_trace:
        body["outcomes"] = [
            _outcome(statement, outcome, language)
            for statement, outcomes, _ in judged
            for outcome in outcomes
        ]
    rows = [row for _, row in sorted(listed, key=lambda one: one[0])]
    return CheckAnswer(rows=rows, body=body)


def _summary(statement: Statement, outcomes: Iterable[checks.CheckOutcome]) -> dict[str, object]:
    """Return how many assertions of a statement passed, failed and said nothing."""
    counted = Counter(outcome.status.value for outcome in outcomes)
    return {
        "enterprise": statement.enterprise,
        "period": statement.period.code,
        "scope": statement.scope.value,
        **{status.value: counted[status.value] for status in checks.Status},
    }


def _sides(
    statement: Statement, outcome: checks.CheckOutcome, language: Language
) -> dict[str, object]:
    """Return both sides in the unit of the file, and the figures they come from."""
    cells = {
        (line.item.code, line.moment): line.locator.cell
        for line in statement.lines
        if line.item is not None and line.value is not None
    }
    sides = {
        name: None if value is None else checks.amount(value, outcome)
        for name, value in (
            ("left", outcome.left),
            ("right", outcome.right),
            ("difference", outcome.difference),
            ("tolerance", outcome.tolerance),
        )
    }
    assertion = outcome.assertion
    return {
        **sides,
        "unit": None if assertion.plain else outcome.unit.value,
        "relation": assertion.relation,
        "formula": f"{assertion.left.text} {assertion.relation} {assertion.right.text}",
        "figures": [
            {
                "item": figure.item.code if figure.item is not None else None,
                "name": _name(figure, language),
                "period": figure.period.code if figure.period is not None else None,
                "moment": figure.moment.value if figure.moment is not None else None,
                "value": checks.figure_amount(figure, outcome.unit),
                "cell": cells.get((figure.item.code, figure.moment))
                if figure.item is not None
                and figure.moment is not None
                and figure.period == statement.period
                else None,
            }
            for figure in outcome.figures
        ],
        "not_understood": [line.printed for line in outcome.lines],
        "suspects": [
            {
                "item": suspect.item.code,
                "name": suspect.item.name if language == "zh" else suspect.item.english,
                "value": checks.amount(suspect.value, outcome),
                "instead": checks.amount(suspect.instead, outcome),
                "reason": suspect.reason.in_language(language),
            }
            for suspect in outcome.suspects
        ],
    }


def _name(figure: checks.InvolvedFigure, language: Language) -> str:
    """Return the name of a figure for people."""
    if figure.item is None:
        return figure.name
    return figure.item.name if language == "zh" else figure.item.english


def _outcome(
    statement: Statement, outcome: checks.CheckOutcome, language: Language
) -> dict[str, object]:
    """Return one outcome as ``--trace`` lists it."""
    return {
        "enterprise": statement.enterprise,
        "period": statement.period.code,
        "scope": statement.scope.value,
        "check": outcome.check.id,
        "assertion": outcome.assertion.id,
        "status": outcome.status.value,
        "reason": outcome.code or None,
        "reading": outcome.reading or None,
        "sentence": checks.sentence(outcome).in_language(language),
        **_sides(statement, outcome, language),
    }
