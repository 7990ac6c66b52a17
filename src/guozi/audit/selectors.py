"""Reading the log: receipts with their proofs, search, roots, the export."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from guozi.audit import keys
from guozi.audit.models import Checkpoint, Head, Leaf, Node
from guozi_core import merkle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

EXPORT_FORMAT = "guozi-log-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that one change stands in the log: what an enterprise keeps.

    Everything needed to verify it off-line is in :meth:`text`.
    """

    leaf: Leaf
    size: int
    proof: tuple[bytes, ...]
    note: str

    def text(self) -> str:
        """Return the receipt as printable lines."""
        lines = [
            "国资监管系统回执 / receipt",
            f"log: {settings.AUDIT_ORIGIN}",
            f"public key: {keys.public_key()}",
            f"leaf: {self.leaf.index}",
            f"leaf sha256: {bytes(self.leaf.sha256).hex()}",
            f"content: {self.leaf.content}",
            *(f"proof: {item.hex()}" for item in self.proof),
            "checkpoint:",
            self.note,
        ]
        return "\n".join(lines)


def get_receipt(leaf: Leaf) -> Receipt | None:
    """Return the receipt of a leaf, under the first checkpoint that covers it."""
    checkpoint = Checkpoint.objects.filter(size__gt=leaf.index).order_by("size").first()
    if checkpoint is None:
        return None
    wanted = merkle.inclusion_nodes(leaf.index, size=checkpoint.size)
    stored = _stored({node for element in wanted for node in element})
    proof = merkle.proof_from_nodes(wanted, stored.__getitem__)
    return Receipt(leaf=leaf, size=checkpoint.size, proof=proof, note=checkpoint.note)


def leaves_of(subject_type: str, subject_id: str) -> QuerySet[Leaf]:
    """Return the leaves about one object, oldest first, as far as the viewer may see them."""
    return Leaf.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("index")


def search(
    *, action: str = "", actor: str = "", subject: str = "", enterprise_id: int | None = None
) -> QuerySet[Leaf]:
    """Return leaves, newest first, as far as the viewer may see them."""
    found = Leaf.objects.order_by("-index")
    if action:
        found = found.filter(action__startswith=action)
    if actor:
        found = found.filter(actor_name__contains=actor)
    if subject:
        found = found.filter(subject_id=subject)
    if enterprise_id is not None:
        found = found.filter(enterprise_id=enterprise_id)
    return found


def get_leaf(index: int) -> Leaf | None:
    """Return one leaf, if the viewer may see it."""
    return Leaf.objects.filter(index=index).first()


def last_checkpoint() -> Checkpoint | None:
    """Return the newest signed checkpoint."""
    return Checkpoint.objects.order_by("-size").first()


def consistency_proof(old: int, new: int) -> tuple[bytes, ...]:
    """Return the proof that the log of ``new`` leaves grew from that of ``old``."""
    wanted = merkle.consistency_nodes(old, new=new)
    stored = _stored({node for element in wanted for node in element})
    return merkle.proof_from_nodes(wanted, stored.__getitem__)


def recomputed_root() -> tuple[int, bytes, bytes]:
    """Return size and SHA-256 root recomputed from every leaf's content, and the head's root."""
    head = Head.objects.get(id=1)
    tree = merkle.CompactRange.empty()
    for content in Leaf.objects.order_by("index").values_list("content", flat=True).iterator():
        tree, _ = tree.append(merkle.leaf_hash(content.encode()))
    parts = bytes(head.sha256)
    stored = merkle.CompactRange(
        size=head.size,
        hashes=tuple(parts[k : k + 32] for k in range(0, len(parts), 32)),
        algorithm=merkle.SHA256,
    )
    return tree.size, tree.root(), stored.root()


def export_lines() -> Iterator[str]:
    """Yield the whole log as JSON lines: a header, every leaf, every checkpoint."""
    yield json.dumps(
        {
            "format": EXPORT_FORMAT,
            "origin": settings.AUDIT_ORIGIN,
            "public_key": keys.public_key(),
            "size": Head.objects.get(id=1).size,
        }
    )
    for leaf in Leaf.objects.order_by("index").iterator(chunk_size=2_000):
        yield json.dumps(
            {
                "index": leaf.index,
                "content": leaf.content,
                "sha256": bytes(leaf.sha256).hex(),
                "sm3": bytes(leaf.sm3).hex(),
                "payload": leaf.payload,
            },
            ensure_ascii=False,
        )
    for checkpoint in Checkpoint.objects.order_by("size").iterator():
        yield json.dumps({"checkpoint": checkpoint.note}, ensure_ascii=False)


def _stored(nodes: set[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    found: dict[tuple[int, int], bytes] = {}
    for level in {level for level, _ in nodes}:
        indexes = [index for other, index in nodes if other == level]
        for node in Node.objects.filter(level=level, index__in=indexes):
            found[node.level, node.index] = bytes(node.sha256)
    return found
