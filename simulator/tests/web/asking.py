"""Asking the API: bodies that it takes, and how a test sends one."""

import json
from typing import Any

from django.test import Client

from simulator.tests.web.conftest import Answer

SIMULATE = {"feeder_id": "feeder_00", "pv_adoption": 0.3, "battery_adoption": 0.1, "step": 48}
SWEEP: dict[str, Any] = {"feeder_id": "feeder_00", "steps": [28, 48, 74]}


def post(client: Client, route: str, body: object) -> Answer:
    """Send a body to a route of the API; what is not text yet becomes JSON."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(f"/api/{route}", text, content_type="application/json")
