"""People of the site, in browsers of their own, and files that they bring."""

import json
from functools import cache
from typing import Any

import pandapower as pp
import pandapower.networks
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from simulator.grid.schema import Feeder
from simulator.tests.feeders import small_feeder_data
from simulator.tests.web.conftest import Answer

PASSWORD = "a long way to Tipperary"  # noqa: S105 - of nobody


def person(name: str, **rights: Any) -> Client:
    """Return a browser in which somebody is signed in, who is made where there is none."""
    user = User.objects.filter(username=name).first() or User.objects.create_user(name, **rights)
    client = Client()
    client.force_login(user)
    return client


def street(**changes: Any) -> bytes:
    """Return a small feeder as a file of our own."""
    return json.dumps({**small_feeder_data(), "feeder_id": "street", "name": "Elm Road", **changes}).encode()


@cache
def three_areas() -> bytes:
    """Return CIGRE's low-voltage network as pandapower JSON: three transformers, each with its network."""
    return str(pp.to_json(pandapower.networks.create_cigre_network_lv())).encode()


def upload(client: Client, content: bytes, name: str = "street.json") -> Answer:
    """Send a file to the import page as a browser does."""
    return client.post("/import/", {"file": SimpleUploadedFile(name, content)})


def bring(client: Client, content: bytes, name: str = "street.json", **asked: str) -> Answer:
    """Send a file and store the feeder that is chosen, the whole if none is named."""
    review = upload(client, content, name).headers["Location"]
    return client.post(review, {"choice": "whole", **asked})


def as_feeder(content: bytes) -> Feeder:
    """Return the feeder of a file of our own."""
    return Feeder.model_validate(json.loads(content))
