"""Numbers in cells of text: one strict grammar, nothing converted in silence."""

from __future__ import annotations

import re
from decimal import Decimal

from guozi_core.findings import Finding, Severity, Wording

_PLAIN = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d{0,40})?", re.ASCII)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋−（）", "0123456789.,-+-()")


def read_number(text: str) -> tuple[Decimal | None, Finding | None]:
    """Return the exact number written as ``text``; with a note where it had to be understood.

    A text that is no number gives None and a blocking finding, without a place.
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text), None
    understood = text.translate(_FULL_WIDTH).replace("\u00a0", "").replace(" ", "")
    negative = understood.startswith("(") and understood.endswith(")")
    if negative:
        understood = understood[1:-1]
    if _GROUPED.fullmatch(understood):
        understood = understood.replace(",", "")
    if not _PLAIN.fullmatch(understood) or (negative and understood[0] in "+-"):
        return None, Finding(
            code="IMP-NUM-001",
            severity=Severity.BLOCK,
            message=Wording(zh="不是数字", en="not a number"),
            got=text,
            expected="1234.56",
            fix=Wording(
                zh="只填阿拉伯数字和小数点，不带单位、百分号和文字",
                en="write digits and a point only, without unit, percent sign or words",
            ),
        )
    meant = f"-{understood}" if negative else understood
    return Decimal(meant), Finding(
        code="IMP-NUM-002",
        severity=Severity.NOTE,
        message=Wording(
            zh=f"数字写法不规范，按 {meant} 理解",
            en=f"unusual way to write a number, understood as {meant}",
        ),
        got=text,
    )
