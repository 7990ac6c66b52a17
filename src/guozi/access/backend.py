"""The authentication backend: name and password, active accounts only, no Django permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guozi.access.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest


class UserBackend:
    """Checks a password; who may do what is not its affair."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        username: str | None = None,
        password: str | None = None,
    ) -> User | None:
        """Return the person, or ``None``; takes the same time whether the name exists or not."""
        if username is None or password is None:
            return None
        user = User.objects.filter(username=username).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """Return an active person by key: a disabled account is out on its next request."""
        return User.objects.filter(pk=user_id, is_active=True).first()
