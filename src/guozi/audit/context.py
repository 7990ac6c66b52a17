"""Who is acting, in whose name, from where: what every leaf says besides the change itself."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person or process behind a change.

    ``on_behalf_of`` names another person in whose place the actor acts; ``address`` is where the
    request came from, ``request_id`` ties leaves of one request together.
    """

    user_id: int | None
    name: str
    role: str
    on_behalf_of: str = ""
    address: str = ""
    request_id: str = ""


#: The actor of the current request, job or command.
current_actor: ContextVar[Actor | None] = ContextVar("current_actor", default=None)
