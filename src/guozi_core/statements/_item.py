"""One line of the financial statements: what it is called and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guozi_core.findings import Wording


class StatementKind(Enum):
    """The tables that enterprises fill."""

    BALANCE_SHEET = "BS"
    INCOME_STATEMENT = "IS"
    CASH_FLOW_STATEMENT = "CF"
    SUPPLEMENTARY = "SP"

    @classmethod
    def parse(cls, text: str) -> StatementKind:
        """Return the statement named by a code or a printed title (``合并资产负债表``).

        Raises
        ------
        ValueError
            If the text names no statement.

        Examples
        --------
        >>> StatementKind.parse("母公司利润表"), StatementKind.parse("BS")
        (<StatementKind.INCOME_STATEMENT: 'IS'>, <StatementKind.BALANCE_SHEET: 'BS'>)
        """
        title = "".join(text.split())
        for words, kind in _TITLES:
            if any(word in title for word in words):
                return kind
        return cls(title.upper())


_TITLES = [
    (("资产负债表", "财务状况表"), StatementKind.BALANCE_SHEET),
    (("现金流量表",), StatementKind.CASH_FLOW_STATEMENT),
    (("利润表", "损益表", "收益表"), StatementKind.INCOME_STATEMENT),
    (("补充指标", "补充资料", "基本情况"), StatementKind.SUPPLEMENTARY),
]


class ItemKind(Enum):
    """Whether a line is a balance at a date or a flow over a period."""

    STOCK = "stock"
    FLOW = "flow"


class ItemUnit(Enum):
    """What a line counts."""

    MONEY = "money"
    PERSONS = "persons"
    MONEY_PER_SHARE = "money_per_share"


class ItemUse(Enum):
    """In which forms a line is printed."""

    GENERAL = "general"
    FINANCIAL = "financial"
    FORMER = "former"
    ADDITION = "addition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the item dictionary.

    Parameters
    ----------
    code : str
        Stable code, for example ``BS40``.
    name : str
        Official Chinese name; formulas use it.
    english : str
        Name on English pages.
    identifier : str
        Word in code and in English formulas.
    statement : StatementKind
        The table the line stands in.
    kind : ItemKind
        Balance or flow.
    unit : ItemUnit
        What it counts.
    parent : str
        Code of the total the line belongs to; None for the last total of a table.
    sign : int
        1 where the line adds to its parent, -1 where it is subtracted.
    of_which : bool
        Whether it is a part shown under its parent (其中) instead of a line that adds up to it.
    use : ItemUse
        In which forms it is printed.
    may_be_negative : bool
        Whether a negative value is unsuspicious.
    aliases : tuple of str
        Other printed names.
    sections : tuple of str
        Codes under which an otherwise ambiguous printed name means this line.
    """

    code: str
    name: str
    english: str
    identifier: str
    statement: StatementKind
    kind: ItemKind
    unit: ItemUnit
    parent: str | None = None
    sign: int = 1
    of_which: bool = False
    use: ItemUse = ItemUse.GENERAL
    may_be_negative: bool = False
    aliases: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A printed line without figures that opens a section (``流动资产：``).

    Parameters
    ----------
    name : str
        The heading.
    section : str
        Code of the total that closes the section.
    statement : StatementKind
        The table it stands in.
    aliases : tuple of str
        Other printed forms.
    """

    name: str
    section: str
    statement: StatementKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementForm:
    """One table of the dictionary: its title and its lines in printed order.

    Parameters
    ----------
    kind : StatementKind
        Which table.
    title : Wording
        Its title.
    headings : tuple of Heading
        Lines that open sections.
    items : tuple of Item
        Lines that hold figures.
    """

    kind: StatementKind
    title: Wording
    headings: tuple[Heading, ...]
    items: tuple[Item, ...]
