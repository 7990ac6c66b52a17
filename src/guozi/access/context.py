"""Becoming somebody: the row-level security context of a transaction and the actor of its leaves.

The settings are local to the transaction (``SET LOCAL``): when it ends, the connection sees nothing
again. ``app.everything`` opens every enterprise, ``app.orgs`` lists enterprises otherwise, ``app.own``
those whose drafts may be seen, ``app.drafts`` opens all drafts (the product itself only), ``app.user``
is the person, ``app.log`` opens the whole log, ``app.accounts`` everybody's roles, ``app.jobs`` everybody's jobs.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import connection

from guozi.access.matrix import Act, Subject
from guozi.access.viewer import Viewer
from guozi.audit.context import Actor, current_actor
from guozi.audit.services import audited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def set_row_context(viewer: Viewer) -> None:
    """Open the rows that the viewer may see, until the transaction ends."""
    values = {
        "app.user": str(viewer.user_id or ""),
        "app.everything": _switch(on=viewer.sees_everything),
        "app.orgs": _array(viewer.enterprise_ids),
        "app.own": _array(viewer.own_ids),
        "app.drafts": _switch(on=viewer.unrestricted),
        "app.log": _switch(on=viewer.may(Act.EXPORT, Subject.LOG)),
        "app.accounts": _switch(on=viewer.may(Act.READ, Subject.ACCOUNT)),
        "app.jobs": _switch(on=viewer.may(Act.VOID, Subject.JOB)),
    }
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {calls}",
            [part for pair in values.items() for part in pair],
        )


@contextmanager
def acting_as(
    viewer: Viewer, *, role: str = "", address: str = "", request_id: str = ""
) -> Iterator[None]:
    """Open an audited transaction as ``viewer``: what jobs, commands and tests use."""
    actor = Actor(
        user_id=viewer.user_id,
        name=viewer.name,
        role=role or viewer.role_names,
        address=address,
        request_id=request_id,
    )
    token = current_actor.set(actor)
    try:
        with audited():
            set_row_context(viewer)
            yield
    finally:
        current_actor.reset(token)


def become(viewer: Viewer) -> None:
    """Let the rest of this request act as somebody who has just signed in."""
    set_row_context(viewer)
    before = current_actor.get()
    if before is not None:
        current_actor.set(
            replace(before, user_id=viewer.user_id, name=viewer.name, role=viewer.role_names)
        )


def the_product(name: str) -> Viewer:
    """Return the product itself under the name of what it is doing; the log shows that name."""
    return Viewer(user_id=None, name=name, unrestricted=True)


def _switch(*, on: bool) -> str:
    return "on" if on else "off"


def _array(ids: Iterable[int]) -> str:
    return "{" + ",".join(str(number) for number in sorted(ids)) + "}"
