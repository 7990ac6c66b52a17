"""Tables of the log: leaves, stored subtrees, the head, checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from guozi.audit.labels import action_label, subject_label

if TYPE_CHECKING:
    from guozi_core.findings import Wording


class Leaf(models.Model):
    """One leaf: ``content`` is what is hashed, ``payload`` the readable part (may be redacted).

    The other columns repeat parts of ``content`` for searching; ``verify_log`` compares them.
    """

    index = models.BigIntegerField(primary_key=True)
    content = models.TextField()
    sha256 = models.BinaryField(max_length=32)
    sm3 = models.BinaryField(max_length=32)
    payload = models.JSONField(null=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80)
    role = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    enterprise_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    transaction_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_leaf_subject"),
            models.Index(fields=["-at"], name="audit_leaf_at"),
            models.Index(fields=["enterprise_id", "-index"], name="audit_leaf_enterprise"),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.action}"

    @property
    def action_words(self) -> Wording:
        """What was done, in words."""
        return action_label(self.action)

    @property
    def subject_words(self) -> Wording:
        """To what kind of object, in words."""
        return subject_label(self.subject_type)


class Node(models.Model):
    """A complete subtree: node (level, index) covers leaves index·2^level and following."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    sm3 = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"({self.level}, {self.index})"


class Head(models.Model):
    """The log's only head; whoever appends locks it."""

    id = models.SmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    sha256 = models.BinaryField()
    sm3 = models.BinaryField()
    last_transaction = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="audit_head_only_one"),
            models.CheckConstraint(condition=models.Q(size__gte=0), name="audit_head_size"),
        ]

    def __str__(self) -> str:
        return f"{self.size}"


class Checkpoint(models.Model):
    """A signed note over size and roots; never inconsistent with an earlier one."""

    size = models.BigIntegerField(unique=True)
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.size}"
