"""The reference pages of the rules: lines, indicators, cross-checks, faults of an import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi.cli._reference_tables import both, cited, code, page, table
from guozi.rulebooks import library
from guozi_core import checks as core_checks
from guozi_core import indicators as core_indicators
from guozi_core.rulebook import MARKS, parse_yaml, read_header
from guozi_core.sheets import FAULTS
from guozi_core.statements import ItemDictionary, read_dictionary

if TYPE_CHECKING:
    from guozi_core.rulebook import Header

_ITEMS = "statement-items"


def _dictionary() -> ItemDictionary:
    return read_dictionary(library.read_text("items", _ITEMS))


def _sources(header: Header) -> str:
    rows = [cited(source) for source in header.sources]
    return table(["source 出处", "mark 标记"], rows)


def _marks() -> str:
    return "## Marks 出处标记\n\n" + table(
        ["mark", "含义", "meaning"], ((code(mark), *both(text)) for mark, text in MARKS.items())
    )


def statement_items() -> str:
    """Return every line of the dictionary, table by table."""
    header = read_header(parse_yaml(library.read_text("items", _ITEMS)))
    parts = [_sources(header)]
    for form in _dictionary().forms:
        rows = [
            (
                code(item.code),
                item.name,
                item.english,
                code(item.identifier),
                item.kind.value,
                item.unit.value,
                f"{'其中 of' if item.of_which else '−' if item.sign < 0 else '+'} {item.parent}"
                if item.parent
                else "",
                item.use.value,
                "、".join(item.aliases),
            )
            for item in form.items
        ]
        heading = f"## {form.title.zh} {form.title.en} ({form.kind.value})"
        names = ["code", "项目", "line", "identifier", "kind", "unit", "parent", "use", "别名"]
        parts.append(f"{heading}\n\n{table(names, rows)}")
    return page(
        "Statement items 报表项目",
        f"{header.title.zh} {header.title.en}, version {header.version}. `stock`: a balance at a "
        "date; `flow`: over a period. Use: `general` stands in the general form, `financial` only "
        "with financial business, `former` in earlier forms, `addition` of state-owned enterprises. "
        "The sources below stand behind the whole dictionary.",
        *parts,
        _marks(),
    )


def indicators() -> str:
    """Return every indicator of every rulebook."""
    dictionary = _dictionary()
    parts = []
    for name in library.list_ids("indicators"):
        text = library.read_text("indicators", name)
        rulebook = core_indicators.read_rulebook(text, dictionary)
        rows = [
            (
                one.name,
                one.english,
                code(one.identifier),
                one.part,
                one.role.value,
                one.unit,
                "↑" if one.direction is core_indicators.Direction.UP else "↓",
                "；".join(f"{calibre.id}: {calibre.formula.text}" for calibre in one.calibres),
                *cited(one.source),
            )
            for one in rulebook.indicators
        ]
        header = rulebook.header
        names = ["指标", "indicator", "identifier", "部分", "role", "unit", "better"]
        parts += [
            f"## `{name}` {header.title.zh} {header.title.en}",
            _sources(header),
            table([*names, "calibre: formula", "source 出处", "mark"], rows),
        ]
    return page(
        "Indicators 指标",
        "Every indicator of the shipped rulebooks. How a value comes about, the cases and a worked "
        "table: [methods/indicators](../methods/indicators.md).",
        *parts,
        _marks(),
    )


def checks() -> str:
    """Return every cross-check with its assertions."""
    dictionary = _dictionary()
    parts = []
    for name in library.list_ids("checks"):
        rulebook = core_checks.read_rulebook(library.read_text("checks", name), dictionary)
        header = rulebook.header
        rows = [
            (
                code(one.id),
                *both(one.title),
                len(one.assertions),
                *both(one.fix),
                *cited(one.source),
            )
            for one in rulebook.checks
        ]
        names = ["code", "规则", "rule", "assertions", "处理", "what to do", "source 出处", "mark"]
        tolerances = [
            (code(key), *both(one.title), *cited(one.source))
            for key, one in rulebook.tolerances.items()
        ]
        parts += [
            f"## `{name}` {header.title.zh} {header.title.en}",
            _sources(header),
            table(names, rows),
            "### Tolerances 容差",
            table(["code", "容差", "tolerance", "source 出处", "mark"], tolerances),
        ]
    return page(
        "Cross-checks 勾稽关系",
        "Every family of cross-checks; a family asserts one relation or several. Levels, columns and "
        "tolerances: [methods/cross-checks](../methods/cross-checks.md).",
        *parts,
        _marks(),
    )


def import_faults() -> str:
    """Return every fault an import reports."""
    rows = [
        (
            code(fault.code),
            fault.severity.label.zh,
            fault.severity.label.en,
            *both(fault.message),
            *both(fault.fix),
        )
        for fault in FAULTS.values()
    ]
    return page(
        "Import faults 导入问题代码",
        "Every fault that reading a workbook reports; codes are never reused. `{…}` is filled with "
        "what was met. They are conventions of the product (mark K); the rules behind them: "
        "[methods/import](../methods/import.md).",
        table(["code", "级别", "level", "问题", "fault", "处理", "what to do"], rows),
    )
