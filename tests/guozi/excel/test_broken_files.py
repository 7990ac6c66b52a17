"""Whatever the bytes: an answer in bounded time and memory, never an exception."""

from __future__ import annotations

import dataclasses
import time
import tracemalloc

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.guozi.excel import workbooks
from tests.guozi.excel.workbooks import filled, parts_of, upload, zipped

from guozi import excel

SHEET = "xl/worksheets/sheet2.xml"
PARTS = [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml",
         "xl/_rels/workbook.xml.rels", "docProps/custom.xml"]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_of_the_file(flips: list[tuple[float, int]]) -> None:
    content = bytearray(filled())
    for place, value in flips:
        content[min(int(place * len(content)), len(content) - 1)] = value

    findings, figures = upload(bytes(content))

    assert findings or workbooks.as_mapping(figures) == workbooks.figures()


@settings(max_examples=150)
@given(
    part=st.sampled_from(PARTS),
    place=st.floats(0, 1),
    text=st.sampled_from(
        [
            b"",
            b"0",
            b"-1",
            b"99999999999999999999",
            b'"',
            b"<",
            b"</row>",
            b"A1",
            b"e",
            b"\xff",
            b"_x0000_",
        ]
    ),
    cut=st.integers(0, 12),
)
@example(part="xl/workbook.xml", place=0.9999, text=b"", cut=12)
def test_changed_bytes_of_a_part(part: str, place: float, text: bytes, cut: int) -> None:
    """A well-packed file whose parts say something else."""
    parts = parts_of(filled())
    start = int(place * len(parts[part]))
    parts[part] = parts[part][:start] + text + parts[part][start + cut :]

    findings, figures = upload(zipped(list(parts.items())))

    assert isinstance(findings, list)
    assert isinstance(figures, tuple)
    copy = excel.annotate(zipped(list(parts.items())), findings)
    assert copy.startswith(b"PK")


def test_needless_elements_fill_neither_time_nor_memory() -> None:
    """I5: 30 s and 300 MB; a tenth of what is accepted, with the tracer that slows it down."""
    parts = parts_of(filled())
    junk = b"<x/><y/><z/><q/>" * 100_000
    parts[SHEET] = parts[SHEET].replace(b"<sheetData>", junk + b"<sheetData>")

    tracemalloc.start()
    began = time.monotonic()
    limits = dataclasses.replace(excel.FORM_LIMITS, ratio=100_000)
    findings, figures = upload(zipped(list(parts.items())), limits=limits)
    took = time.monotonic() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert not findings
    assert workbooks.as_mapping(figures) == workbooks.figures()
    assert took < 30
    assert peak < 30 * 2**20


def test_more_xml_than_can_be_parsed_in_time_is_refused() -> None:
    parts = parts_of(filled())
    filler = bytes(range(32, 60)) * (excel.FORM_LIMITS.xml_bytes // 28 // 8)
    parts |= {f"customXml/item{number}.xml": filler for number in range(9)}
    limits = dataclasses.replace(excel.FORM_LIMITS, ratio=100_000)

    findings, _ = upload(zipped(list(parts.items())), limits=limits)

    assert [finding.code for finding in findings] == ["IMP-FIL-010"]


def test_name_of_the_file_is_shown_as_it_is() -> None:
    """A22: a name that turns the writing direction."""
    opened = excel.open_workbook(b"", "快报\u202exslx.exe\n.xlsx")

    assert opened.findings[0].locator.file == "快报<U+202E>xslx.exe<U+000A>.xlsx"
