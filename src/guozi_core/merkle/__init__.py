"""The Merkle log: leaves, roots, proofs and checkpoints after RFC 6962.

A log is an append-only list of leaves. Its root hash stands for every leaf and their order. Who
keeps one old root can later be shown, with a handful of hashes, that a leaf is in the log
(inclusion) and that today's log only grew from the old one (consistency), without seeing anybody
else's leaves and without trusting who runs the server.

Both hash algorithms run side by side: SHA-256 and SM3. This room knows bytes and hashes only;
signing and storing are ``guozi.audit``'s.
"""

from guozi_core.merkle._canonical import (
    CanonicalError,
    canonical_bytes,
    commitment,
)
from guozi_core.merkle._checkpoint import Checkpoint, CheckpointError, parse_note, read_note
from guozi_core.merkle._hashing import SHA256, SM3, Algorithm, leaf_hash, node_hash
from guozi_core.merkle._tree import (
    CompactRange,
    consistency_nodes,
    inclusion_nodes,
    proof_from_nodes,
    root_of,
    verify_consistency,
    verify_inclusion,
)

__all__ = [
    "SHA256",
    "SM3",
    "Algorithm",
    "CanonicalError",
    "Checkpoint",
    "CheckpointError",
    "CompactRange",
    "canonical_bytes",
    "commitment",
    "consistency_nodes",
    "inclusion_nodes",
    "leaf_hash",
    "node_hash",
    "parse_note",
    "proof_from_nodes",
    "read_note",
    "root_of",
    "verify_consistency",
    "verify_inclusion",
]
