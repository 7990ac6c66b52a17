"""``guozi template``: the workbook a reporter fills in, empty or with figures already known."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guozi import excel
from guozi.cli import statement_tables, tables
from guozi.cli._check_book import shipped_form
from guozi.cli._frame import wrong_use
from guozi_core.findings import Wording
from guozi_core.statements import Scope

if TYPE_CHECKING:
    import argparse

    from guozi_core.findings import Language
    from guozi_core.statements import ItemDictionary
    from guozi_core.units import Period


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--form", default="financial-flash", help="填报表 / form")
    parser.add_argument("--enterprise", required=True, metavar="USCC", help="统一社会信用代码")
    parser.add_argument("--name", default="", help="企业名称 / name of the enterprise")
    parser.add_argument("--period", required=True, help="报告期 / period, 2026-01")
    parser.add_argument("--scope", default="合并", help="口径 / accounts: 合并 | 母公司 | 单户")
    parser.add_argument(
        "--figures", metavar="STATEMENTS.csv", help="预填数据（报表长表）/ figures to fill in"
    )
    statement_tables.declare_unit(parser)
    tables.declare_sheet(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="BOOK.xlsx")


def run(arguments: argparse.Namespace) -> int:
    """Write the workbook."""
    language: Language = arguments.lang
    dictionary = statement_tables.shipped_dictionary()
    form = shipped_form(arguments.form, dictionary, language)
    period = statement_tables.period_of(arguments.period, language)
    scope = _scope(arguments.scope, language)
    if period.kind is not form.frequency:
        wrong_use(
            Wording(
                zh=f"《{form.header.title.zh}》的报告期应为"
                + ("年度，如 2025" if form.frequency.value == "year" else "月份，如 2026-01"),
                en=f"the period of this form is a {form.frequency.value}",
            ),
            language,
        )
    figures: dict[tuple[str, str], int] = {}
    if arguments.figures is not None:
        try:
            figures = _figures(arguments, dictionary, period, scope)
        except tables.RefusedError as error:
            return tables.refuse(error.findings, arguments)
    addressee = excel.Addressee(uscc=arguments.enterprise, name=arguments.name)
    content = excel.write_template(form, addressee, period=period, scope=scope, figures=figures)
    arguments.out.write_bytes(content)
    done = Wording(zh=f"已写入 {arguments.out}", en=f"written to {arguments.out}")
    print(done.in_language(language), file=sys.stderr)
    return 0


def _scope(text: str, language: Language) -> Scope:
    try:
        return Scope.parse(text)
    except ValueError:
        wrong_use(Wording(zh=f"没有这个口径：{text}", en=f"no such accounts: {text}"), language)


def _figures(
    arguments: argparse.Namespace, dictionary: ItemDictionary, period: Period, scope: Scope
) -> dict[tuple[str, str], int]:
    """Return the figures of the enterprise, in hundredths of their units."""
    language: Language = arguments.lang
    found = statement_tables.read_statements(
        tables.existing_file(arguments.figures, language),
        dictionary=dictionary,
        unit=statement_tables.money_unit(arguments.unit, language),
        sheet=arguments.sheet,
    )
    chosen = [
        statement
        for statement in found.statements
        if statement.period == period
        and statement.scope is scope
        and statement.enterprise in {arguments.enterprise, arguments.name}
    ]
    if not chosen:
        nobody = statement_tables.enterprise_without_statements(arguments.enterprise)
        print(nobody.sentence(language), file=sys.stderr)
    figures: dict[tuple[str, str], int] = {}
    for statement in chosen:
        for key, value in statement.figures.items():
            hundredths = value.scaleb(2)
            if hundredths == hundredths.to_integral_value():
                figures[key.item, key.moment.letter] = int(hundredths)
            else:
                left_out = Wording(
                    zh=f"{key.item} {key.moment.value} {value} 不是整分，未预填",
                    en=f"{key.item} {value} is no whole number of 分 and was not filled in",
                )
                print(left_out.in_language(language), file=sys.stderr)
    return figures
