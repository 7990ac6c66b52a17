"""What a rulebook of cross-checks holds: checks, their assertions, tolerances, other sources."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal

from guozi_core.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from guozi_core.findings import Severity
    from guozi_core.formula import Expression, Reference
    from guozi_core.rulebook import Header, Source
    from guozi_core.statements import Item, ItemDictionary, Moment, Scope

#: How the two sides stand to each other.
Relation = Literal["=", "≤", "≥"]

#: Between the view or the worksheet and the line it shows: 快报·资产总计.
SEEN_AS = "·"


class Form(Enum):
    """Which report is checked: the monthly flash report or the audited final accounts."""

    FLASH = "flash"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """By how much two sides may differ.

    Parameters
    ----------
    id : str
        Stable identifier.
    title : Wording
        The rule in words.
    least, each : Decimal
        Allowed are ``least`` last places, or ``each`` for every addend if that is more.
    absolute : Decimal
        A fixed amount instead, in the unit of the sides; None where places count.
    relative : Decimal
        A share of the right side, allowed where it is more than the places.
    most_yuan : Decimal
        Most that is allowed in a table in 元; None for no such limit.
    exact_when_filed : bool
        Whether nothing is allowed in a form that holds decimals: its totals are sums of what stands
        in the form.
    source : Source
        Where the rule comes from.
    """

    id: str
    title: Wording
    least: Decimal
    each: Decimal
    absolute: Decimal | None
    relative: Decimal
    most_yuan: Decimal | None
    exact_when_filed: bool
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number a city may set, or a fact about a statement (0 unless somebody says otherwise)."""

    name: str
    english: str
    identifier: str
    default: Decimal
    unit: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A figure from another table of the system.

    Parameters
    ----------
    name, english : str
        Its names; formulas use ``name``, or ``name·line`` where ``per_item``.
    table : str
        The table it comes from.
    unit : str
        ``money`` or what it counts.
    per_item : bool
        Whether there is one for every statement line.
    """

    name: str
    english: str
    table: str
    unit: str
    per_item: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The first of several sums that has a figure.

    Parameters
    ----------
    name, english : str
        Its names; formulas use ``name``.
    choices : tuple of Expression
        Sums, best first; a blank in one is a line that is not there.
    source : Source
        Where it comes from.
    """

    name: str
    english: str
    choices: tuple[Expression, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Another lawful way in which the right side is printed.

    Parameters
    ----------
    key : str
        Identifier within the assertion.
    title : Wording
        How such a statement is printed.
    right : Expression
        The right side.
    when : Expression
        Condition under which it is lawful; None for always.
    follows : str
        ``assertion/reading`` that must hold for it to be lawful; empty for none.
    """

    key: str
    title: Wording
    right: Expression
    when: Expression | None
    follows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A check on how many lines meet a condition instead of on two sides.

    Parameters
    ----------
    items : tuple of Item
        The lines counted.
    conditions : tuple of Expression
        One condition a line.
    least : int
        Fewer lines than this say nothing.
    limit : str
        Parameter with the share at which the check fails.
    """

    items: tuple[Item, ...]
    conditions: tuple[Expression, ...]
    least: int
    limit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """One statement of a check: left relation right.

    Parameters
    ----------
    id : str
        The check and the part, for example ``X05.BS14``; with ``@期初`` for that column.
    item : str
        Code of the line a finding points at; empty where the left side is no line.
    title : Wording
        What is asserted, where it says more than the title of the check.
    left, right : Expression
        The sides.
    relation : Relation
        How they must stand to each other.
    level : mapping of Form to Severity
        What a failure is.
    forms, scopes : frozenset
        Where it is judged.
    tolerance : Tolerance
        By how much they may differ; None for exact.
    blanks_absent : bool
        Whether a blank on the right is a line that is not there.
    requires, without : tuple of Expression
        Figures that must be there, and such that must not.
    column : Moment
        The column for which plain names stand; None for the period's own.
    own : bool
        Whether opening and prior columns are never taken from another statement.
    when : Expression
        Condition under which it is judged; None for always.
    readings : tuple of Reading
        Other lawful right sides.
    total : str
        Code of the total, where the right side is the sum of its lines; else empty.
    part_of : str
        Code of the line, where the left side is a part printed under it (其中); else empty.
    tables : tuple of str
        Tables beyond the statements it needs.
    plain : bool
        Whether the sides are no amounts of money.
    share : Share
        For a check on a share of lines; the sides are then unused.
    """

    id: str
    item: str
    title: Wording
    left: Expression
    right: Expression
    relation: Relation
    level: Mapping[Form, Severity]
    forms: frozenset[Form]
    scopes: frozenset[Scope]
    tolerance: Tolerance | None
    blanks_absent: bool
    requires: tuple[Expression, ...]
    without: tuple[Expression, ...]
    column: Moment | None
    own: bool
    when: Expression | None
    readings: tuple[Reading, ...]
    total: str = ""
    part_of: str = ""
    tables: tuple[str, ...] = ()
    plain: bool = False
    share: Share | None = None

    @property
    def label(self) -> Wording:
        """The identifier as people read it: ``X05.BS14@opening`` in English."""
        if self.column is None:
            return Wording(self.id, self.id)
        return Wording(self.id, self.id.replace(self.column.value, self.column.wording.en))

    @property
    def line(self) -> Reference | None:
        """The figure on the left where nothing else stands there, None otherwise."""
        if not self.item:
            return None
        first = self.left.references[0]
        return first if self.left.text.replace("「", "").replace("」", "") == str(first) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Figures for which a check passes or fails: names as in formulas, amounts in 万元."""

    period: str
    figures: Mapping[str, Decimal]
    passes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One cross-check of the rulebook.

    Parameters
    ----------
    id : str
        Stable identifier, X01 to X75; never reused.
    title : Wording
        The rule in words.
    assertions : tuple of Assertion
        What it asserts, expanded to single statements.
    fix : Wording
        What to do when it fails.
    source : Source
        Where it comes from.
    examples : tuple of Example
        A passing and a failing one.
    """

    id: str
    title: Wording
    assertions: tuple[Assertion, ...]
    fix: Wording
    source: Source
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRulebook:
    """Checks with everything their formulas name."""

    header: Header
    dictionary: ItemDictionary
    tolerances: Mapping[str, Tolerance]
    parameters: Mapping[str, Parameter]
    views: Mapping[str, Wording]
    tables: Mapping[str, Wording]
    inputs: Mapping[str, Input]
    terms: Mapping[str, Term]
    combined: Mapping[str, tuple[str, ...]]
    checks: tuple[Check, ...]

    def english_of(self, name: str) -> str:
        """Return the English of a name that formulas use; an unknown one is returned as it is."""
        view, mark, line = name.partition(SEEN_AS)
        if mark and line in self.dictionary.by_name:
            there = self.views[view].en if view in self.views else self.inputs[view].english
            return f"{self.dictionary.by_name[line].english} ({there})"
        named = (
            self.dictionary.by_name.get(name)
            or self.terms.get(name)
            or self.parameters.get(name)
            or self.inputs.get(name)
        )
        return named.english if named is not None else name

    def check(self, identifier: str) -> Check | None:
        """Return the check of an identifier, None if there is none."""
        return next((check for check in self.checks if check.id == identifier), None)
