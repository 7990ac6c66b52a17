"""Verify an export of the log, or a receipt, without trusting the system that wrote it.

One file, Python's standard library only: copy it to any machine and run

    python verify_log.py LOG.jsonl [--checkpoint NOTE.txt] [--public-key BASE64] [--origin NAME]
    python verify_log.py RECEIPT.txt [--public-key BASE64]

It was written apart from the program that writes the log and shares no code with it. Exit code 0: everything
holds; 1: something does not, and the lines say what; 2: the file cannot be read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import sys
from typing import Any, Iterator, NamedTuple  # noqa: UP035 - runs on older Pythons too


class Fault(NamedTuple):
    """One thing that does not hold: where, and what, in both languages."""

    place: str
    zh: str
    en: str


# ---- hashes -------------------------------------------------------------------------------------


def leaf_hash(content: bytes, name: str = "sha256") -> bytes:
    """Return H(0x00 ‖ content)."""
    return hashlib.new(name, b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes, name: str = "sha256") -> bytes:
    """Return H(0x01 ‖ left ‖ right)."""
    digest: bytes = hashlib.new(name, b"\x01" + left + right).digest()
    return digest


class Tree:
    """The right edge of a growing tree: one complete subtree for every bit of the size."""

    def __init__(self, name: str) -> None:
        self.name, self.size = name, 0
        self.edge: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        size, here = self.size, leaf
        while size & 1:
            here = node_hash(self.edge.pop(), here, self.name)
            size >>= 1
        self.edge.append(here)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over the leaves so far."""
        if not self.edge:
            return hashlib.new(self.name, b"").digest()
        here = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            here = node_hash(left, here, self.name)
        return here


def inclusion_holds(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Return whether a leaf stands at an index under a root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, here = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            here = node_hash(part, here)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            here = node_hash(here, part)
        position >>= 1
        last >>= 1
    return last == 0 and hmac.compare_digest(here, root)


# ---- signatures: Ed25519 as RFC 8032 writes it, verification only ------------------------------

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)


def _x_of(y: int, odd: int) -> int | None:
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    if square == 0:
        return None if odd else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - square) % _P:
        return None
    return _P - x if (x & 1) != odd else x


_BASE_Y = 4 * pow(5, _P - 2, _P) % _P
_BASE_X = _x_of(_BASE_Y, 0) or 0
_BASE = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % _P)


def _add(p: tuple[int, ...], q: tuple[int, ...]) -> tuple[int, ...]:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(count: int, point: tuple[int, ...]) -> tuple[int, ...]:
    total: tuple[int, ...] = (0, 1, 1, 0)
    while count:
        if count & 1:
            total = _add(total, point)
        point = _add(point, point)
        count >>= 1
    return total


def _point(data: bytes) -> tuple[int, ...] | None:
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    x = _x_of(y, odd)
    return None if x is None else (x, y, 1, x * y % _P)


def signature_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether an Ed25519 signature over a message is by the holder of a key."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = _point(key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= _L:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    h = int.from_bytes(digest, "little") % _L
    left, right = _times(s, _BASE), _add(r, _times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % _P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % _P == 0


# ---- what a leaf and a checkpoint say -----------------------------------------------------------


def canonical(value: Any) -> Any:
    """Return a value as the log writes it: whole numbers as text, keys in order."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return {str(key): canonical(part) for key, part in value.items()}
    return [canonical(part) for part in value]


def commitment(salt: bytes, value: Any) -> str:
    """Return the salted hash by which a leaf stands for a value."""
    text = json.dumps(
        {"value": canonical(value)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(salt + text.encode()).hexdigest()


class Note(NamedTuple):
    """A signed checkpoint."""

    body: str
    origin: str
    size: int
    sha256: bytes
    sm3: bytes
    signatures: list[bytes]


def read_note(text: str) -> Note:
    """Return what a checkpoint says; ``ValueError`` if it is none."""
    body, separator, tail = text.partition("\n\n")
    lines = body.split("\n")
    if not separator or len(lines) != 4 or not lines[3].startswith("sm3 "):
        raise ValueError("not a checkpoint")
    return Note(
        body=body + "\n",
        origin=lines[0],
        size=int(lines[1]),
        sha256=base64.b64decode(lines[2], validate=True),
        sm3=base64.b64decode(lines[3][4:], validate=True),
        signatures=[
            base64.b64decode(line.split(" ")[2], validate=True)
            for line in tail.splitlines()
            if line.startswith("\u2014 ") and line.count(" ") == 2
        ],
    )


def note_faults(note: Note, place: str, key: bytes, origin: str) -> Iterator[Fault]:
    """Yield what is wrong with a checkpoint by itself."""
    if note.origin != origin:
        yield Fault(
            place,
            f"日志名称是“{note.origin}”，应为“{origin}”",
            f"origin is {note.origin}, not {origin}",
        )
    if not any(signature_holds(key, note.body.encode(), item) for item in note.signatures):
        yield Fault(place, "签名无效", "no valid signature")


def leaf_faults(row: dict[str, Any], origin: str) -> Iterator[Fault]:
    """Yield what is wrong with one exported leaf by itself."""
    place = f"leaf {row.get('index')}"
    content = row["content"]
    raw = content.encode()
    if leaf_hash(raw).hex() != row["sha256"]:
        yield Fault(place, "内容与 SHA-256 摘要不符", "the content does not match its SHA-256 hash")
    if _has_sm3() and leaf_hash(raw, "sm3").hex() != row["sm3"]:
        yield Fault(place, "内容与 SM3 摘要不符", "the content does not match its SM3 hash")
    said = json.loads(content)
    if said.get("index") != str(row["index"]):
        yield Fault(place, "序号与内容不符", "the index does not match the content")
    if said.get("log") != origin:
        yield Fault(place, "不属于这个日志", "belongs to another log")
    payload = row.get("payload")
    if payload is None:
        return  # redacted: the leaf keeps the commitments
    for side in ("before", "after"):
        values, hashed = payload.get(side) or {}, said.get(side)
        if not isinstance(hashed, dict):
            yield Fault(f"{place}, {side}", "内容的格式被改动", "the content has another form")
            continue
        for name in sorted({*values, *hashed}):
            salt = bytes.fromhex(payload.get("salts", {}).get(name, ""))
            if name not in values or hashed.get(name) != commitment(salt, values[name]):
                yield Fault(
                    f"{place}, {side}.{name}",
                    "可读内容与计入摘要的内容不符",
                    "the readable value is not the one that was hashed",
                )


def _has_sm3() -> bool:
    return "sm3" in hashlib.algorithms_available


# ---- a whole log, a receipt ---------------------------------------------------------------------


def verify_export(
    lines: Iterator[str],
    *,
    public_key: str | None = None,
    origin: str | None = None,
    checkpoint: str | None = None,
) -> tuple[int, list[Fault]]:
    """Return how many leaves an export holds and everything that is wrong with it.

    ``public_key`` and ``origin`` pin what was given on paper; ``checkpoint`` is a note somebody else
    kept: the log must contain it.
    """
    header = json.loads(next(lines))
    faults: list[Fault] = []
    if header.get("format") != "guozi-log-1":
        return 0, [Fault("header", "格式不认识", "unknown format")]
    if public_key is not None and header["public_key"] != public_key:
        faults.append(Fault("header", "公钥与指定的不同", "another public key than the one pinned"))
    if origin is not None and header["origin"] != origin:
        faults.append(Fault("header", "日志名称与指定的不同", "another origin than the one pinned"))
    name = origin or header["origin"]
    key = base64.b64decode(public_key or header["public_key"])
    trees = [Tree("sha256")] + ([Tree("sm3")] if _has_sm3() else [])
    leaves: list[tuple[bytes, ...]] = []
    notes: list[tuple[str, Note]] = []
    for number, line in enumerate(lines, start=2):
        try:
            row = json.loads(line)
            if "checkpoint" in row:
                notes.append((f"checkpoint {len(notes) + 1}", read_note(row["checkpoint"])))
                continue
            found = list(leaf_faults(row, name))
            raw = row["content"].encode()
        except UNREADABLE:
            faults.append(Fault(f"line {number}", "这一行读不出来", "this line cannot be read"))
            if not line.startswith('{"checkpoint'):
                # It takes the place of a leaf, so that the leaves after it keep their numbers.
                leaves.append(tuple(leaf_hash(line.encode(), tree.name) for tree in trees))
            continue
        if row.get("index") != len(leaves):
            faults.append(
                Fault(
                    f"leaf {row.get('index')}",
                    f"序号不连续，应为 {len(leaves)}",
                    f"out of order: expected {len(leaves)}",
                )
            )
        faults.extend(found)
        leaves.append(tuple(leaf_hash(raw, tree.name) for tree in trees))
    if len(leaves) != header["size"]:
        faults.append(
            Fault(
                "log",
                f"应有 {header['size']} 条，实有 {len(leaves)} 条",
                f"{header['size']} leaves expected, {len(leaves)} found",
            )
        )
    if checkpoint is not None:
        notes.append(("--checkpoint", read_note(checkpoint)))
    faults.extend(_root_faults(leaves, trees, notes, key, name))
    return len(leaves), faults


def _root_faults(
    leaves: list[tuple[bytes, ...]],
    trees: list[Tree],
    notes: list[tuple[str, Note]],
    key: bytes,
    origin: str,
) -> Iterator[Fault]:
    """Yield the checkpoints that the leaves do not give: one pass, roots taken where they are due."""
    due: dict[int, list[tuple[str, Note]]] = {}
    for place, note in notes:
        yield from note_faults(note, place, key, origin)
        due.setdefault(note.size, []).append((place, note))
    for size in range(len(leaves) + 1):
        for place, note in due.pop(size, ()):
            for tree in trees:
                if tree.root() != (note.sha256 if tree.name == "sha256" else note.sm3):
                    yield Fault(
                        place,
                        f"前 {size} 条的{tree.name.upper()}根与检查点不符：其中有内容被改动",
                        f"the {tree.name.upper()} root of the first {size} leaves is not the checkpoint's",
                    )
        if size < len(leaves):
            for tree, leaf in zip(trees, leaves[size]):  # noqa: B905 - older Pythons lack strict
                tree.add(leaf)
    for size, waiting in due.items():
        for place, _note in waiting:
            yield Fault(
                place,
                f"检查点覆盖 {size} 条，日志只有 {len(leaves)} 条：末尾被截去",
                f"covers {size} leaves, the log has {len(leaves)}: the end was cut off",
            )


def verify_receipt(text: str, *, public_key: str | None = None) -> list[Fault]:
    """Return everything that is wrong with a receipt."""
    top, _, note_text = text.partition("checkpoint:\n")
    fields: dict[str, list[str]] = {}
    for line in top.splitlines():
        name, separator, value = line.partition(": ")
        if separator:
            fields.setdefault(name, []).append(value)
    note = read_note(note_text)
    key = base64.b64decode(public_key or fields["public key"][0])
    faults = list(note_faults(note, "checkpoint", key, fields["log"][0]))
    content = fields["content"][0].encode()
    leaf = leaf_hash(content)
    if leaf.hex() != fields["leaf sha256"][0]:
        faults.append(Fault("leaf", "内容与摘要不符", "the content does not match its hash"))
    proof = [bytes.fromhex(item) for item in fields.get("proof", [])]
    if not inclusion_holds(leaf, int(fields["leaf"][0]), note.size, proof, note.sha256):
        faults.append(
            Fault(
                "proof", "证明不成立：该记录不在检查点之内", "the leaf is not under the checkpoint"
            )
        )
    return faults


#: What reading a file that is no log and no receipt can raise.
UNREADABLE = (
    OSError, ValueError, KeyError, IndexError, StopIteration, TypeError, AttributeError,
)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Verify a file and say what holds."""
    parser = argparse.ArgumentParser(
        description="Verify a Guozi log or receipt off-line / 离线验证日志或回执"
    )
    parser.add_argument("file")
    parser.add_argument("--checkpoint", help="a checkpoint kept elsewhere / 另行保存的检查点")
    parser.add_argument("--public-key", help="base64, as given on paper / 书面给出的公钥")
    parser.add_argument("--origin", help="name of the log / 日志名称")
    arguments = parser.parse_args(argv)
    try:
        size, faults = verify_file(
            arguments.file,
            checkpoint=arguments.checkpoint,
            public_key=arguments.public_key,
            origin=arguments.origin,
        )
    except UNREADABLE as error:
        sys.stderr.write(f"无法读取 / cannot be read: {error}\n")
        return 2
    for fault in faults:
        sys.stderr.write(f"{fault.place}: {fault.zh} / {fault.en}\n")
    verdict = "验证未通过 / NOT verified" if faults else "验证通过 / verified"
    sys.stdout.write(f"{verdict}: {size}\n")
    return 1 if faults else 0


def verify_file(
    file: str,
    *,
    checkpoint: str | None = None,
    public_key: str | None = None,
    origin: str | None = None,
) -> tuple[int, list[Fault]]:
    """Return how many leaves a file holds (1 for a receipt) and everything that is wrong with it."""
    with open(file, encoding="utf-8") as stream:  # noqa: PTH123 - standard and short
        first = stream.readline()
        stream.seek(0)
        if not first.lstrip().startswith("{"):
            return 1, verify_receipt(stream.read(), public_key=public_key)
        kept = None
        if checkpoint:
            with open(checkpoint, encoding="utf-8") as note:  # noqa: PTH123
                kept = note.read()
        return verify_export(iter(stream), public_key=public_key, origin=origin, checkpoint=kept)


if __name__ == "__main__":
    sys.exit(main())
