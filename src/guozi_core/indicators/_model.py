"""What an indicator rulebook holds: quantities, indicators, and what happens where none exists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from guozi_core.findings import Wording
    from guozi_core.formula import Expression
    from guozi_core.rulebook import Header, Source
    from guozi_core.statements import ItemDictionary

#: The unit of indicators that are amounts; they are given in 元 and shown in the reader's unit.
MONEY = "money"

#: Parameter that every rulebook has: 1 for consolidated accounts, else 0.
CONSOLIDATED = "合并口径"

#: Operands a case may name beside items and terms.
OPERANDS = {
    "numerator": "分子",
    "denominator": "分母",
    "this_year": "本年",
    "last_year": "上年",
}
_MORE_ENGLISH = {
    CONSOLIDATED: "consolidated accounts",
    "数值": "value",
    **{chinese: code.replace("_", " ") for code, chinese in OPERANDS.items()},
}


class Direction(Enum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Role(Enum):
    """The place of an indicator in its system."""

    BASIC = "basic"
    CORRECTION = "correction"
    SUPPLEMENTARY = "supplementary"
    REFERENCE = "reference"


class Outcome(Enum):
    """What a case leads to."""

    COMPUTED = "computed"
    NOT_COMPUTABLE = "not_computable"


class Treatment(NamedTuple):
    """How a scoring method takes a case instead of comparing the value with standards.

    Attributes
    ----------
    kind : str
        ``full`` or ``zero`` score, a ``grade``, a ``correction`` coefficient, or ``review`` (a
        reviewer decides).
    grade : str
        The grade, for example 平均; empty otherwise.
    coefficient : Decimal or None
        The 单项修正系数; None otherwise.
    """

    kind: Literal["full", "zero", "grade", "correction", "review"]
    grade: str = ""
    coefficient: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number that depends on the enterprise or on the city's choice.

    Parameters
    ----------
    name, english, identifier : str
        Its names; formulas use ``name``.
    default : Decimal
        The value where nobody says another.
    choices : mapping of str to Decimal
        Words for the usual values.
    source : Source
        Where the values come from.
    """

    name: str
    english: str
    identifier: str
    default: Decimal
    choices: Mapping[str, Decimal]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A quantity that several formulas share.

    Parameters
    ----------
    name, english, identifier : str
        Its names; formulas use ``name``.
    formula : Expression
        How it is computed.
    source : Source
        Where the formula comes from.
    note : Wording
        What a reader should know; None where there is nothing to say.
    """

    name: str
    english: str
    identifier: str
    formula: Expression
    source: Source
    note: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A situation in which the formula has no meaning, or not its usual one.

    Parameters
    ----------
    id : str
        Stable identifier.
    when : Expression
        The condition, over operands, items and terms.
    outcome : Outcome
        Whether there is a value.
    formula : Expression
        The formula instead of the indicator's own; None to keep that.
    reason : Wording
        What people read.
    treatment : Treatment
        How scoring takes it; None for the usual way.
    source : Source
        Where the rule comes from.
    """

    id: str
    when: Expression
    outcome: Outcome
    formula: Expression | None
    reason: Wording
    treatment: Treatment | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibre:
    """口径: one of the ways to compute an indicator.

    Parameters
    ----------
    id : str
        Stable identifier, ``standard`` where there is only one way.
    title : Wording
        What it counts.
    formula : Expression
        The formula.
    operands : mapping of str to Expression
        分子 and 分母, or 本年 and 上年; empty for amounts.
    stands_in : bool
        Whether it may replace the first calibre where that one lacks figures.
    """

    id: str
    title: Wording
    formula: Expression
    operands: Mapping[str, Expression]
    stands_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator of a rulebook.

    Parameters
    ----------
    name, english, identifier : str
        Its names.
    aliases : tuple of str
        Other printed names.
    part : str
        The part of the system it belongs to, for example 盈利能力状况.
    role : Role
        Basic, correction, supplementary or reference.
    lists : tuple of str
        Other lists it belongs to, for example 一利五率.
    unit : str
        ``%``, 倍, 次, 元, 万元/人 or ``money``.
    direction : Direction
        Which way is better.
    calibres : tuple of Calibre
        The first is the usual one.
    cases : tuple of Case
        In the order in which they are tried.
    source : Source
        Where the definition comes from.
    note : Wording
        What a reader should know; None where there is nothing to say.
    """

    name: str
    english: str
    identifier: str
    aliases: tuple[str, ...]
    part: str
    role: Role
    lists: tuple[str, ...]
    unit: str
    direction: Direction
    calibres: tuple[Calibre, ...]
    cases: tuple[Case, ...]
    source: Source
    note: Wording | None = None

    def calibre(self, identifier: str) -> Calibre:
        """Return a calibre.

        Raises
        ------
        UnknownCalibreError
            If the indicator has no such calibre.
        """
        for calibre in self.calibres:
            if calibre.id == identifier:
                return calibre
        raise UnknownCalibreError(self.name, identifier)


class UnknownCalibreError(KeyError):
    """An indicator has no calibre of this identifier."""

    def __init__(self, indicator: str, calibre: str) -> None:
        self.indicator = indicator
        self.calibre = calibre
        super().__init__(f"{indicator} has no calibre {calibre}")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRulebook:
    """Indicators with everything their formulas name.

    Parameters
    ----------
    header : Header
        Identity, dates and sources.
    dictionary : ItemDictionary
        The statement items.
    parameters : mapping of str to Parameter
        By name.
    terms : mapping of str to Term
        By name, each after the terms it uses.
    indicators : tuple of Indicator
        In the order of the text.
    """

    header: Header
    dictionary: ItemDictionary
    parameters: Mapping[str, Parameter]
    terms: Mapping[str, Term]
    indicators: tuple[Indicator, ...]

    def english_of(self, name: str) -> str:
        """Return the English of a name that formulas use; an unknown one is returned as it is."""
        named = (
            self.dictionary.by_name.get(name)
            or self.terms.get(name)
            or self.parameters.get(name)
            or self.indicator(name)
        )
        return named.english if named is not None else _MORE_ENGLISH.get(name, name)

    def indicator(self, name: str) -> Indicator | None:
        """Return the indicator of a name, identifier or alias; None if there is none."""
        for indicator in self.indicators:
            if name in {indicator.name, indicator.identifier, *indicator.aliases}:
                return indicator
        return None
