"""The item dictionary and the way from a printed name to an item."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.statements._item import Heading, Item, ItemKind, ItemUse, StatementKind
from guozi_core.statements._moment import Moment
from guozi_core.statements._printed_name import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guozi_core.statements._item import StatementForm

#: Column words that some tables print inside the line name (资产总计_期末余额, 期初国有权益).
_COLUMN_BEFORE = {
    "期初": Moment.OPENING,
    "年初": Moment.OPENING,
    "期末": Moment.CLOSING,
    "年末": Moment.CLOSING,
    "本年累计": Moment.CURRENT,
    "本期": Moment.CURRENT,
    "本年": Moment.CURRENT,
    "上年同期": Moment.PRIOR,
    "上期": Moment.PRIOR,
    "上年": Moment.PRIOR,
}
_COLUMN_AFTER = {
    "期初余额": Moment.OPENING,
    "年初余额": Moment.OPENING,
    "期初数": Moment.OPENING,
    "年初数": Moment.OPENING,
    "期初": Moment.OPENING,
    "年初": Moment.OPENING,
    "期末余额": Moment.CLOSING,
    "年末余额": Moment.CLOSING,
    "期末数": Moment.CLOSING,
    "年末数": Moment.CLOSING,
    "期末": Moment.CLOSING,
    "年末": Moment.CLOSING,
    "本年累计数": Moment.CURRENT,
    "本年累计": Moment.CURRENT,
    "本期金额": Moment.CURRENT,
    "本期": Moment.CURRENT,
    "本年": Moment.CURRENT,
    "上年同期数": Moment.PRIOR,
    "上年同期": Moment.PRIOR,
    "上期金额": Moment.PRIOR,
    "上期": Moment.PRIOR,
}
_STOCK_MOMENTS = {Moment.CLOSING, Moment.OPENING}


class DictionaryError(ValueError):
    """The dictionary contradicts itself; the message says where."""


class Resolution(NamedTuple):
    """What a printed name means.

    Attributes
    ----------
    printed : str
        The name as printed.
    item : Item or None
        The line, where exactly one is meant.
    heading : Heading or None
        The heading, where the line opens a section.
    moment : Moment or None
        The column, where the name itself says it.
    candidates : tuple of Item
        The lines between which the name does not decide.
    suggestion : Item or None
        The line with the nearest name, where the name is unknown.
    """

    printed: str
    item: Item | None = None
    heading: Heading | None = None
    moment: Moment | None = None
    candidates: tuple[Item, ...] = ()
    suggestion: Item | None = None


@dataclass(frozen=True, kw_only=True)
class ItemDictionary:
    """Every line the forms hold, found by code, by name or as printed.

    Parameters
    ----------
    id, version : str
        Which dictionary.
    forms : tuple of StatementForm
        Its tables, each with its lines in printed order.

    Raises
    ------
    DictionaryError
        If a code, name or identifier occurs twice, a parent does not exist, or two lines could not
        be told apart as printed.
    """

    id: str
    version: str
    forms: tuple[StatementForm, ...]
    _answers: dict[tuple[str, StatementKind | None, str | None, bool], Resolution] = field(
        default_factory=dict, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        """Refuse a dictionary that contradicts itself."""
        for what in ("code", "name", "identifier"):
            seen: set[str] = set()
            for item in self.items:
                word = getattr(item, what)
                if word in seen:
                    message = f"{what} {word} occurs twice"
                    raise DictionaryError(message)
                seen.add(word)
        codes = self.by_code
        for item in self.items:
            for code in (item.parent, *item.sections):
                if code is not None and code not in codes:
                    message = f"{item.code} names {code}, which does not exist"
                    raise DictionaryError(message)
        for key, items in self._by_key.items():
            free = [item for item in items if not item.sections]
            if len(free) > 1:
                message = f"{key} means {' and '.join(item.code for item in free)}"
                raise DictionaryError(message)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every line, in printed order."""
        return tuple(item for form in self.forms for item in form.items)

    @cached_property
    def by_code(self) -> Mapping[str, Item]:
        """Lines by code."""
        return {item.code: item for item in self.items}

    @cached_property
    def by_name(self) -> Mapping[str, Item]:
        """Lines by the names a formula may use: official name, identifier, code."""
        names = {item.code: item for item in self.items}
        for item in self.items:
            names[item.identifier] = item
            names[item.name] = item
        return names

    @cached_property
    def addends(self) -> Mapping[str, tuple[Item, ...]]:
        """For each total, the lines that add up to it (parts under 其中 left out)."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            if item.parent is not None and not item.of_which:
                found.setdefault(item.parent, []).append(item)
        return {code: tuple(items) for code, items in found.items()}

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Item, ...]]:
        found: dict[str, dict[str, Item]] = {}
        for item in self.items:
            for printed in (item.name, *item.aliases, item.english):
                found.setdefault(fold(printed).key, {})[item.code] = item
        return {key: tuple(items.values()) for key, items in found.items()}

    @cached_property
    def _headings(self) -> Mapping[str, tuple[Heading, ...]]:
        found: dict[str, list[Heading]] = {}
        for form in self.forms:
            for heading in form.headings:
                for printed in (heading.name, *heading.aliases):
                    found.setdefault(fold(printed).key, []).append(heading)
        return {key: tuple(headings) for key, headings in found.items()}

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the line itself and the totals above it, nearest first."""
        chain: list[str] = []
        current: str | None = code
        while current is not None and current not in chain:
            chain.append(current)
            current = self.by_code[current].parent
        return tuple(chain)

    def resolve(
        self,
        printed: str,
        statement: StatementKind | None = None,
        under: str | None = None,
        *,
        has_figures: bool = True,
    ) -> Resolution:
        """Return what a printed name means.

        Parameters
        ----------
        printed : str
            A code, or the name as printed.
        statement : StatementKind, optional
            The table it stands in, where that is known.
        under : str, optional
            Code of the line or of the section's total printed just before; it decides names that
            occur in several sections (永续债, 现金流入小计).
        has_figures : bool
            Whether the line holds figures; a heading holds none.

        Returns
        -------
        Resolution
            With ``item`` or ``heading``, or with ``candidates``, or with the nearest name as
            ``suggestion``.

        Examples
        --------
        >>> from guozi_core.statements import sample_dictionary
        >>> dictionary = sample_dictionary()
        >>> dictionary.resolve("其中：△ 货币资金").item.code
        'BS01'
        >>> dictionary.resolve("期初资产总额").moment
        <Moment.OPENING: '期初'>
        >>> dictionary.resolve("货币资今").suggestion.name
        '货币资金'
        """
        question = (printed, statement, under, has_figures)
        answer = self._answers.get(question)
        if answer is None:
            answer = self._resolve(printed, statement, under, has_figures=has_figures)
            self._answers[question] = answer
        return answer

    def _resolve(
        self,
        printed: str,
        statement: StatementKind | None,
        under: str | None,
        *,
        has_figures: bool,
    ) -> Resolution:
        code = self.by_code.get(_as_code(printed))
        if code is not None:
            return Resolution(printed, code)
        name = fold(printed)
        if not has_figures:
            for heading in self._headings.get(name.key, ()):
                if statement in {None, heading.statement}:
                    return Resolution(printed, heading=heading)
        candidates = self._by_key.get(name.key, ())
        moment = None
        if not candidates:
            key, moment = _without_column(name.key)
            candidates = self._by_key.get(key, ()) if moment is not None else ()
            candidates = tuple(item for item in candidates if _fits(item, moment))
        if candidates:
            chosen = self._choose(
                candidates, statement, under, marked_financial=name.marked_financial
            )
            if chosen is not None:
                return Resolution(printed, chosen, moment=moment)
            return Resolution(printed, candidates=candidates)
        identified = self.by_name.get(printed.strip())
        if identified is not None:
            return Resolution(printed, identified)
        return Resolution(printed, suggestion=self.nearest(name.key, statement))

    def _choose(
        self,
        candidates: tuple[Item, ...],
        statement: StatementKind | None,
        under: str | None,
        *,
        marked_financial: bool,
    ) -> Item | None:
        here = tuple(item for item in candidates if statement in {None, item.statement})
        pool = here or candidates
        if len(pool) == 1:
            return pool[0]
        if marked_financial:
            financial = [item for item in pool if item.use is ItemUse.FINANCIAL]
            if len(financial) == 1:
                return financial[0]
        chain = self.ancestors(under) if under in self.by_code and under is not None else ()
        ranked = sorted(
            (chain.index(section), item.code)
            for item in pool
            for section in item.sections
            if section in chain and _may_be_meant(item, statement, marked_financial)
        )
        if ranked:
            return self.by_code[ranked[0][1]]
        free = [item for item in pool if not item.sections]
        return free[0] if len(free) == 1 else None

    def nearest(self, name: str, statement: StatementKind | None = None) -> Item | None:
        """Return the line whose name is nearest to ``name``, or None if none is near."""
        pool = {
            key: items[0]
            for key, items in self._by_key.items()
            if statement is None or any(item.statement is statement for item in items)
        }
        found = difflib.get_close_matches(fold(name).key, pool, n=1, cutoff=0.6)
        return pool[found[0]] if found else None


def _as_code(printed: str) -> str:
    """Return a name as a code would be written: plain width, capital letters."""
    return unicodedata.normalize("NFKC", printed).strip().upper()


def _may_be_meant(item: Item, statement: StatementKind | None, marked_financial: bool) -> bool:  # noqa: FBT001 - a fact about the name, not a switch
    """Return whether a line of financial business may be meant without its mark."""
    return item.use is not ItemUse.FINANCIAL or marked_financial or statement is item.statement


def _without_column(key: str) -> tuple[str, Moment | None]:
    """Return the name without the column word it begins or ends with, and the column."""
    for word, moment in _COLUMN_AFTER.items():
        if key.endswith(word):
            return key.removesuffix(word).rstrip("_-("), moment
    for word, moment in _COLUMN_BEFORE.items():
        if key.startswith(word):
            return key.removeprefix(word), moment
    return key, None


def _fits(item: Item, moment: Moment | None) -> bool:
    """Return whether a line has the column: balances have dates, flows have periods."""
    return (moment in _STOCK_MOMENTS) == (item.kind is ItemKind.STOCK)


@dataclass(kw_only=True)
class NameReader:
    """Reads the names of one printed column in order, so that sections decide ambiguous names.

    Parameters
    ----------
    dictionary : ItemDictionary
        The lines there are.
    statement : StatementKind, optional
        The table that is read, where it is known.

    Examples
    --------
    >>> from guozi_core.statements import sample_dictionary
    >>> reader = NameReader(dictionary=sample_dictionary())
    >>> names = ["应付债券", "其中：优先股", "永续债", "其他权益工具", "永续债"]
    >>> [reader.read(name).item.code for name in names]
    ['BS62', 'BS62S', 'BS62P', 'BS82', 'BS82P']
    """

    dictionary: ItemDictionary
    statement: StatementKind | None = None
    under: str | None = None

    def read(
        self, printed: str, *, statement: StatementKind | None = None, has_figures: bool = True
    ) -> Resolution:
        """Return what the next printed name means."""
        found = self.dictionary.resolve(
            printed, statement or self.statement, self.under, has_figures=has_figures
        )
        if found.item is not None:
            self.under = found.item.code
        elif found.heading is not None:
            self.under = found.heading.section
        return found


def resolve_all(
    dictionary: ItemDictionary, names: Iterable[str], statement: StatementKind | None = None
) -> tuple[Resolution, ...]:
    """Return what the names of one printed column mean, read in order.

    Parameters
    ----------
    dictionary : ItemDictionary
        The lines there are.
    names : iterable of str
        The names in printed order; all are taken to hold figures.
    statement : StatementKind, optional
        The table that is read, where it is known.

    Returns
    -------
    tuple of Resolution
        One for each name.

    Examples
    --------
    >>> from guozi_core.statements import sample_dictionary
    >>> [found.item.code for found in resolve_all(sample_dictionary(), ["应付债券", "永续债"])]
    ['BS62', 'BS62P']
    """
    reader = NameReader(dictionary=dictionary, statement=statement)
    return tuple(reader.read(name) for name in names)
