"""Pages about oneself: sign in, sign out, account; and the permission table for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import auth, messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guozi.access import selectors, services
from guozi.access.context import become
from guozi.access.forms import PasswordForm, SignInForm
from guozi.access.matrix import Act, read_matrix
from guozi.access.models import User
from guozi.access.permissions import ViewerRequest, open_to_all, signed_in
from guozi.access.roles import Role, ScopeKind
from guozi.audit import services as audit

if TYPE_CHECKING:
    from django.http import HttpRequest


@open_to_all("people come here to sign in")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; the answer to a wrong one never says which was wrong."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = auth.authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            auth.login(request, user)
            viewer = selectors.viewer_of(user, on=timezone.localdate())
            become(viewer)
            audit.record(
                action="access.signed-in",
                subject=audit.Subject("access.User", str(user.pk)),
                after={"roles": viewer.role_names},
            )
            return HttpResponseRedirect(target)
        audit.record(
            action="access.sign-in-failed",
            subject=audit.Subject("access.User", form.cleaned_data["username"]),
            result="refused",
        )
        form.add_error(None, _("用户名或密码不正确，或账号已停用。连续错误5次将锁定15分钟。"))
    return render(
        request,
        "access/sign_in.html",
        {"form": form, "next": target},
        status=422 if form.errors else 200,
    )


@open_to_all("signing out twice does no harm")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, User):
        audit.record(
            action="access.signed-out", subject=audit.Subject("access.User", str(request.user.pk))
        )
    auth.logout(request)
    return redirect("access:sign-in")


def locked_out(request: HttpRequest, *_arguments: object, **_options: object) -> HttpResponse:
    """Tell that too many wrong passwords were tried: what axes shows."""
    return render(request, "access/locked_out.html", status=429)


@signed_in
@require_GET
def account(request: ViewerRequest) -> HttpResponse:
    """Show one's roles and scopes."""
    user = cast("User", request.user)
    return _account_page(request, user, PasswordForm(user=user))


@signed_in
@sensitive_post_parameters()
@require_POST
def change_password(request: ViewerRequest) -> HttpResponse:
    """Set a new password."""
    user = cast("User", request.user)
    form = PasswordForm(request.POST, user=user)
    if not form.is_valid():
        return _account_page(request, user, form, status=422)
    services.change_password(user, password=form.cleaned_data["new"])
    auth.update_session_auth_hash(request, user)
    messages.success(request, _("密码已修改。其他设备上的登录已全部失效。"))
    return redirect("access:account")


@signed_in
@require_GET
def permissions(request: ViewerRequest) -> HttpResponse:
    """Show which role may do what: the matrix itself."""
    rows = [
        (
            subject,
            row,
            [(role, [act for act in Act if act in row.rights.get(role, ())]) for role in Role],
        )
        for subject, row in read_matrix().items()
    ]
    return render(request, "access/permissions.html", {"rows": rows, "roles": list(Role)})


def _account_page(
    request: ViewerRequest, user: User, form: PasswordForm, *, status: int = 200
) -> HttpResponse:
    assignments = [
        {"item": item, "role": Role(item.role), "scope": ScopeKind(item.scope)}
        for item in selectors.assignments_in_force(user, on=timezone.localdate())
    ]
    return render(
        request, "access/account.html", {"assignments": assignments, "form": form}, status=status
    )
