"""A column for unrounded numbers of any length."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Field = models.Field[Decimal | None, Decimal | None]
else:
    _Field = models.Field


class ExactField(_Field):
    """``NUMERIC`` without a bound: what is stored is what was computed, digit by digit."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type of the column."""
        del connection
        return "numeric"

    def get_prep_value(self, value: Any) -> Any:
        """Refuse binary fractions: they are not what was computed."""
        if value is not None and not isinstance(value, Decimal):
            raise TypeError(type(value).__name__)
        return value
