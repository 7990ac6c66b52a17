"""What came out for one indicator, with everything that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from guozi_core.findings import Wording
    from guozi_core.formula import Reference, Step
    from guozi_core.indicators._model import Calibre, Case, Indicator, Treatment
    from guozi_core.statements import Figure, Item
    from guozi_core.units import Period


class Status(Enum):
    """Whether there is a value."""

    OK = "ok"
    NOT_COMPUTABLE = "not_computable"


class Input(NamedTuple):
    """A statement figure that a value rests on.

    Attributes
    ----------
    reference : Reference
        How the formula asked for it.
    item : Item
        The line.
    figure : Figure
        The figure, with the statement and column it was found in.
    """

    reference: Reference
    item: Item
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """The value of one indicator for one enterprise and period, or why there is none.

    Parameters
    ----------
    indicator : Indicator
        What was computed.
    calibre : Calibre
        By which calibre.
    period : Period
        For which period.
    status : Status
        Whether there is a value.
    value : Decimal
        The value, unrounded; None where there is none. Amounts are in 元.
    code : str
        Empty for an ordinary value; the identifier of the case that decided; or why there is no
        value: ``missing_value``, ``division_by_zero`` …
    reason : Wording
        What ``code`` means here; None for an ordinary value.
    case : Case
        The case that decided, if one did.
    operands : mapping of str to Decimal
        分子 and 分母, or 本年 and 上年, as far as they could be computed.
    notes : tuple of Wording
        Assumptions on blank lines, calibres that stood in.
    inputs : tuple of Input
        The statement figures used.
    missing : tuple of Reference
        The figures that were needed and not there.
    steps : Step
        The arithmetic, every term unfolded; None where nothing could be evaluated.
    """

    indicator: Indicator
    calibre: Calibre
    period: Period
    status: Status
    value: Decimal | None
    code: str
    reason: Wording | None
    case: Case | None
    operands: Mapping[str, Decimal]
    notes: tuple[Wording, ...]
    inputs: tuple[Input, ...]
    missing: tuple[Reference, ...]
    steps: Step | None

    @property
    def treatment(self) -> Treatment | None:
        """How scoring takes the result; None for comparing the value with standards."""
        return self.case.treatment if self.case is not None else None
