"""Checkpoints: the log's size and root as a short text that can be signed and printed.

The form is that of C2SP tlog-checkpoint: origin, size and root on a line each, extension lines (here
the SM3 root), an empty line, then signature lines ``— name base64``.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

_DASH = "\u2014"


class CheckpointError(ValueError):
    """The text is no checkpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a checkpoint says.

    Parameters
    ----------
    origin : str
        Identity of the log.
    size : int
        Number of leaves.
    root_sha256, root_sm3 : bytes, length 32
        Roots.
    """

    origin: str
    size: int
    root_sha256: bytes
    root_sm3: bytes

    def body(self) -> str:
        """Return the text that is signed.

        Examples
        --------
        >>> print(Checkpoint(origin="guozi/demo", size=0, root_sha256=bytes(32),
        ...                  root_sm3=bytes(32)).body().splitlines()[:2])
        ['guozi/demo', '0']
        """
        sha, sm3 = base64.b64encode(self.root_sha256), base64.b64encode(self.root_sm3)
        return f"{self.origin}\n{self.size}\n{sha.decode()}\nsm3 {sm3.decode()}\n"

    def note(self, signatures: dict[str, bytes]) -> str:
        """Return the signed note: the body, an empty line, a line for each signature."""
        lines = [
            f"{_DASH} {name} {base64.b64encode(value).decode()}\n"
            for name, value in signatures.items()
        ]
        return f"{self.body()}\n{''.join(lines)}"


def read_note(text: str) -> tuple[str, dict[str, bytes]]:
    """Return the signed body of a note and its signatures by name.

    Parameters
    ----------
    text : str
        A note.

    Returns
    -------
    tuple of (str, dict)
        Body (with its last line end) and signatures.

    Raises
    ------
    CheckpointError
        If the text has no signature part or a broken line.
    """
    body, separator, tail = text.partition("\n\n")
    if not separator:
        raise CheckpointError("no signature part")
    signatures = {}
    for line in tail.splitlines():
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != _DASH:
            raise CheckpointError("broken signature line")
        signatures[parts[1]] = _decoded(parts[2])
    return f"{body}\n", signatures


def parse_note(text: str) -> tuple[Checkpoint, dict[str, bytes]]:
    """Return the checkpoint of a note and its signatures.

    Parameters
    ----------
    text : str
        A note.

    Returns
    -------
    tuple of (Checkpoint, dict)
        The checkpoint, and signatures by name.

    Raises
    ------
    CheckpointError
        If the text is no checkpoint.
    """
    body, signatures = read_note(text)
    lines = body.split("\n")
    if len(lines) != 5 or not lines[1].isdecimal() or not lines[3].startswith("sm3 "):
        raise CheckpointError("a checkpoint has four lines: origin, size, root, sm3 root")
    roots = [_decoded(lines[2]), _decoded(lines[3].removeprefix("sm3 "))]
    if any(len(root) != 32 for root in roots) or str(int(lines[1])) != lines[1]:
        raise CheckpointError("broken root or size")
    checkpoint = Checkpoint(
        origin=lines[0], size=int(lines[1]), root_sha256=roots[0], root_sm3=roots[1]
    )
    return checkpoint, signatures


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise CheckpointError("broken base64") from error
