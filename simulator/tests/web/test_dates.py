"""The day of a date: the same as that day's values as a daily profile; dates that are not there are named."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from django.test import Client

from simulator.importing.profiles.series import ProfileKind, Series
from simulator.models import FeederRecord, ProfileSet
from simulator.tests.web.asking import post
from simulator.tests.web.conftest import Fetch, read_json
from simulator.tests.web.html import query_of

PAGE, FILE = "/feeders/feeder_04/day/", "/feeders/feeder_04/day"
ASKED = {"feeder_id": "feeder_04", "pv_adoption": 0.6, "battery_adoption": 0.2}
QUERY = "pv_adoption=0.6&battery_adoption=0.2"


@pytest.fixture
def record() -> FeederRecord:
    """A feeder with a year of hours of load for each customer, and of quarter-hours of PV for all."""
    record = FeederRecord.objects.get(feeder_id="feeder_04")
    customers = tuple(customer.id for customer in record.feeder.customers)
    random = np.random.default_rng(11)
    load = Series(60, date(2023, 1, 1), customers, random.uniform(0, 1, (8760, len(customers))))
    pv = Series(15, date(2023, 1, 1), (), random.uniform(0, 0.9, (35_040, 1)))
    ProfileSet.objects.keep(record, "load", "load.csv", load)
    ProfileSet.objects.keep(record, "pv", "pv.csv", pv)
    return record


def test_a_date_is_that_day_as_a_daily_profile(client: Client, record: FeederRecord) -> None:
    dated: Any = read_json(post(client, "day", {**ASKED, "date": "2023-03-02"}))
    kinds: tuple[ProfileKind, ...] = ("load", "pv")
    for kind in kinds:
        year = record.profile_sets.get(kind=kind).series
        quarters = year.day(31 + 28 + 1).reshape(-1, 96).T
        ProfileSet.objects.keep(record, kind, "day.csv", Series(15, None, year.customers, quarters))
    plain: Any = read_json(post(client, "day", ASKED))
    assert (dated.pop("date"), plain.pop("date")) == ("2023-03-02", None)
    assert dated == plain


def test_page_file_and_route_show_the_date(client: Client, read: Fetch, record: FeederRecord) -> None:
    document = read(f"{PAGE}?{QUERY}&date=2023-03-02")
    assert document.status.startswith("On 2023-03-02 with 60 % PV and 20 % batteries, feeder_04 ")
    assert "Profiles: load from load.csv, 2023-03-02; PV from pv.csv, 2023-03-02." in document.text
    for name in ("JSON", "CSV", "PDF", "Link to this answer"):
        assert ("date", "2023-03-02") in query_of(document.links.get(name, "?date=2023-03-02"))
    from_file = read_json(client.get(f"{FILE}.json?{QUERY}&date=2023-03-02"))
    assert from_file == read_json(post(client, "day", {**ASKED, "date": "2023-03-02"}))


def test_links_lead_from_day_to_day(read: Fetch, record: FeederRecord) -> None:
    document = read(f"{PAGE}?{QUERY}&date=2023-03-02")
    for words, day in (("Previous day, 2023-03-01", "2023-03-01"), ("Next day, 2023-03-03", "2023-03-03")):
        assert dict(query_of(document.links[words]))["date"] == day
        assert read(document.links[words]).status.startswith(f"On {day} with 60 % PV")
    assert read(document.links["Without a date"]).status.startswith("Over the day with 60 % PV")
    first = read(f"{PAGE}?date=2023-01-01").links
    assert not [words for words in first if words.startswith("Previous")]
    last = read(f"{PAGE}?date=2023-12-31").links
    assert not [words for words in last if words.startswith("Next day")]


def test_the_picker_knows_the_year_and_is_there_only_with_one(read: Fetch, record: FeederRecord) -> None:
    form = read(PAGE).form
    (field,) = [e for e in form.iter("input") if e.attrib["name"] == "date"]
    assert (field.attrib["type"], field.attrib["min"], field.attrib["max"]) == (
        "date",
        "2023-01-01",
        "2023-12-31",
    )
    bare = read("/feeders/feeder_05/day/")
    assert not [e for e in bare.form.iter("input") if e.attrib["name"] == "date"]
    assert not [words for words in bare.links if words.endswith(" day")]


@pytest.mark.parametrize(
    ("feeder", "day", "says"),
    [
        (
            "feeder_04",
            "2024-01-01",
            "Date: 2024-01-01 is not in the profiles; enter a date from 2023-01-01 to 2023-12-31.",
        ),
        ("feeder_05", "2023-01-01", "Date: feeder_05 has no profile of a year"),
    ],
)
def test_a_date_that_is_not_there_is_named(
    client: Client, read: Fetch, record: FeederRecord, feeder: str, day: str, says: str
) -> None:
    assert says in read(f"/feeders/{feeder}/day/?date={day}", status=422).alerts
    answer = post(client, "day", {**ASKED, "feeder_id": feeder, "date": day})
    assert answer.status_code == 422
    error: Any = read_json(answer)
    (field,) = error["error"]["fields"]
    assert field["field"] == "date"
    assert says in field["message"]


@pytest.mark.parametrize(
    "day", ["2023-02-29", "02.03.2023", "today", "2023-3-2", "20230302", "２０２３-03-02"]
)
def test_what_is_no_date_is_refused(client: Client, read: Fetch, record: FeederRecord, day: str) -> None:
    answer = post(client, "day", {**ASKED, "date": day})
    error: Any = read_json(answer)
    assert answer.status_code == 422
    assert error["error"]["fields"][0]["field"] == "date"
    assert "YYYY-MM-DD" in error["error"]["fields"][0]["message"]
    if day.isascii() and day != "2023-3-2":  # a form may be kinder
        assert "Date: enter a day of the uploaded year" in read(f"{PAGE}?date={day}", status=422).alerts


def test_every_study_follows_the_profiles_without_a_date(client: Client, record: FeederRecord) -> None:
    answers = [
        client.get(f"/feeders/feeder_04/{name}.json").content for name in ("run", "sweep", "why", "measures")
    ]
    ProfileSet.objects.all().delete()
    others = [
        client.get(f"/feeders/feeder_04/{name}.json").content for name in ("run", "sweep", "why", "measures")
    ]
    assert all(ours != theirs for ours, theirs in zip(answers, others, strict=True))
