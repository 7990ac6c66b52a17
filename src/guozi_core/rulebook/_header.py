"""Headers: identity, dates, sources and how far a source is confirmed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guozi_core.findings import Wording
from guozi_core.rulebook._yaml import Section, fault

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

#: Provenance marks: how far the product can vouch for a rule value.
MARKS: dict[str, Wording] = {
    "C": Wording("已核对：所列来源载有此文字", "confirmed: the cited source shows this statement"),
    "P": Wording(
        "部分核对：来源证明文件存在，细节未核对",
        "partly confirmed: the source proves the document, not this detail",
    ),
    "M": Wording("凭记忆，尚未与原文核对", "from memory, not yet compared with the text"),
    "K": Wording("本项目约定，不是法规", "a convention of this project, not a regulation"),
    "S": Wording("需求文件所述", "stated in the mission documents"),
}

_MARK = re.compile(r"(C|P)\d*|M|K|S")


def mark_meaning(mark: str) -> Wording:
    """Return what a provenance mark (``C4``, ``M`` …) means.

    Parameters
    ----------
    mark : str
        A mark of a source.

    Returns
    -------
    Wording
        Its meaning.

    Examples
    --------
    >>> mark_meaning("C4").en
    'confirmed: the cited source shows this statement'
    """
    return MARKS[mark[0]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The document behind a rule.

    Parameters
    ----------
    document : str
        Official title.
    number : str
        Document number (国资发评价〔2006〕157号), empty if none.
    clause : str
        Article or annex, empty if the whole document.
    mark : str
        Provenance mark, see :data:`MARKS`.
    """

    document: str
    number: str
    clause: str
    mark: str

    @property
    def citation(self) -> str:
        """Title, number and clause as one line."""
        title = f"《{self.document}》" if self.document else ""
        number = f"（{self.number}）" if self.number else ""
        return f"{title}{number}{self.clause}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What every rulebook says about itself.

    Parameters
    ----------
    id, family, version : str
        Identity; ``family`` is the folder.
    title : Wording
        Title in both languages.
    valid_from, valid_to : date
        Half-open period in force: from included, to excluded; ``None`` is open.
    sources : tuple of Source
        Documents behind the whole rulebook.
    notes : Wording or None
        What a reader should know before using it.
    """

    id: str
    family: str
    version: str
    title: Wording
    valid_from: date
    valid_to: date | None
    sources: tuple[Source, ...]
    notes: Wording | None

    def holds_on(self, day: date) -> bool:
        """Return whether the rulebook is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def read_source(section: Section) -> Source:
    """Return the source written in ``section``.

    Parameters
    ----------
    section : Section
        With ``document``, ``number``, ``clause`` and ``mark``.

    Returns
    -------
    Source
        The source.

    Raises
    ------
    RulebookError
        If the mark is none of C, P, M, K, S.
    """
    mark = section.text("mark")
    if not _MARK.fullmatch(mark):
        raise fault(
            Wording("来源标记应为 C、P、M、K、S 之一", "the mark must be one of C, P, M, K, S"),
            line=section.line,
            got=mark,
        )
    return Source(
        document=section.text_or("document", ""),
        number=section.text_or("number", ""),
        clause=section.text_or("clause", ""),
        mark=mark,
    )


def read_header(tree: Section) -> Header:
    """Return the header of a rulebook.

    Parameters
    ----------
    tree : Section
        The whole rulebook.

    Returns
    -------
    Header
        Identity, dates and sources.

    Raises
    ------
    RulebookError
        If a part is missing or the dates are reversed.

    Examples
    --------
    >>> from guozi_core.rulebook import parse_yaml
    >>> header = read_header(parse_yaml('''
    ... rulebook: lines
    ... family: checks
    ... version: "1"
    ... title: {zh: 预警线, en: Warning lines}
    ... valid_from: 2024-01-01
    ... sources: [{document: 试行办法, number: "", clause: 第十二条, mark: K}]
    ... '''))
    >>> from datetime import date
    >>> header.id, header.holds_on(date(2023, 12, 31)), header.holds_on(date(2024, 1, 1))
    ('lines', False, True)
    """
    valid_from, valid_to = tree.day("valid_from"), tree.day_or_none("valid_to")
    if valid_to is not None and valid_to <= valid_from:
        raise fault(
            Wording("失效日期应晚于生效日期", "valid_to must be later than valid_from"),
            line=tree.line,
            got=f"{valid_from} – {valid_to}",
        )
    sources = tuple(read_source(section) for section in tree.sections("sources"))
    if not sources:
        raise fault(Wording("规则集没有来源", "the rulebook names no source"), line=tree.line)
    return Header(
        id=tree.text("rulebook"),
        family=tree.text("family"),
        version=tree.text("version"),
        title=tree.wording("title"),
        valid_from=valid_from,
        valid_to=valid_to,
        sources=sources,
        notes=tree.wording("notes") if tree.get("notes") is not None else None,
    )


def in_force(headers: Iterable[Header], *, on: date) -> tuple[Header, ...]:
    """Return the rulebooks in force on a day, the latest beginning first.

    Parameters
    ----------
    headers : iterable of Header
        Any rulebooks.
    on : date
        The day.

    Returns
    -------
    tuple of Header
        Those whose period holds the day.
    """
    holding = [header for header in headers if header.holds_on(on)]
    return tuple(sorted(holding, key=lambda header: header.valid_from, reverse=True))
