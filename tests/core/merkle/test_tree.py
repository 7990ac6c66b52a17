"""Proofs after RFC 6962, against a naive second implementation and in the public vectors' shapes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guozi_core.merkle import (
    SHA256,
    SM3,
    Algorithm,
    CompactRange,
    consistency_nodes,
    inclusion_nodes,
    leaf_hash,
    proof_from_nodes,
    root_of,
    verify_consistency,
    verify_inclusion,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The eight leaves of the reference implementation of RFC 6962, and their roots.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(leaves: Sequence[bytes], algorithm: Algorithm) -> bytes:
    """RFC 6962, 2.1, word for word, over leaf contents."""
    if not leaves:
        return algorithm.digest(b"")
    if len(leaves) == 1:
        return algorithm.digest(b"\x00" + leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return algorithm.digest(
        b"\x01" + naive_root(leaves[:k], algorithm) + naive_root(leaves[k:], algorithm)
    )


def naive_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1."""
    if len(leaves) <= 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if index < k:
        return [*naive_path(index, leaves[:k]), naive_root(leaves[k:], SHA256)]
    return [*naive_path(index - k, leaves[k:]), naive_root(leaves[:k], SHA256)]


def naive_growth(old: int, leaves: Sequence[bytes], *, whole: bool = True) -> list[bytes]:
    """RFC 6962, 2.1.2."""
    if old == len(leaves):
        return [] if whole else [naive_root(leaves, SHA256)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if old <= k:
        return [*naive_growth(old, leaves[:k], whole=whole), naive_root(leaves[k:], SHA256)]
    return [*naive_growth(old - k, leaves[k:], whole=False), naive_root(leaves[:k], SHA256)]


def contents(size: int) -> list[bytes]:
    return [f"leaf {number}".encode() for number in range(size)]


def stored(leaves: Sequence[bytes], algorithm: Algorithm = SHA256) -> dict[tuple[int, int], bytes]:
    tree, nodes = CompactRange.empty(algorithm), {}
    for leaf in leaves:
        tree, created = tree.append(leaf_hash(leaf, algorithm=algorithm))
        nodes.update(created)
    return nodes


def test_reference_roots() -> None:
    for size, root in enumerate(ROOTS, start=1):
        hashes = [leaf_hash(leaf) for leaf in LEAVES[:size]]
        assert root_of(hashes).hex() == root


def test_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert root_of([]) == hashlib.sha256(b"").digest()


def test_sm3_agrees_with_its_standard_vector() -> None:
    assert (
        SM3.digest(b"abc").hex()
        == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


@pytest.mark.parametrize("algorithm", [SHA256, SM3])
@pytest.mark.parametrize("size", range(1, 34))
def test_root_agrees_with_the_definition(size: int, algorithm: Algorithm) -> None:
    hashes = [leaf_hash(leaf, algorithm=algorithm) for leaf in contents(size)]

    assert root_of(hashes, algorithm=algorithm) == naive_root(contents(size), algorithm)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 8, 13, 16, 17, 31])
def test_every_leaf_has_a_valid_inclusion_proof(size: int) -> None:
    leaves = contents(size)
    nodes, root = stored(leaves), naive_root(leaves, SHA256)
    for index, leaf in enumerate(leaves):
        proof = proof_from_nodes(inclusion_nodes(index, size=size), nodes.__getitem__)

        assert list(proof) == naive_path(index, leaves)
        assert verify_inclusion(
            leaf=leaf_hash(leaf), index=index, size=size, proof=proof, root=root
        )


@pytest.mark.parametrize("new", [1, 2, 3, 5, 7, 8, 13, 16, 17, 31])
def test_every_older_tree_has_a_valid_consistency_proof(new: int) -> None:
    leaves = contents(new)
    nodes, root = stored(leaves), naive_root(leaves, SHA256)
    for old in range(1, new + 1):
        proof = proof_from_nodes(consistency_nodes(old, new=new), nodes.__getitem__)

        assert list(proof) == naive_growth(old, leaves)
        assert verify_consistency(
            old=old,
            new=new,
            old_root=naive_root(leaves[:old], SHA256),
            new_root=root,
            proof=proof,
        )


WRONG_HASH = bytes(32)
MUTATIONS = {
    "front garbage": lambda proof: (WRONG_HASH, *proof),
    "back garbage": lambda proof: (*proof, WRONG_HASH),
    "first dropped": lambda proof: proof[1:],
    "last dropped": lambda proof: proof[:-1],
    "reversed": lambda proof: proof[::-1],
    "bit flipped": lambda proof: (bytes([proof[0][0] ^ 1]) + proof[0][1:], *proof[1:]),
    "short hash": lambda proof: (proof[0][:-1], *proof[1:]),
    "long hash": lambda proof: (proof[0] + b"\x00", *proof[1:]),
    "empty hash": lambda proof: (b"", *proof[1:]),
    "emptied": lambda proof: proof[:0],
}


@pytest.mark.parametrize("name", MUTATIONS)
@pytest.mark.parametrize("size", [3, 6, 7, 11, 21])
def test_mutated_proofs_are_refused(size: int, name: str) -> None:
    leaves = contents(size)
    nodes, root = stored(leaves), naive_root(leaves, SHA256)
    for index in range(size):
        proof = proof_from_nodes(inclusion_nodes(index, size=size), nodes.__getitem__)
        mutated = MUTATIONS[name](proof)
        if mutated == proof:
            continue
        assert not verify_inclusion(
            leaf=leaf_hash(leaves[index]), index=index, size=size, proof=mutated, root=root
        )
    for old in range(1, size):
        proof = proof_from_nodes(consistency_nodes(old, new=size), nodes.__getitem__)
        mutated = MUTATIONS[name](proof)
        if mutated == proof:
            continue
        assert not verify_consistency(
            old=old,
            new=size,
            old_root=naive_root(leaves[:old], SHA256),
            new_root=root,
            proof=mutated,
        )


@pytest.mark.parametrize("size", [1, 5, 8, 13])
def test_wrong_places_sizes_and_roots_are_refused(size: int) -> None:
    leaves = contents(size)
    nodes, root = stored(leaves), naive_root(leaves, SHA256)
    index = size // 2
    proof = proof_from_nodes(inclusion_nodes(index, size=size), nodes.__getitem__)
    leaf = leaf_hash(leaves[index])

    wrong = [
        (leaf, index, 0, root),
        (leaf, -1, size, root),
        (leaf, size, size, root),
        (leaf, index + 1, size, root),
        (leaf, index, size, WRONG_HASH),
        (leaf, index, size, b""),
        (leaf, index, size, root[:-1]),
        (b"", index, size, root),
        (WRONG_HASH, index, size, root),
        (leaf, index, size * 2 + 7, root),
    ]
    for its_leaf, its_index, its_size, its_root in wrong:
        assert not verify_inclusion(
            leaf=its_leaf, index=its_index, size=its_size, proof=proof, root=its_root
        )


def test_consistency_refuses_an_empty_old_tree_and_reversed_sizes() -> None:
    root = naive_root(contents(4), SHA256)

    assert not verify_consistency(old=0, new=4, old_root=root_of([]), new_root=root, proof=())
    assert not verify_consistency(old=5, new=4, old_root=root, new_root=root, proof=())
    assert not verify_consistency(old=4, new=4, old_root=WRONG_HASH, new_root=root, proof=())
    assert not verify_consistency(old=4, new=4, old_root=root, new_root=root, proof=(root,))
    assert not verify_consistency(old=2, new=4, old_root=root, new_root=root, proof=())
    with pytest.raises(ValueError, match="no consistency proof"):
        consistency_nodes(0, new=4)
    with pytest.raises(ValueError, match="not in a tree"):
        inclusion_nodes(4, size=4)


@given(size=st.integers(1, 200), data=st.data())
def test_any_changed_leaf_changes_the_root(size: int, data: st.DataObject) -> None:
    leaves = contents(size)
    place = data.draw(st.integers(0, size - 1))
    changed = [*leaves[:place], b"another", *leaves[place + 1 :]]

    assert root_of(map(leaf_hash, leaves)) != root_of(map(leaf_hash, changed))


@given(size=st.integers(2, 300), data=st.data())
def test_proofs_hold_at_any_size(size: int, data: st.DataObject) -> None:
    leaves = contents(size)
    nodes = stored(leaves)
    root = root_of(map(leaf_hash, leaves))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))

    inclusion = proof_from_nodes(inclusion_nodes(index, size=size), nodes.__getitem__)
    growth = proof_from_nodes(consistency_nodes(old, new=size), nodes.__getitem__)

    assert len(inclusion) <= (size - 1).bit_length()
    assert verify_inclusion(
        leaf=leaf_hash(leaves[index]), index=index, size=size, proof=inclusion, root=root
    )
    assert verify_consistency(
        old=old,
        new=size,
        old_root=root_of(map(leaf_hash, leaves[:old])),
        new_root=root,
        proof=growth,
    )
