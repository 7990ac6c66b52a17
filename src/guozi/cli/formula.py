"""``guozi formula "EXPR" VALUES.csv``: a formula for every row of a table."""

from __future__ import annotations

import sys
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from guozi.cli import tables
from guozi_core import formula
from guozi_core.findings import Finding, Wording, blocking
from guozi_core.units import plain

if TYPE_CHECKING:
    import argparse

    from guozi_core.findings import Language

#: A quotient that does not end has more digits than this; exact values are printed whole.
_MOST_EXACT = 50
#: Digits printed of such a quotient.
_SHOWN = Context(prec=28)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "expression", metavar="EXPR", help="公式，如 (收入-成本)/收入*100 / the formula"
    )
    parser.add_argument(
        "values", metavar="VALUES.csv", help="列名即公式中的名称 / columns are its names"
    )
    parser.add_argument(
        "--missing", choices=["refuse", "zero"], default="refuse", help="空单元格 / empty cells"
    )
    parser.add_argument("--trace", action="store_true", help="附计算步骤 / add the arithmetic")
    tables.declare_sheet(parser)
    tables.declare_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer one row for every row of the table."""
    tables.check_output(arguments)
    path = tables.existing_file(arguments.values, arguments.lang)
    try:
        expression = formula.parse(arguments.expression)
    except formula.FormulaError as error:
        print(f"[{error.code}] {error.located.in_language(arguments.lang)}", file=sys.stderr)
        return 2
    try:
        table = tables.read(path, sheet=arguments.sheet)
        bound = tables.bind(table, _columns(expression))
    except tables.RefusedError as error:
        return tables.refuse(error.findings, arguments)
    findings: list[Finding] = list(bound.findings)
    hints = _hints(expression, table).in_language(arguments.lang)
    rows = [_answer(row, expression, arguments, findings) for row in bound.rows]
    for answer in rows:
        if answer["status"] == "not_computable":
            answer["reason"] = f"{answer['reason']}{hints}"
    if blocking(findings):
        return tables.refuse(findings, arguments)
    return tables.finish(tables.Answer(rows=rows, findings=findings), arguments)


def _columns(expression: formula.Expression) -> list[tables.Column]:
    """Return the identifier and every figure; ``期初(X)`` is a column of exactly that name."""
    names = dict.fromkeys(["id", *(str(reference) for reference in expression.references)])
    return [tables.Column(name=name) for name in names]


def _hints(expression: formula.Expression, table: tables.Table) -> Wording:
    """Say which columns the table lacks, with the nearest name it has."""
    zh, en = "", ""
    for reference in expression.references:
        name = str(reference)
        nearest = formula.nearest_name(name, table.columns)
        if name not in table.columns and nearest is not None:
            zh += f"；没有列“{name}”，是否为“{nearest}”"
            en += f"; no column {name}, did you mean {nearest}?"
    return Wording(zh, en)


def _answer(
    row: tables.Row,
    expression: formula.Expression,
    arguments: argparse.Namespace,
    findings: list[Finding],
) -> dict[str, object]:
    language: Language = arguments.lang
    values = {
        reference: row.number_in(str(reference), findings) for reference in expression.references
    }
    result = formula.evaluate(expression, values, blanks_as_zero=arguments.missing == "zero")
    answer: dict[str, object] = {"id": row.text("id") or str(row.number)}
    if isinstance(result, formula.NotComputable):
        return answer | {
            "value": None,
            "status": "not_computable",
            "reason": result.reason.in_language(language),
        }
    exact = not expression.divides
    answer |= {"value": _shown(result.value, exact=exact), "status": "ok"}
    if result.filled:
        names = "、".join(str(reference) for reference in result.filled)
        answer["note"] = f"按零处理：{names}" if language == "zh" else f"read as zero: {names}"
    if arguments.trace:
        answer["trace"] = _trace(result.steps, exact=exact)
    return answer


def _shown(value: Decimal | bool, *, exact: bool) -> str | bool:  # noqa: FBT001 - a value
    if isinstance(value, bool):
        return value
    if exact or len(value.as_tuple().digits) <= _MOST_EXACT:
        return plain(value)
    return plain(_SHOWN.plus(value))


def _trace(step: formula.Step, *, exact: bool) -> dict[str, object]:
    answer: dict[str, object] = {"text": step.text, "value": None}
    if step.value is not None:
        answer["value"] = _shown(step.value, exact=exact)
    if step.parts:
        answer["parts"] = [_trace(part, exact=exact) for part in step.parts]
    return answer
