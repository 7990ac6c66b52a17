"""The item dictionary as text, read to items."""

from __future__ import annotations

from typing import TypeVar

from guozi_core.rulebook import Section, parse_yaml
from guozi_core.statements._dictionary import DictionaryError, ItemDictionary
from guozi_core.statements._item import (
    Heading,
    Item,
    ItemKind,
    ItemUnit,
    ItemUse,
    StatementForm,
    StatementKind,
)

_Choice = TypeVar("_Choice", ItemKind, ItemUnit, ItemUse)
_ITEM_KEYS = {
    "code", "name", "en", "id", "kind", "unit", "parent", "sign", "of_which", "used",
    "may_be_negative", "aliases", "sections",
}  # fmt: skip


def read_dictionary(text: str) -> ItemDictionary:
    """Return the dictionary written in a YAML text.

    Parameters
    ----------
    text : str
        The text of ``data/rulebooks/items/<id>.yaml``.

    Returns
    -------
    ItemDictionary
        The lines, in the order of the text.

    Raises
    ------
    DictionaryError
        If an entry contradicts another one.
    RulebookError
        If an entry lacks a key or holds an unknown one; the finding names the line.

    Examples
    --------
    >>> text = '''
    ... rulebook: small
    ... version: "1"
    ... statements:
    ...   BS:
    ...     title: {zh: 资产负债表, en: Balance sheet}
    ...     defaults: {kind: stock, unit: money}
    ...     headings: []
    ...     items:
    ...       - {code: BS40, name: 资产总计, en: Total assets, id: total_assets}
    ... '''
    >>> read_dictionary(text).by_code["BS40"].english
    'Total assets'
    """
    tree = parse_yaml(text)
    statements = tree.section("statements")
    return ItemDictionary(
        id=tree.text("rulebook"),
        version=tree.text("version"),
        forms=tuple(
            _read_form(StatementKind(code), statements.section(code)) for code in statements
        ),
    )


def _read_form(kind: StatementKind, body: Section) -> StatementForm:
    defaults = body.section("defaults")
    return StatementForm(
        kind=kind,
        title=body.wording("title"),
        headings=tuple(
            Heading(
                name=heading.text("name"),
                section=heading.text("section"),
                statement=kind,
                aliases=heading.texts("aliases"),
            )
            for heading in body.sections("headings")
        ),
        items=tuple(_read_item(kind, entry, defaults) for entry in body.sections("items")),
    )


def _read_item(statement: StatementKind, entry: Section, defaults: Section) -> Item:
    entry.refuse_unknown(_ITEM_KEYS)
    return Item(
        code=entry.text("code"),
        name=entry.text("name"),
        english=entry.text("en"),
        identifier=entry.text("id"),
        statement=statement,
        kind=_choice(ItemKind, entry.text_or("kind", defaults.text("kind")), entry),
        unit=_choice(ItemUnit, entry.text_or("unit", defaults.text("unit")), entry),
        parent=entry.text("parent") if "parent" in entry else None,
        sign=-1 if entry.get("sign") == -1 else 1,
        of_which=entry.flag("of_which", default=False),
        use=_choice(ItemUse, entry.text_or("used", defaults.text_or("used", "general")), entry),
        may_be_negative=entry.flag("may_be_negative", default=False),
        aliases=entry.texts("aliases"),
        sections=entry.texts("sections"),
    )


def _choice(kind: type[_Choice], text: str, entry: Section) -> _Choice:
    try:
        return kind(text)
    except ValueError as error:
        message = f"{entry.text('code')}: {text} is no {kind.__name__}"
        raise DictionaryError(message) from error
