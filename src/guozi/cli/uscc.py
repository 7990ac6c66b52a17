"""``guozi uscc CODE…``: validate unified social credit codes (统一社会信用代码, GB 32100)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from stdnum.cn import uscc as standard
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

from guozi_core.findings import Wording

if TYPE_CHECKING:
    import argparse

_LENGTH = 18
_REASONS = {
    InvalidLength: Wording("应为18位", "must have 18 characters"),
    InvalidChecksum: Wording("校验位错误（GB 32100-2015）", "wrong check digit (GB 32100-2015)"),
    InvalidFormat: Wording(
        "含有不允许的字符或登记管理部门代码有误",
        "holds a character or registry code that is not allowed",
    ),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("codes", nargs="+", metavar="CODE", help="统一社会信用代码")


def run(arguments: argparse.Namespace) -> int:
    """Print a row for every code; 0 when all are valid, else 1."""
    rows = []
    for code in arguments.codes:
        reason = fault_of(code)
        rows.append(
            {
                "code": code,
                "valid": reason is None,
                "reason": None if reason is None else reason.in_language(arguments.lang),
            }
        )
    print(json.dumps({"rows": rows}, ensure_ascii=False, indent=2))
    return 0 if all(row["valid"] for row in rows) else 1


def fault_of(code: str) -> Wording | None:
    """Return why a code is invalid, ``None`` if it is valid.

    The code is judged as written: lower case, blanks and full-width characters are faults, because
    whoever stores or compares it needs one form.
    """
    if code != code.strip() or any(letter.isspace() or letter == "-" for letter in code):
        return Wording("含有空格或连字符", "holds a blank or a hyphen")
    if not code.isascii():
        return Wording("含有全角或非英文字符", "holds a full-width or non-ASCII character")
    if code != code.upper():
        return Wording("字母应为大写", "letters must be upper case")
    if len(code) == _LENGTH and any(letter in "IOSVZ" for letter in code):
        return Wording("不使用字母 I、O、S、V、Z", "the letters I, O, S, V, Z are not used")
    try:
        standard.validate(code)
    except ValidationError as error:
        return _REASONS.get(type(error), _REASONS[InvalidFormat])
    return None
