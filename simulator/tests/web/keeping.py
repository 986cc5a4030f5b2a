"""Scenarios that tests keep: saved through a page as a person does, or put there at once."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from simulator.models import FeederRecord, SavedScenario
from simulator.tests.writers import scenario_fields

SAVE_RUN = "/feeders/feeder_00/run/save/?pv_adoption=0.7"


def signed_in(name: str, **rights: Any) -> Client:
    """Return a browser in which a person is signed in, who is made where there is none of the name."""
    client = Client()
    client.force_login(User.objects.get_or_create(username=name, defaults=rights)[0])
    return client


def put(owner: str, name: str = "Elm Road", feeder_id: str = "feeder_00", **changes: Any) -> SavedScenario:
    """Store a scenario of a person, small and without computing anything."""
    record = FeederRecord.objects.get(feeder_id=feeder_id)
    person = User.objects.get_or_create(username=owner)[0]
    fields = {**scenario_fields(name), "feeder_hash": record.content_hash, **changes}
    return SavedScenario.objects.keep(record, owner=person, **fields)
