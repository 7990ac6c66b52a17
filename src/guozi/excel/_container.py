"""The file as a container: what it really is and how large it would become, before any parsing.

An Excel workbook is a zip archive of XML parts. Everything here is decided from the first bytes,
the archive's directory and a streaming look at the parts, so that a hostile or broken file never
reaches a parser: size, number of parts, names, doubles, checksums, expansion, document types.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zipfile import BadZipFile, LargeZipFile, ZipFile

from guozi_core import sheets
from guozi_core.findings import Finding, Locator, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large an upload may be; every limit is included in what is accepted.

    Parameters
    ----------
    upload_bytes, unpacked_bytes : int
        Size of the file, and of its parts together when unpacked.
    members : int
        Number of parts.
    ratio, ratio_above_bytes : int
        Unpacked to packed size of a part, asked of parts larger than this.
    xml_bytes : int
        Size of the XML parts together when unpacked; a statement's are parsed whole (2 MiB a
        second), so that this bounds the time.
    rows, cells : int
        Rows and filled cells of one sheet.
    """

    upload_bytes: int = 20 * 2**20
    unpacked_bytes: int = 200 * 2**20
    members: int = 1_000
    ratio: int = 100
    ratio_above_bytes: int = 2**20
    xml_bytes: int = 200 * 2**20
    rows: int = 200_000
    cells: int = 4_000_000


#: For a statement, which has a few hundred lines.
FORM_LIMITS = Limits(xml_bytes=16 * 2**20, rows=20_000, cells=200_000)

#: Files that people upload by mistake, by their first bytes.
_OTHERS = (
    (b"%PDF", "PDF 文件", "a PDF file"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"GIF8", "图片", "a picture"),
    (b"BM", "图片", "a picture"),
    (b"Rar!", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩包", "a 7z archive"),
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|table|meta|style)\b", re.IGNORECASE)
_ROW_MARKS = (b"<row", b":row")
#: XML allows blanks where no program writes them; the counts below would miss such rows and cells.
_ODD_BLANKS = re.compile(rb"<(?:\w+:)?(?:row|c)[\t\n\r]|\sr\s+=|\sr=\s")
_FORMULA_MARKS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
_ROW_NUMBER = re.compile(rb"row [^>]{0,60}?r=[\"'](\d{1,7})[\"']")
_FAR_COLUMN = re.compile(rb"r=[\"']([A-Z]{2,3})\d")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)")
_CHUNK = 2**18
_XML = (".xml", ".rels", ".vml")


@dataclass(slots=True, kw_only=True)
class SheetShape:
    """What a streaming look at a sheet part tells.

    Parameters
    ----------
    rows : int
        Number of ``<row>`` elements.
    last_row, last_column : int
        The farthest cell that is named; columns up to Z count as 26.
    has_formulas_or_errors : bool
        Whether a cell may be more than its stored value.
    has_odd_blanks : bool
        Whether the part is written so oddly that its size cannot be told by looking.
    """

    rows: int = 0
    last_row: int = 0
    last_column: int = 26
    has_formulas_or_errors: bool = False
    has_odd_blanks: bool = False

    def see(self, tail: bytes, window: bytes) -> None:
        """Take in the next bytes, which begin with the ``tail`` of the last ones."""
        # Plain counts: a pattern with an optional prefix takes eight times as long.
        self.rows += sum(window.count(mark) - tail.count(mark) for mark in _ROW_MARKS)
        if any(mark in window for mark in (b"\n", b"\t", b"r =", b"r= ")):
            self.has_odd_blanks = self.has_odd_blanks or _ODD_BLANKS.search(window) is not None
        for number in _ROW_NUMBER.findall(window):
            self.last_row = max(self.last_row, int(number))
        for letters in set(_FAR_COLUMN.findall(window)):
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            self.last_column = max(self.last_column, column)
        if not self.has_formulas_or_errors:
            # Most sheets hold no letter f at all, which is found out at once.
            formula = b"f" in window and any(mark in window for mark in _FORMULA_MARKS)
            error = b't="e"' in window or (b"'" in window and b"t='e'" in window)
            self.has_formulas_or_errors = formula or error


@dataclass(frozen=True, kw_only=True)
class Container:
    """A file found fit to be parsed.

    Parameters
    ----------
    file : str
        Its name.
    content : bytes
        Its bytes.
    archive : ZipFile
        The open archive.
    shapes : dict of str to SheetShape
        How large each sheet part is.
    """

    file: str
    content: bytes
    archive: ZipFile
    shapes: dict[str, SheetShape] = field(default_factory=dict)

    def names(self) -> set[str]:
        """Return the names of the parts."""
        return set(self.archive.namelist())

    def part(self, name: str) -> bytes:
        """Return the bytes of a part."""
        return self.archive.read(name)


def open_container(
    content: bytes, file: str, limits: Limits, *, size: int | None = None
) -> tuple[Container | None, tuple[Finding, ...]]:
    """Return the container, or the findings that keep it closed; notes come with a container."""
    refused = _first_look(content, file, limits, len(content) if size is None else size)
    if refused is not None:
        return None, (refused,)
    try:
        archive = ZipFile(io.BytesIO(content))
    except (BadZipFile, LargeZipFile, ValueError, NotImplementedError):
        return None, (_finding("IMP-FIL-007", file),)
    findings = [*_directory(archive, file, limits)]
    if findings:
        return None, tuple(findings)
    shapes: dict[str, SheetShape] = {}
    for info in archive.infolist():
        findings.extend(_look_through(archive, info, file, limits, shapes))
    parsed = sum(i.file_size for i in archive.infolist() if i.filename.endswith(_XML))
    if not findings and parsed > limits.xml_bytes:
        expanded, most = str(parsed), str(limits.xml_bytes)
        findings.append(_finding("IMP-FIL-010", file, got="XML", size=expanded, limit=most))
    findings.extend(_kind(archive, file))
    if any(finding.severity is Severity.BLOCK for finding in findings):
        return None, tuple(findings)
    return Container(file=file, content=content, archive=archive, shapes=shapes), tuple(findings)


def _finding(
    code: str, file: str, *, got: str | None = None, expected: str | None = None, **details: str
) -> Finding:
    return sheets.finding(code, Locator(file=file), got=got, expected=expected, **details)


def _first_look(content: bytes, file: str, limits: Limits, size: int) -> Finding | None:
    """Refuse by size and first bytes."""
    if size > limits.upload_bytes:
        return _finding("IMP-FIL-002", file, size=str(size), limit=str(limits.upload_bytes))
    if not content:
        return _finding("IMP-FIL-001", file)
    if content.startswith(_ZIP):
        return None
    if content.startswith(_OLE):
        encrypted = _ENCRYPTED in content
        return _finding("IMP-FIL-006" if encrypted else "IMP-FIL-005", file)
    beginning = content[:4096]
    if b"\x00" in beginning:
        beginning = beginning.replace(b"\x00", b"")
    if _HTML.search(beginning):
        return _finding("IMP-FIL-004", file)
    what, what_en = _content_kind(content)
    return _finding("IMP-FIL-003", file, got=_shown(content), what=what, what_en=what_en)


def _content_kind(content: bytes) -> tuple[str, str]:
    """Return what a file is that is no workbook, by its first bytes; nothing of it is decoded."""
    for beginning, zh, en in _OTHERS:
        if content.startswith(beginning):
            return zh, en
    if b"\x00" in content[:1024] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "其他二进制文件", "some binary file"
    return "文本", "text"


def _shown(content: bytes) -> str:
    """Return the beginning of a text file."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content[:200].decode("utf-16", errors="replace")[:40]
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content[:200].decode(encoding, errors="strict")[:40]
        except UnicodeDecodeError:
            continue
    return content[:16].hex(" ")


def _directory(archive: ZipFile, file: str, limits: Limits) -> Iterator[Finding]:
    """Check what the archive's directory says, without unpacking anything."""
    infos = archive.infolist()
    if len(infos) > limits.members:
        yield _finding("IMP-FIL-011", file, count=str(len(infos)), limit=str(limits.members))
        return
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        if _is_unsafe(info):
            yield _finding("IMP-FIL-012", file, got=name)
        if name.lower() in seen:
            yield _finding("IMP-FIL-013", file, part=sheets.visible(name))
        seen.add(name.lower())
    if any(info.flag_bits & 1 for info in infos):
        yield _finding("IMP-FIL-006", file)
    total = sum(info.file_size for info in infos)
    if total > limits.unpacked_bytes:
        yield _finding("IMP-FIL-010", file, size=str(total), limit=str(limits.unpacked_bytes))


def _is_unsafe(info: ZipInfo) -> bool:
    """Return whether a name leads outside, or the part is a link."""
    # ``orig_filename`` keeps what follows a NUL, which the library cuts off.
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    is_link = (info.external_attr >> 16) & 0o170000 == 0o120000
    return (
        name.startswith(("/", "\\"))
        or ".." in parts
        or ":" in parts[0]
        or "\x00" in name
        or is_link
    )


def _look_through(
    archive: ZipFile, info: ZipInfo, file: str, limits: Limits, shapes: dict[str, SheetShape]
) -> Iterator[Finding]:
    """Unpack one part as a stream: checksum, rows, document type, expansion."""
    name = info.filename
    is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
    is_xml = name.endswith(_XML)
    tail, head = b"", b""
    shape = SheetShape()
    hostile = False
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                if not head:
                    head = chunk[:200]
                window = tail + chunk
                if is_sheet:
                    shape.see(tail, window)
                hostile = hostile or (is_xml and _DOCTYPE.search(window) is not None)
                tail = window[-80:]
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
        yield _finding("IMP-FIL-008", file, part=name)
        return
    if hostile or (is_xml and _odd_encoding(head)):
        yield _finding("IMP-FIL-014", file, part=name)
    if is_sheet:
        shapes[name] = shape
        if shape.rows > limits.rows:
            rows, most = str(shape.rows), str(limits.rows)
            yield _finding("IMP-FIL-009", file, part=name, rows=rows, limit=most)
            return
    ratio = info.file_size // max(info.compress_size, 1)
    if info.file_size > limits.ratio_above_bytes and ratio > limits.ratio:
        yield _finding("IMP-FIL-018", file, part=name, ratio=str(ratio), limit=str(limits.ratio))


def _odd_encoding(head: bytes) -> bool:
    """Return whether a part is not UTF-8: another encoding could hide a document type."""
    stated = _ENCODING.search(head)
    if stated is not None and stated[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}:
        return True
    return b"\x00" in head


def _kind(archive: ZipFile, file: str) -> Iterator[Finding]:
    """Tell workbooks with macros or links, and other archives."""
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        kept = sorted(name for name in names if "/" not in name)
        yield _finding("IMP-FIL-017", file, got="、".join(kept[:3]))
        return
    try:
        types = archive.read("[Content_Types].xml")
    except (BadZipFile, zlib.error):
        return
    macros = any(name.endswith("vbaProject.bin") or "/macrosheets/" in name for name in names)
    if macros or b"macroEnabled" in types:
        yield _finding("IMP-FIL-016", file)
    links = sorted(name for name in names if re.fullmatch(r"xl/externalLinks/[^/]+\.xml", name))
    if links:
        yield _finding("IMP-FIL-015", file, got=_targets(archive, names))


def _targets(archive: ZipFile, names: set[str]) -> str:
    """Return where external links point."""
    found: list[str] = []
    for name in sorted(names):
        if name.startswith("xl/externalLinks/_rels/"):
            text = archive.read(name).decode("utf-8", errors="replace")
            found.extend(re.findall(r'Target="([^"]*)"', text))
    return "、".join(found)
