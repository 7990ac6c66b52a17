"""The unified social credit code (统一社会信用代码, GB 32100-2015), judged as written.

Eighteen characters: registering authority and kind (2), administrative division (6), organisation
code (9), check character (1). The alphabet leaves out I, O, S, V and Z. This module needs neither
Django nor a database; the command line and the registry share it.
"""

from __future__ import annotations

from typing import Final

from stdnum.cn import uscc as standard
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

from guozi_core.findings import Wording

LENGTH: Final = 18
#: What the database checks of a code: length and characters; the check digit is checked here.
PATTERN: Final = r"^[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}$"

_REASONS = {
    InvalidLength: Wording("应为18位", "must have 18 characters"),
    InvalidChecksum: Wording("校验位错误（GB 32100-2015）", "wrong check digit (GB 32100-2015)"),
    InvalidFormat: Wording(
        "含有不允许的字符或登记管理部门代码有误",
        "holds a character or registry code that is not allowed",
    ),
}


def fault_of(code: str) -> Wording | None:
    """Return why a code is invalid, ``None`` if it is valid.

    The code is judged as written: lower case, blanks and full-width characters are faults, because
    whoever stores or compares it needs one form.

    Examples
    --------
    >>> fault_of("91110000600037341L") is None
    True
    >>> fault_of("911100006000373410").en
    'wrong check digit (GB 32100-2015)'
    """
    if code != code.strip() or any(letter.isspace() or letter == "-" for letter in code):
        return Wording("含有空格或连字符", "holds a blank or a hyphen")
    if not code.isascii():
        return Wording("含有全角或非英文字符", "holds a full-width or non-ASCII character")
    if code != code.upper():
        return Wording("字母应为大写", "letters must be upper case")
    if len(code) == LENGTH and any(letter in "IOSVZ" for letter in code):
        return Wording("不使用字母 I、O、S、V、Z", "the letters I, O, S, V, Z are not used")
    try:
        standard.validate(code)
    except ValidationError as error:
        return _REASONS.get(type(error), _REASONS[InvalidFormat])
    return None


def with_check_character(body: str) -> str:
    """Return the code whose first seventeen characters are ``body``.

    Examples
    --------
    >>> with_check_character("91110000600037341")
    '91110000600037341L'
    """
    return body + str(standard.calc_check_digit(body))
