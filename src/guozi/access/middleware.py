"""One request, one transaction, one viewer; and the headers every answer carries."""

from __future__ import annotations

import logging
import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError, connection, transaction
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from guozi.access import sent_forms
from guozi.access.context import set_row_context
from guozi.access.models import User
from guozi.access.permissions import permit_of
from guozi.access.selectors import viewer_of
from guozi.access.viewer import NOBODY
from guozi.audit import services as audit
from guozi.audit.context import Actor, current_actor
from guozi.ui.views import unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest, HttpResponseBase

    from guozi.access.viewer import Viewer

    Respond = Callable[[HttpRequest], HttpResponseBase]

_log = logging.getLogger(__name__)


class SecureHeaders:
    """What the browser may not do: cache a page with figures, use devices, share the window."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers added."""
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class RequestTransaction:
    """Open the audited transaction, become the viewer, and roll back whatever ends in a defect.

    The leaves are written last, just before the commit. Every view must be marked (``permit``,
    ``signed_in`` or ``open_to_all``): an unmarked one answers 404.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer inside the transaction."""
        request.request_id = str(uuid.uuid4())  # type: ignore[attr-defined]
        try:
            return self._answer(request)
        except OperationalError:
            # The database went away or could not be reached: nothing was saved, and the person is told so.
            _log.exception("database unavailable")
            return unavailable(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        request_id: str = request.request_id  # type: ignore[attr-defined]
        with audit.audited():
            user = request.user
            viewer = viewer_of(user, on=timezone.localdate()) if isinstance(user, User) else NOBODY
            set_row_context(viewer)
            request.viewer = viewer  # type: ignore[attr-defined]
            actor = Actor(
                user_id=viewer.user_id,
                name=viewer.name,
                role=viewer.role_names,
                address=request.META.get("REMOTE_ADDR", ""),
                request_id=request_id,
            )
            token = current_actor.set(actor)
            try:
                response = self._once(request, viewer)
                if response.status_code >= 500:
                    audit.discard()
                    transaction.set_rollback(True)
            finally:
                current_actor.reset(token)
            if connection.needs_rollback:
                audit.discard()
        return response

    def _once(self, request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
        """Answer; a form that was carried out already leads to where it led before."""
        key = sent_forms.key_of(request, viewer)
        if key is None:
            return self.get_response(request)
        before = sent_forms.begin(key, request, viewer, at=timezone.now())
        if before:
            messages.info(request, _("这张表单已经提交过，没有重复办理。"))
            return HttpResponseRedirect(before)
        response = self.get_response(request)
        if not connection.needs_rollback:
            sent_forms.end(key, response)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        *_arguments: object,
    ) -> None:
        """Refuse a view that nobody has marked, and a text that no database can hold."""
        if permit_of(view) is None:
            raise Http404
        if any(
            "\x00" in text
            for sent in (request.GET, request.POST)
            for name, values in sent.lists()
            for text in (name, *values)
        ):
            raise SuspiciousOperation
