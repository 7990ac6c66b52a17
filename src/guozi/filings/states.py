"""The states of a sealed version and the steps between them.

==========  =============================  ===========================================
from        step                           to
==========  =============================  ===========================================
submitted   审核签发 (group or own signatory)  signed
signed      接收 (regulator)                accepted
submitted,  退回 (signatory or regulator)   returned
signed
submitted,  撤回 (who filed it)             withdrawn
signed
==========  =============================  ===========================================
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from guozi.access.matrix import Act


class State(models.TextChoices):
    """How far a sealed version has come."""

    SUBMITTED = "submitted", _("已报送")
    SIGNED = "signed", _("已签发")
    ACCEPTED = "accepted", _("已接收")
    RETURNED = "returned", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤回")


class Step(NamedTuple):
    """One step: where it starts, where it leads, what it needs."""

    name: str
    starts: frozenset[State]
    leads_to: State
    act: Act
    needs_reason: bool
    #: Whether the person who submitted the version may do it.
    by_submitter: bool


STEPS = {
    step.name: step
    for step in (
        Step(
            name="sign",
            starts=frozenset({State.SUBMITTED}),
            leads_to=State.SIGNED,
            act=Act.SUBMIT,
            needs_reason=False,
            by_submitter=False,
        ),
        Step(
            name="accept",
            starts=frozenset({State.SIGNED}),
            leads_to=State.ACCEPTED,
            act=Act.APPROVE,
            needs_reason=False,
            by_submitter=False,
        ),
        Step(
            name="return",
            starts=frozenset({State.SUBMITTED, State.SIGNED}),
            leads_to=State.RETURNED,
            act=Act.RETURN,
            needs_reason=True,
            by_submitter=False,
        ),
        Step(
            name="withdraw",
            starts=frozenset({State.SUBMITTED, State.SIGNED}),
            leads_to=State.WITHDRAWN,
            act=Act.WITHDRAW,
            needs_reason=True,
            by_submitter=True,
        ),
    )
}
