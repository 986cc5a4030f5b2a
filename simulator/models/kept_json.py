"""JSON that is kept as text."""

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class KeptJSON(models.JSONField):
    """Plain data that comes back as it went in, from every database alike.

    PostgreSQL's own JSON type sorts an object's keys, changes how some numbers are written, and refuses
    the character NUL; text does none of that. Nothing searches within it.
    """

    def get_internal_type(self) -> str:
        """Return the type whose columns databases make."""
        return "TextField"

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> str | None:
        """Return JSON text; a number that JSON has no word for raises ValueError."""
        return None if value is None else as_text(value)

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Return the plain data."""
        return None if value is None else json.loads(value)


def as_text(value: Any) -> str:
    """Return plain data as JSON in ASCII.

    Raises: ValueError for NaN and infinities.
    """
    return json.dumps(value, allow_nan=False)
