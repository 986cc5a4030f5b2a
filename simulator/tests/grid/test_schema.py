"""A feeder is checked at birth: what does not make a network is refused, with the reason."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from simulator.grid.elements import Line, Tap, Transformer
from simulator.grid.schema import Feeder
from simulator.tests.feeders import changed, plain, small_feeder_data

Edit = Callable[[dict[str, Any]], object]


def test_a_good_feeder_is_taken(small_feeder: Feeder) -> None:
    assert [bus.id for bus in small_feeder.buses] == ["bus_0", "bus_1", "bus_2"]
    assert (small_feeder.lines[0].from_bus, small_feeder.lines[0].to_bus) == ("bus_0", "bus_1")
    assert small_feeder.households == 8
    assert small_feeder.pv_potential_kwp == 40


def test_a_feeder_cannot_be_changed(small_feeder: Feeder) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        small_feeder.name = "Other"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        small_feeder.lines[0].length_km = 2  # type: ignore[misc]


REFUSED: list[tuple[str, Edit, str]] = [
    ("unknown field", lambda d: d.update(colour="red"), "Extra inputs are not permitted"),
    (
        "unknown field of a line",
        lambda d: d["lines"][0].update(colour="red"),
        "Extra inputs are not permitted",
    ),
    ("missing field", lambda d: d["transformers"][0].pop("vk_percent"), "Field required"),
    ("later version", lambda d: d.update(schema_version=2), "Input should be 1"),
    ("no transformer", lambda d: d.update(transformers=[]), "at least 1 item"),
    ("no bus", lambda d: d.update(buses=[]), "at least 1 item"),
    ("id that breaks addresses", lambda d: d.update(feeder_id="a/b"), "String should match pattern"),
    ("empty id", lambda d: d["buses"][0].update(id=""), "at least 1 character"),
    (
        "negative length",
        lambda d: d["lines"][0].update(length_km=-0.1),
        "-0.1 km is outside the accepted range: 0.000001 to 10,000 km",
    ),
    ("length of zero", lambda d: d["lines"][0].update(length_km=0), "0 km is outside"),
    ("no resistance", lambda d: d["lines"][0].update(r_ohm_per_km=0), "0 ohm/km is outside"),
    ("no rating", lambda d: d["lines"][0].update(max_i_ka=0), "0 kA is outside"),
    ("no conductor", lambda d: d["lines"][0].update(parallel=0), "0 conductors is outside"),
    ("half a conductor", lambda d: d["lines"][0].update(parallel=1.5), "valid integer"),
    ("NaN", lambda d: d["lines"][0].update(x_ohm_per_km=float("nan")), "finite number"),
    ("infinity", lambda d: d["transformers"][0].update(sn_kva=float("inf")), "finite number"),
    (
        "negative peak",
        lambda d: d["customers"][0].update(peak_kw=-1),
        "-1 kW is outside the accepted range: 0, or",
    ),
    ("negative PV", lambda d: d["customers"][0].update(pv_kwp=-1), "-1 kWp is outside"),
    (
        "power factor of zero",
        lambda d: d["customers"][0].update(power_factor=0),
        "0 is outside the accepted range: 0.000001 to 1",
    ),
    (
        "power factor above 1",
        lambda d: d["customers"][0].update(power_factor=1.01),
        "1.01 is outside",
    ),
    ("latitude beyond the pole", lambda d: d["buses"][0].update(lat=91), "91 degrees is outside"),
    (
        "source far from nominal",
        lambda d: d["source"].update(vm_pu=1.3),
        "1.3 pu is outside the accepted range: 0.8 to 1.2",
    ),
    (
        "resistance above impedance",
        lambda d: d["transformers"][0].update(vkr_percent=5),
        "5.0 exceeds vk_percent",
    ),
    (
        "tap beyond its range",
        lambda d: d["transformers"][0]["tap"].update(pos=3),
        "tap pos 3 is outside -2 to 2",
    ),
    ("tap at a third side", lambda d: d["transformers"][0]["tap"].update(side="mv"), "'hv' or 'lv'"),
    ("two buses of one name", lambda d: d["buses"].append(d["buses"][0]), "buses name bus_0 twice"),
    ("two lines of one name", lambda d: d["lines"].append(d["lines"][0]), "lines name line_1 twice"),
    (
        "two customers of one name",
        lambda d: d["customers"].append(d["customers"][0]),
        "name customer_1 twice",
    ),
    ("line to nowhere", lambda d: d["lines"][1].update(to="bus_9"), "line_2 is at bus_9, which is not a bus"),
    ("customer nowhere", lambda d: d["customers"][1].update(bus="bus_9"), "customer_2 is at bus_9"),
    ("transformer nowhere", lambda d: d["transformers"][0].update(lv_bus="bus_9"), "trafo_0 is at bus_9"),
    ("line onto itself", lambda d: d["lines"][1].update(to="bus_1"), "line_2 begins and ends at bus_1"),
    ("island", lambda d: d["lines"].pop(), "no transformer feeds bus_2"),
    (
        "other total rating",
        lambda d: d.update(transformer_kva=500),
        "500.0 is not the transformers' total 160.0",
    ),
]


@pytest.mark.parametrize(("edit", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_makes_no_network_is_refused(edit: Edit, reason: str) -> None:
    data = small_feeder_data()
    edit(data)
    with pytest.raises(ValidationError) as refusal:
        Feeder.model_validate(data)
    assert reason in str(refusal.value)


def test_totals_of_a_line_follow_from_its_values_per_km() -> None:
    line = Line.model_validate({**small_feeder_data()["lines"][0], "length_km": 0.25, "parallel": 2})
    assert line.r_ohm == pytest.approx(0.642 * 0.25 / 2)
    assert line.x_ohm == pytest.approx(0.083 * 0.25 / 2)
    assert line.rating_ka == pytest.approx(0.284)
    assert {"r_ohm", "x_ohm"} <= line.model_dump().keys()


def test_totals_that_agree_are_taken_and_others_refused() -> None:
    line = small_feeder_data()["lines"][0]
    assert Line.model_validate({**line, "r_ohm": 0.0642, "x_ohm": 0.0083}).r_ohm == pytest.approx(0.0642)
    with pytest.raises(
        ValidationError, match=r"r_ohm 0\.07 is not r_ohm_per_km x length_km / parallel = 0\.0642"
    ):
        Line.model_validate({**line, "r_ohm": 0.07})
    with pytest.raises(ValidationError, match="x_ohm 0 is not"):
        Line.model_validate({**line, "x_ohm": 0})


@pytest.mark.parametrize(
    "wrong", [{"length_km": "far"}, {"length_km": None}, {"parallel": 0}, {"r_ohm_per_km": []}]
)
def test_totals_beside_a_wrong_field_leave_the_blame_to_that_field(wrong: dict[str, Any]) -> None:
    line = {**small_feeder_data()["lines"][0], "r_ohm": 0.0642, "x_ohm": 0.0083, **wrong}
    with pytest.raises(ValidationError) as refusal:
        Line.model_validate(line)
    assert {error["loc"][0] for error in refusal.value.errors()} == set(wrong)


def test_a_total_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValidationError, match="r_ohm much is not r_ohm_per_km x length_km"):
        Line.model_validate({**small_feeder_data()["lines"][0], "r_ohm": "much"})


def test_tap_and_vector_group_have_defaults() -> None:
    data = {
        k: v for k, v in small_feeder_data()["transformers"][0].items() if k not in ("tap", "shift_degree")
    }
    transformer = Transformer.model_validate(data)
    assert transformer.tap is None
    assert transformer.shift_degree == 150
    assert Tap(side="hv", pos=1, min=-1, max=1, step_percent=2.5).neutral == 0


def test_a_mesh_and_several_transformers_are_taken(small_feeder: Feeder) -> None:
    data = plain(small_feeder)
    ring = {**data["lines"][0], "id": "line_3", "from": "bus_2", "to": "bus_0"}
    second = {**data["transformers"][0], "id": "trafo_1", "lv_bus": "bus_2"}
    feeder = changed(
        small_feeder,
        lines=[*data["lines"], ring],
        transformers=[*data["transformers"], second],
        transformer_kva=320,
    )
    assert len(feeder.lines) == 3


def test_two_islands_with_a_transformer_each_are_taken(small_feeder: Feeder) -> None:
    data = plain(small_feeder)
    second = {**data["transformers"][0], "id": "trafo_1", "lv_bus": "bus_2"}
    changed(
        small_feeder,
        lines=data["lines"][:1],
        transformers=[*data["transformers"], second],
        transformer_kva=320,
    )


def test_the_content_hash_ignores_words_alone(small_feeder: Feeder) -> None:
    words = {"name": "Other", "archetype": "other", "description": "Other words."}
    same = Feeder.model_validate({**small_feeder_data(), **words})
    assert same.content_hash == small_feeder.content_hash


CONTENT: list[tuple[str, Edit]] = [
    ("id", lambda d: d.update(feeder_id="other")),
    ("source", lambda d: d["source"].update(vm_pu=1.01)),
    ("tap", lambda d: d["transformers"][0]["tap"].update(pos=1)),
    ("length", lambda d: d["lines"][0].update(length_km=0.11)),
    ("rating", lambda d: d["lines"][0].update(max_i_ka=0.2)),
    ("peak", lambda d: d["customers"][0].update(peak_kw=13)),
    ("PV", lambda d: d["customers"][0].update(pv_kwp=21)),
    ("place", lambda d: d["buses"][0].update(x=1)),
]


@pytest.mark.parametrize("edit", [row[1] for row in CONTENT], ids=[row[0] for row in CONTENT])
def test_the_content_hash_changes_with_the_content(small_feeder: Feeder, edit: Edit) -> None:
    data = small_feeder_data()
    edit(data)
    assert Feeder.model_validate(data).content_hash != small_feeder.content_hash


def test_the_content_hash_is_the_same_in_every_process(small_feeder: Feeder) -> None:
    """It keys caches that outlive a process; whole numbers and their float twins are one content."""
    data = small_feeder_data()
    data["transformer_kva"] = 160.0
    assert Feeder.model_validate(data).content_hash == small_feeder.content_hash
    assert len(small_feeder.content_hash) == 64
