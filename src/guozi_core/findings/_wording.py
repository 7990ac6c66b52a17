"""A sentence in both languages of the product."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Wording(NamedTuple):
    """The same sentence in Chinese and in English.

    Examples
    --------
    >>> Wording(zh="缺少行", en="row missing").in_language("en")
    'row missing'
    """

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the sentence in ``language``."""
        return self.zh if language == "zh" else self.en
