"""What a check found: both sides, the difference, what was allowed, and the figures behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from guozi_core.checks._model import Assertion, Check
    from guozi_core.findings import Severity, Wording
    from guozi_core.statements import Item, Line, Moment
    from guozi_core.units import MoneyUnit, Period


class Status(Enum):
    """What became of an assertion."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class InvolvedFigure(NamedTuple):
    """A figure on one of the sides.

    Attributes
    ----------
    name : str
        Its name in the formula.
    item : Item or None
        The statement line; None for an input.
    moment : Moment or None
        The column it stands in.
    period : Period or None
        The statement it stands in.
    value : Decimal
        The figure; money in 元.
    """

    name: str
    item: Item | None
    moment: Moment | None
    period: Period | None
    value: Decimal


class Suspect(NamedTuple):
    """A figure that alone would explain a failure, and how.

    Attributes
    ----------
    item : Item
        The line.
    value, instead : Decimal
        What stands there and what would make the sides agree; money in 元.
    reason : Wording
        What kind of slip it looks like.
    """

    item: Item
    value: Decimal
    instead: Decimal
    reason: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """One assertion, judged.

    Parameters
    ----------
    check, assertion : Check, Assertion
        What was asserted.
    status : Status
        Passed, failed or not applicable.
    level : Severity
        What a failure stops; a sum that fails only because lines were not understood stops nothing.
    unit : MoneyUnit
        The unit of the table, in which people read amounts.
    left, right, difference, tolerance : Decimal
        Money in 元; None where not applicable.
    reading : str
        Which lawful reading holds; empty for the usual one.
    code : str
        Why it is not applicable: ``form``, ``scope``, ``table``, ``missing``, ``condition``,
        ``printed``; empty otherwise.
    reason : Wording
        The same in words, or a remark on how it was judged; None for nothing to say.
    figures : tuple of InvolvedFigure
        The figures on both sides.
    lines : tuple of Line
        Printed lines that were not understood and stand under the total.
    suspects : tuple of Suspect
        Figures that alone would explain the failure.
    """

    check: Check
    assertion: Assertion
    status: Status
    level: Severity
    unit: MoneyUnit
    left: Decimal | None = None
    right: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    reading: str = ""
    code: str = ""
    reason: Wording | None = None
    figures: tuple[InvolvedFigure, ...] = ()
    lines: tuple[Line, ...] = ()
    suspects: tuple[Suspect, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the two sides disagree by more than is allowed."""
        return self.status is Status.FAILED
