"""Standard values (评价标准值): five levels of an indicator, and where a value stands among them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import Enum
from typing import TYPE_CHECKING

from guozi_core.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Every quotient of an evaluation keeps this many digits; nothing is rounded before the output.
PRECISE = Context(prec=50)


class Level(Enum):
    """The five published levels, best first."""

    EXCELLENT = "优秀"
    GOOD = "良好"
    AVERAGE = "平均"
    LOW = "较低"
    POOR = "较差"

    @property
    def label(self) -> Wording:
        """Its name in both languages."""
        return Wording(self.value, _ENGLISH[self])


_ENGLISH = {
    Level.EXCELLENT: "excellent",
    Level.GOOD: "good",
    Level.AVERAGE: "average",
    Level.LOW: "low",
    Level.POOR: "poor",
}
BELOW_POOR = Wording("较差以下", "below poor")


class NotMonotoneError(ValueError):
    """The five levels neither rise nor fall throughout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardValue:
    """The published levels of one indicator; ``None`` where a level is not published.

    Parameters
    ----------
    values : mapping of Level to Decimal
        Published levels, in the indicator's unit. They rise or fall throughout; neighbours may be
        equal.
    """

    values: Mapping[Level, Decimal]

    def __post_init__(self) -> None:
        """Refuse levels out of order: a misprint must not score anybody."""
        ladder = [self.values[level] for level in Level if level in self.values]
        rising = all(a <= b for a, b in itertools.pairwise(ladder))
        falling = all(a >= b for a, b in itertools.pairwise(ladder))
        if not ladder or not (rising or falling):
            text = " / ".join(str(value) for value in ladder)
            raise NotMonotoneError(text)

    @property
    def smaller_is_better(self) -> bool:
        """Whether the indicator is inverse (优秀 below 较差)."""
        ladder = [self.values[level] for level in Level if level in self.values]
        return ladder[0] < ladder[-1]

    @property
    def is_complete(self) -> bool:
        """Whether all five levels are published."""
        return len(self.values) == len(Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a value stands.

    Parameters
    ----------
    level : Level or None
        本档: the better of the two levels the value has reached; ``None`` below 较差.
    level_coefficient : Decimal, unit [1]
        本档标准系数; 0 below 较差.
    efficacy : Decimal, unit [1]
        功效系数 in [0, 1): how far towards the next level.
    upper : Level or None
        上档, the next better published level; ``None`` at or above the best.
    coefficient : Decimal, unit [1]
        标准系数 + 功效系数 × (上档标准系数 − 本档标准系数): score divided by weight.
    """

    level: Level | None
    level_coefficient: Decimal
    efficacy: Decimal
    upper: Level | None
    coefficient: Decimal

    @property
    def label(self) -> Wording:
        """The level's name."""
        return BELOW_POOR if self.level is None else self.level.label


def standing(
    value: Decimal, *, standard: StandardValue, coefficients: Mapping[Level, Decimal]
) -> Standing:
    """Return where ``value`` stands among the levels of ``standard``.

    Parameters
    ----------
    value : Decimal
        The indicator, in the unit of the standard values.
    standard : StandardValue
        Published levels; a missing one is passed over.
    coefficients : mapping of Level to Decimal
        标准系数 of each level.

    Returns
    -------
    Standing
        A value equal to a level has reached it; of two equal levels it has reached the better.

    References
    ----------
    .. [1] 国资发评价〔2006〕157号, 功效系数法.

    Examples
    --------
    >>> from guozi_core.scoring import LEVEL_COEFFICIENTS_2006
    >>> levels = {Level.GOOD: Decimal("9.5"), Level.AVERAGE: Decimal("1.7")}
    >>> place = standing(Decimal(8), standard=StandardValue(values=levels),
    ...                  coefficients=LEVEL_COEFFICIENTS_2006)
    >>> place.level.value, round(place.efficacy, 6), round(place.coefficient * 20, 4)
    ('平均', Decimal('0.807692'), Decimal('15.2308'))
    """
    published = [level for level in Level if level in standard.values]
    sign = Decimal(-1) if standard.smaller_is_better else Decimal(1)
    for place, level in enumerate(published):
        reached = standard.values[level]
        if value * sign < reached * sign:
            continue
        own = coefficients[level]
        if place == 0:
            return Standing(
                level=level,
                level_coefficient=own,
                efficacy=Decimal(0),
                upper=None,
                coefficient=own,
            )
        upper = published[place - 1]
        # The next level is strictly better: the value has not reached it.
        efficacy = PRECISE.divide(value - reached, standard.values[upper] - reached)
        return Standing(
            level=level,
            level_coefficient=own,
            efficacy=efficacy,
            upper=upper,
            coefficient=PRECISE.add(own, PRECISE.multiply(efficacy, coefficients[upper] - own)),
        )
    nothing = Decimal(0)
    return Standing(
        level=None,
        level_coefficient=nothing,
        efficacy=nothing,
        upper=published[-1],
        coefficient=nothing,
    )


def standing_at(level: Level, *, coefficients: Mapping[Level, Decimal]) -> Standing:
    """Return the standing of a value that is exactly at ``level``.

    Parameters
    ----------
    level : Level
        The level a rule assigns.
    coefficients : mapping of Level to Decimal
        标准系数 of each level.

    Returns
    -------
    Standing
        That level, 功效系数 0.
    """
    own = coefficients[level]
    return Standing(
        level=level, level_coefficient=own, efficacy=Decimal(0), upper=None, coefficient=own
    )
