"""Documents as Word files, laid out after GB/T 9704.

The document grid stays ``lines``: a ``linesAndChars`` grid is drawn very differently by the office
programs in use. Fonts are named, never embedded; each program falls back to what it has.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from guozi.documents._blocks import Alignment, Block, Document, Facts, Heading, Paragraph, Table

if TYPE_CHECKING:
    from guozi_core.findings import Language

_SONG, _FANGSONG, _HEI, _TITLE = "宋体", "仿宋_GB2312", "黑体", "方正小标宋简体"
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_RED = RGBColor(0xC8, 0x10, 0x2E)


def render_docx(document: Document) -> bytes:
    """Render ``document`` as a Word file with the same words and figures as the PDF."""
    word = docx.Document()
    _set_page(word)
    _set_base_style(word, document.language)
    word.core_properties.title = document.title
    word.core_properties.author = document.issuer
    if document.issuer:
        _line(word, document.issuer, font=_TITLE, size=26, align="center", colour=_RED)
        if document.number:
            _line(word, document.number, size=16, align="center")
    _line(word, document.title, font=_TITLE, size=20, align="center")
    if document.subtitle:
        _line(word, document.subtitle, size=12, align="center")
    for block in document.blocks:
        _add(word, block)
    if document.date_line:
        _line(word, document.date_line, align="right")
    _add_footer(word, document.footer)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _set_page(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _set_base_style(word: Any, language: Language) -> None:
    style = word.styles["Normal"]
    style.font.name = "Times New Roman"
    style.font.size = Pt(14 if language == "zh" else 11.5)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FANGSONG)
    style.paragraph_format.space_after = Pt(4)
    style.paragraph_format.space_before = Pt(0)


def _run(paragraph: Any, text: str, *, font: str, size: float | None = None) -> Any:
    run = paragraph.add_run(text)
    # Word takes the East Asian font of every run from its own attribute.
    run.font.name = "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - python-docx has no public way
    if size is not None:
        run.font.size = Pt(size)
    return run


def _line(
    word: Any,
    text: str,
    *,
    font: str = _FANGSONG,
    size: float | None = None,
    align: Alignment = "left",
    colour: RGBColor | None = None,
) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = _ALIGN[align]
    run = _run(paragraph, text, font=font, size=size)
    if colour is not None:
        run.font.color.rgb = colour


def _add(word: Any, block: Block) -> None:
    match block:
        case Heading():
            _line(word, block.text, font=_HEI if block.level == 1 else _FANGSONG)
        case Paragraph():
            paragraph = word.add_paragraph()
            indent = OxmlElement("w:ind")
            indent.set(qn("w:firstLineChars"), "200")
            paragraph._p.get_or_add_pPr().append(indent)  # noqa: SLF001 - python-docx has no public way
            _run(paragraph, block.text, font=_FANGSONG)
        case Facts():
            rows = block.pairs
            _add_rows(word, rows=rows, aligns=("left", "left"), shares=(1.0, 2.6), bordered=False)
        case Table():
            if block.caption or block.unit:
                caption = f"{block.caption}　　{block.unit}" if block.unit else block.caption
                _line(word, caption, font=_HEI, size=10.5)
            header = tuple(column.title for column in block.columns)
            _add_rows(
                word,
                rows=(header, *block.rows),
                aligns=tuple(column.align for column in block.columns),
                shares=tuple(column.share for column in block.columns),
                bordered=True,
            )


def _add_rows(
    word: Any,
    *,
    rows: tuple[tuple[str, ...], ...],
    aligns: tuple[Alignment, ...],
    shares: tuple[float, ...],
    bordered: bool,
) -> None:
    table = word.add_table(rows=len(rows), cols=len(aligns))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    if bordered:
        table.style = "Table Grid"
        _repeat_header(table.rows[0])
    widths = [Mm(156 * share / sum(shares)) for share in shares]
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        # ``row.cells`` is rebuilt at every access.
        for cell, text, align, width in zip(row.cells, texts, aligns, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.alignment = _ALIGN[align]
            paragraph.paragraph_format.space_after = Pt(1)
            head = bordered and number == 0
            _run(paragraph, text, font=_HEI if head else _SONG, size=9.5 if bordered else 12)
    word.add_paragraph()


def _repeat_header(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no public way


def _add_footer(word: Any, footer: str) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, f"{footer}　— ", font=_SONG, size=9)
    _page_number(_run(paragraph, "", font=_SONG, size=9))
    _run(paragraph, " —", font=_SONG, size=9)


def _page_number(run: Any) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._element.append(element)  # noqa: SLF001 - python-docx has no public way
