"""Reading request bodies: plain JSON, each key once."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class StrictParser(Parser):
    """JSON that names no key twice; NaN and infinities pass, so that the schema can name their field."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body's data.

        Raises: ValueError saying what is wrong, and where.
        """
        if request.content_type != "application/json":
            raise ValueError(f"send application/json, not {(request.content_type or 'nothing')[:80]}")
        return json.loads(request.body, object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a key is named twice")
    return data
