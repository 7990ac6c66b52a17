"""Official documents: blocks in, Word or PDF out. Knows no domain.

A :class:`Document` is a title and a sequence of blocks (headings, paragraphs, facts, tables). The
same document becomes a PDF (:func:`render_pdf`, typst, PDF/A-2b) and a Word file
(:func:`render_docx`), both in the page layout of GB/T 9704, with the same words and figures.
Domain rooms build the blocks; they format figures before, so that every rendering shows the same.

Fonts: the shipped OFL fonts (思源宋体, 思源黑体, cut to GB 2312 and common rarer name characters)
serve the PDF. Licensed 小标宋 and 仿宋 are named first and used where the setting ``FONT_DIRS``
points at them; they are never shipped.
"""

from guozi.documents._blocks import (
    Alignment,
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from guozi.documents._docx import render_docx
from guozi.documents._pdf import render_pdf

__all__ = [
    "Alignment",
    "Block",
    "Column",
    "Document",
    "Facts",
    "Heading",
    "Paragraph",
    "Table",
    "render_docx",
    "render_pdf",
]
