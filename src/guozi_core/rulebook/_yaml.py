"""YAML read exactly: decimals stay decimals, keys stay unique, faults name their line.

The result is a :class:`Section`, a mapping that knows the line it began on and hands out values by
type, so that a reader of a body never touches ``Any`` and every fault can say where it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from guozi_core.findings import Finding, Locator, Severity, Wording

_MOST_CHARACTERS = 4_000_000


class RulebookError(Exception):
    """The text is no valid rulebook; every fault is a finding with its line."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("; ".join(finding.sentence("en") for finding in findings))


def fault(message: Wording, *, line: int, got: str | None = None) -> RulebookError:
    """Return the error for one fault at a line."""
    finding = Finding(
        code="RBK-READ",
        severity=Severity.BLOCK,
        message=message,
        locator=Locator(row=f"第{line}行"),
        got=got,
    )
    return RulebookError((finding,))


class Section(Mapping[str, Any]):
    """A mapping of a rulebook with typed access.

    Each ``text``, ``number`` … raises :class:`RulebookError` with the line if the value is absent
    or of another type; the ``…_or`` twins return the default where the key is absent or null.
    """

    __slots__ = ("_entries", "line")

    def __init__(self, entries: dict[str, Any], line: int) -> None:
        self._entries = entries
        self.line = line

    def __getitem__(self, key: str) -> Any:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def _need(self, key: str, kinds: type | tuple[type, ...], zh: str, en: str) -> Any:
        value = self._entries.get(key)
        # ``True`` is an ``int`` in Python; in a rulebook it is not a number.
        wrong = isinstance(value, bool) and bool not in (
            kinds if isinstance(kinds, tuple) else (kinds,)
        )
        if value is None or wrong or not isinstance(value, kinds):
            raise fault(
                Wording(f"“{key}”应为{zh}", f"“{key}” must be {en}"),
                line=self.line,
                got=None if value is None else str(value),
            )
        return value

    def text(self, key: str) -> str:
        """Return a text."""
        return str(self._need(key, str, "文字", "a text"))

    def text_or(self, key: str, default: str) -> str:
        """Return a text, or ``default`` where there is none."""
        return default if self._entries.get(key) is None else self.text(key)

    def number(self, key: str) -> Decimal:
        """Return an exact number."""
        return Decimal(self._need(key, (Decimal, int), "数", "a number"))

    def number_or_none(self, key: str) -> Decimal | None:
        """Return an exact number, or ``None`` where there is none."""
        return None if self._entries.get(key) is None else self.number(key)

    def integer(self, key: str) -> int:
        """Return a whole number."""
        return int(self._need(key, int, "整数", "a whole number"))

    def flag(self, key: str, *, default: bool) -> bool:
        """Return yes or no."""
        if self._entries.get(key) is None:
            return default
        return bool(self._need(key, bool, "true 或 false", "true or false"))

    def day(self, key: str) -> date:
        """Return a date."""
        value: date = self._need(key, date, "日期", "a date")
        return value

    def day_or_none(self, key: str) -> date | None:
        """Return a date, or ``None`` where there is none."""
        return None if self._entries.get(key) is None else self.day(key)

    def section(self, key: str) -> Section:
        """Return a mapping."""
        value: Section = self._need(key, Section, "键值表", "a mapping")
        return value

    def section_or_empty(self, key: str) -> Section:
        """Return a mapping, empty where there is none."""
        return Section({}, self.line) if self._entries.get(key) is None else self.section(key)

    def sections(self, key: str) -> tuple[Section, ...]:
        """Return a list of mappings (empty where there is none)."""
        return tuple(self._list(key, Section, "键值表", "a mapping"))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts (empty where there is none)."""
        return tuple(self._list(key, str, "文字", "a text"))

    def numbers(self, key: str) -> tuple[Decimal, ...]:
        """Return a list of exact numbers (empty where there is none)."""
        return tuple(Decimal(item) for item in self._list(key, (Decimal, int), "数", "a number"))

    def wording(self, key: str) -> Wording:
        """Return a text in both languages, written ``{zh: …, en: …}``.

        A comma without quotation marks ends a text in such a pair: what follows it would be lost.
        """
        pair = self.section(key)
        pair.refuse_unknown({"zh", "en"})
        return Wording(zh=pair.text("zh"), en=pair.text("en"))

    def refuse_unknown(self, known: set[str]) -> None:
        """Refuse keys nobody reads: a misspelt key must not be a silent default.

        Raises
        ------
        RulebookError
            Naming the unknown keys.
        """
        unknown = [key for key in self._entries if key not in known]
        if unknown:
            listed = "、".join(unknown)
            raise fault(
                Wording(f"无法识别的键：{listed}", f"unknown keys: {listed}"), line=self.line
            )

    def _list(self, key: str, kinds: type | tuple[type, ...], zh: str, en: str) -> list[Any]:
        value = self._entries.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, kinds) for item in value):
            raise fault(
                Wording(f"“{key}”应为列表，每项为{zh}", f"“{key}” must be a list, each {en}"),
                line=self.line,
            )
        return value


class _Loader(yaml.SafeLoader):
    """YAML's safe loader with exact numbers and unique keys."""


def _construct_number(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    text = str(loader.construct_scalar(node))
    try:
        value = Decimal(text.replace("_", ""))
    except ArithmeticError as error:
        raise fault(
            Wording("不是数", "not a number"), line=node.start_mark.line + 1, got=text
        ) from error
    if not value.is_finite():
        raise fault(
            Wording("不是有限数", "not a finite number"), line=node.start_mark.line + 1, got=text
        )
    return value


def _construct_section(loader: _Loader, node: yaml.MappingNode) -> Section:
    entries: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in entries:
            raise fault(
                Wording(f"键“{key}”重复", f"duplicate key “{key}”"),
                line=key_node.start_mark.line + 1,
            )
        entries[key] = loader.construct_object(value_node, deep=True)
    return Section(entries, node.start_mark.line + 1)


_Loader.add_constructor("tag:yaml.org,2002:float", _construct_number)
_Loader.add_constructor("tag:yaml.org,2002:map", _construct_section)


def parse_yaml(text: str) -> Section:
    """Return the mapping written as YAML ``text``.

    Parameters
    ----------
    text : str
        One YAML document whose top is a mapping.

    Returns
    -------
    Section
        Values are text, exact ``Decimal`` or ``int``, dates, truth values, lists and sections.

    Raises
    ------
    RulebookError
        If the text is no YAML, has a key twice, or is no mapping.

    Examples
    --------
    >>> parse_yaml("weight: 0.7").number("weight")
    Decimal('0.7')
    """
    if len(text) > _MOST_CHARACTERS:
        raise fault(Wording("文件过大", "the text is too large"), line=1)
    try:
        tree = yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise fault(
            Wording("YAML 写法有误", "not valid YAML"), line=line, got=error.problem
        ) from error
    except yaml.YAMLError as error:
        raise fault(Wording("YAML 写法有误", "not valid YAML"), line=1, got=str(error)) from error
    if not isinstance(tree, Section):
        raise fault(Wording("最外层应为键值表", "the top must be a mapping"), line=1)
    return tree


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a rulebook's text, which names its exact wording.

    Parameters
    ----------
    text : str
        The YAML text.

    Returns
    -------
    str
        64 hexadecimal digits; line ends do not matter.

    Examples
    --------
    >>> fingerprint("a: 1")[:8]
    '16c3c6d7'
    """
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()
