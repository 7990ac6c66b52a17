"""An indicator rulebook as text, read and checked: every name is known, every moment fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.formula import Expression, FormulaError, Reference, check_names, parse
from guozi_core.indicators._model import (
    CONSOLIDATED,
    OPERANDS,
    Calibre,
    Case,
    Direction,
    Indicator,
    IndicatorRulebook,
    Outcome,
    Parameter,
    Role,
    Term,
    Treatment,
)
from guozi_core.rulebook import RulebookError, Section, Source, parse_yaml, read_header
from guozi_core.statements import FLOW_WORDS, STOCK_WORDS, ItemKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from guozi_core.rulebook import Header
    from guozi_core.statements import ItemDictionary

_TOP = {
    "rulebook", "family", "version", "title", "valid_from", "valid_to", "sources", "notes",
    "items", "parameters", "terms", "cases", "indicators",
}  # fmt: skip
_SOURCE = {"document", "clause", "mark"}
_PARAMETER = {"name", "en", "id", "default", "choices"} | _SOURCE
_TERM = {"name", "en", "id", "formula", "note"} | _SOURCE
_CASE = {"when", "outcome", "formula", "reason", "treat_as"} | _SOURCE
_CALIBRE = {"id", "title", "formula", "stands_in", *OPERANDS}
_INDICATOR = {
    "name", "en", "id", "aliases", "part", "role", "lists", "unit", "direction", "cases",
    "calibres", "note", "formula", *OPERANDS,
} | _SOURCE  # fmt: skip
_Choice = TypeVar("_Choice", Direction, Outcome, Role)
_ONLY = Wording(zh="唯一口径", en="only calibre")


def read_rulebook(text: str, dictionary: ItemDictionary) -> IndicatorRulebook:
    """Return the indicator rulebook written as YAML ``text``.

    Parameters
    ----------
    text : str
        The text of ``data/rulebooks/indicators/<id>.yaml``.
    dictionary : ItemDictionary
        The items its formulas name.

    Returns
    -------
    IndicatorRulebook
        Checked: every name of every formula is an item, a term before it, or a parameter, and a
        balance is never asked as a flow.

    Raises
    ------
    RulebookError
        If something is missing, unknown, repeated or asked at a moment it does not have; the
        findings name the lines.

    References
    ----------
    .. [1] 国资发评价〔2006〕157号, annex on the indicators.
    """
    tree = parse_yaml(text)
    tree.refuse_unknown(_TOP)
    return _Reader(read_header(tree), dictionary).read(tree)


class _Reader:
    """Reads one rulebook; knows the names defined so far."""

    def __init__(self, header: Header, dictionary: ItemDictionary) -> None:
        self.header = header
        self.dictionary = dictionary
        self.parameters: dict[str, Parameter] = {}
        self.terms: dict[str, Term] = {}

    def read(self, tree: Section) -> IndicatorRulebook:
        for entry in tree.sections("parameters"):
            parameter = self._parameter(entry)
            self.parameters[parameter.name] = parameter
        for entry in tree.sections("terms"):
            term = self._term(entry)
            self.terms[term.name] = term
        cases = tree.section_or_empty("cases")
        known = {name: self._case(name, cases.section(name)) for name in cases}
        indicators = tuple(self._indicator(entry, known) for entry in tree.sections("indicators"))
        names = [indicator.name for indicator in indicators]
        for indicator, entry in zip(indicators, tree.sections("indicators"), strict=True):
            if names.count(indicator.name) > 1:
                raise _fault(entry, "指标重复", "the indicator occurs twice", indicator.name)
        return IndicatorRulebook(
            header=self.header,
            dictionary=self.dictionary,
            parameters=self.parameters,
            terms=self.terms,
            indicators=indicators,
        )

    def _new_name(self, entry: Section) -> str:
        """Return the name of an entry, which nothing else may have."""
        name = entry.text("name")
        taken = {*self.dictionary.by_name, *self.parameters, *self.terms, *OPERANDS.values()}
        if name in taken or name == CONSOLIDATED:
            raise _fault(entry, "名称已被使用", "the name is taken", name)
        return name

    def _parameter(self, entry: Section) -> Parameter:
        entry.refuse_unknown(_PARAMETER)
        choices = entry.section_or_empty("choices")
        return Parameter(
            name=self._new_name(entry),
            english=entry.text("en"),
            identifier=entry.text("id"),
            default=entry.number("default"),
            choices={word: choices.number(word) for word in choices},
            source=self._source(entry),
        )

    def _term(self, entry: Section) -> Term:
        entry.refuse_unknown(_TERM)
        return Term(
            name=self._new_name(entry),
            english=entry.text("en"),
            identifier=entry.text("id"),
            formula=self._formula(entry, "formula"),
            source=self._source(entry),
            note=entry.wording("note") if "note" in entry else None,
        )

    def _case(self, identifier: str, entry: Section) -> Case:
        entry.refuse_unknown(_CASE)
        operands = tuple(OPERANDS.values())
        return Case(
            id=identifier,
            when=self._formula(entry, "when", operands),
            outcome=_choice(Outcome, entry, "outcome"),
            formula=self._formula(entry, "formula", operands) if "formula" in entry else None,
            reason=entry.wording("reason"),
            treatment=_treatment(entry.section("treat_as")) if "treat_as" in entry else None,
            source=self._source(entry),
        )

    def _indicator(self, entry: Section, cases: Mapping[str, Case]) -> Indicator:
        entry.refuse_unknown(_INDICATOR)
        listed = entry.sections("calibres")
        calibres = tuple(self._calibre(section) for section in listed or (entry,))
        for name in entry.texts("cases"):
            if name not in cases:
                raise _fault(entry, "没有这个情形", "there is no such case", name)
        indicator = Indicator(
            name=entry.text("name"),
            english=entry.text("en"),
            identifier=entry.text("id"),
            aliases=entry.texts("aliases"),
            part=entry.text("part"),
            role=_choice(Role, entry, "role"),
            lists=entry.texts("lists"),
            unit=entry.text("unit"),
            direction=_choice(Direction, entry, "direction"),
            calibres=calibres,
            cases=tuple(cases[name] for name in entry.texts("cases")),
            source=self._source(entry),
            note=entry.wording("note") if "note" in entry else None,
        )
        self._check_operands(entry, indicator)
        return indicator

    def _calibre(self, entry: Section) -> Calibre:
        alone = "title" not in entry
        if not alone:
            entry.refuse_unknown(_CALIBRE)
        return Calibre(
            id="standard" if alone else entry.text("id"),
            title=_ONLY if alone else entry.wording("title"),
            formula=self._formula(entry, "formula"),
            operands={
                name: self._formula(entry, key) for key, name in OPERANDS.items() if key in entry
            },
            stands_in=entry.flag("stands_in", default=False),
        )

    def _check_operands(self, entry: Section, indicator: Indicator) -> None:
        """Refuse a case that names an operand which a calibre does not declare."""
        for case in indicator.cases:
            used = {reference.name for reference in case.when.references}
            for calibre in indicator.calibres:
                lacking = used & set(OPERANDS.values()) - set(calibre.operands)
                if lacking:
                    raise _fault(
                        entry,
                        f"情形“{case.id}”用到未定义的{'、'.join(sorted(lacking))}",
                        f"case {case.id} uses operands the calibre does not define",
                        calibre.id,
                    )

    def _formula(self, entry: Section, key: str, more: Collection[str] = ()) -> Expression:
        """Return the formula of a key, with every name known and every moment possible."""
        text = entry.text(key)
        known = {*self.dictionary.by_name, *self.parameters, *self.terms, CONSOLIDATED, *more}
        try:
            expression = parse(text)
            check_names(expression, known)
        except FormulaError as error:
            raise _fault(entry, error.located.zh, error.located.en, text) from error
        for reference in expression.references:
            unfit = self.unfit(reference)
            if unfit is not None:
                raise _fault(
                    entry,
                    f"“{unfit.name}”没有“{unfit.at}”",
                    f"{unfit.name} cannot be asked with {unfit.at}",
                    text,
                )
        return expression

    def unfit(self, reference: Reference) -> Reference | None:
        """Return the figure behind ``reference`` that does not have the moment, if there is one."""
        item = self.dictionary.by_name.get(reference.name)
        if item is not None:
            words = STOCK_WORDS if item.kind is ItemKind.STOCK else FLOW_WORDS
            return None if reference.at in words else reference
        term = self.terms.get(reference.name)
        if term is None or not reference.at:
            return None
        for inner in term.formula.references:
            if inner.at:
                # Shifting a figure that has its own moment would have no plain meaning.
                return Reference(inner.name, f"{reference.at}({inner.at})")
            unfit = self.unfit(Reference(inner.name, reference.at))
            if unfit is not None:
                return unfit
        return None

    def _source(self, entry: Section) -> Source:
        """Return the source of an entry: its own document, else the first of the rulebook."""
        main = self.header.sources[0]
        named = entry.text_or("document", main.document)
        listed = next((s for s in self.header.sources if s.document == named), None)
        if listed is None:
            raise _fault(entry, "来源不在规则集的来源表中", "the document is not a source", named)
        mark = entry.text("mark")
        if mark == "K":
            # A convention of the project has no clause behind it.
            return Source(document="", number="", clause="", mark=mark)
        return replace(listed, clause=entry.text_or("clause", listed.clause), mark=mark)


def _treatment(entry: Section) -> Treatment:
    entry.refuse_unknown({"score", "grade", "correction", "review"})
    if "correction" in entry:
        return Treatment("correction", coefficient=entry.number("correction"))
    if "grade" in entry:
        return Treatment("grade", grade=entry.text("grade"))
    if "score" in entry:
        full = entry.text("score")
        if full not in {"full", "zero"}:
            raise _fault(entry, "score 应为 full 或 zero", "score must be full or zero", full)
        return Treatment("full" if full == "full" else "zero")
    return Treatment("review")


def _choice(kind: type[_Choice], entry: Section, key: str) -> _Choice:
    text = entry.text(key)
    try:
        return kind(text)
    except ValueError as error:
        words = ", ".join(str(member.value) for member in kind)
        raise _fault(
            entry, f"“{key}”应为 {words}", f"{key} must be one of {words}", text
        ) from error


def _fault(entry: Section, zh: str, en: str, got: str) -> RulebookError:
    finding = Finding(
        code="RBK-INDICATORS",
        severity=Severity.BLOCK,
        message=Wording(zh=zh, en=en),
        locator=Locator(row=f"第{entry.line}行"),
        got=got,
    )
    return RulebookError((finding,))
