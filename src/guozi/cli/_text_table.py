"""CSV files, read strictly: what cannot be read for certain is refused with its line."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from guozi_core.findings import Finding, Locator, Severity, Wording

#: A field longer than this is no cell of a table.
FIELD_LIMIT = 131_072
_DELIMITERS = {
    ",": Wording(zh="逗号", en="commas"),
    "\t": Wording(zh="制表符", en="tabs"),
    ";": Wording(zh="分号", en="semicolons"),
}
_BROKEN_TEXT = ("\ufffd", "锟斤拷", "烫烫烫")


class TextTable(NamedTuple):
    """Records of a text file with the row numbers a person sees in Excel.

    Attributes
    ----------
    records : list of (row number, cells)
        The first is the header.
    findings : list of Finding
        What was noticed or refused.
    """

    records: list[tuple[int, list[str]]]
    findings: list[Finding]


def read_text_table(content: bytes, file: str) -> TextTable:
    """Return the records of a CSV file; blocking findings where it cannot be read for certain."""
    findings: list[Finding] = []
    text = _decode(content, file, findings)
    if text is None:
        return TextTable([], findings)
    delimiter = _delimiter(text, file, findings)
    records: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    started = 1
    previous_limit = csv.field_size_limit(FIELD_LIMIT)
    try:
        for number, cells in enumerate(reader, start=1):
            started = reader.line_num + 1
            if any(cell.strip() for cell in cells):
                records.append((number, cells))
    except csv.Error as error:
        findings.append(_broken_line(file, started, str(error)))
    finally:
        csv.field_size_limit(previous_limit)
    if not records and not findings:
        findings.append(
            Finding(
                code="TAB-010",
                severity=Severity.BLOCK,
                message=Wording(zh="文件中没有任何内容", en="the file is empty"),
                locator=Locator(file=file),
            )
        )
    findings.extend(_ragged(records, file))
    return TextTable(records, findings)


def _decode(content: bytes, file: str, findings: list[Finding]) -> str | None:
    """Return the text, with a note where it is not UTF-8, or None where no encoding fits."""
    text, encoding = _try_encodings(content)
    if text is None or any(mark in text for mark in _BROKEN_TEXT):
        findings.append(
            Finding(
                code="TAB-001",
                severity=Severity.BLOCK,
                message=Wording(
                    zh="文件的字符编码不能确定，或文字已经损坏",
                    en="the character encoding cannot be told, or the text is already damaged",
                ),
                locator=Locator(file=file),
                expected="UTF-8",
                fix=Wording(zh="另存为 UTF-8 编码的 CSV", en="save it as CSV in UTF-8"),
            )
        )
        return None
    if "\0" in text:
        findings.append(
            Finding(
                code="TAB-002",
                severity=Severity.BLOCK,
                message=Wording(zh="文件含有空字符（NUL）", en="the file holds NUL characters"),
                locator=Locator(file=file, row=str(text[: text.index("\0")].count("\n") + 1)),
            )
        )
        return None
    if encoding != "utf-8":
        findings.append(
            Finding(
                code="TAB-003",
                severity=Severity.NOTE,
                message=Wording(
                    zh=f"文件不是 UTF-8 编码，已按 {encoding} 读取",
                    en=f"the file is not UTF-8; it was read as {encoding}",
                ),
                locator=Locator(file=file),
                got=encoding,
                expected="UTF-8",
            )
        )
    return text


def _try_encodings(content: bytes) -> tuple[str | None, str]:
    """Return the text and its encoding; UTF-8 first, because nothing else looks like it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif content[:4096].count(0) * 10 > len(content[:4096]):
        # ASCII digits and commas leave a zero byte in every second place.
        even = content[:4096:2].count(0)
        odd = content[1:4096:2].count(0)
        candidates = ["utf-16-be" if even > odd else "utf-16-le"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and not _looks_chinese(text):
            return None, encoding
        return text, "utf-8" if encoding == "utf-8-sig" else encoding
    return None, ""


def _looks_chinese(text: str) -> bool:
    """Return whether the letters beyond ASCII are mostly common Chinese ones.

    Almost any bytes decode as GB18030; text in another encoding turns into rare characters.
    """
    beyond = [character for character in text if ord(character) > 127]
    common = sum(
        "一" <= character <= "\u9fff"
        or character in "，。、：；（）“”‘’—－…％￥△▲☆　０１２３４５６７８９"
        for character in beyond
    )
    return common >= 0.9 * len(beyond)


def _delimiter(text: str, file: str, findings: list[Finding]) -> str:
    """Return the delimiter of the header line; anything but a comma is told."""
    header = text.split("\n", 1)[0]
    counts = {delimiter: header.count(delimiter) for delimiter in _DELIMITERS}
    best = max(counts, key=lambda delimiter: (counts[delimiter], delimiter == ","))
    if best == "," or counts[best] == 0:
        return ","
    if counts[","]:
        # Commas inside names stay with the comma; a person must decide.
        return ","
    findings.append(
        Finding(
            code="TAB-004",
            severity=Severity.NOTE,
            message=Wording(
                zh=f"列之间不是逗号，已按{_DELIMITERS[best].zh}分列",
                en=f"columns are separated by {_DELIMITERS[best].en}, and were read so",
            ),
            locator=Locator(file=file),
        )
    )
    return best


def _broken_line(file: str, line: int, reason: str) -> Finding:
    """Say at which physical line a record cannot be read."""
    return Finding(
        code="TAB-005",
        severity=Severity.BLOCK,
        message=Wording(
            zh=f"第 {line} 行开始的记录不能读取（引号不成对，或单元格过长）",
            en=f"the record that begins on line {line} cannot be read "
            "(unbalanced quotation marks, or a cell too long)",
        ),
        locator=Locator(file=file, row=str(line)),
        got=reason,
    )


def _ragged(records: list[tuple[int, list[str]]], file: str) -> list[Finding]:
    """Return a finding for each record with more or fewer cells than the header."""
    if not records:
        return []
    width = len(records[0][1])
    return [
        Finding(
            code="TAB-006",
            severity=Severity.BLOCK,
            message=Wording(
                zh=f"第 {number} 行有 {len(cells)} 列，表头有 {width} 列",
                en=f"row {number} has {len(cells)} cells, the header has {width}",
            ),
            locator=Locator(file=file, row=str(number)),
            got=str(len(cells)),
            expected=str(width),
            fix=Wording(
                zh="检查该行是否多写或少写逗号，金额中的千分位逗号须加引号",
                en="check the commas of the row; amounts with thousands separators need quotes",
            ),
        )
        for number, cells in records[1:]
        if len(cells) != width
    ]
