"""A form is carried out once, however often it is sent.

Every form carries a key of its own. The first request with the key writes it down in its transaction;
a second one, even at the same moment, waits there for the first to end and is then led to where the first
one led. A form that was refused or had faults may be sent again: its key is forgotten.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase

    from guozi.access.viewer import Viewer

FIELD = "idempotency-key"
_BEGIN = """
INSERT INTO access_sentform (key, user_id, path, location, at) VALUES (%s, %s, %s, '', %s)
ON CONFLICT (key) DO NOTHING
"""


def key_of(request: HttpRequest, viewer: Viewer) -> uuid.UUID | None:
    """Return the key of the form that a signed-in person sends; none where there is none."""
    if request.method != "POST" or not viewer.is_signed_in:
        return None
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def begin(key: uuid.UUID, request: HttpRequest, viewer: Viewer, *, at: datetime) -> str | None:
    """Write the key down; return where an earlier request with it led, none if this is the first."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [key, viewer.user_id, request.path[:200], at])
        if cursor.rowcount:
            return None
        cursor.execute(
            "SELECT location FROM access_sentform WHERE key = %s AND path = %s",
            [key, request.path[:200]],
        )
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def end(key: uuid.UUID, response: HttpResponseBase) -> None:
    """Keep where the form led; forget a form that led nowhere."""
    location = response.headers.get("Location", "") if 300 <= response.status_code < 400 else ""
    with connection.cursor() as cursor:
        if location:
            cursor.execute(
                "UPDATE access_sentform SET location = %s WHERE key = %s AND location = ''",
                [location[:500], key],
            )
        else:
            cursor.execute("DELETE FROM access_sentform WHERE key = %s AND location = ''", [key])
