"""The evaluation rulebook as typed values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from guozi_core import formula
from guozi_core.findings import Wording
from guozi_core.rulebook import Header, Section, Source, parse_yaml, read_header, read_source
from guozi_core.scoring._standard import Level

if TYPE_CHECKING:
    from collections.abc import Mapping


class WeightsError(ValueError):
    """The weights of the rulebook do not add up; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedIndicator:
    """An indicator of the rulebook with its weight (points)."""

    name: str
    english: str
    weight: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the parts (盈利能力状况 …): its basic indicators and those that correct them."""

    name: str
    english: str
    weight: Decimal
    basic: tuple[WeightedIndicator, ...]
    #: Empty where the rulebook corrects nothing: the basic score stands.
    corrections: tuple[WeightedIndicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialCase:
    """A case in which the ordinary formula does not hold; exactly one outcome is given."""

    id: str
    indicator: str
    when: formula.Expression
    reason: Wording
    mark: str
    explain: bool
    coefficient: Decimal | None
    level: Level | None
    correction: Decimal | None
    value: formula.Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentScale:
    """A bonus or deduction item: its highest points, and ``rule``, the words of the text on it."""

    name: str
    english: str
    highest: Decimal
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustments:
    """Scales of bonus and deduction items."""

    highest_bonus: Decimal
    damped_from: Decimal
    damping_factor: Decimal
    bonus: tuple[AdjustmentScale, ...]
    deduction: tuple[AdjustmentScale, ...]

    def find(self, kind: Literal["bonus", "deduction"], name: str) -> AdjustmentScale | None:
        """Return the item of a kind by its name; ``None`` if the rulebook has no such item."""
        items = self.bonus if kind == "bonus" else self.deduction
        return next((item for item in items if item.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRulebook:
    """Everything an evaluation needs to know of the law."""

    header: Header
    coefficients: Mapping[Level, Decimal]
    correction_base: Decimal
    correction_base_at_excellent: Decimal
    correction_lowest: Decimal
    correction_highest: Decimal
    cap_part_at_weight: bool
    financial_share: Decimal
    management_share: Decimal
    highest: Decimal
    lowest: Decimal
    parts: tuple[Part, ...]
    growth: frozenset[str]
    special: tuple[SpecialCase, ...]
    management: tuple[WeightedIndicator, ...]
    least_experts: int
    adjustments: Adjustments
    grade_decimals: int
    grades: tuple[tuple[str, Decimal], ...]
    sources: Mapping[str, Source]

    @property
    def indicators(self) -> tuple[WeightedIndicator, ...]:
        """All quantitative indicators, basic ones of a part before its corrections."""
        return tuple(
            indicator for part in self.parts for indicator in (*part.basic, *part.corrections)
        )

    def cases_of(self, indicator: str) -> tuple[SpecialCase, ...]:
        """Return the special cases of an indicator, in the order they are tried."""
        return tuple(case for case in self.special if case.indicator == indicator)


def read_rulebook(text: str) -> EvaluationRulebook:
    """Return the evaluation rulebook written as YAML ``text``.

    Parameters
    ----------
    text : str
        A rulebook of the family ``evaluation``.

    Returns
    -------
    EvaluationRulebook
        Typed, with weights checked.

    Raises
    ------
    RulebookError
        If a part is missing or of another type.
    WeightsError
        If weights do not add up to the part, or parts not to 100.
    """
    tree = parse_yaml(text)
    correction, combination = tree.section("correction"), tree.section("combination")
    coefficients = tree.section("coefficients")
    management = tree.section("management")
    grades = tree.section("grades")
    book = EvaluationRulebook(
        header=read_header(tree),
        coefficients={level: coefficients.number(level.value) for level in Level},
        correction_base=correction.number("base"),
        correction_base_at_excellent=correction.number("base_at_excellent"),
        correction_lowest=correction.number("lowest"),
        correction_highest=correction.number("highest"),
        cap_part_at_weight=correction.flag("cap_part_at_weight", default=False),
        financial_share=combination.number("financial"),
        management_share=combination.number("management"),
        highest=combination.number("highest"),
        lowest=combination.number("lowest"),
        parts=tuple(_part(section) for section in tree.sections("parts")),
        growth=frozenset(tree.texts("growth")),
        special=tuple(_case(section) for section in tree.sections("special")),
        management=tuple(_indicator(section) for section in management.sections("indicators")),
        least_experts=management.integer("least_experts"),
        adjustments=_adjustments(tree),
        grade_decimals=grades.integer("decimals"),
        grades=tuple(
            (entry.text("grade"), entry.number("from")) for entry in grades.sections("entries")
        ),
        sources={
            "coefficients": read_source(coefficients.section("source")),
            "correction": read_source(correction.section("source")),
            "combination": read_source(combination.section("source")),
            "parts": read_source(tree.section("parts_source")),
            "special": read_source(tree.section("special_source")),
            "management": read_source(management.section("source")),
            "bonus": read_source(tree.section("bonus").section("source")),
            "deductions": read_source(tree.section("deductions").section("source")),
            "grades": read_source(grades.section("source")),
        },
    )
    _check_weights(book)
    return book


def _indicator(section: Section) -> WeightedIndicator:
    return WeightedIndicator(
        name=section.text("name"),
        english=section.text("en"),
        weight=section.number("weight"),
        unit=section.text_or("unit", ""),
    )


def _part(section: Section) -> Part:
    return Part(
        name=section.text("name"),
        english=section.text("en"),
        weight=section.number("weight"),
        basic=tuple(_indicator(entry) for entry in section.sections("basic")),
        corrections=tuple(_indicator(entry) for entry in section.sections("corrections")),
    )


def _case(section: Section) -> SpecialCase:
    level = section.get("grade")
    value = section.get("value")
    return SpecialCase(
        id=section.text("id"),
        indicator=section.text("indicator"),
        when=formula.parse(section.text("when")),
        reason=Wording(zh=section.text("zh"), en=section.text("en")),
        mark=section.text("mark"),
        explain=section.flag("explain", default=False),
        coefficient=section.number_or_none("coefficient"),
        level=None if level is None else Level(section.text("grade")),
        correction=section.number_or_none("correction"),
        value=None if value is None else formula.parse(section.text("value")),
    )


def _adjustments(tree: Section) -> Adjustments:
    bonus, deductions = tree.section("bonus"), tree.section("deductions")
    return Adjustments(
        highest_bonus=bonus.number("highest"),
        damped_from=bonus.number("damped_from"),
        damping_factor=bonus.number("factor"),
        bonus=tuple(_scale(item) for item in bonus.sections("items")),
        deduction=tuple(_scale(item) for item in deductions.sections("items")),
    )


def _scale(section: Section) -> AdjustmentScale:
    return AdjustmentScale(
        name=section.text("name"),
        english=section.text("en"),
        highest=section.number("highest"),
        rule=section.text_or("zh", ""),
    )


def _check_weights(book: EvaluationRulebook) -> None:
    sums = {
        "parts": (sum(part.weight for part in book.parts), Decimal(100)),
        "management": (sum(item.weight for item in book.management), Decimal(100)),
        "shares": (book.financial_share + book.management_share, Decimal(1)),
    }
    for part in book.parts:
        sums[f"{part.name} basic"] = (sum(item.weight for item in part.basic), part.weight)
        if part.corrections:
            sums[f"{part.name} corrections"] = (
                sum(item.weight for item in part.corrections),
                part.weight,
            )
    wrong = [f"{name}: {total} ≠ {due}" for name, (total, due) in sums.items() if total != due]
    if wrong:
        raise WeightsError("; ".join(wrong))
