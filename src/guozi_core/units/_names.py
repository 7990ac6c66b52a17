"""Units in English: one word for one unit, wherever it is shown."""

from __future__ import annotations

_ENGLISH = {
    "分": "fen",
    "元": "yuan",
    "千元": "1k yuan",
    "万元": "10k yuan",
    "百万元": "1m yuan",
    "亿元": "100m yuan",
    "万元/人": "10k yuan per person",
    "元/股": "yuan per share",
    "倍": "times",
    "次": "times",
    "人": "persons",
}


def unit_in_english(unit: str) -> str:
    """Return the English of a unit; what needs none (``%``) stays as it is.

    Examples
    --------
    >>> unit_in_english("万元"), unit_in_english("%")
    ('10k yuan', '%')
    """
    return _ENGLISH.get(unit, unit)
