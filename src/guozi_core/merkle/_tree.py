"""Roots and proofs, computed from stored subtrees in O(log n).

A node is named by ``(level, index)``: level 0 are the leaves, node ``(k, i)`` covers leaves
``i·2^k`` to ``(i+1)·2^k − 1`` and exists once all of them do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guozi_core.merkle._hashing import SHA256, Algorithm, node_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Node = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactRange:
    """The right edge of a tree: one hash for each complete subtree, largest first.

    Parameters
    ----------
    size : int
        Number of leaves.
    hashes : tuple of bytes
        As many as there are ones in the binary ``size``.
    algorithm : Algorithm
        Which hash.
    """

    size: int
    hashes: tuple[bytes, ...]
    algorithm: Algorithm

    @classmethod
    def empty(cls, algorithm: Algorithm = SHA256) -> CompactRange:
        """Return the tree without leaves."""
        return cls(size=0, hashes=(), algorithm=algorithm)

    def append(self, leaf: bytes) -> tuple[CompactRange, tuple[tuple[Node, bytes], ...]]:
        """Return the tree with one more leaf hash, and the nodes that became complete.

        Examples
        --------
        >>> tree, nodes = CompactRange.empty().append(b"a" * 32)
        >>> tree, nodes = tree.append(b"b" * 32)
        >>> tree.size, [node for node, _ in nodes]
        (2, [(0, 1), (1, 0)])
        """
        hashes = list(self.hashes)
        level, index, current = 0, self.size, leaf
        created: list[tuple[Node, bytes]] = [((level, index), current)]
        while index % 2 == 1:
            current = node_hash(hashes.pop(), current, algorithm=self.algorithm)
            level, index = level + 1, index // 2
            created.append(((level, index), current))
        grown = CompactRange(
            size=self.size + 1, hashes=(*hashes, current), algorithm=self.algorithm
        )
        return grown, tuple(created)

    def root(self) -> bytes:
        """Return the root hash; of no leaves it is the hash of nothing."""
        if not self.hashes:
            return self.algorithm.digest(b"")
        current = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            current = node_hash(left, current, algorithm=self.algorithm)
        return current


def root_of(leaves: Iterable[bytes], *, algorithm: Algorithm = SHA256) -> bytes:
    """Return the root over leaf hashes.

    Parameters
    ----------
    leaves : iterable of bytes
        Leaf hashes in order.
    algorithm : Algorithm
        Which hash.

    Returns
    -------
    bytes, length 32
        The root.
    """
    tree = CompactRange.empty(algorithm)
    for leaf in leaves:
        tree, _ = tree.append(leaf)
    return tree.root()


def _covering(begin: int, end: int) -> list[Node]:
    """Return the fewest complete subtrees that cover leaves ``begin`` to ``end``, left to right."""
    found = []
    while begin < end:
        level = (begin & -begin).bit_length() - 1 if begin else end.bit_length()
        while begin + (1 << level) > end:
            level -= 1
        found.append((level, begin >> level))
        begin += 1 << level
    return found


def _path(index: int, size: int) -> list[list[Node]]:
    """Return the siblings on the way from a leaf to the root, each as complete subtrees."""
    siblings: list[list[Node]] = []
    begin, end = 0, size
    while end - begin > 1:
        half = 1 << ((end - begin - 1).bit_length() - 1)
        middle = begin + half
        if index < middle:
            siblings.append(_covering(middle, end))
            end = middle
        else:
            siblings.append(_covering(begin, middle))
            begin = middle
    return siblings[::-1]


def inclusion_nodes(index: int, *, size: int) -> list[list[Node]]:
    """Return which stored nodes prove that leaf ``index`` is in the tree of ``size`` leaves.

    Parameters
    ----------
    index, size : int
        ``0 ≤ index < size``.

    Returns
    -------
    list of list of (level, index)
        One list for each proof element, to be folded from the right (:func:`proof_from_nodes`).

    Raises
    ------
    ValueError
        If the leaf is not in the tree.
    """
    if not 0 <= index < size:
        text = f"leaf {index} is not in a tree of {size}"
        raise ValueError(text)
    return _path(index, size)


def consistency_nodes(old: int, *, new: int) -> list[list[Node]]:
    """Return which stored nodes prove that the tree of ``new`` leaves grew from that of ``old``.

    Parameters
    ----------
    old, new : int
        ``0 < old ≤ new``.

    Returns
    -------
    list of list of (level, index)
        As for :func:`inclusion_nodes`.

    Raises
    ------
    ValueError
        If the sizes are reversed or the old tree is empty.

    References
    ----------
    .. [1] RFC 6962, section 2.1.2.
    """
    if not 0 < old <= new:
        text = f"no consistency proof from {old} to {new}"
        raise ValueError(text)
    elements: list[list[Node]] = []
    begin, end, whole = 0, new, True
    while end != old:
        half = 1 << ((end - begin - 1).bit_length() - 1)
        middle = begin + half
        if old <= middle:
            elements.append(_covering(middle, end))
            end = middle
        else:
            elements.append(_covering(begin, middle))
            begin, whole = middle, False
    if not whole:
        elements.append(_covering(begin, end))
    return elements[::-1]


def proof_from_nodes(
    elements: Sequence[Sequence[Node]],
    look_up: Callable[[Node], bytes],
    *,
    algorithm: Algorithm = SHA256,
) -> tuple[bytes, ...]:
    """Return a proof from stored nodes.

    Parameters
    ----------
    elements : sequence of sequence of (level, index)
        From :func:`inclusion_nodes` or :func:`consistency_nodes`.
    look_up : callable
        The stored hash of a node.
    algorithm : Algorithm
        Which hash.

    Returns
    -------
    tuple of bytes
        The proof.
    """
    proof = []
    for nodes in elements:
        current = look_up(nodes[-1])
        for node in reversed(nodes[:-1]):
            current = node_hash(look_up(node), current, algorithm=algorithm)
        proof.append(current)
    return tuple(proof)


def verify_inclusion(
    *,
    leaf: bytes,
    index: int,
    size: int,
    proof: Sequence[bytes],
    root: bytes,
    algorithm: Algorithm = SHA256,
) -> bool:
    """Return whether ``proof`` shows that leaf hash ``leaf`` stands at ``index`` under ``root``.

    Parameters
    ----------
    leaf, root : bytes, length 32
        Hashes.
    index, size : int
        Place of the leaf and number of leaves.
    proof : sequence of bytes
        Sibling hashes from the leaf up.
    algorithm : Algorithm
        Which hash.

    Returns
    -------
    bool
        False for anything that is not exactly a valid proof: wrong sizes, lengths, extra hashes.

    References
    ----------
    .. [1] RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size or not _sound([leaf, root, *proof], algorithm):
        return False
    place, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            current = node_hash(sibling, current, algorithm=algorithm)
            while place & 1 == 0 and place != 0:
                place, last = place >> 1, last >> 1
        else:
            current = node_hash(current, sibling, algorithm=algorithm)
        place, last = place >> 1, last >> 1
    return last == 0 and current == root


def verify_consistency(
    *,
    old: int,
    new: int,
    old_root: bytes,
    new_root: bytes,
    proof: Sequence[bytes],
    algorithm: Algorithm = SHA256,
) -> bool:
    """Return whether ``proof`` shows that the tree of ``new`` leaves grew from that of ``old``.

    Parameters
    ----------
    old, new : int
        Numbers of leaves; an empty old tree proves nothing and is refused.
    old_root, new_root : bytes, length 32
        Roots.
    proof : sequence of bytes
        The proof.
    algorithm : Algorithm
        Which hash.

    Returns
    -------
    bool
        False for anything that is not exactly a valid proof.

    References
    ----------
    .. [1] RFC 9162, section 2.1.4.2.
    """
    if not 0 < old <= new or not _sound([old_root, new_root, *proof], algorithm):
        return False
    if old == new:
        return not proof and old_root == new_root
    hashes = list(proof)
    if old & (old - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_current = new_current = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_current = node_hash(sibling, old_current, algorithm=algorithm)
            new_current = node_hash(sibling, new_current, algorithm=algorithm)
            while place & 1 == 0 and place != 0:
                place, last = place >> 1, last >> 1
        else:
            new_current = node_hash(new_current, sibling, algorithm=algorithm)
        place, last = place >> 1, last >> 1
    return last == 0 and old_current == old_root and new_current == new_root


def _sound(hashes: Iterable[bytes], algorithm: Algorithm) -> bool:
    """Whether every hash has the right length: a short one could be the bytes of something else."""
    return all(len(item) == algorithm.size for item in hashes)
