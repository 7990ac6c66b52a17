"""The server's entry point: event streams go to Django's ASGI, every page to its WSGI.

One process and one port; pages are several times faster this way than through Django's ASGI,
which hands every synchronous view to a thread of its own (see ``bench/pages.py``).
"""

from __future__ import annotations

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

from guozi.config.connect import connect

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guozi.config.settings")

_EVENTS = "/events/"
_events_application = get_asgi_application()
_pages: Any = get_wsgi_application()
_pages_application = WSGIMiddleware(_pages, workers=8)
connect()


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Dispatch one connection by its path."""
    if scope["type"] == "http" and not scope["path"].startswith(_EVENTS):

        async def received() -> Any:
            # granian's own ``receive`` gives an awaitable, a2wsgi wants a coroutine.
            return await receive()

        await _pages_application(scope, received, send)
    elif scope["type"] in {"http", "websocket"}:
        await _events_application(scope, receive, send)
    else:
        await _lifespan(receive, send)


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
