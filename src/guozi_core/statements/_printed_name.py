"""Printed line names, folded to a key that ignores how a line is decorated.

The same line is printed as ``货币资金``, ``  一、货币资金：`` or ``其中：△ 货币资金``. Folding
removes decoration only: numbering, marks, ``其中：`` ``加：`` ``减：``, blanks, widths, quotation
marks, remarks on signs such as （损失以“-”号填列）, and alternatives such as （或股东权益）.
A few spellings that never distinguish two lines are made one (及 and 和, 股东 and 所有者).
A dictionary in which two lines would fold to one key is refused.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_MARKS = "△▲☆★◇◆○●■□※*#"
_EDGES = _MARKS + ":;,.、_-"
_CIRCLED = re.compile("[\u2460-\u2473\u3251-\u32bf]")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_QUOTES = re.compile("[\"'`´“”‘’「」『』《》]")
_LEADING = re.compile(
    r"""
    [△▲☆★◇◆○●■□※*#]+            # marks of financial or added lines
    | \((?:[一二三四五六七八九十]+|\d{1,2})\)[、.,:]?  # (一) (1)
    | [一二三四五六七八九十]{1,3}[、.,:]     # 一、
    | \d{1,2}[、.):](?!\d)          # 1. 1、 1)
    | 其中:?                       # of which
    | [加减]:                      # plus, minus
    """,
    re.VERBOSE,
)
_TRAILING_NUMBER = re.compile(r"(?<=\D)\d{1,2}[.、]$")
_REMARKS = re.compile(
    r"""
    \( (?:
        [^()]*(?:号填|填列|填报|列示)[^()]*   # (损失以-号填列)
      | 或[^()]*                          # (或股东权益)
      | (?:人民币)?(?:亿|万|千)?元(?:/股)?     # (万元)
      | 附注[^()]* | 注\d* | 注释[^()]*
      |                                 # ()
    ) \)
    """,
    re.VERBOSE,
)
_SPELLINGS = [
    (re.compile("[及与]"), "和"),
    (re.compile("股东"), "所有者"),
    (re.compile("其它"), "其他"),
    (re.compile("帐"), "账"),
    (re.compile("所(收到|支付|收回)"), r"\1"),
    (re.compile("(收到|支付)的其他"), r"\1其他"),
    (re.compile("购置固定资产"), "购建固定资产"),
]


class PrintedName(NamedTuple):
    """A printed name without its decoration, and what the decoration said.

    Attributes
    ----------
    key : str
        What is compared with the dictionary.
    marked_financial : bool
        Whether a mark such as △ stood before it.
    of_which : bool
        Whether 其中 stood before it.
    subtracted : bool
        Whether 减： stood before it.
    """

    key: str
    marked_financial: bool
    of_which: bool
    subtracted: bool


def fold(printed: str) -> PrintedName:
    """Return a printed name without its decoration.

    Parameters
    ----------
    printed : str
        The line name as it stands in the statement.

    Returns
    -------
    PrintedName
        The key to compare, and the marks that were removed.

    Examples
    --------
    >>> fold("　其中：△利息收入 ").key
    '利息收入'
    >>> fold("三、营业利润（亏损以“－”号填列）").key
    '营业利润'
    >>> fold("负债和所有者权益（或股东权益）总计").key == fold("负债及股东权益总计").key
    True
    """
    text = _CIRCLED.sub("", printed)
    text = unicodedata.normalize("NFKC", text)
    text = _QUOTES.sub("", _INVISIBLE.sub("", text))
    text = _REMARKS.sub("", text)
    financial = part = minus = False
    while (match := _LEADING.match(text)) is not None and match.end() > 0:
        removed = match.group()
        financial = financial or removed[0] in _MARKS
        part = part or removed.startswith("其中")
        minus = minus or removed == "减:"
        text = text[match.end() :]
    # A trailing "1." is numbering that slipped behind the name when a page was read.
    text = _TRAILING_NUMBER.sub("", text.rstrip("-:")).strip(_EDGES)
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return PrintedName(text, financial, part, minus)
