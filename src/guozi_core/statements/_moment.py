"""The columns of a statement and the accounts it is drawn up for."""

from __future__ import annotations

from enum import Enum

from guozi_core.findings import Wording


class Moment(Enum):
    """A column of a statement: closing, opening, current period, same period last year."""

    CLOSING = "期末"
    OPENING = "期初"
    CURRENT = "本期"
    PRIOR = "上期"

    @property
    def letter(self) -> str:
        """The letter that stands for the column in codes: ``BS40e``."""
        return _LETTERS[self]

    @property
    def wording(self) -> Wording:
        """The name of the column for people."""
        return _MOMENT_NAMES[self]

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Return the column named by a letter or by a printed heading (``年初余额``).

        Raises
        ------
        ValueError
            If the text names no column.

        Examples
        --------
        >>> Moment.parse("年初余额"), Moment.parse("上年同期累计数"), Moment.parse("e")
        (<Moment.OPENING: '期初'>, <Moment.PRIOR: '上期'>, <Moment.CLOSING: '期末'>)
        """
        name = "".join(text.split())
        for moment, letter in _LETTERS.items():
            if name == letter:
                return moment
        for moment, beginnings in _HEADINGS.items():
            if name.startswith(beginnings):
                return moment
        return cls(name)


_LETTERS = {Moment.CLOSING: "e", Moment.OPENING: "o", Moment.CURRENT: "c", Moment.PRIOR: "p"}
_MOMENT_NAMES = {
    Moment.CLOSING: Wording(zh="期末", en="closing"),
    Moment.OPENING: Wording(zh="期初", en="opening"),
    Moment.CURRENT: Wording(zh="本期", en="current period"),
    Moment.PRIOR: Wording(zh="上年同期", en="same period last year"),
}
_HEADINGS: dict[Moment, tuple[str, ...]] = {
    Moment.PRIOR: ("上期", "上年同期", "上年累计", "上年数", "上年金额", "去年同期", "上年实际"),
    Moment.OPENING: ("期初", "年初", "上年年末", "上年末", "上年期末"),
    Moment.CLOSING: ("期末", "年末"),
    Moment.CURRENT: ("本期", "本年", "当期"),
}


#: Every word by which a rule asks for another column or another report, in English.
_WORDS_IN_ENGLISH = {
    **{moment.value: words.en for moment, words in _MOMENT_NAMES.items()},
    "上月": "month before",
    "上年末": "end of last year",
    "三年前": "three years before",
}


def asked_in_english(name: str, word: str) -> str:
    """Return an English name with the column or report that a rule asks it for.

    Parameters
    ----------
    name : str
        The English name of a figure.
    word : str
        期末, 期初, 本期, 上期, 上月, 上年末, 三年前; empty for the figure's own column.

    Returns
    -------
    str
        The name, with the word in brackets where there is one.

    Examples
    --------
    >>> asked_in_english("Total assets", "期初")
    'Total assets (opening)'
    """
    return f"{name} ({_WORDS_IN_ENGLISH.get(word, word)})" if word else name


class Scope(Enum):
    """口径: the accounts of the group, of its parent company alone, or of one enterprise."""

    CONSOLIDATED = "合并"
    PARENT = "母公司"
    SINGLE = "单户"

    @property
    def wording(self) -> Wording:
        """The name of the scope for people."""
        return _SCOPE_NAMES[self]

    @classmethod
    def parse(cls, text: str) -> Scope:
        """Return the scope printed as ``text`` (``合并口径``, ``母公司报表``, ``parent``).

        Raises
        ------
        ValueError
            If the text names no scope.

        Examples
        --------
        >>> Scope.parse("合并报表"), Scope.parse("parent")
        (<Scope.CONSOLIDATED: '合并'>, <Scope.PARENT: '母公司'>)
        """
        name = "".join(text.split()).removesuffix("口径").removesuffix("报表").removesuffix("数")
        for scope, wording in _SCOPE_NAMES.items():
            if name.lower() in {scope.value, wording.en, scope.name.lower()}:
                return scope
        return cls(
            {"本部": "母公司", "公司本部": "母公司", "单体": "单户", "汇总": "合并"}.get(name, name)
        )


_SCOPE_NAMES = {
    Scope.CONSOLIDATED: Wording(zh="合并", en="consolidated"),
    Scope.PARENT: Wording(zh="母公司", en="parent"),
    Scope.SINGLE: Wording(zh="单户", en="single"),
}
