"""``guozi evaluate``: comprehensive evaluation from indicators, or from statements.

Two forms: indicators with standard values of one's own, scored by a rulebook (``cn-2006-157``);
or statements, compared with the shipped standard values of an edition, industry and size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi.cli import _evaluation_answers, _evaluation_tables, statement_tables, tables
from guozi.cli._frame import wrong_use
from guozi.rulebooks import library
from guozi_core import indicators, scoring
from guozi_core.findings import Wording, blocking
from guozi_core.statements import Scope

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from guozi_core.findings import Finding, Language
    from guozi_core.statements import StatementBook
    from guozi_core.units import Period

#: From this edition on a standard-value book has an indicator system of its own.
FIRST_NEW_EDITION = 2022


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("indicators", nargs="?", metavar="INDICATORS.csv", help="指标表")
    parser.add_argument("--standard", metavar="STANDARD.csv", help="标准值表 / standard values")
    parser.add_argument("--management", metavar="PANEL.csv", help="专家评议表 / expert panel")
    parser.add_argument("--adjustments", metavar="ADJ.csv", help="加分扣分表 / bonus, deductions")
    parser.add_argument("--rulebook", default="cn-2006-157", help="评价规则集 / rulebook")
    parser.add_argument("--statements", metavar="STATEMENTS.csv", help="报表长表 / statements")
    parser.add_argument("--period", help="评价期间，如 2024 / period")
    parser.add_argument("--scope", default="合并", help="合并 | 母公司 | 单户")
    parser.add_argument("--industry", help="行业 / industry")
    parser.add_argument("--size", default="全行业", help="全行业 | 大型 | 中型 | 小型")
    parser.add_argument("--standard-year", type=int, metavar="YEAR", help="标准值年度 / edition")
    parser.add_argument("--trace", action="store_true", help="附计算说明 / add the arithmetic")
    statement_tables.declare_unit(parser)
    tables.declare_sheet(parser)
    tables.declare_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one result for every enterprise."""
    tables.check_output(arguments)
    language: Language = arguments.lang
    if (arguments.indicators is None) == (arguments.statements is None):
        wrong_use(
            Wording(
                "请给出 INDICATORS.csv，或用 --statements 给出报表（二者取一）",
                "give INDICATORS.csv, or statements with --statements, not both",
            ),
            language,
        )
    try:
        if arguments.indicators is not None:
            return _from_indicators(arguments)
        if arguments.standard is not None:
            return _from_statements_by_rulebook(arguments)
        return _from_statements_by_book(arguments)
    except tables.RefusedError as error:
        return tables.refuse(error.findings, arguments)
    except scoring.NoStandardsError as error:
        return tables.refuse([error.finding], arguments)


def _rulebook(arguments: argparse.Namespace) -> scoring.EvaluationRulebook:
    try:
        return scoring.read_rulebook(library.read_text("evaluation", arguments.rulebook))
    except library.NoSuchRulebookError as error:
        known = ", ".join(error.known)
        wrong_use(
            Wording(
                f"没有评价规则集“{arguments.rulebook}”；现有：{known}",
                f"no such evaluation rulebook: {arguments.rulebook}; there are: {known}",
            ),
            arguments.lang,
        )


def _from_indicators(arguments: argparse.Namespace) -> int:
    if arguments.standard is None:
        wrong_use(
            Wording("请用 --standard 给出标准值表", "give the standard values with --standard"),
            arguments.lang,
        )
    rulebook = _rulebook(arguments)
    findings: list[Finding] = []
    path = tables.existing_file(arguments.indicators, arguments.lang)
    known = {item.name for item in rulebook.indicators}
    given = _evaluation_tables.read_indicators(path, known, arguments.sheet, findings)
    return _score(arguments, rulebook, given, findings)


def _from_statements_by_rulebook(arguments: argparse.Namespace) -> int:
    """Statements against standard values of one's own: indicators of 2006."""
    rulebook = _rulebook(arguments)
    findings: list[Finding] = []
    books, period = _books(arguments, findings)
    dictionary = statement_tables.shipped_dictionary()
    text = library.read_text("indicators", "indicators-2006")
    indicator_rulebook = indicators.read_rulebook(text, dictionary)
    given = {
        enterprise: scoring.inputs_of(indicators.compute(indicator_rulebook, book, period))
        for enterprise, book in books.items()
    }
    return _score(arguments, rulebook, given, findings)


def _score(
    arguments: argparse.Namespace,
    rulebook: scoring.EvaluationRulebook,
    given: Mapping[str, Mapping[str, scoring.IndicatorInput]],
    findings: list[Finding],
) -> int:
    language: Language = arguments.lang
    path = tables.existing_file(arguments.standard, language)
    known = {item.name for item in rulebook.indicators}
    standards = _evaluation_tables.read_standard(path, known, findings)
    panel, adjustments = {}, {}
    if arguments.management is not None:
        path = tables.existing_file(arguments.management, language)
        names = {item.name for item in rulebook.management}
        panel = _evaluation_tables.read_panel(path, names, findings)
    if arguments.adjustments is not None:
        path = tables.existing_file(arguments.adjustments, language)
        adjustments = _evaluation_tables.read_adjustments(path, findings)
    findings += _evaluation_tables.strangers(panel, adjustments, enterprises=given)
    if blocking(findings):
        raise tables.RefusedError(findings)

    results = [
        scoring.evaluate(
            enterprise,
            rulebook=rulebook,
            indicators=inputs,
            standards=standards,
            panel=panel.get(enterprise, ()),
            adjustments=adjustments.get(enterprise, ()),
        )
        for enterprise, inputs in given.items()
    ]

    rows = [
        _evaluation_answers.of_rulebook(result, rulebook, language, with_trace=arguments.trace)
        for result in results
    ]
    return tables.finish(tables.Answer(rows=rows, table="results", findings=findings), arguments)


def _from_statements_by_book(arguments: argparse.Namespace) -> int:
    language: Language = arguments.lang
    if arguments.industry is None or arguments.standard_year is None:
        wrong_use(
            Wording(
                "请用 --industry 和 --standard-year 指明标准值（或用 --standard 给出标准值表）",
                "name the standard values with --industry and --standard-year, or give --standard",
            ),
            language,
        )
    rulebook = _rulebook(arguments)
    table = scoring.read_standards(library.read_standard_lines())
    found = table.find(
        year=arguments.standard_year, industry=arguments.industry, scale=arguments.size
    )
    findings: list[Finding] = list(found.findings)
    books, period = _books(arguments, findings)
    dictionary = statement_tables.shipped_dictionary()
    text = library.read_text("indicators", "indicators-2025")
    indicator_rulebook = indicators.read_rulebook(text, dictionary)

    rows = []
    for enterprise, book in books.items():
        computed = indicators.compute(indicator_rulebook, book, period)
        result = scoring.evaluate_book(
            enterprise,
            indicators={item.indicator.name: _book_indicator(item) for item in computed},
            standards=found.values,
            coefficients=rulebook.coefficients,
        )
        rows.append(_evaluation_answers.of_book(result, found, period, language))
    return tables.finish(tables.Answer(rows=rows, table="results", findings=findings), arguments)


def _book_indicator(result: indicators.IndicatorResult) -> scoring.BookIndicator:
    """Return an indicator as the book grades it.

    The correction cases of 2006 do not apply: a quotient they would replace is graded by its value.
    """
    value, treatment = result.value, result.treatment
    kind = treatment.kind if treatment is not None else ""
    level = None
    if treatment is not None and kind == "grade":
        level = scoring.Level(treatment.grade)
    elif kind == "full":
        level = scoring.Level.EXCELLENT
    if kind == "correction":
        numerator, denominator = result.operands.get("分子"), result.operands.get("分母")
        if value is None and numerator is not None and denominator:
            value = numerator / denominator
    return scoring.BookIndicator(
        value=value, reason=result.reason, level=level, scores_nothing=kind == "zero"
    )


def _books(
    arguments: argparse.Namespace, findings: list[Finding]
) -> tuple[dict[str, StatementBook], Period]:
    """Return the statements of the scope asked for, by enterprise, and the period."""
    language: Language = arguments.lang
    if arguments.period is None:
        wrong_use(Wording("请用 --period 指明期间", "name the period with --period"), language)
    period = statement_tables.period_of(arguments.period, language)
    try:
        scope = Scope.parse(arguments.scope)
    except ValueError:
        wrong_use(
            Wording(f"没有这个口径：{arguments.scope}", f"no such scope: {arguments.scope}"),
            language,
        )
    found = statement_tables.read_statements(
        tables.existing_file(arguments.statements, language),
        dictionary=statement_tables.shipped_dictionary(),
        unit=statement_tables.money_unit(arguments.unit, language),
        sheet=arguments.sheet,
    )
    findings += found.findings
    books = {
        enterprise: book
        for (enterprise, its_scope), book in found.books().items()
        if its_scope is scope
    }
    if not books:
        raise tables.RefusedError(
            [*findings, _evaluation_tables.nothing_of(scope, arguments.statements)]
        )
    return books, period
