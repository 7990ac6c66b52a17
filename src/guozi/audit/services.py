"""Writing the log: record changes, append their leaves last, sign checkpoints.

Locking: the head row is the only lock of the log and the last one taken in a transaction, so two
transactions can wait for it but never deadlock over it. A batch appends all its leaves under one
lock.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from guozi.audit import keys
from guozi.audit.context import Actor, current_actor
from guozi.audit.models import Checkpoint, Head, Leaf, Node
from guozi_core import merkle
from guozi_core.merkle import SHA256, SM3, CompactRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMAT = 1
_HASH = 32
_BATCH = 2_000


class NoActorError(RuntimeError):
    """A change was recorded outside a request, job or command: nobody could be named."""


class NotAuditedError(RuntimeError):
    """A change was recorded outside :func:`audited`: its leaf would never be written."""


class Subject(NamedTuple):
    """What a change is about: a model's label, its identifier and, if it has one, its version."""

    type: str
    id: str
    version: int | None = None


@dataclass(slots=True)
class _Entry:
    action: str
    subject: Subject
    actor: Actor
    at: datetime
    enterprise_id: int | None
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    reason: str
    result: str


@dataclass(slots=True)
class _Buffer:
    entries: list[_Entry] = field(default_factory=list)
    checkpoint: bool = False


_buffer: ContextVar[_Buffer | None] = ContextVar("audit_buffer", default=None)


@contextmanager
def audited() -> Iterator[None]:
    """Open a transaction whose leaves are written last; inside another one, join it."""
    if _buffer.get() is not None:
        with transaction.atomic():
            yield
        return
    with transaction.atomic():
        token = _buffer.set(_Buffer())
        try:
            yield
            _flush()
        finally:
            _buffer.reset(token)


def record(  # noqa: PLR0913 - the parts of a leaf
    *,
    action: str,
    subject: Subject,
    enterprise_id: int | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
    result: str = "ok",
    at: datetime | None = None,
    receipt: bool = False,
) -> None:
    """Note one change; its leaf is written when the transaction ends.

    ``before`` and ``after`` hold what changed as text, whole numbers, truth values and lists of
    these. ``receipt=True`` also signs a checkpoint, so that a receipt can be given at once.
    """
    actor, buffer = current_actor.get(), _buffer.get()
    if actor is None:
        raise NoActorError(action)
    if buffer is None:
        raise NotAuditedError(action)
    buffer.entries.append(
        _Entry(
            action=action,
            subject=subject,
            actor=actor,
            at=at or timezone.now(),  # noqa: TID251 - the log is a door of its own: it reads the clock
            enterprise_id=enterprise_id,
            before=before,
            after=after,
            reason=reason,
            result=result,
        )
    )
    buffer.checkpoint |= receipt


def discard() -> None:
    """Forget the changes noted so far: the transaction is being rolled back."""
    buffer = _buffer.get()
    if buffer is not None:
        buffer.entries.clear()
        buffer.checkpoint = False


def _flush() -> None:
    buffer = _buffer.get()
    if buffer is None or not buffer.entries:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT (pg_current_xact_id()::text)::bigint")
        transaction_id = int(cursor.fetchone()[0])
    head = Head.objects.select_for_update().get(id=1)
    trees = (_tree(head.size, head.sha256, SHA256), _tree(head.size, head.sm3, SM3))
    leaves, nodes = [], []
    for entry in buffer.entries:
        leaf, content = _leaf(entry, trees[0].size, transaction_id)
        sha, created = trees[0].append(merkle.leaf_hash(content))
        sm3, created_sm3 = trees[1].append(merkle.leaf_hash(content, algorithm=SM3))
        trees = (sha, sm3)
        leaf.sha256, leaf.sm3 = created[0][1], created_sm3[0][1]
        leaves.append(leaf)
        nodes += [
            Node(level=node[0], index=node[1], sha256=value, sm3=other)
            for (node, value), (_, other) in zip(created, created_sm3, strict=True)
        ]
    Leaf.objects.bulk_create(leaves, batch_size=_BATCH)
    Node.objects.bulk_create(nodes, batch_size=_BATCH * 2)
    Head.objects.filter(id=1).update(
        size=trees[0].size,
        sha256=b"".join(trees[0].hashes),
        sm3=b"".join(trees[1].hashes),
        last_transaction=transaction_id,
    )
    if buffer.checkpoint:
        _sign(trees[0], trees[1])
    buffer.entries.clear()


def sign_checkpoint() -> Checkpoint:
    """Sign a checkpoint over the log as it stands, unless it has not grown since the last one."""
    with transaction.atomic():
        head = Head.objects.select_for_update().get(id=1)
        return _sign(_tree(head.size, head.sha256, SHA256), _tree(head.size, head.sm3, SM3))


def _sign(sha: CompactRange, sm3: CompactRange) -> Checkpoint:
    found = Checkpoint.objects.filter(size=sha.size).first()
    if found is not None:
        return found
    checkpoint = merkle.Checkpoint(
        origin=settings.AUDIT_ORIGIN, size=sha.size, root_sha256=sha.root(), root_sm3=sm3.root()
    )
    note = checkpoint.note({keys.SIGNER: keys.sign(checkpoint.body())})
    at = timezone.now()  # noqa: TID251 - the log is a door of its own: it reads the clock
    return Checkpoint.objects.create(size=sha.size, note=note, at=at)


def _tree(size: int, hashes: bytes | memoryview, algorithm: merkle.Algorithm) -> CompactRange:
    content = bytes(hashes)
    parts = tuple(content[k : k + _HASH] for k in range(0, len(content), _HASH))
    return CompactRange(size=size, hashes=parts, algorithm=algorithm)


def _leaf(entry: _Entry, index: int, transaction_id: int) -> tuple[Leaf, bytes]:
    """Return the row and the bytes that are hashed."""
    before, after = dict(entry.before or {}), dict(entry.after or {})
    salts = {name: secrets.token_hex(16) for name in {*before, *after}}
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = merkle.canonical_bytes(
        {
            "v": FORMAT,
            "index": index,
            "log": settings.AUDIT_ORIGIN,
            "transaction": transaction_id,
            "at": at,
            "actor": {"id": entry.actor.user_id, "name": entry.actor.name},
            "on_behalf_of": entry.actor.on_behalf_of,
            "role": entry.actor.role,
            "address": entry.actor.address,
            "request": entry.actor.request_id,
            "action": entry.action,
            "subject": {
                "type": entry.subject.type,
                "id": entry.subject.id,
                "version": entry.subject.version,
            },
            "enterprise": entry.enterprise_id,
            "before": _committed(before, salts),
            "after": _committed(after, salts),
            "reason": entry.reason,
            "result": entry.result,
        }
    )
    leaf = Leaf(
        index=index,
        content=content.decode(),
        payload={"before": before, "after": after, "salts": salts},
        at=entry.at,
        actor_id=entry.actor.user_id,
        actor_name=entry.actor.name,
        role=entry.actor.role,
        action=entry.action,
        subject_type=entry.subject.type,
        subject_id=entry.subject.id,
        enterprise_id=entry.enterprise_id,
        reason=entry.reason,
        request_id=entry.actor.request_id,
        transaction_id=transaction_id,
    )
    return leaf, content


def _committed(values: Mapping[str, object], salts: Mapping[str, str]) -> dict[str, str]:
    return {
        name: merkle.commitment(bytes.fromhex(salts[name]), value) for name, value in values.items()
    }
