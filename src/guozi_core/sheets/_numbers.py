"""One strict grammar for numbers.

Programming languages accept more than people mean: ``Decimal`` takes ``1_000``, ``1E5``, ``NaN``
and digits of every script, and Unicode normalisation turns ``5²`` into 52. Here a number is what
the allow-list says. A spelling that is lossless and has one reading (full-width digits, thousands
separators, brackets for negative) is understood, and said; a spelling with two readings is
refused.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Context, Decimal
from typing import NamedTuple

from guozi_core.sheets._catalogue import Remark
from guozi_core.units import plain, round_half_up

#: Longest text that is looked at as a number.
_LONGEST = 60
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_LOOSE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?P<mark>[, ])\d{3}(?:(?P=mark)\d{3})*(?:\.\d+)?", re.ASCII)
_STORED = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][+-]?\d{1,3})?", re.ASCII)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋−（）％", "0123456789.,-+-()%")
#: Blanks that people and programs put between groups of digits.
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "))
_UNITS = re.compile(r"[元万亿千百人户个吨￥¥$€]|RMB|CNY|USD", re.IGNORECASE)
_WORDS = set("零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億两负点整元圆")
_WIDE = Context(prec=160)
_SAME_DOUBLE = Decimal(2) ** -53
_NOISE = Decimal("1e-9")
#: A spreadsheet keeps this many digits and shows no more.
_KEPT = Context(prec=15)

#: Printed forms of "nothing is said here".
DASHES = frozenset(
    {"", "-", "—", "–", "－", "−", "--", "——", "－－", "———", "/", "／", "\\", "无", "不适用"}
)


class NumberReading(NamedTuple):
    """What a text means as a number.

    Attributes
    ----------
    value : Decimal or None
        The exact number; None where the text is none.
    remark : Remark or None
        Why it is none, or how it had to be understood.
    """

    value: Decimal | None
    remark: Remark | None = None


def read_number(text: str) -> NumberReading:
    """Return the exact number written as ``text``.

    Parameters
    ----------
    text : str
        A text, not blank.

    Returns
    -------
    NumberReading
        The number, with a remark where it is written unusually; or the reason why it is none.

    Examples
    --------
    >>> read_number("1234.50")
    NumberReading(value=Decimal('1234.50'), remark=None)
    >>> read_number("（1,234.50）").value
    Decimal('-1234.50')
    >>> read_number("1_000").remark.code, read_number("1E5").remark.code
    ('IMP-NUM-033', 'IMP-NUM-005')
    """
    if len(text) > _LONGEST:
        return _refused("IMP-NUM-012")
    if _PLAIN.fullmatch(text):
        return NumberReading(Decimal(text))
    hidden = [letter for letter in text.strip() if unicodedata.category(letter) in {"Cf", "Cc"}]
    if hidden:
        points = " ".join(f"U+{ord(letter):04X}" for letter in dict.fromkeys(hidden))
        return _refused("IMP-NUM-028", points=points)
    understood = text.translate(_SPACES).strip().translate(_FULL_WIDTH)
    digits = _without_brackets(understood)
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "").replace(" ", "")
    if _LOOSE.fullmatch(digits) and len(digits) <= _LONGEST:
        value = Decimal(digits)
        return NumberReading(value, Remark("IMP-NUM-002", {"value": _spelled(value)}))
    return _refused(_why_none(understood))


def read_stored_number(raw: str) -> NumberReading:
    """Return the number a numeric cell stores; exponents are the file's own notation.

    Parameters
    ----------
    raw : str
        The text of the file.

    Returns
    -------
    NumberReading
        The number, or the reason why it is none.

    Examples
    --------
    >>> read_stored_number("1.5E3").value
    Decimal('1.5E+3')
    """
    if not _STORED.fullmatch(raw):
        return _refused("IMP-NUM-012" if len(raw) > _LONGEST else _why_none(raw))
    return NumberReading(Decimal(raw))


def to_places(value: Decimal, *, places: int, stored: bool) -> NumberReading:
    """Return ``value`` with at most ``places`` decimals, without rounding what was meant.

    A number that a spreadsheet stores as a binary fraction comes back with a tail (4.35 as
    4.3499999999999996). The tail is dropped where the number with ``places`` decimals is the
    one the spreadsheet means: the same binary fraction, or within 1e-9, or the same 15 digits.

    Parameters
    ----------
    value : Decimal
        The number as read.
    places : int
        Decimals the column has.
    stored : bool
        Whether a spreadsheet stored it as a binary fraction; a text means what it says.

    Returns
    -------
    NumberReading
        The number; with a remark where noise was dropped; none where decimals would be lost.

    Examples
    --------
    >>> to_places(Decimal("4.3499999999999996"), places=2, stored=True)
    NumberReading(value=Decimal('4.35'), remark=None)
    >>> to_places(Decimal("0.30000000000000004"), places=2, stored=True).remark.code
    'IMP-NUM-014'
    >>> to_places(Decimal("12.345"), places=2, stored=True).remark.code
    'IMP-NUM-013'
    """
    if value.adjusted() > _LONGEST:
        return _refused("IMP-NUM-016")
    wanted = round_half_up(value, places=places)
    away = _WIDE.abs(_WIDE.subtract(value, wanted))
    if away == 0 or (stored and away <= _WIDE.multiply(_WIDE.abs(wanted), _SAME_DOUBLE)):
        return NumberReading(wanted)
    kept = _KEPT.plus(value)
    if stored and (away <= _NOISE or kept == wanted):
        return NumberReading(wanted, Remark("IMP-NUM-014", {"places": str(places)}))
    if places == 0:
        return _refused("IMP-NUM-034")
    return _refused("IMP-NUM-013", places=str(places))


def _refused(code: str, **details: str) -> NumberReading:
    return NumberReading(None, Remark(code, details))


def _spelled(value: Decimal) -> str:
    """Return a number as it would have been written plainly, its decimals kept."""
    text = format(value, "f")
    return text if "." in text else plain(value)


def _without_brackets(text: str) -> str:
    """Return the negative number that brackets mean, or the text itself."""
    if text.startswith("(") and text.endswith(")") and text[1:2].isdigit():
        return f"-{text[1:-1]}"
    return text


def _why_none(text: str) -> str:
    """Return the code of the reason why a text is no number."""
    folded = text.strip().lower()
    if folded.strip("+-") in {"nan", "inf", "infinity", "snan"}:
        return "IMP-NUM-006"
    if re.fullmatch(r"[+-]?[\d.]+e[+-]?\d+", folded, re.ASCII):
        return "IMP-NUM-005"
    if "_" in text and re.fullmatch(r"[+-]?[\d_.]+", text, re.ASCII):
        return "IMP-NUM-033"
    if re.fullmatch(r"[–—][\d,. ]+", text, re.ASCII):
        return "IMP-NUM-011"
    if any(letter.isdigit() for letter in text) and _UNITS.search(text):
        return "IMP-NUM-007"
    if _WORDS.issuperset(text):
        return "IMP-NUM-010"
    kinds = {unicodedata.category(letter) for letter in text if not letter.isascii()}
    if kinds & {"No", "Nl"}:
        return "IMP-NUM-009"
    if "Nd" in kinds:
        return "IMP-NUM-008"
    if text.endswith("%"):
        return "IMP-NUM-015"
    if re.fullmatch(r"[+-]?\d+(?:\.\d{3})*,\d+", text, re.ASCII) and text.count(",") == 1:
        return "IMP-NUM-004"
    if re.fullmatch(r"[+-]?[\d., ]+", text, re.ASCII):
        return "IMP-NUM-003"
    return "IMP-NUM-001"
