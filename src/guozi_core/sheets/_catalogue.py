"""Every fault an import can report: code, how much it stops, and its wording.

This is the one table of them. Codes are stable and never reused; the reference manual and the
pages list this table. ``{…}`` in a wording is filled with what was met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guozi_core.findings import Finding, Locator, Severity, Wording
from guozi_core.sheets._container_faults import CONTAINER_FAULTS
from guozi_core.sheets._structure_faults import STRUCTURE_FAULTS
from guozi_core.sheets._value_faults import VALUE_FAULTS

if TYPE_CHECKING:
    from guozi_core.sheets._fault import Fault

#: Every fault by its code, in the order of the manual.
FAULTS: dict[str, Fault] = {
    fault.code: fault for fault in (*CONTAINER_FAULTS, *STRUCTURE_FAULTS, *VALUE_FAULTS)
}


class Remark(NamedTuple):
    """A fault met while reading one value, before its place is known.

    Attributes
    ----------
    code : str
        Which fault.
    details : dict of str to str
        What fills its wording.
    """

    code: str
    details: dict[str, str]


def finding(
    code: str,
    locator: Locator,
    *,
    got: str | None = None,
    expected: str | Wording | None = None,
    **details: str,
) -> Finding:
    """Return the finding for a fault of the table, at its place.

    Parameters
    ----------
    code : str
        Which fault.
    locator : Locator
        Where.
    got : str
        What was read; invisible characters are written as code points.
    expected : str or Wording
        What was expected, where it is not the same for every case.
    **details : str
        What fills the wording.

    Returns
    -------
    Finding
        With severity, message and what to do.

    Examples
    --------
    >>> finding("IMP-NUM-007", Locator(cell="D17"), got="5万元", unit="万元").sentence("zh")
    '[IMP-NUM-007] 单元格 D17：金额含有单位文字。读到：“5万元”。应为：纯数字。处理办法：删除单位文字，只填数字。'
    """
    fault = FAULTS[code]
    details = {name: visible(text) for name, text in details.items()}
    return Finding(
        code=code,
        severity=fault.severity,
        message=fault.message_with(details),
        locator=locator,
        got=None if got is None else visible(got),
        expected=expected if expected is not None else fault.expected,
        fix=fault.fix_with(details),
    )


def visible(text: str) -> str:
    r"""Return ``text`` with what cannot be seen written as code points.

    Parameters
    ----------
    text : str
        Any text of a file.

    Returns
    -------
    str
        Printable text.

    Examples
    --------
    >>> visible("1\u200b2")
    '1<U+200B>2'
    """
    return "".join(
        letter if letter.isprintable() or letter == "\u3000" else f"<U+{ord(letter):04X}>"
        for letter in text[:200]
    )


def blocks(code: str) -> bool:
    """Return whether a fault must be fixed before anything is saved."""
    return FAULTS[code].severity is Severity.BLOCK
