"""Leaves have one canonical form; checkpoints read back; commitments hide and bind."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guozi_core.merkle import (
    CanonicalError,
    Checkpoint,
    CheckpointError,
    canonical_bytes,
    commitment,
    parse_note,
)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(leaf=st.dictionaries(st.text(min_size=1), values, max_size=6))
def test_order_of_keys_does_not_matter(leaf: dict[str, object]) -> None:
    backwards = dict(reversed(list(leaf.items())))

    assert canonical_bytes(leaf) == canonical_bytes(backwards)


def test_missing_is_not_null_and_numbers_are_strings() -> None:
    assert canonical_bytes({"a": None}) != canonical_bytes({})
    assert canonical_bytes({"分": 2**70}) == '{"分":"1180591620717411303424"}'.encode()


def test_equivalent_unicode_is_one_text() -> None:
    assert canonical_bytes({"a": "e\u0301"}) == canonical_bytes({"a": "\u00e9"})


@pytest.mark.parametrize("value", [0.1, Decimal(1), b"x", object()])
def test_value_without_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(CanonicalError):
        canonical_bytes({"a": value})


def test_commitment_binds_value_and_salt() -> None:
    salt, other = bytes(16), bytes(15) + b"\x01"

    assert commitment(salt, "身份证") == commitment(salt, "身份证")
    assert len({commitment(salt, "a"), commitment(salt, "b"), commitment(other, "a")}) == 3
    with pytest.raises(CanonicalError):
        commitment(b"short", "a")


def checkpoint(size: int = 7) -> Checkpoint:
    return Checkpoint(
        origin="guozi/云泽", size=size, root_sha256=bytes(range(32)), root_sm3=bytes(32)
    )


def test_note_reads_back() -> None:
    note = checkpoint().note({"guozi": b"s" * 64, "witness": b"w" * 64})

    assert parse_note(note) == (checkpoint(), {"guozi": b"s" * 64, "witness": b"w" * 64})


@pytest.mark.parametrize(
    "change",
    [
        ("\n\n", "\n"),
        ("\n7\n", "\n07\n"),
        ("\n7\n", "\n-7\n"),
        ("\n7\n", "\nseven\n"),
        ("sm3 ", "md5 "),
        ("AAECAwQ", "AAECA!Q"),
        ("— guozi", "- guozi"),
        ("\n7\n", "\n7\nextra\n"),
    ],
)
def test_broken_note_is_refused(change: tuple[str, str]) -> None:
    note = checkpoint().note({"guozi": b"s" * 64})

    with pytest.raises(CheckpointError):
        parse_note(note.replace(*change, 1))
