"""A formula, or a sentence that holds one, in English words and plain signs.

The Chinese text is the rule; this is what an English page shows of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guozi_core.formula._functions import AVERAGE, AVERAGE_ENGLISH, FUNCTIONS, MOMENTS

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = (
    {"且": "and", "或": "or", "非": "not", AVERAGE: AVERAGE_ENGLISH}
    | {name: function.english for name, function in FUNCTIONS.items()}
    | {name: english.replace("_", " ") for name, english in MOMENTS.items()}
)
_HAN = r"\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff△☆▲"
_NAME = re.compile(rf"「([^「」]{{1,80}})」|[{_HAN}][A-Za-z0-9_{_HAN}、]*")
_SIGNS = str.maketrans(
    {
        "（": "(",
        "）": ")",
        "＋": "+",
        "－": "-",
        "，": ", ",
        "＝": "=",
        "＜": "<",
        "＞": ">",
        "％": "%",
    }
)


def in_english(text: str, english_of: Callable[[str], str]) -> str:
    """Return a formula with its names and functions in English.

    Parameters
    ----------
    text : str
        A formula as it is written, or an English sentence that quotes one.
    english_of : callable
        Gives the English of a name; a name it does not know it returns as it is.

    Returns
    -------
    str
        The same formula; a name keeps no quotation marks.

    Examples
    --------
    >>> names = {"净利润": "Net profit", "所有者权益合计": "Total equity"}
    >>> in_english("「净利润」 ÷ 平均(所有者权益合计) × 100", lambda name: names.get(name, name))
    'Net profit ÷ average(Total equity) × 100'
    """

    def word(match: re.Match[str]) -> str:
        quoted = match[1]
        if quoted is not None:
            return english_of(quoted)
        found = match[0]
        return _WORDS[found] if found in _WORDS else english_of(found)

    return _NAME.sub(word, text.translate(_SIGNS))
