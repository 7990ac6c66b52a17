"""Indicators that a document prints, held against the ones computed from its statements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from guozi_core.indicators._model import MONEY
from guozi_core.units import MoneyUnit, round_half_up

if TYPE_CHECKING:
    from decimal import Decimal

    from guozi_core.indicators._result import IndicatorResult


class Verdict(Enum):
    """What the comparison says."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_SUPPORTED = "not_supported"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedComparison:
    """One printed indicator and the computed one.

    Parameters
    ----------
    printed : Decimal
        As printed.
    computed : Decimal
        Computed and rounded like the printed one; None where the statements do not support it.
    verdict : Verdict
        Whether they agree.
    """

    printed: Decimal
    computed: Decimal | None
    verdict: Verdict


def compare_printed(
    result: IndicatorResult, printed: Decimal, *, unit: MoneyUnit = MoneyUnit.YUAN
) -> PrintedComparison:
    """Return whether a printed indicator agrees with the computed one.

    Parameters
    ----------
    result : IndicatorResult
        The computed indicator.
    printed : Decimal
        The printed value with its printed decimals.
    unit : MoneyUnit
        In which amounts are printed; without meaning for ratios.

    Returns
    -------
    PrintedComparison
        They agree when the computed value, rounded half up to the printed decimals, is the printed
        one.

    Notes
    -----
    A difference of one in the last place is a difference: the issuer rounded otherwise, or
    computed from unrounded figures. The reader sees both and judges.
    """
    if result.value is None:
        return PrintedComparison(printed=printed, computed=None, verdict=Verdict.NOT_SUPPORTED)
    value = result.value
    if result.indicator.unit == MONEY:
        value = value.scaleb(len(str(MoneyUnit.YUAN.fen)) - len(str(unit.fen)))
    exponent = printed.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    computed = round_half_up(value, places=places)
    verdict = Verdict.AGREES if computed == printed else Verdict.DIFFERS
    return PrintedComparison(printed=printed, computed=computed, verdict=verdict)
