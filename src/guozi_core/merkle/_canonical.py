"""One way to write a leaf as bytes, and commitments that allow redaction.

RFC 8785 in spirit: keys sorted, no blanks, UTF-8, text in NFC. Numbers are written as strings, so
that no reader rounds them; a missing key is not the same as a null. A field that may one day be
redacted (personal data) stands in the leaf only as a salted hash: removing the readable payload
leaves every proof valid.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence

from guozi_core.merkle._hashing import SHA256

_MOST_DEPTH = 12


class CanonicalError(ValueError):
    """The value has no canonical form."""


def canonical_bytes(value: Mapping[str, object]) -> bytes:
    """Return the canonical bytes of a leaf.

    Parameters
    ----------
    value : mapping
        Text, whole numbers, truth values, ``None``, lists and mappings of these.

    Returns
    -------
    bytes
        The same for the same content, whatever order its keys came in.

    Raises
    ------
    CanonicalError
        If a value is of another type (a binary fraction, a date), or too deep.

    Examples
    --------
    >>> canonical_bytes({"b": 12345678901234567890, "a": None})
    b'{"a":null,"b":"12345678901234567890"}'
    """
    return json.dumps(
        _plain(value, 0), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def commitment(salt: bytes, value: object) -> str:
    """Return the salted hash that stands for a field.

    Parameters
    ----------
    salt : bytes
        At least 16 random bytes, kept beside the payload.
    value : object
        The field's value.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    CanonicalError
        If the salt is too short to hide a guessable value.
    """
    if len(salt) < 16:
        raise CanonicalError("a salt has at least 16 bytes")
    return SHA256.digest(salt + canonical_bytes({"value": value})).hex()


def _plain(value: object, depth: int) -> object:
    if depth > _MOST_DEPTH:
        raise CanonicalError("nested too deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {
            unicodedata.normalize("NFC", str(key)): _plain(part, depth + 1)
            for key, part in value.items()
        }
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_plain(part, depth + 1) for part in value]
    text = f"{type(value).__name__} has no canonical form"
    raise CanonicalError(text)
