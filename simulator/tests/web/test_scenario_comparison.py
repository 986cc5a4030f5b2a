"""Two saved scenarios side by side on a page, for one feeder or two, one study or two."""

import csv
import io
from itertools import product
from typing import Any

import pytest
from django.test import Client

from simulator.models import SavedScenario
from simulator.tests.web.conftest import read_json
from simulator.tests.web.html import Document
from simulator.tests.web.keeping import put, signed_in
from simulator.web.pages.answered import ANSWERED

pytestmark = pytest.mark.database


@pytest.fixture
def anna() -> Client:
    return signed_in("anna")


def _save(client: Client, address: str, name: str) -> int:
    path, _, query = address.partition("?")
    answer = client.post(f"/feeders/{path}/save/?{query}", {"name": name})
    assert answer.status_code == 302
    return SavedScenario.objects.get(name=name).pk


def _page(client: Client, first: int, second: int) -> Document:
    answer = client.get(f"/scenarios/compare/?ids={first}&ids={second}")
    assert answer.status_code == 200, answer.content[:500]
    return Document(answer.content.decode())


def test_the_differences_are_those_of_the_two_answers(anna: Client) -> None:
    first = _save(anna, "feeder_00/run?pv_adoption=0.7", "Much")
    second = _save(anna, "feeder_05/run?pv_adoption=0.3&limits=uk", "Little")
    page = _page(anna, first, second)
    assert page.status.startswith(f"Much ({first}) and Little ({second}) differ in feeder, PV adoption and ")
    rows = {row[0]: row for row in page.table("question")}
    assert rows["PV adoption"][1:] == ["70 %", "30 %", "changed"]
    assert rows["Time of day"][3] == "same"
    one: Any = read_json(anna.get("/feeders/feeder_00/run.json?pv_adoption=0.7"))
    other: Any = read_json(anna.get("/feeders/feeder_05/run.json?pv_adoption=0.3&limits=uk"))
    figures = {row[0]: row for row in page.table("figures")}
    for label, key, scale, digits in (
        ("Transformer loading", "transformer_loading", 100, 1),
        ("Highest voltage", "max_voltage_pu", 1, 4),
        ("Losses", "loss_kw", 1, 2),
    ):
        values = [one[key] * scale, other[key] * scale]
        shown = [f"{value:z.{digits}f}" for value in (*values, values[1] - values[0])]
        assert figures[label][2:] == shown
    assert figures["Violations"][2:4] == [str(len(one["violations"])), str(len(other["violations"]))]
    limits = page.table("limits")
    assert sorted(row[1] for row in limits[1:] if row[1] != "–") == sorted(
        v["text"] for v in one["violations"]
    )


def test_sets_of_quarter_hours_that_read_alike_are_told_apart(anna: Client) -> None:
    times = "07:00,08:00,09:00,10:00,11:00,{},18:30"
    first = _save(anna, f"feeder_00/sweep?times={times.format('12:00')}", "Noon")
    second = _save(anna, f"feeder_00/sweep?times={times.format('13:00')}", "One")
    rows = {row[0]: row for row in _page(anna, first, second).table("question")}
    assert rows["Quarter-hours"][3] == "changed"
    assert "12:00" in rows["Quarter-hours"][1]
    assert "13:00" in rows["Quarter-hours"][2]


def test_any_two_studies_stand_side_by_side_in_every_form(anna: Client) -> None:
    few = {"monte-carlo": "?placements=60"}
    saved = [_save(anna, f"feeder_00/{name}{few.get(name, '')}", name) for name in ANSWERED]
    for first, second in product(saved, saved):
        if first < second:
            page = _page(anna, first, second)
            assert page.status.count(". ") == 0
            assert "differ in study" in page.status
    ids = f"?ids={saved[2]}&ids={saved[-1]}"
    data: Any = read_json(anna.get(f"/scenarios/compare.json{ids}"))
    capacity = next(row for row in data["figures"] if row["unit"] == "kWp")
    assert capacity["first"] == SavedScenario.objects.get(pk=saved[2]).answer["hosting_capacity_kwp"]
    rows = list(csv.reader(io.StringIO(anna.get(f"/scenarios/compare.csv{ids}").content.decode())))
    assert ["What was asked"] in rows
    assert float(next(r for r in rows if r[:2] == ["Hosting capacity", "kWp"])[2]) == pytest.approx(
        capacity["first"]
    )


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "none is ticked"),
        ("?ids=1", "only one is ticked"),
        ("?ids=1&ids=1", "number 1 is given twice"),
        ("?ids=1&ids=2&ids=3", "3 are ticked"),
        ("?ids=1&ids=x", "'x' is not the number of a scenario"),
        ("?ids=1&ids=-2", "'-2' is not the number of a scenario"),
        ("?ids=%00", "is not the number of a scenario"),
    ],
)
def test_anything_but_two_says_in_words_what_to_do(anna: Client, query: str, says: str) -> None:
    answer = anna.get(f"/scenarios/compare/{query}")
    assert answer.status_code == 422
    page = Document(answer.content.decode())
    assert "tick two of your scenarios to compare them" in page.alerts
    assert says in page.alerts
    assert "ids=" not in page.text
    assert page.links["your scenarios"] == "/scenarios/"


def test_the_earlier_is_subtracted_from_the_later_however_they_are_named(anna: Client) -> None:
    earlier = _save(anna, "feeder_00/run?pv_adoption=0.3", "Before")
    later = _save(anna, "feeder_00/run?pv_adoption=0.7", "After")
    for page in (_page(anna, earlier, later), _page(anna, later, earlier)):
        head, *rows = page.table("figures")
        assert head == [
            "Key figure",
            "Unit",
            f"Before ({earlier})",
            f"After ({later})",
            "Later minus earlier",
        ]
        highest = next(row for row in rows if row[0] == "Highest voltage")
        assert float(highest[4]) == pytest.approx(float(highest[3]) - float(highest[2]), abs=1.6e-4)
        assert float(highest[4]) > 0  # more PV raises it
        assert page.text.index("The earlier, saved on") < page.text.index("The later, saved on")
    data: Any = read_json(anna.get(f"/scenarios/compare.json?ids={later}&ids={earlier}"))
    assert [each["id"] for each in data["scenarios"]] == [earlier, later]


def test_the_list_leads_there(anna: Client) -> None:
    first, second = put("anna", "First"), put("anna", "Second")
    document = Document(anna.get("/scenarios/").content.decode())
    (form,) = [f for f in document.tree.iter("form") if f.attrib.get("action") == "/scenarios/compare/"]
    boxes = {e.attrib["value"] for e in form.iter("input") if e.attrib["name"] == "ids"}
    assert boxes == {str(first.pk), str(second.pk)}
    assert form.attrib["method"] == "get"


def test_quarter_hours_that_were_saved_by_their_old_name_are_compared_with_those_of_today(
    anna: Client,
) -> None:
    often = [f"{hour:02d}:00" for hour in range(8, 16)]
    first = _save(anna, f"feeder_00/sweep?times={','.join(often)}", "Before")
    second = _save(anna, f"feeder_00/sweep?times={','.join(often).replace('11:00', '11:15')}", "Today")
    before = SavedScenario.objects.get(pk=first)
    before.question = {"hours" if key == "steps" else key: value for key, value in before.question.items()}
    before.save()
    rows = {row[0]: row for row in _page(anna, first, second).table("question")}
    assert "11:00" in rows["Quarter-hours"][1]
    assert "11:15" in rows["Quarter-hours"][2]
    assert rows["Quarter-hours"][3] == "changed"
