"""A form as text, read and checked against the item dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.rulebook import RulebookError, Section, parse_yaml, read_header
from guozi_core.sheets._form import Form, FormColumn, FormLine, FormSheet
from guozi_core.statements import ItemUnit, Moment, Scope, StatementKind
from guozi_core.units import MoneyUnit, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from guozi_core.statements import Item, ItemDictionary

_T = TypeVar("_T")
_TOP = {
    "rulebook", "family", "version", "title", "valid_from", "valid_to", "sources", "notes",
    "frequency", "unit", "places", "scopes", "instructions", "sheets",
}  # fmt: skip
_SHEET = {"statement", "title", "columns", "lines"}
_COLUMN = {"title", "stock", "flow"}
_LINE = {"item", "label", "heading", "en", "required", "never_negative", "places"}


def read_form(text: str, dictionary: ItemDictionary) -> Form:
    """Return the form written as YAML ``text``.

    Parameters
    ----------
    text : str
        The text of ``data/rulebooks/forms/<id>.yaml``.
    dictionary : ItemDictionary
        The items its lines name.

    Returns
    -------
    Form
        Sheets and lines in the order of the text.

    Raises
    ------
    RulebookError
        If a line names no item, an item twice, or a column has no moment for an item.

    Examples
    --------
    >>> from guozi_core.statements import sample_dictionary
    >>> form = read_form('''
    ... rulebook: small
    ... family: forms
    ... version: "1"
    ... title: {zh: 小表, en: Small form}
    ... valid_from: 2026-01-01
    ... sources: [{document: 示例, mark: K}]
    ... frequency: month
    ... unit: 万元
    ... scopes: [合并]
    ... sheets:
    ...   - statement: BS
    ...     title: {zh: 资产负债表, en: Balance sheet}
    ...     columns: [{title: {zh: 期末余额, en: Closing balance}, stock: e}]
    ...     lines: [{item: BS40, required: true}]
    ... ''', sample_dictionary())
    >>> form.sheets[0].lines[0].label, form.unit.value
    ('资产总计', '万元')
    """
    tree = parse_yaml(text)
    tree.refuse_unknown(_TOP)
    places = tree.integer("places") if "places" in tree else 2
    return Form(
        header=read_header(tree),
        frequency=_named(PeriodKind, tree.text("frequency"), tree),
        unit=_named(MoneyUnit, tree.text("unit"), tree),
        places=places,
        scopes=tuple(_named(Scope, text, tree) for text in tree.texts("scopes")),
        sheets=tuple(_read_sheet(body, dictionary, places) for body in tree.sections("sheets")),
        notes=tuple(
            Wording(zh=body.text("zh"), en=body.text("en"))
            for body in tree.sections("instructions")
        ),
    )


def _read_sheet(body: Section, dictionary: ItemDictionary, places: int) -> FormSheet:
    body.refuse_unknown(_SHEET)
    statement = _named(StatementKind, body.text("statement"), body)
    columns = tuple(_read_column(entry) for entry in body.sections("columns"))
    lines: list[FormLine] = []
    number = 0
    for entry in body.sections("lines"):
        entry.refuse_unknown(_LINE)
        if entry.get("heading") is not None:
            english = entry.text_or("en", entry.text("heading"))
            lines.append(FormLine(label=entry.text("heading"), english=english))
            continue
        number += 1
        item = dictionary.by_code.get(entry.text("item"))
        if item is None:
            raise _fault(entry, "字典中没有这个项目", "no such item", entry.text("item"))
        if any(line.item is item for line in lines):
            raise _fault(entry, "项目重复", "the item occurs twice", item.code)
        if any(column.moment(item) is None for column in columns):
            raise _fault(entry, "栏次不适合该项目", "a column does not fit the item", item.code)
        lines.append(_read_line(entry, item, lines, dictionary, number, places))
    return FormSheet(
        statement=statement, title=body.wording("title"), columns=columns, lines=tuple(lines)
    )


def _read_line(
    entry: Section,
    item: Item,
    before: list[FormLine],
    dictionary: ItemDictionary,
    number: int,
    places: int,
) -> FormLine:
    is_total = item.code in dictionary.addends
    money = item.unit is ItemUnit.MONEY
    return FormLine(
        label=_printed(entry.text_or("label", item.name), item, before),
        english=item.english,
        item=item,
        number=number,
        required=entry.flag("required", default=False),
        is_total=is_total,
        never_negative=entry.flag(
            "never_negative", default=is_total and not item.may_be_negative and money
        ),
        places=entry.integer("places") if "places" in entry else (places if money else 0),
    )


def _printed(label: str, item: Item, before: list[FormLine]) -> str:
    """Return the label as printed: parts stand indented, the first of them after 其中：."""
    if item.of_which and item.parent is not None:
        siblings = [line for line in before if line.item is not None and line.item.of_which]
        first = not any(
            line.item is not None and line.item.parent == item.parent for line in siblings
        )
        mark = "其中：" if first else "\u3000\u3000\u3000"
        return f"\u3000\u3000{mark}{label}"
    if item.sign < 0 and not label.startswith("减") and item.parent in {"BS89", "IS40", "IS50"}:
        return f"减：{label}"
    return label


def _read_column(entry: Section) -> FormColumn:
    entry.refuse_unknown(_COLUMN)
    return FormColumn(
        title=entry.wording("title"),
        stock=_moment(entry, "stock"),
        flow=_moment(entry, "flow"),
    )


def _moment(entry: Section, key: str) -> Moment | None:
    return None if entry.get(key) is None else _named(Moment.parse, entry.text(key), entry)


def _named(kind: Callable[[str], _T], text: str, section: Section) -> _T:
    try:
        return kind(text)
    except ValueError as error:
        raise _fault(section, "取值不认识", "unknown value", text) from error


def _fault(section: Section, zh: str, en: str, got: str) -> RulebookError:
    return RulebookError(
        (
            Finding(
                code="RBK-FORM",
                severity=Severity.BLOCK,
                message=Wording(zh=zh, en=en),
                locator=Locator(row=f"第{section.line}行"),
                got=got,
            ),
        )
    )
