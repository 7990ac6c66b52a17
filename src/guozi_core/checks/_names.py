"""The names a formula of a check may use, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guozi_core.checks._model import SEEN_AS, Input, Parameter, Term
from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.formula import Expression, FormulaError, Reference, check_names, parse
from guozi_core.rulebook import RulebookError
from guozi_core.statements import FLOW_WORDS, STOCK_WORDS, Item, ItemKind

if TYPE_CHECKING:
    from guozi_core.rulebook import Section
    from guozi_core.statements import ItemDictionary


def fault(entry: Section, zh: str, en: str, got: str) -> RulebookError:
    """Return the error for one fault of a rulebook of checks."""
    finding = Finding(
        code="RBK-CHECKS",
        severity=Severity.BLOCK,
        message=Wording(zh=zh, en=en),
        locator=Locator(row=f"第{entry.line}行"),
        got=got,
    )
    return RulebookError((finding,))


@dataclass(kw_only=True)
class Names:
    """Names defined so far while a rulebook is read."""

    dictionary: ItemDictionary
    parameters: dict[str, Parameter] = field(default_factory=dict)
    views: dict[str, Wording] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)

    def new(self, entry: Section) -> str:
        """Return the name of an entry, which nothing else may have."""
        name = entry.text("name")
        if name in self.known():
            raise fault(entry, "名称已被使用", "the name is taken", name)
        return name

    def known(self) -> set[str]:
        """Return every plain name a formula may use."""
        return {*self.dictionary.by_name, *self.parameters, *self.inputs, *self.terms}

    def seen_item(self, name: str) -> Item | None:
        """Return the line of ``快报·资产总计``, None where the name is no such view."""
        view, mark, line = name.partition(SEEN_AS)
        if not mark:
            return None
        shown = view in self.views or (view in self.inputs and self.inputs[view].per_item)
        return self.dictionary.by_name.get(line) if shown else None

    def formula(self, entry: Section, text: str) -> Expression:
        """Return a formula whose every name is known and whose every moment is possible."""
        try:
            expression = parse(text)
            plain = {r.name for r in expression.references if self.seen_item(r.name) is None}
            check_names(expression, self.known() | (expression_names(expression) - plain))
        except FormulaError as error:
            raise fault(entry, error.located.zh, error.located.en, text) from error
        for reference in expression.references:
            if not self._possible(reference):
                raise fault(
                    entry,
                    f"“{reference.name}”没有“{reference.at}”",
                    f"{reference.name} cannot be asked with {reference.at}",
                    text,
                )
        return expression

    def _possible(self, reference: Reference) -> bool:
        item = self.dictionary.by_name.get(reference.name)
        if item is not None:
            words = STOCK_WORDS if item.kind is ItemKind.STOCK else FLOW_WORDS
            return reference.at in words
        term = self.terms.get(reference.name)
        if term is not None:
            return all(
                self._possible(Reference(inner.name, reference.at))
                for choice in term.choices
                for inner in choice.references
            )
        return not reference.at


def expression_names(expression: Expression) -> set[str]:
    """Return the names an expression uses."""
    return {reference.name for reference in expression.references}
