"""JSON as its standard has it: NaN and infinities, which it has no word for, are null.

Source: RFC 8259, section 6.
"""

import json
from math import isfinite
from typing import Any


def write_json(data: Any, **options: Any) -> str:
    """Return plain data as JSON text; ``options`` are those of ``json.dumps``."""
    try:
        return json.dumps(data, allow_nan=False, **options)
    except ValueError:
        return json.dumps(finite(data), allow_nan=False, **options)


def finite(data: Any) -> Any:
    """Return plain data with None for each number that is not finite."""
    if isinstance(data, float):
        return data if isfinite(data) else None
    if isinstance(data, dict):
        return {key: finite(value) for key, value in data.items()}
    return [finite(value) for value in data] if isinstance(data, list | tuple) else data
