"""Plans: which rulebooks and which standard values one evaluation of a city uses.

A book of standard values of a later year renames, redefines or drops indicators of an earlier
rulebook. What takes the place of what is a decision somebody must be able to read and change, so
it stands in the plan, each with its reason and provenance mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from guozi_core.findings import Wording
from guozi_core.rulebook import Header, Section, parse_yaml, read_header
from guozi_core.scoring._evaluation import IndicatorInput
from guozi_core.scoring._standard import StandardValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guozi_core.indicators import IndicatorResult


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Levels of another name that an indicator is compared with.

    Parameters
    ----------
    indicator, standard : str
        The indicator of the evaluation rulebook, and the name in the book of standard values.
    factor : Decimal, unit [1]
        Turns the published levels into the indicator's unit.
    calibre : str or None
        The calibre of the indicator that fits those levels; ``None`` keeps the usual one.
    reason : Wording
        Why.
    mark : str
        Provenance mark.
    """

    indicator: str
    standard: str
    factor: Decimal
    calibre: str | None
    reason: Wording
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one run of an evaluation is made of.

    Parameters
    ----------
    header : Header
        Identity, dates and sources.
    evaluation, indicators : str
        Identifiers of the rulebooks.
    edition : int
        Year of the book of standard values.
    stand_ins : mapping of str to StandIn
        By indicator.
    """

    header: Header
    evaluation: str
    indicators: str
    edition: int
    stand_ins: Mapping[str, StandIn]

    @property
    def calibres(self) -> dict[str, str]:
        """The calibres that differ from the usual ones, by indicator."""
        return {
            name: item.calibre for name, item in self.stand_ins.items() if item.calibre is not None
        }

    def standards(self, published: Mapping[str, StandardValue]) -> dict[str, StandardValue]:
        """Return published levels by the names and in the units of the evaluation rulebook.

        Parameters
        ----------
        published : mapping of str to StandardValue
            By the names of the book.

        Returns
        -------
        dict of str to StandardValue
            The same levels, and those that stand in.
        """
        found = dict(published)
        for name, item in self.stand_ins.items():
            found.pop(name, None)
            levels = published.get(item.standard)
            if levels is not None:
                found[name] = StandardValue(
                    values={level: value * item.factor for level, value in levels.values.items()}
                )
        return found


def read_plan(text: str) -> Plan:
    """Return the plan written as YAML ``text``.

    Parameters
    ----------
    text : str
        A rulebook of the family ``plans``.

    Returns
    -------
    Plan
        Typed.

    Raises
    ------
    RulebookError
        If a part is missing or of another type, or a key is unknown.
    """
    tree = parse_yaml(text)
    stand_ins = [_stand_in(section) for section in tree.sections("stand_ins")]
    return Plan(
        header=read_header(tree),
        evaluation=tree.text("evaluation"),
        indicators=tree.text("indicators"),
        edition=tree.section("standards").integer("edition"),
        stand_ins={item.indicator: item for item in stand_ins},
    )


def _stand_in(section: Section) -> StandIn:
    section.refuse_unknown({"indicator", "standard", "factor", "calibre", "mark", "zh", "en"})
    return StandIn(
        indicator=section.text("indicator"),
        standard=section.text("standard"),
        factor=section.number_or_none("factor") or Decimal(1),
        calibre=section.text_or("calibre", "") or None,
        reason=Wording(zh=section.text("zh"), en=section.text("en")),
        mark=section.text("mark"),
    )


def inputs_of(results: Iterable[IndicatorResult]) -> dict[str, IndicatorInput]:
    """Return computed indicators as an evaluation takes them.

    Parameters
    ----------
    results : iterable of IndicatorResult
        What :func:`guozi_core.indicators.compute` gave.

    Returns
    -------
    dict of str to IndicatorInput
        By indicator name, with the operands that special cases ask for.
    """
    return {
        result.indicator.name: IndicatorInput(
            value=result.value,
            numerator=result.operands.get("分子"),
            denominator=result.operands.get("分母"),
            this_year=result.operands.get("本年"),
            last_year=result.operands.get("上年"),
        )
        for result in results
    }
