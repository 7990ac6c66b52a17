"""A rulebook of cross-checks as text, read and checked: every name known, every moment possible."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from guozi_core.checks._families import Expander
from guozi_core.checks._model import (
    Check,
    CheckRulebook,
    Example,
    Input,
    Parameter,
    Term,
    Tolerance,
)
from guozi_core.checks._names import Names, fault
from guozi_core.rulebook import Section, Source, parse_yaml, read_header

if TYPE_CHECKING:
    from guozi_core.findings import Wording
    from guozi_core.rulebook import Header
    from guozi_core.statements import ItemDictionary

_TOP = {
    "rulebook", "family", "version", "title", "valid_from", "valid_to", "sources", "notes",
    "items", "tolerances", "parameters", "views", "tables", "inputs", "terms", "combined", "checks",
}  # fmt: skip
_SOURCE = {"document", "clause", "mark"}
_TOLERANCE = {
    "title",
    "least",
    "each",
    "absolute",
    "relative",
    "most_yuan",
    "exact_when_filed",
} | _SOURCE
_PARAMETER = {"name", "en", "id", "default", "unit"} | _SOURCE
_INPUT = {"name", "en", "needs", "unit", "per_item"}
_TERM = {"name", "en", "first_of"} | _SOURCE
_PERIOD = "期间"
_ZERO = Decimal(0)


def read_rulebook(text: str, dictionary: ItemDictionary) -> CheckRulebook:
    """Return the rulebook of cross-checks written as YAML ``text``.

    Parameters
    ----------
    text : str
        The text of ``data/rulebooks/checks/<id>.yaml``.
    dictionary : ItemDictionary
        The lines its formulas name.

    Returns
    -------
    CheckRulebook
        Families expanded to single assertions; every name is a line, a term, a parameter, an input
        or a view of a line.

    Raises
    ------
    RulebookError
        If something is missing, unknown, repeated or asked at a moment it does not have; the
        findings name the lines.
    """
    tree = parse_yaml(text)
    tree.refuse_unknown(_TOP)
    return _Reader(read_header(tree), dictionary).read(tree)


class _Reader:
    def __init__(self, header: Header, dictionary: ItemDictionary) -> None:
        self.header = header
        self.dictionary = dictionary
        self.names = Names(dictionary=dictionary)

    def read(self, tree: Section) -> CheckRulebook:
        listed = tree.section_or_empty("tolerances")
        tolerances = {name: self._tolerance(name, listed.section(name)) for name in listed}
        for entry in tree.sections("parameters"):
            self._parameter(entry)
        self.names.views = _wordings(tree.section_or_empty("views"))
        tables = _wordings(tree.section_or_empty("tables"))
        for entry in tree.sections("inputs"):
            self._input(entry, tables)
        for entry in tree.sections("terms"):
            self._term(entry)
        combined = tree.section_or_empty("combined")
        expander = Expander(
            dictionary=self.dictionary, names=self.names, tolerances=tolerances, tables=tables
        )
        checks: list[Check] = []
        for entry in tree.sections("checks"):
            if any(check.id == entry.text("id") for check in checks):
                raise fault(entry, "编号重复", "the identifier occurs twice", entry.text("id"))
            checks.append(self._check(entry, expander))
        return CheckRulebook(
            header=self.header,
            dictionary=self.dictionary,
            tolerances=tolerances,
            parameters=self.names.parameters,
            views=self.names.views,
            tables=tables,
            inputs=self.names.inputs,
            terms=self.names.terms,
            combined={
                self._code(combined, name): tuple(
                    self._code(combined, part) for part in combined.texts(name)
                )
                for name in combined
            },
            checks=tuple(checks),
        )

    def _code(self, entry: Section, name: str) -> str:
        item = self.dictionary.by_name.get(name)
        if item is None:
            raise fault(entry, "没有这个项目", "there is no such line", name)
        return item.code

    def _tolerance(self, identifier: str, entry: Section) -> Tolerance:
        entry.refuse_unknown(_TOLERANCE)
        return Tolerance(
            id=identifier,
            title=entry.wording("title"),
            least=entry.number_or_none("least") or _ZERO,
            each=entry.number_or_none("each") or _ZERO,
            absolute=entry.number_or_none("absolute"),
            relative=entry.number_or_none("relative") or _ZERO,
            most_yuan=entry.number_or_none("most_yuan"),
            exact_when_filed=entry.flag("exact_when_filed", default=False),
            source=self._source(entry),
        )

    def _parameter(self, entry: Section) -> None:
        entry.refuse_unknown(_PARAMETER)
        name = self.names.new(entry)
        self.names.parameters[name] = Parameter(
            name=name,
            english=entry.text("en"),
            identifier=entry.text("id"),
            default=entry.number("default"),
            unit=entry.text("unit"),
            source=self._source(entry),
        )

    def _input(self, entry: Section, tables: dict[str, Wording]) -> None:
        entry.refuse_unknown(_INPUT)
        if entry.text("needs") not in tables:
            raise fault(entry, "没有这张表", "there is no such table", entry.text("needs"))
        name = self.names.new(entry)
        self.names.inputs[name] = Input(
            name=name,
            english=entry.text("en"),
            table=entry.text("needs"),
            unit=entry.text_or("unit", "money"),
            per_item=entry.flag("per_item", default=False),
        )

    def _term(self, entry: Section) -> None:
        entry.refuse_unknown(_TERM)
        name = self.names.new(entry)
        self.names.terms[name] = Term(
            name=name,
            english=entry.text("en"),
            choices=tuple(self.names.formula(entry, text) for text in entry.texts("first_of")),
            source=self._source(entry),
        )

    def _check(self, entry: Section, expander: Expander) -> Check:
        examples = entry.section_or_empty("examples")
        return Check(
            id=entry.text("id"),
            title=entry.wording("title"),
            assertions=expander.assertions(entry),
            fix=entry.wording("fix"),
            source=self._source(entry),
            examples=tuple(
                _example(examples.section(word), passes=word == "pass") for word in examples
            ),
        )

    def _source(self, entry: Section) -> Source:
        """Return the source of an entry: its own document, else the first of the rulebook."""
        named = entry.text_or("document", self.header.sources[0].document)
        listed = next((s for s in self.header.sources if s.document == named), None)
        if listed is None:
            raise fault(entry, "来源不在规则集的来源表中", "the document is not a source", named)
        mark = entry.text("mark")
        if mark == "K":
            # A convention of the project has no clause behind it.
            return Source(document="", number="", clause="", mark=mark)
        return replace(listed, clause=entry.text_or("clause", listed.clause), mark=mark)


def _wordings(entry: Section) -> dict[str, Wording]:
    return {name: entry.wording(name) for name in entry}


def _example(entry: Section, *, passes: bool) -> Example:
    return Example(
        period=entry.text_or(_PERIOD, "2024"),
        figures={name: entry.number(name) for name in entry if name != _PERIOD},
        passes=passes,
    )
