"""The log in the database: one leaf a change, in the same transaction, provable, only growing."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction

from guozi.access.context import acting_as, the_product
from guozi.audit import selectors
from guozi.audit.models import Checkpoint, Head, Leaf
from guozi.audit.services import (
    NoActorError,
    NotAuditedError,
    Subject,
    audited,
    record,
)
from guozi.registry.models import Department
from guozi_core import merkle

pytestmark = pytest.mark.django_db

PRODUCT = the_product("测试")


def _note(number: int, *, receipt: bool = False) -> None:
    record(
        action="test.changed",
        subject=Subject("test.Thing", str(number)),
        before={"amount": number},
        after={"amount": number + 1},
        reason="更正",
        receipt=receipt,
    )


def test_every_change_is_one_leaf_and_the_root_recomputes() -> None:
    for size in (1, 2, 3, 7):
        with acting_as(PRODUCT):
            for number in range(size):
                _note(number)
    size, recomputed, stored = selectors.recomputed_root()
    assert size == 13
    assert recomputed == stored
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(13))


def test_a_receipt_proves_its_leaf_without_the_database() -> None:
    with acting_as(PRODUCT):
        for number in range(5):
            _note(number)
    with acting_as(PRODUCT):
        _note(5, receipt=True)
    with acting_as(PRODUCT):
        leaf = Leaf.objects.get(index=5)
        receipt = selectors.get_receipt(leaf)
    assert receipt is not None
    checkpoint, _ = merkle.parse_note(receipt.note)
    assert merkle.verify_inclusion(
        leaf=merkle.leaf_hash(leaf.content.encode()),
        index=5,
        size=6,
        proof=receipt.proof,
        root=checkpoint.root_sha256,
    )
    assert not merkle.verify_inclusion(
        leaf=merkle.leaf_hash(leaf.content.replace("更正", "改正").encode()),
        index=5,
        size=6,
        proof=receipt.proof,
        root=checkpoint.root_sha256,
    )


def test_the_log_between_two_checkpoints_only_grew() -> None:
    for number in range(2):
        with acting_as(PRODUCT):
            for k in range(3 + number):
                _note(k, receipt=True)
    old, new = Checkpoint.objects.order_by("size")
    roots = [merkle.parse_note(point.note)[0].root_sha256 for point in (old, new)]
    proof = selectors.consistency_proof(old.size, new.size)
    assert merkle.verify_consistency(
        old=old.size, new=new.size, old_root=roots[0], new_root=roots[1], proof=proof
    )


def test_values_stand_in_the_leaf_only_as_commitments() -> None:
    with acting_as(PRODUCT):
        _note(41)
        leaf_index = Head.objects.get(id=1).size
    with acting_as(PRODUCT):
        leaf = Leaf.objects.get(index=leaf_index)
    content = json.loads(leaf.content)
    salt = bytes.fromhex(leaf.payload["salts"]["amount"])
    assert content["after"]["amount"] == merkle.commitment(salt, 42)
    assert content["before"]["amount"] == merkle.commitment(salt, 41)


def test_a_failed_change_leaves_no_leaf() -> None:
    with pytest.raises(ZeroDivisionError), acting_as(PRODUCT):
        _note(1)
        raise ZeroDivisionError
    assert Head.objects.get(id=1).size == 0


def test_nobody_changes_anything_namelessly_or_outside_a_transaction() -> None:
    with audited(), pytest.raises(NoActorError):
        _note(1)
    with acting_as(PRODUCT):
        pass
    from guozi.audit.context import Actor, current_actor

    token = current_actor.set(Actor(user_id=None, name="某人", role="RS"))
    try:
        with pytest.raises(NotAuditedError):
            _note(1)
    finally:
        current_actor.reset(token)


def test_a_change_without_a_leaf_cannot_be_committed() -> None:
    with pytest.raises(DatabaseError, match="not recorded in the log"), transaction.atomic():
        Department.objects.create(code="x", name="某局", short_name="某")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_leaf SET reason = ''",
        "DELETE FROM audit_leaf",
        "DELETE FROM audit_checkpoint",
        "UPDATE audit_node SET sha256 = ''",
        "TRUNCATE audit_leaf",
    ],
)
def test_the_app_role_cannot_rewrite_the_log(statement: str) -> None:
    with acting_as(PRODUCT):
        _note(1, receipt=True)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
