"""From the few lines of a check to its single assertions.

A rulebook says ``sums: [BS14, BS37]`` or ``each: {statement: BS}`` once; here that becomes one
assertion a total or a line, each with its own identifier, so that a result always says which line
it is about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from guozi_core.checks._model import Assertion, Form, Reading, Relation, Share, Tolerance
from guozi_core.checks._names import fault
from guozi_core.findings import Severity, Wording
from guozi_core.rulebook import Section
from guozi_core.statements import Item, ItemKind, ItemUnit, Moment, Scope, StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guozi_core.checks._names import Names
    from guozi_core.formula import Expression
    from guozi_core.statements import ItemDictionary

#: Stands for the line in the templates of ``each`` and ``share``.
PLACEHOLDER = "项目"

_CHECK_ONLY = {"id", "title", "fix", "document", "clause", "mark", "examples", "parts"}
_PART = {
    "key", "title", "sums", "within", "except", "each", "share", "compare", "from", "to", "left",
    "relation", "right", "level", "forms", "scopes", "tolerance", "blanks", "requires", "without",
    "moments", "own", "when", "readings", "needs", "plain",
}  # fmt: skip
_EACH = {"statement", "unit", "codes", "may_be_negative", "except"}
_READING = {"key", "title", "right", "when", "follows"}


class _Draft(NamedTuple):
    """One assertion before its columns are multiplied out."""

    key: str
    item: str
    left: str
    relation: str
    right: str
    title: Wording
    total: str = ""
    part_of: str = ""
    share: Share | None = None


@dataclass(frozen=True, kw_only=True)
class Expander:
    """Expands the parts of checks.

    Parameters
    ----------
    dictionary : ItemDictionary
        The lines there are.
    names : Names
        What formulas may name.
    tolerances, tables : mapping
        By identifier.
    """

    dictionary: ItemDictionary
    names: Names
    tolerances: Mapping[str, Tolerance]
    tables: Mapping[str, Wording]

    def assertions(self, check: Section) -> tuple[Assertion, ...]:
        """Return every assertion of a check."""
        check.refuse_unknown(_CHECK_ONLY | _PART)
        shared = {key: value for key, value in check.items() if key in _PART and key != "title"}
        found: list[Assertion] = []
        for part in check.sections("parts") or (Section({}, check.line),):
            part.refuse_unknown(_PART)
            entry = Section(shared | dict(part), part.line)
            for draft in self._drafts(entry, check.wording("title")):
                found.extend(self._columns(entry, draft, check.text("id")))
        names = [assertion.id for assertion in found]
        repeated = next((name for name in names if names.count(name) > 1), None)
        if repeated is not None:
            raise fault(check, "部分的编号重复", "a part has its identifier twice", repeated)
        return tuple(found)

    def _drafts(self, entry: Section, title: Wording) -> Iterator[_Draft]:
        if "share" in entry:
            yield self._share(entry, title)
        elif "sums" in entry:
            codes = entry.texts("sums")
            for code in codes:
                yield self._sum(entry, code, title if len(codes) == 1 else None)
        elif "within" in entry:
            yield from self._parts_within(entry)
        elif "each" in entry:
            for item in self._chosen(entry.section("each")):
                named = Wording(zh=f"{item.name}：{title.zh}", en=f"{item.english}: {title.en}")
                yield _Draft(
                    item.code,
                    item.code,
                    _filled(entry.text("left"), item),
                    entry.text("relation"),
                    _filled(entry.text("right"), item),
                    named,
                )
        else:
            left = entry.text("left")
            line = self.dictionary.by_name.get(left.strip("「」"))
            yield _Draft(
                entry.text_or("key", ""),
                line.code if line is not None else "",
                left,
                entry.text("relation"),
                entry.text("right"),
                entry.wording("title") if "title" in entry else title,
            )

    def _sum(self, entry: Section, code: str, title: Wording | None) -> _Draft:
        total = self.dictionary.by_code.get(code)
        addends = self.dictionary.addends.get(code, ())
        if total is None or not addends:
            raise fault(entry, "不是合计项目", "is no total", code)
        right = " ".join(("- " if item.sign < 0 else "+ ") + _quoted(item.name) for item in addends)
        named = Wording(
            zh=f"{total.name}等于所属项目之和", en=f"{total.english} is the sum of its lines"
        )
        return _Draft(
            code,
            code,
            _quoted(total.name),
            "=",
            right.removeprefix("+ "),
            title or named,
            total=code,
        )

    def _parts_within(self, entry: Section) -> Iterator[_Draft]:
        left_out = entry.texts("except")
        for item in self.dictionary.items:
            parent = self.dictionary.by_code.get(item.parent or "")
            if (
                parent is None
                or not item.of_which
                or item.sign < 0
                or item.code in left_out
                or item.may_be_negative
                or parent.may_be_negative
                or parent.kind is not item.kind
            ):
                continue
            yield _Draft(
                item.code,
                item.code,
                _quoted(item.name),
                "≤",
                _quoted(parent.name),
                Wording(
                    zh=f"其中项“{item.name}”不大于“{parent.name}”",
                    en=f"{item.english} is not more than {parent.english}",
                ),
                part_of=parent.code,
            )

    def _share(self, entry: Section, title: Wording) -> _Draft:
        share = entry.section("share")
        share.refuse_unknown({"of", "least", "limit"})
        items = self._chosen(share.section("of"))
        compare, low, high = entry.text("compare"), entry.text("from"), entry.text("to")
        template = (
            f"绝对值({PLACEHOLDER}) > 绝对值({compare}) × {low} "
            f"且 绝对值({PLACEHOLDER}) < 绝对值({compare}) × {high} "
            f"或 绝对值({compare}) > 绝对值({PLACEHOLDER}) × {low} "
            f"且 绝对值({compare}) < 绝对值({PLACEHOLDER}) × {high}"
        )
        return _Draft(
            entry.text("key"),
            "",
            "0",
            "≤",
            "0",
            title,
            share=Share(
                items=items,
                conditions=tuple(
                    self.names.formula(entry, _filled(template, item)) for item in items
                ),
                least=share.integer("least"),
                limit=share.text("limit"),
            ),
        )

    def _chosen(self, each: Section) -> tuple[Item, ...]:
        """Return the lines an ``each`` chooses."""
        each.refuse_unknown(_EACH)
        codes, left_out = each.texts("codes"), each.texts("except")
        for code in (*codes, *left_out):
            if code not in self.dictionary.by_code:
                raise fault(each, "没有这个项目", "there is no such line", code)
        if codes:
            return tuple(self.dictionary.by_code[code] for code in codes)
        statement = StatementKind.parse(each.text("statement"))
        return tuple(
            item
            for item in self.dictionary.items
            if item.statement is statement
            and item.code not in left_out
            and ("unit" not in each or item.unit is ItemUnit(each.text("unit")))
            and (
                "may_be_negative" not in each
                or item.may_be_negative is each.flag("may_be_negative", default=False)
            )
        )

    def _columns(self, entry: Section, draft: _Draft, check: str) -> Iterator[Assertion]:
        identifier = f"{check}.{draft.key}" if draft.key else check
        plain = self._assertion(entry, draft, identifier)
        yield plain
        for word in entry.texts("moments"):
            yield replace(plain, id=f"{identifier}@{word}", column=Moment(word), own=True)

    def _assertion(self, entry: Section, draft: _Draft, identifier: str) -> Assertion:
        if draft.relation not in {"=", "≤", "≥"}:
            raise fault(
                entry, "关系应为 =、≤ 或 ≥", "the relation must be =, ≤ or ≥", draft.relation
            )
        tables = entry.texts("needs")
        for table in tables:
            if table not in self.tables:
                raise fault(entry, "没有这张表", "there is no such table", table)
        return Assertion(
            id=identifier,
            item=draft.item,
            title=draft.title,
            left=self.names.formula(entry, draft.left),
            right=self.names.formula(entry, draft.right),
            relation=cast("Relation", draft.relation),
            level=self._level(entry),
            forms=frozenset(Form(form) for form in entry.texts("forms")) or frozenset(Form),
            scopes=frozenset(Scope.parse(s) for s in entry.texts("scopes")) or frozenset(Scope),
            tolerance=self._tolerance(entry),
            blanks_absent=bool(draft.total) or entry.text_or("blanks", "needed") == "absent",
            requires=tuple(self._name(entry, name) for name in entry.texts("requires")),
            without=tuple(self._name(entry, name) for name in entry.texts("without")),
            column=None,
            own=entry.flag("own", default=False),
            when=self.names.formula(entry, entry.text("when")) if "when" in entry else None,
            readings=tuple(self._reading(reading) for reading in entry.sections("readings")),
            total=draft.total,
            part_of=draft.part_of,
            tables=tables,
            plain=entry.flag("plain", default=False),
            share=draft.share,
        )

    def _reading(self, entry: Section) -> Reading:
        entry.refuse_unknown(_READING)
        return Reading(
            key=entry.text("key"),
            title=entry.wording("title"),
            right=self.names.formula(entry, entry.text("right")),
            when=self.names.formula(entry, entry.text("when")) if "when" in entry else None,
            follows=entry.text_or("follows", ""),
        )

    def _level(self, entry: Section) -> Mapping[Form, Severity]:
        said: Any = entry.get("level")
        if isinstance(said, Section):
            return {form: Severity(said.text(form.value)) for form in Form}
        try:
            severity = Severity(entry.text("level"))
        except ValueError as error:
            raise fault(entry, "没有这个级别", "there is no such level", str(said)) from error
        return dict.fromkeys(Form, severity)

    def _tolerance(self, entry: Section) -> Tolerance | None:
        if "tolerance" not in entry:
            return None
        name = entry.text("tolerance")
        if name not in self.tolerances:
            raise fault(entry, "没有这个容差", "there is no such tolerance", name)
        return self.tolerances[name]

    def _name(self, entry: Section, name: str) -> Expression:
        return self.names.formula(entry, _quoted(name))


def _quoted(name: str) -> str:
    """Return a name as formulas hold it, whatever punctuation is in it."""
    return f"「{name}」"


def _filled(template: str, item: Item) -> str:
    """Return a template with the line in the place of 项目, also inside a view's name."""
    inside = template.replace(f"·{PLACEHOLDER}」", f"·{item.name}」")
    return inside.replace(PLACEHOLDER, _quoted(item.name))


def natural_moment(item: Item) -> Moment:
    """Return the column a line has of its own."""
    return Moment.CLOSING if item.kind is ItemKind.STOCK else Moment.CURRENT
