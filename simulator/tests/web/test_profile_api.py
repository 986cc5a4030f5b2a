"""Profiles by the API: told before stored, asked where two readings are possible, doubted units held back."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from simulator.models import FeederRecord, ProfileSet
from simulator.tests.web.conftest import Answer, read_json
from simulator.tests.web.people import person

pytestmark = pytest.mark.database
ROUTE = "/api/profiles/feeder_05"
DAY = "time,kW\n" + "".join(f"{n // 4:02d}:{n % 4 * 15:02d},{20 + n % 4 / 2}\n" for n in range(96))


@pytest.fixture
def olga(feeders: None) -> Client:
    """The owner of feeder_05."""
    client = person("olga")
    FeederRecord.objects.filter(feeder_id="feeder_05").update(owner=User.objects.get(username="olga"))
    return client


def send(client: Client, text: str, route: str = ROUTE, **more: Any) -> Answer:
    file = SimpleUploadedFile("street.csv", text.encode())
    return client.post(route, {"kind": "load", "unit": "kw", "file": file, **more})


def _fault(answer: Answer, status: int = 422) -> dict[str, str]:
    body: Any = read_json(answer)
    assert answer.status_code == status
    fields: dict[str, str] = body["error"]["fields"][0]
    return fields


def test_a_profile_is_told_and_then_stored(olga: Client) -> None:
    total = sum(c.peak_kw for c in FeederRecord.objects.get(feeder_id="feeder_05").feeder.customers)
    told: Any = read_json(send(olga, DAY, dry_run="true"))
    assert (told["stored"], told["days"], told["interval_minutes"]) == (False, 1, 15)
    assert told["highest_pu"] == pytest.approx(21.5 / total)
    assert told["mean_pu"] == pytest.approx(20.75 / total)
    assert not ProfileSet.objects.exists()
    answer = send(olga, DAY)
    body: Any = read_json(answer)
    assert (answer.status_code, body["stored"], body["doubts"]) == (201, True, [])
    assert ProfileSet.objects.get().series.values[1, 0] == pytest.approx(20.5 / total)


def test_what_a_file_leaves_open_is_asked_with_each_reading_on_three_lines(olga: Client) -> None:
    text = "0,200\n0,210\n" * 48
    fault = _fault(send(olga, text, unit="shape"))
    assert fault["field"] == "numbers"
    assert "[decimal-comma (a comma stands before decimals): line 1 '0,200' is 0.2;" in fault["message"]
    assert "[columns (a comma stands between columns): line 1 '0,200' is 0 and 200;" in fault["message"]
    assert fault["message"].count("line ") == 6
    assert send(olga, text, unit="shape", numbers="decimal-comma").status_code == 201
    assert ProfileSet.objects.get().series.values[:2, 0].tolist() == pytest.approx([20 / 21, 1])


def test_numbers_of_another_unit_are_held_back_until_they_are_meant(olga: Client) -> None:
    """A thousandth of the day above: MW in kW's place."""
    total = sum(c.peak_kw for c in FeederRecord.objects.get(feeder_id="feeder_05").feeder.customers)
    text = f"{total / 1000}\n" * 96
    fault = _fault(send(olga, text))
    assert fault["field"] == "unit"
    assert "The highest is 0.001 per unit" in fault["message"]
    assert "Plausible: the numbers are MW (then 1 per unit)" in fault["message"]
    assert not ProfileSet.objects.exists()
    assert send(olga, text, accept_doubts="true").status_code == 201
    assert "The highest is 0.001 per unit" in " ".join(ProfileSet.objects.get().import_log)


def test_what_is_wrong_is_named(olga: Client) -> None:
    assert _fault(send(olga, "much\n" * 96))["field"] == "file"
    assert _fault(send(olga, "1\n" * 8760))["message"].startswith("Year: the file has no dates")
    assert _fault(send(olga, DAY, unit="MW"))["message"].endswith("accepts kw, w, kwh, pu or shape")
    assert _fault(olga.post(ROUTE, {"kind": "load", "unit": "kw"}))["message"].endswith("multipart/form-data")
    assert _fault(send(olga, DAY, colour="red"))["field"] == "colour"
    assert _fault(send(olga, DAY, hours_ahead="15"))["field"] == "hours_ahead"
    assert not ProfileSet.objects.exists()


def test_others_may_not(olga: Client) -> None:
    assert send(person("ulf"), DAY).status_code == 403
    assert send(Client(), DAY).status_code == 401
    assert send(olga, DAY, "/api/profiles/feeder_99").status_code == 404
    assert not ProfileSet.objects.exists()
