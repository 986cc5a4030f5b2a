"""GeoJSON: RFC 7946 positions, every element once, and the same classes and words as in the diagrams."""

import json
from math import pi
from typing import Any

import numpy as np
import pytest

from simulator.drawing.geojson import feeder_geojson, feeders_geojson
from simulator.grid.limits import DEFAULT_LIMITS
from simulator.grid.schema import Feeder
from simulator.tests.feeders import all_feeders, plain
from simulator.tests.reports.trees import network

stored = pytest.mark.parametrize("feeder", list(all_feeders().values()), ids=list(all_feeders()))
TWO = network([(0, 1, 0.1)])


def of_kind(data: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the features of a kind."""
    return [feature for feature in data["features"] if feature["properties"]["kind"] == kind]


@stored
def test_every_element_is_there_once_where_it_stands(feeder: Feeder) -> None:
    """Positions are longitude first, as the RFC has it."""
    data = feeder_geojson(feeder)
    at = {bus.id: [bus.lon, bus.lat] for bus in feeder.buses}
    assert data["type"] == "FeatureCollection"
    assert {f["properties"]["id"]: f["geometry"]["coordinates"] for f in of_kind(data, "bus")} == at
    assert {f["properties"]["id"]: f["geometry"] for f in of_kind(data, "line")} == {
        line.id: {"type": "LineString", "coordinates": [at[line.from_bus], at[line.to_bus]]}
        for line in feeder.lines
    }
    assert [f["geometry"]["coordinates"] for f in of_kind(data, "transformer")] == [
        at[t.lv_bus] for t in feeder.transformers
    ]
    assert len(data["features"]) == len(feeder.buses) + len(feeder.lines) + len(feeder.transformers)


def test_without_places_the_plan_is_drawn_in_metres_and_said_to_be_plain() -> None:
    data = plain(TWO)
    for bus in data["buses"]:
        bus |= {"lat": None, "lon": None}
    unplaced = feeder_geojson(Feeder.model_validate(data))
    assert unplaced["plain"] is True
    assert "plain" not in feeder_geojson(TWO)
    metres = 2 * pi * 6_371_000 / 360  # a degree at the equator
    for bus, feature in zip(TWO.buses, of_kind(unplaced, "bus"), strict=True):
        drawn = [degrees * metres for degrees in feature["geometry"]["coordinates"]]
        assert drawn == pytest.approx([bus.x, bus.y], rel=2e-3)


@stored
def test_positions_are_on_earth_and_in_order_of_drawing(feeder: Feeder) -> None:
    """Lines come first so that buses are drawn over them."""
    data = feeder_geojson(feeder)
    for feature in of_kind(data, "bus"):
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
    kinds = [feature["properties"]["kind"] for feature in data["features"]]
    assert kinds == sorted(kinds, key=["line", "bus", "transformer"].index)


def test_properties_tell_the_state() -> None:
    data = feeder_geojson(TWO, np.array([1.0, 1.0712]), np.array([1.125]), DEFAULT_LIMITS, np.array([0.5]))
    line, first, second, transformer = (feature["properties"] for feature in data["features"])
    assert line == {
        "id": "line_1",
        "kind": "line",
        "class": "l-over",
        "label": "line_1: 112 % of 142 A, 100 m NAYY 4x50 SE",
        "loading_percent": 112.5,
    }
    assert first["class"] == "v-middle"
    assert second == {
        "id": "bus_1",
        "kind": "bus",
        "class": "v-above",
        "label": "bus_1: 1.071 pu, limit 1.06",
        "vm_pu": 1.0712,
    }
    assert transformer["label"] == "trafo_0: 50 % of 160 kVA, 10/0.4 kV"
    assert (transformer["class"], transformer["loading_percent"]) == ("l-medium", 50)


def test_no_solution_is_null_and_valid_json() -> None:
    data = feeder_geojson(TWO, [np.nan, np.nan], [np.nan], DEFAULT_LIMITS, [np.nan])
    line, bus, _, transformer = (feature["properties"] for feature in data["features"])
    assert (line["loading_percent"], bus["vm_pu"], transformer["loading_percent"]) == (None, None, None)
    assert all("no solution" in properties["label"] for properties in (line, bus, transformer))
    assert (line["class"], bus["class"]) == ("l-none", "v-none")
    json.dumps(data, allow_nan=False)


def test_a_network_without_a_state_has_no_numbers() -> None:
    for feature in feeder_geojson(TWO)["features"]:
        assert feature["properties"]["class"] == "plain"
        assert not {"vm_pu", "loading_percent"} & feature["properties"].keys()


def test_arrays_of_the_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match="vm_pu must have 2 values"):
        feeder_geojson(TWO, [1.0])


def test_feeders_are_points_with_their_properties() -> None:
    row = {
        "id": "feeder_00",
        "lat": 50.1,
        "lon": 8.2,
        "class": "within",
        "label": "Mill Lane",
        "url": "/feeders/a/",
    }
    assert feeders_geojson([row]) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [8.2, 50.1]},
                "properties": {
                    "id": "feeder_00",
                    "class": "within",
                    "label": "Mill Lane",
                    "url": "/feeders/a/",
                },
            }
        ],
    }
