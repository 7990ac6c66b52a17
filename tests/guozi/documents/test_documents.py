"""The same document as PDF and as Word shows the same words and figures."""

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from guozi.documents import (
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    render_docx,
    render_pdf,
)

HOSTILE = '#import "x" $ _a_ *b* <script> \\ [1] @c {{7*7}} =1+1'


def score_sheet() -> Document:
    return Document(
        title="综合绩效评价计分表",
        dated=date(2026, 11, 24),
        issuer="云泽市国资办",
        number="云国资〔2026〕1号",
        date_line="2026年11月24日",
        footer="云泽市国资办　张三　2026-11-24",
        blocks=(
            Facts(pairs=(("企业", "云泽水务集团有限公司"), ("期间", "2025年度"))),
            Heading(text="一、基本指标"),
            Paragraph(text=HOSTILE),
            Table(
                caption="得分",
                unit="单位：分",
                columns=(Column(title="指标", share=2), Column(title="得分", align="right")),
                rows=(("净资产收益率", "15.23"), ("总资产报酬率", "11.01")),
            ),
        ),
    )


def words_of_docx(content: bytes) -> str:
    word = docx.Document(BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in word.paragraphs] + cells)


@pytest.mark.parametrize(
    "words", ["15.23", "11.01", "云泽水务集团有限公司", "云国资〔2026〕1号", HOSTILE]
)
def test_word_file_holds_every_text_literally(words: str) -> None:
    assert words in words_of_docx(render_docx(score_sheet()))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize(
    "words", ["15.23", "11.01", "云泽水务集团有限公司", "云国资〔2026〕1号", HOSTILE]
)
def test_pdf_holds_every_text_literally(words: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(render_pdf(score_sheet()))

    text = subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, check=True, text=True
    ).stdout

    assert re.sub(r"\s", "", words) in re.sub(r"\s", "", text)


def test_pdf_says_it_is_archivable() -> None:
    content = render_pdf(score_sheet())

    assert content.startswith(b"%PDF-")
    assert b"pdfaid" in content


def test_pdf_is_the_same_on_every_call() -> None:
    assert render_pdf(score_sheet()) == render_pdf(score_sheet())


def test_ragged_table_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2 has 1 cells for 2 columns"):
        Table(columns=(Column(title="a"), Column(title="b")), rows=(("1", "2"), ("3",)))
