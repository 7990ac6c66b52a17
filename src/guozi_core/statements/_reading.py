"""The item dictionary as text, read to items."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import yaml

from guozi_core.findings import Wording
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

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        If an entry lacks a key, holds an unknown one, or contradicts another entry.

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
    tree = cast("Mapping[str, object]", yaml.safe_load(text))
    forms = []
    for code, body in _mapping(tree, "statements").items():
        forms.append(_read_form(StatementKind(code), cast("Mapping[str, object]", body)))
    return ItemDictionary(
        id=_text(tree, "rulebook"), version=_text(tree, "version"), forms=tuple(forms)
    )


def _read_form(kind: StatementKind, body: Mapping[str, object]) -> StatementForm:
    title = _mapping(body, "title")
    defaults = _mapping(body, "defaults")
    return StatementForm(
        kind=kind,
        title=Wording(zh=_text(title, "zh"), en=_text(title, "en")),
        headings=tuple(
            Heading(
                name=_text(heading, "name"),
                section=_text(heading, "section"),
                statement=kind,
                aliases=_texts(heading, "aliases"),
            )
            for heading in _mappings(body, "headings")
        ),
        items=tuple(_read_item(kind, {**defaults, **entry}) for entry in _mappings(body, "items")),
    )


def _read_item(statement: StatementKind, entry: Mapping[str, object]) -> Item:
    unknown = sorted(set(entry) - _ITEM_KEYS)
    if unknown:
        message = f"{entry.get('code')}: unknown keys {', '.join(unknown)}"
        raise DictionaryError(message)
    return Item(
        code=_text(entry, "code"),
        name=_text(entry, "name"),
        english=_text(entry, "en"),
        identifier=_text(entry, "id"),
        statement=statement,
        kind=ItemKind(_text(entry, "kind")),
        unit=ItemUnit(_text(entry, "unit")),
        parent=_text(entry, "parent") if "parent" in entry else None,
        sign=-1 if entry.get("sign", 1) == -1 else 1,
        of_which=entry.get("of_which", False) is True,
        use=ItemUse(entry.get("used", "general")),
        may_be_negative=entry.get("may_be_negative", False) is True,
        aliases=_texts(entry, "aliases"),
        sections=_texts(entry, "sections"),
    )


def _text(tree: Mapping[str, object], key: str) -> str:
    value = tree.get(key)
    if not isinstance(value, str):
        message = f"{tree.get('code', tree.get('name', ''))}: {key} is missing or not a text"
        raise DictionaryError(message)
    return value


def _texts(tree: Mapping[str, object], key: str) -> tuple[str, ...]:
    values = tree.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        message = f"{tree.get('code', tree.get('name', ''))}: {key} is not a list of texts"
        raise DictionaryError(message)
    return tuple(values)


def _mapping(tree: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = tree.get(key)
    if not isinstance(value, dict):
        message = f"{key} is missing or not a mapping"
        raise DictionaryError(message)
    return value


def _mappings(tree: Mapping[str, object], key: str) -> tuple[Mapping[str, object], ...]:
    values = tree.get(key)
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        message = f"{key} is missing or not a list of mappings"
        raise DictionaryError(message)
    return tuple(values)
