"""The wall in front of a view: ``@permit(Act.READ, Subject.FILING)``.

Not signed in: to the sign-in page. No role with the right: 403, and the refusal is logged. Objects out
of scope never get this far: the database does not show them, and the view answers 404.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from guozi.audit import services as audit

if TYPE_CHECKING:
    from guozi.access.matrix import Act, Subject
    from guozi.access.viewer import Viewer


class ViewerRequest(HttpRequest):
    """A request whose viewer the middleware has set."""

    viewer: Viewer


class Permit(NamedTuple):
    """What a view asks for; ``act`` of ``None`` is open to everybody (``reason`` says why)."""

    act: Act | None
    subject: Subject | None
    reason: str = ""


P = ParamSpec("P")
_View = Callable[Concatenate[ViewerRequest, P], HttpResponseBase]


def permit(act: Act, subject: Subject) -> Callable[[_View[P]], _View[P]]:
    """Let in who may do ``act`` to ``subject``."""

    def decorate(view: _View[P]) -> _View[P]:
        @wraps(view)
        def guarded(
            request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if not request.viewer.is_signed_in:
                return _ask_to_sign_in(request)
            if not request.viewer.may(act, subject):
                refuse(request, act=act, subject=subject)
            return view(request, *args, **kwargs)

        guarded.permit = Permit(act, subject)  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: _View[P]) -> _View[P]:
    """Let in everybody with an account: pages about oneself."""

    @wraps(view)
    def guarded(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.viewer.is_signed_in:
            return _ask_to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.permit = Permit(None, None, "signed in")  # type: ignore[attr-defined]
    return guarded


def open_to_all(
    reason: str,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Mark a view that needs no account."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        view.permit = Permit(None, None, reason)  # type: ignore[attr-defined]
        return view

    return decorate


def permit_of(view: object) -> Permit | None:
    """Return what a view asks for; ``None`` if nobody has said so yet."""
    found = getattr(view, "permit", None)
    return found if isinstance(found, Permit) else None


def refuse(
    request: ViewerRequest, *, act: Act, subject: Subject, enterprise_id: int | None = None
) -> None:
    """Log the refusal and answer 403."""
    audit.record(
        action="access.refused",
        subject=audit.Subject("access.View", request.path[:60]),
        enterprise_id=enterprise_id,
        after={"act": act.value, "subject": subject.value, "method": request.method or ""},
        result="refused",
    )
    raise PermissionDenied


def require(request: ViewerRequest, act: Act, subject: Subject, enterprise_id: int) -> None:
    """Go on only if the viewer may do this on this enterprise (which they can see)."""
    if not request.viewer.may(act, subject, enterprise_id):
        refuse(request, act=act, subject=subject, enterprise_id=enterprise_id)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A partial inside a page cannot show the sign-in form: the browser goes there as a whole.
        response = HttpResponse(status=204)
        response["HX-Redirect"] = redirect_to_login(request.get_full_path())["Location"]
        return response
    return redirect_to_login(request.get_full_path())
