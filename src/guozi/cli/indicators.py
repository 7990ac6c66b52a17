"""``guozi indicators STATEMENTS.csv``: indicators from statements, each with its reason or trace."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from guozi.cli import _printed_ratios, statement_tables, tables
from guozi.cli._frame import wrong_use
from guozi.rulebooks import library
from guozi_core import indicators
from guozi_core.findings import Wording, blocking
from guozi_core.units import MoneyUnit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from guozi_core.findings import Finding, Language
    from guozi_core.formula import Step
    from guozi_core.statements import ItemDictionary, Statement

GROUP_COLUMNS = (
    tables.Column(name="enterprise", aliases=("企业", "企业名称"), required=True),
    tables.Column(name="group", aliases=("组", "组别", "集团"), required=True),
)
#: Issuers print the ratios of this rulebook, whatever other rulebook is asked for.
PRINTED_RULEBOOK = "indicators-disclosure"
_YUAN_DIGITS = len(str(MoneyUnit.YUAN.fen))


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("statements", metavar="STATEMENTS.csv", help="报表长表 / long table")
    parser.add_argument("--rulebook", default="indicators-2025", help="指标规则集 / rulebook")
    parser.add_argument("--group", metavar="FILE", help="企业分组表 / enterprise, group")
    parser.add_argument(
        "--calibre",
        action="append",
        default=[],
        metavar="指标=口径",
        help="另选口径，all 为全部口径",
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="参数=值", help="规则集参数 / parameter"
    )
    parser.add_argument(
        "--printed", metavar="FILE", help="与印出的指标核对 / compare with printed ratios"
    )
    parser.add_argument("--trace", action="store_true", help="附计算步骤 / add the arithmetic")
    statement_tables.declare_unit(parser)
    tables.declare_sheet(parser)
    tables.declare_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer one row for every indicator of every statement."""
    language: Language = arguments.lang
    tables.check_output(arguments)
    path = tables.existing_file(arguments.statements, language)
    unit = statement_tables.money_unit(arguments.unit, language)
    dictionary = statement_tables.shipped_dictionary()
    rulebook = _rulebook(arguments.rulebook, dictionary, language)
    parameters = _parameters(arguments.set, rulebook, language)
    calibres = _calibres(arguments.calibre, rulebook, language)
    try:
        found = statement_tables.read_statements(
            path, dictionary=dictionary, unit=unit, sheet=arguments.sheet
        )
        groups = _groups(arguments.group, language)
        printed = _printed_ratios.read(arguments.printed, language) if arguments.printed else None
    except tables.RefusedError as error:
        return tables.refuse(error.findings, arguments)

    findings: list[Finding] = list(found.findings)
    computed = _compute(found, rulebook, calibres, parameters)

    body: dict[str, object] = {}
    if groups is not None:
        body["groups"] = _group_rows(computed, groups, unit, findings)
    if printed is not None:
        compared = against_printed(found, printed, language)
        body["printed"] = [row.to_dict() for row in compared.rows]
        findings.extend(printed.findings)
        findings.extend(compared.findings)
    if blocking(findings):
        return tables.refuse(findings, arguments)
    rows = [
        _row(statement, result, unit, language, with_trace=arguments.trace)
        for statement, result in computed
    ]
    return tables.finish(tables.Answer(rows=rows, body=body, findings=findings), arguments)


def against_printed(
    found: statement_tables.StatementTable,
    printed: _printed_ratios.PrintedTable,
    language: Language,
) -> _printed_ratios.Compared:
    """Return printed ratios beside those computed from the printed statements."""
    disclosed = _rulebook(PRINTED_RULEBOOK, statement_tables.shipped_dictionary(), language)
    return _printed_ratios.compare(printed, disclosed, _compute(found, disclosed, {}, {}), language)


def _compute(
    found: statement_tables.StatementTable,
    rulebook: indicators.IndicatorRulebook,
    calibres: dict[str, str] | None,
    parameters: Mapping[str, Decimal],
) -> list[tuple[Statement, indicators.IndicatorResult]]:
    """Return the results of every statement; every calibre where ``calibres`` is None."""
    books = found.books()
    computed: list[tuple[Statement, indicators.IndicatorResult]] = []
    for statement in found.statements:
        book = books[statement.enterprise, statement.scope]
        if calibres is None:
            results = indicators.compute_calibres(
                rulebook, book, statement.period, parameters=parameters
            )
        else:
            results = indicators.compute(
                rulebook, book, statement.period, calibres=calibres, parameters=parameters
            )
        computed.extend((statement, result) for result in results)
    return computed


def _rulebook(
    name: str, dictionary: ItemDictionary, language: Language
) -> indicators.IndicatorRulebook:
    """Return a shipped rulebook, or end the command with exit code 2."""
    try:
        text = library.read_text("indicators", name)
    except library.NoSuchRulebookError as error:
        known = ", ".join(error.known)
        wrong_use(
            Wording(
                zh=f"没有指标规则集“{name}”；现有：{known}",
                en=f"no such indicator rulebook: {name}; there are: {known}",
            ),
            language,
        )
    return indicators.read_rulebook(text, dictionary)


def _parameters(
    settings: list[str], rulebook: indicators.IndicatorRulebook, language: Language
) -> dict[str, Decimal]:
    """Return parameters set on the command line, as a number or as one of its words."""
    found: dict[str, Decimal] = {}
    for setting in settings:
        name, _, text = setting.partition("=")
        parameter = rulebook.parameters.get(name)
        value = parameter.choices.get(text) if parameter is not None else None
        if parameter is not None and value is None and text.replace(".", "", 1).isdigit():
            value = Decimal(text)
        if value is None:
            known = "; ".join(
                f"{p.name}={'|'.join(p.choices)}" for p in rulebook.parameters.values()
            )
            wrong_use(
                Wording(
                    zh=f"不能理解参数“{setting}”；可用：{known}",
                    en=f"parameter not understood: {setting}; there are: {known}",
                ),
                language,
            )
        found[name] = value
    return found


def _calibres(
    choices: list[str], rulebook: indicators.IndicatorRulebook, language: Language
) -> dict[str, str] | None:
    """Return the calibres chosen by indicator name; None for all of them."""
    if choices == ["all"]:
        return None
    found: dict[str, str] = {}
    for choice in choices:
        name, _, identifier = choice.partition("=")
        indicator = rulebook.indicator(name)
        known = [calibre.id for calibre in indicator.calibres] if indicator is not None else []
        if indicator is None or identifier not in known:
            wrong_use(
                Wording(
                    zh=f"没有这个口径：{choice}；现有：{', '.join(known) or '—'}",
                    en=f"no such calibre: {choice}; there are: {', '.join(known) or '-'}",
                ),
                language,
            )
        found[indicator.name] = identifier
    return found


def _groups(path: str | None, language: Language) -> dict[str, list[str]] | None:
    """Return the enterprises of each group."""
    if path is None:
        return None
    bound = tables.bind(tables.read(tables.existing_file(path, language)), GROUP_COLUMNS)
    groups: dict[str, list[str]] = {}
    for row in bound.rows:
        enterprise, group = row.text("enterprise"), row.text("group")
        if enterprise is not None and group is not None:
            groups.setdefault(group, []).append(enterprise)
    return groups


def _row(
    statement: Statement,
    result: indicators.IndicatorResult,
    unit: MoneyUnit,
    language: Language,
    *,
    with_trace: bool,
) -> dict[str, object]:
    """Return one row of the answer."""
    ok = result.status is indicators.Status.OK
    notes = [note.in_language(language) for note in result.notes]
    reason = result.reason.in_language(language) if result.reason is not None else None
    if ok and reason is not None:
        notes.insert(0, reason)
    if result.indicator.note is not None:
        notes.append(result.indicator.note.in_language(language))
    return {
        "enterprise": statement.enterprise,
        "period": statement.period.code,
        "scope": statement.scope.value,
        "indicator": result.indicator.name,
        "value": _in_unit(result, unit),
        "unit": unit.value if result.indicator.unit == indicators.MONEY else result.indicator.unit,
        "status": result.status.value,
        "reason": None if ok else reason,
        "calibre": result.calibre.id,
        "note": "；".join(notes) if language == "zh" else "; ".join(notes),
        "trace": _trace(result, unit, language) if with_trace else None,
    }


def _in_unit(result: indicators.IndicatorResult, unit: MoneyUnit) -> Decimal | None:
    """Return the value; an amount in the unit of the file."""
    if result.value is None or result.indicator.unit != indicators.MONEY:
        return result.value
    return result.value.scaleb(_YUAN_DIGITS - len(str(unit.fen)))


def _trace(
    result: indicators.IndicatorResult, unit: MoneyUnit, language: Language
) -> dict[str, object]:
    """Return the explanation: rule, inputs with their places, arithmetic in 元."""
    source = result.indicator.source
    return {
        "formula": result.calibre.formula.text,
        "calibre": result.calibre.title.in_language(language),
        "case": result.case.id if result.case is not None else None,
        "source": source.citation,
        "mark": source.mark,
        "operands": dict(result.operands),
        "inputs": [
            {
                "item": entry.item.code,
                "name": entry.item.name if language == "zh" else entry.item.english,
                "period": entry.figure.period.code,
                "column": entry.figure.key.moment.value,
                "value": entry.figure.value,
            }
            for entry in result.inputs
        ],
        "missing": [str(reference) for reference in result.missing],
        "steps": _step(result.steps) if result.steps is not None else None,
        "money": "元",
        "file_unit": unit.value,
    }


def _step(step: Step) -> dict[str, object]:
    answer: dict[str, object] = {"text": step.text, "value": step.value}
    if step.parts:
        answer["parts"] = [_step(part) for part in step.parts]
    return answer


def _group_rows(
    computed: list[tuple[Statement, indicators.IndicatorResult]],
    groups: Mapping[str, list[str]],
    unit: MoneyUnit,
    findings: list[Finding],
) -> list[dict[str, object]]:
    """Return the distribution of each indicator over the members of each group."""
    known = {statement.enterprise for statement, _ in computed}
    findings.extend(
        statement_tables.enterprise_without_statements(name)
        for members in groups.values()
        for name in members
        if name not in known
    )
    rows: list[dict[str, object]] = []
    for group, members in groups.items():
        values: dict[tuple[str, str, str, str], list[Decimal]] = {}
        units: dict[str, str] = {}
        for statement, result in computed:
            value = _in_unit(result, unit)
            if statement.enterprise in members and value is not None:
                key = (
                    statement.period.code,
                    statement.scope.value,
                    result.indicator.name,
                    result.calibre.id,
                )
                values.setdefault(key, []).append(value)
                money = result.indicator.unit == indicators.MONEY
                units[result.indicator.name] = unit.value if money else result.indicator.unit
        for (period, scope, indicator, calibre), found in values.items():
            summary = indicators.summarise(found)
            rows.append(
                {
                    "group": group,
                    "period": period,
                    "scope": scope,
                    "indicator": indicator,
                    "calibre": calibre,
                    "unit": units[indicator],
                    "count": summary.count,
                    "members": len(members),
                    "mean": summary.mean,
                    "median": summary.median,
                    "lower_quartile": summary.lower_quartile,
                    "upper_quartile": summary.upper_quartile,
                    "least": summary.least,
                    "most": summary.most,
                }
            )
    return rows
