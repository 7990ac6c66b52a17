"""One row of the table of faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guozi_core.findings import Severity, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fault(NamedTuple):
    """One kind of fault.

    Attributes
    ----------
    code : str
        Stable identifier.
    severity : Severity
        What it stops.
    message : Wording
        What is wrong; ``{name}`` is filled with what was met.
    fix : Wording or None
        What to do.
    expected : Wording or None
        What is expected, where it is the same for every case.
    """

    code: str
    severity: Severity
    message: Wording
    fix: Wording | None = None
    expected: Wording | None = None

    def message_with(self, details: Mapping[str, str]) -> Wording:
        """Return the message with its gaps filled."""
        return Wording(*(text.format(**details) for text in self.message))

    def fix_with(self, details: Mapping[str, str]) -> Wording | None:
        """Return what to do, with its gaps filled."""
        return None if self.fix is None else Wording(*(text.format(**details) for text in self.fix))


def block(code: str, message: tuple[str, str], fix: tuple[str, str] | None = None,
          expected: tuple[str, str] | None = None) -> Fault:  # fmt: skip
    """Return a fault that must be fixed."""
    return _fault(Severity.BLOCK, code, message, fix, expected)


def explain(code: str, message: tuple[str, str], fix: tuple[str, str] | None = None) -> Fault:
    """Return a fault that needs a reason."""
    return _fault(Severity.EXPLAIN, code, message, fix, None)


def note(code: str, message: tuple[str, str], fix: tuple[str, str] | None = None) -> Fault:
    """Return something worth telling."""
    return _fault(Severity.NOTE, code, message, fix, None)


def _fault(
    severity: Severity,
    code: str,
    message: tuple[str, str],
    fix: tuple[str, str] | None,
    expected: tuple[str, str] | None,
) -> Fault:
    return Fault(
        code,
        severity,
        Wording(*message),
        None if fix is None else Wording(*fix),
        None if expected is None else Wording(*expected),
    )
