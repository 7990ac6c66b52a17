"""The two hash algorithms, with the prefixes that keep leaves and nodes apart (RFC 6962, 2.1)."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes

_LEAF, _NODE = b"\x00", b"\x01"


class Algorithm(NamedTuple):
    """A hash algorithm by the name written into every leaf."""

    name: str
    size: int

    def digest(self, content: bytes) -> bytes:
        """Return the hash of ``content``."""
        if self.name == "sha256":
            return hashlib.sha256(content).digest()
        if "sm3" in hashlib.algorithms_available:
            return hashlib.new("sm3", content).digest()
        # Some builds of OpenSSL leave SM3 out.
        state = hashes.Hash(hashes.SM3())
        state.update(content)
        return state.finalize()


SHA256 = Algorithm("sha256", 32)
SM3 = Algorithm("sm3", 32)


def leaf_hash(content: bytes, *, algorithm: Algorithm = SHA256) -> bytes:
    """Return the hash of a leaf.

    Parameters
    ----------
    content : bytes
        Canonical bytes of the leaf.
    algorithm : Algorithm
        SHA-256 or SM3.

    Returns
    -------
    bytes, length 32
        ``H(0x00 ‖ content)``.

    References
    ----------
    .. [1] RFC 6962, section 2.1.

    Examples
    --------
    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return algorithm.digest(_LEAF + content)


def node_hash(left: bytes, right: bytes, *, algorithm: Algorithm = SHA256) -> bytes:
    """Return the hash of a node over its two halves.

    Parameters
    ----------
    left, right : bytes, length 32
        Hashes of the halves.
    algorithm : Algorithm
        SHA-256 or SM3.

    Returns
    -------
    bytes, length 32
        ``H(0x01 ‖ left ‖ right)``.
    """
    return algorithm.digest(_NODE + left + right)
