"""The places report: rooms in words never rounded up, in classes from little to much, as bars to scale."""

from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element

import numpy as np
import pytest

from simulator.assessment.violations import Kind, Violation
from simulator.drawing.panel import NARROW, WIDE
from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.questions.values import When
from simulator.studies.nodes.chart import BINDING, render_rooms_chart
from simulator.studies.nodes.nodes import Node, Nodes, Room
from simulator.studies.nodes.report import nodes_geojson, nodes_report
from simulator.studies.nodes.room import load_rooms, plant_rooms, room_bounds
from simulator.tests.feeders import all_feeders, changed
from simulator.tests.reports.pictures import hover, parse, with_class, words
from simulator.tests.reports.trees import network
from simulator.tests.studies import slow
from simulator.tests.studies.asking import day, nodes

FEEDERS = all_feeders()
ROOF = {"id": "home", "bus": "bus_3", "households": 1, "peak_kw": 1.0, "power_factor": 1.0, "pv_kwp": 100.0}
CHAIN = changed(network([(i, i + 1, 0.05) for i in range(3)]), customers=[ROOF])


def violation(kind: Kind, element: str) -> Violation:
    return Violation(kind, element, 48, 1.0601, 1.06)


def made(feeder: Feeder, pv_kw: list[float], when: When = "time") -> Nodes:
    """Return an answer with given rooms for PV, bound by voltage, and twice as much for load, by the line."""
    over, line = violation("overvoltage", "bus_3"), violation("line", "line_1")
    places = [
        Node(bus.id, Room(kw, over), Room(2 * kw, line)) for bus, kw in zip(feeder.buses, pv_kw, strict=True)
    ]
    return Nodes({"pv": 0.3}, 48, when, DEFAULT_LIMITS, None, tuple(places), 100.0)


def asked(name: str, pv: float, when: When = "time", limits: str = "twin") -> Nodes:
    return nodes(
        FEEDERS[name],
        read_profiles(),
        pv_adoption=pv,
        battery_adoption=0.0,
        step=48,
        when=when,
        limits=LIMIT_SETS[limits],
    )


def test_the_sentence_goes_from_the_least_to_the_most_and_never_rounds_up() -> None:
    report = nodes_report(CHAIN, made(CHAIN, [103.59, 40.0, 20.0, 14.29]))
    assert report.sentence == (
        "At 12:00 with 30 % PV, one more PV plant may feed in from 14.2 kW at bus_3 (overvoltage) to "
        "103.5 kW at bus_0 (overvoltage), one more load may draw from 28.5 kW at bus_3 (line overload) to "
        "207.1 kW at bus_0 (line overload)."
    )
    assert [(k.value, k.unit) for k in report.kpis] == [
        ("14.2", "kW"), ("103.5", "kW"), ("28.5", "kW"), ("207.1", "kW"),
    ]  # fmt: skip
    assert report.state == "ok"


def test_over_a_day_a_plant_is_rated_in_kwp_and_a_load_draws_all_day() -> None:
    report = nodes_report(CHAIN, made(CHAIN, [40.0, 30.0, 20.0, 10.0], "day"))
    assert report.sentence.startswith(
        "Over the day with 30 % PV, one more PV plant may have from 10.0 kWp at bus_3 (overvoltage) to "
    )
    assert "one more load may draw, all day long, from 20.0 kW at bus_3" in report.sentence
    table = report.tables[-1]
    assert [c.heading for c in table.columns if c.key.endswith("_kw")] == [
        "PV: room (kWp)",
        "Load: room (kW)",
    ]
    assert table.rows[0][:6] == ("bus_0", 0.0, 40.0, "overvoltage", "bus_3", "12:00")


def test_the_question_says_that_what_is_added_has_unity_power_factor() -> None:
    report = nodes_report(CHAIN, made(CHAIN, [40.0, 30.0, 20.0, 10.0]))
    assert "unity power factor" in dict(report.question)["Added"]
    assert dict(report.question)["Limits"].startswith("Twin: 0.94 to 1.06 pu")


def test_findings_name_the_best_and_the_worst_place_and_what_binds_most_often() -> None:
    report = nodes_report(CHAIN, made(CHAIN, [103.59, 40.0, 20.0, 14.29]))
    plant, load, often = report.findings
    assert plant.advice == "best at bus_0, worst at bus_3"
    assert plant.reason == "bus_0 takes 103.5 kW before overvoltage, bus_3 takes 14.2 kW before overvoltage"
    assert "28.5 kW before line overload" in load.reason
    assert "for one more PV plant it is overvoltage at 4 of 4 buses" in often.reason
    assert "for one more load it is line overload at 4 of 4 buses" in often.reason


def test_a_violation_before_anything_is_added_is_said_first() -> None:
    feeder = FEEDERS["feeder_06"]
    report = nodes_report(feeder, asked("feeder_06", 0.3))
    assert report.state == "violated"
    assert report.sentence.startswith("At 12:00 with 30 % PV, feeder_06 leaves its limits before anything")
    capacity = slow.capacity(slow.Question(feeder, read_profiles(), [48]), LIMIT_SETS["twin"])
    kwp = capacity * sum(customer.pv_kwp for customer in feeder.customers)
    up_to = f"at {capacity * 100:.1f} % PV ({kwp:.0f} kWp) and below there is room at this time"
    assert report.sentence.endswith(f"limit 1.06 pu, so no bus has room; {up_to}.")
    assert report.findings[0].advice.startswith(up_to)
    assert [f.title for f in report.findings] == ["No room anywhere"]
    assert {k.value for k in report.kpis} == {"0.0"}
    root = parse(report.figures[0].svg)
    assert len(with_class(root, "v-none")) == len(feeder.buses) + 1
    assert "no room" in words(root)


def test_over_a_day_without_room_it_is_told_why_when_and_from_which_adoption_on_there_is() -> None:
    answer = asked("feeder_06", 0.3, "day")
    assert answer.room_up_to is not None
    up_to = answer.room_up_to.adoption
    (finding,) = nodes_report(FEEDERS["feeder_06"], answer).findings
    found = day(
        FEEDERS["feeder_06"], read_profiles(), pv_adoption=0.3, battery_adoption=0.0, limits=DEFAULT_LIMITS
    )
    assert f"; limits are violated for {found.hours_outside:g} h: " in finding.reason
    assert "bus_29 reaches 1.07" in finding.reason
    assert f"at {up_to * 100:.1f} % PV (" in finding.advice
    assert asked("feeder_06", up_to, "day").baseline is None
    assert asked("feeder_06", up_to + 0.001, "day").baseline is not None


def test_where_limits_are_violated_without_any_pv_less_of_it_makes_no_room() -> None:
    report = nodes_report(FEEDERS["feeder_08"], asked("feeder_08", 0.3, "day"))
    told = "less PV makes no room: limits are violated without any over the whole day"
    assert report.sentence.endswith(f"{told}.")
    assert report.findings[0].advice.startswith(told)


def test_without_a_solution_no_number_is_given() -> None:
    none = Violation("no_solution", "feeder", 48, None, None)
    nowhere = tuple(Node(bus.id, Room(0.0, none), Room(0.0, none)) for bus in CHAIN.buses)
    unsolved = replace(made(CHAIN, [0.0] * 4), baseline=none, nodes=nowhere)
    report = nodes_report(CHAIN, unsolved)
    assert "has no solution: the feeder cannot carry this" in report.sentence
    assert report.state == "unknown"
    assert {k.value for k in report.kpis} == {"\N{EN DASH}"}
    assert {row[2] for row in report.tables[-1].rows} == {None}
    labels = [f["properties"]["label"] for f in nodes_geojson(CHAIN, unsolved)["features"]]
    assert "bus_1: no solution: the feeder cannot carry this" in labels


@pytest.mark.parametrize("rooms", [[5.0], [3.0, 3.0], [0.0, 0.0], list(np.geomspace(0.4, 700, 30))])
def test_classes_have_round_bounds_between_the_least_and_the_most(rooms: list[float]) -> None:
    bounds = room_bounds(rooms)
    assert bounds == sorted(set(bounds))
    assert len(bounds) <= 5
    assert all(min(rooms) < bound < max(rooms) for bound in bounds)
    assert all(float(f"{bound:.3g}") == bound for bound in bounds)


def test_each_class_of_a_real_feeder_has_buses_and_darker_means_more() -> None:
    for name in ("feeder_00", "feeder_05", "feeder_09"):
        state = plant_rooms(asked(name, 0.1))
        classes = [state.bus_look(bus).key for bus in sorted(state.rooms, key=lambda b: state.rooms[b].kw)]
        assert classes == sorted(classes)
        assert set(classes) == {look.key for look in state.looks}
        assert len(set(classes)) >= 2
        assert len(state.legend) == len(state.looks)


def test_the_diagram_names_the_extremes_with_numbers_and_every_bus_on_hover() -> None:
    answer = asked("feeder_05", 0.3)
    root = parse(nodes_report(FEEDERS["feeder_05"], answer).figures[0].svg)
    state = plant_rooms(answer)
    least, most = state.extremes
    shown = " ".join(words(root))
    for bus in (least, most):
        assert f"{bus} {state.bus_words(bus).split(',')[0]}" in shown
    told = [hover(node) for node in with_class(root, "bus")]
    assert [text.split(": ")[0] for text in told] == [p.bus for p in answer.nodes]
    assert all(state.bus_words(p.bus) in text for p, text in zip(answer.nodes, told, strict=True))
    assert "Room for PV in kW" in shown


def bars(root: Element) -> list[Element]:
    return [node for node in with_class(root, "room") if node.get("height") != "12"]  # the legend's are 12


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("count", [1, 4, 30, 100])
def test_bars_stand_side_by_side_to_scale(count: int, width: float) -> None:
    feeder = network([(i, i + 1, 0.05) for i in range(count - 1)])
    kw = np.linspace(100, 30, count).tolist()
    answer = made(feeder, kw)
    root = parse(render_rooms_chart(plant_rooms(answer), load_rooms(answer), width))
    heights = np.array([float(bar.get("height", 0)) for bar in bars(root)])
    assert len(heights) == 2 * count
    for panel in (heights[:count], heights[count:]):
        np.testing.assert_allclose(panel / panel[0], np.array(kw) / kw[0], atol=0.002)
    edges = [(float(b.get("x", 0)), float(b.get("width", 0))) for b in bars(root)[:count]]
    assert all(x + wide <= after for (x, wide), (after, _) in pairwise(edges))
    assert edges[-1][0] + edges[-1][1] <= width
    assert {"room for one more PV plant (kW)", "room for one more load (kW)", "bus"} <= set(words(root))
    if count > 1:
        assert {"bus_0 100.0", f"bus_{count - 1} 30.0"} <= set(words(root))
    assert f"bus_{count - 1}: {kw[-1]:.1f} kW, overvoltage at bus_3" in [hover(g) for g in root.iter()]


def test_what_binds_is_told_by_a_letter_as_well_as_by_colour() -> None:
    answer = made(CHAIN, [40.0, 30.0, 20.0, 10.0])
    root = parse(render_rooms_chart(plant_rooms(answer), load_rooms(answer)))
    shown = words(root)
    assert (shown.count("V"), shown.count("L")) == (4, 4)
    assert {"V overvoltage", "L line overload"} <= set(shown)
    assert len({colour for _, colour in BINDING.values()}) == len(BINDING)


def test_the_map_tells_the_same_as_the_diagram() -> None:
    answer = asked("feeder_07", 0.2, "day", "vde_4105")
    state = plant_rooms(answer)
    features = nodes_geojson(FEEDERS["feeder_07"], answer)["features"]
    buses = {f["properties"]["id"]: f["properties"] for f in features if f["properties"]["kind"] == "bus"}
    assert list(buses) == [p.bus for p in answer.nodes]
    for bus, properties in buses.items():
        assert properties["class"] == state.bus_look(bus).key
        assert properties["label"] == f"{bus}: {state.bus_words(bus)}"
        assert " kWp, " in properties["label"]
