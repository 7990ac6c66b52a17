"""``python -m guozi.ui.translations``: the texts of every room, what lacks English, the compiled files.

The texts themselves are Chinese and stand in templates and code; ``locale/en/LC_MESSAGES/django.po`` of a room
gives the English. No gettext program is needed: texts are found with Django's own lexer and Python's parser, and
compiled with Babel. The compiled files are kept in the repository, so that a checkout runs as it is.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, TokenType

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS = Path(__file__).resolve().parents[1]
_CALLS = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "pgettext"})
_QUOTED = re.compile(r"""(?<!\w)_\((["'])(.*?)\1\)""")
_TRANS = re.compile(r"""^(?:trans|translate)\s+(["'])(.*?)\1""")
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
_CHINESE = re.compile("[一-鿿]")


def texts_of(room: Path) -> set[str]:
    """Return every text of a room that is to be translated."""
    found: set[str] = set()
    for path in room.rglob("*.py"):
        found.update(_in_code(path.read_text(encoding="utf-8")))
    for path in room.rglob("*.html"):
        found.update(_in_template(path.read_text(encoding="utf-8")))
    return {text for text in found if _CHINESE.search(text)}


def _in_code(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in _CALLS
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            yield node.args[0].value


def _in_template(text: str) -> Iterator[str]:
    block: list[str] | None = None
    for token in Lexer(text).tokenize():
        content = token.contents
        if token.token_type is TokenType.BLOCK and content.startswith(
            ("blocktrans", "blocktranslate")
        ):
            block = []
        elif token.token_type is TokenType.BLOCK and content.startswith("endblocktrans"):
            yield "".join(block or [])
            block = None
        elif block is not None:
            if token.token_type is TokenType.VAR:
                block.append(f"%({content.split('|')[0]})s")
            else:
                block.append(content)
        elif token.token_type is TokenType.BLOCK:
            match = _TRANS.match(content)
            if match is not None:
                yield match[2]
        if token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            yield from (found[2] for found in _QUOTED.finditer(content))


def catalog_of(room: Path) -> Catalog:
    """Return the English texts a room has."""
    path = po_of(room)
    if not path.exists():
        return Catalog(locale="en", charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale="en", charset="utf-8")


def po_of(room: Path) -> Path:
    """Return where a room keeps its English."""
    return room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def rooms() -> list[Path]:
    """Return every room."""
    return sorted(path for path in ROOMS.iterdir() if (path / "__init__.py").exists())


def missing(room: Path) -> list[str]:
    """Return the texts of a room that have no English anywhere in the house."""
    known = {
        str(message.id)
        for other in rooms()
        for message in catalog_of(other)
        if message.id and message.string
    }
    return sorted(texts_of(room) - known)


def faulty(room: Path) -> list[str]:
    """Return the texts of a room whose English cannot be right.

    It has other places to fill in than the Chinese, is marked as a guess, or is itself in Chinese.
    """
    return sorted(
        str(message.id)
        for message in catalog_of(room)
        if message.id
        and message.string
        and (
            set(_PLACE.findall(str(message.id))) != set(_PLACE.findall(str(message.string)))
            or message.fuzzy
            or _CHINESE.search(str(message.string))
        )
    )


def compiled(room: Path) -> bytes:
    """Return the compiled form of a room's English."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog_of(room))
    return buffer.getvalue()


def add(room: Path, texts: dict[str, str]) -> None:
    """Add English texts to a room, keep them sorted, compile."""
    catalog = catalog_of(room)
    for chinese, english in texts.items():
        catalog.add(chinese, english)
    path = po_of(room)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, catalog, sort_output=True, omit_header=False, width=100)
    path.with_suffix(".mo").write_bytes(compiled(room))


def main() -> int:
    """Compile every room's English and list what is missing or cannot be right."""
    lacking = 0
    for room in rooms():
        if po_of(room).exists():
            po_of(room).with_suffix(".mo").write_bytes(compiled(room))
        for text in missing(room):
            lacking += 1
            sys.stdout.write(f"{room.name}\tmissing\t{text}\n")
        for text in faulty(room):
            lacking += 1
            sys.stdout.write(f"{room.name}\tfaulty\t{text}\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
