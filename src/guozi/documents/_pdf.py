"""Documents as PDF/A-2b through typst; the page layout is ``layout/official.typ``."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

if TYPE_CHECKING:
    from guozi.documents._blocks import Block, Document

_HERE = Path(__file__).resolve().parent
_LAYOUT = (_HERE / "layout" / "official.typ").read_bytes()


def font_folders() -> list[str]:
    """Return the shipped fonts and the operator's licensed ones (``FONT_DIRS``)."""
    licensed = [folder for folder in os.environ.get("FONT_DIRS", "").split(os.pathsep) if folder]
    return [str(_HERE / "fonts"), *licensed]


def render_pdf(document: Document) -> bytes:
    """Render ``document`` as PDF/A-2b.

    Text is data, never markup: typst receives it as JSON and cannot run what it holds. System
    fonts are not looked at, so that a page is the same on every machine.
    """
    content = asdict(document) | {
        "blocks": [_block(block) for block in document.blocks],
        "dated": [document.dated.year, document.dated.month, document.dated.day],
    }
    pdf: bytes = typst.compile(  # type: ignore[misc] # its stub cannot say "bytes in"
        _LAYOUT,
        font_paths=font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["a-2b"],
    )
    return pdf


def _block(block: Block) -> dict[str, Any]:
    """Return a block with its kind, as the layout reads it."""
    return {"kind": type(block).__name__.lower()} | asdict(block)
