"""The places page's report: the room at every bus, for one more plant and for one more load."""

from dataclasses import replace
from functools import partial
from typing import Any

from simulator.answers.quantity import DISTANCE
from simulator.assessment.wording import KIND_WORDS, NO_SOLUTION, explain, rounded_down
from simulator.drawing.diagram import draw_diagram, mark_entries
from simulator.drawing.geojson import state_geojson
from simulator.drawing.panel import NARROW
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.reports.cards import card, cards_of, kpi_table
from simulator.reports.report import Column, Figure, Kpi, Report, State, Table
from simulator.reports.tables import Cells, by_columns, cells
from simulator.studies.adoption import adoption_rows, adoption_words
from simulator.studies.nodes.chart import render_rooms_chart
from simulator.studies.nodes.data import ROOM, NodesOut
from simulator.studies.nodes.nodes import Nodes, Room
from simulator.studies.nodes.room import RoomState, binding_words, load_rooms, plant_rooms
from simulator.studies.nodes.wording import room_words
from simulator.studies.rules import advise
from simulator.studies.sentences import feeder_words


def nodes_report(feeder: Feeder, answer: Nodes) -> Report:
    """Return the answer to "where is there room": sentence, extremes, diagram, bars, and every bus."""
    own = {"nodes": room_cards(answer)}
    cards = cards_of(NodesOut, answer, feeder, own=own, limits=answer.limits)
    day, factor = f"All 96 quarter-hours; {_follows(answer)}", _factor_words(answer)
    return Report(
        title=f"Room for more at the nodes of {feeder.name}",
        sentence=nodes_sentence(feeder, answer),
        state=nodes_state(answer),
        question=(
            ("Feeder", feeder_words(feeder)),
            ("Quarter-hours", day if answer.when == "day" else time_of(answer.step)),
            *adoption_rows(answer.adoption),
            ("Limits", f"{answer.limits.title}: {answer.limits.band} ({answer.limits.source})"),
            ("Added", f"one {_thing(answer)} or one load at one bus, {factor}, all else as it is"),
        ),
        kpis=cards,
        figures=(_diagram(feeder, answer),)
        if answer.baseline
        else (_diagram(feeder, answer), _chart(answer)),
        findings=advise("nodes", answer),
        tables=(kpi_table(cards), _nodes_table(feeder, answer)),
    )


def nodes_geojson(feeder: Feeder, answer: Nodes) -> dict[str, Any]:
    """Return the feeder for the map, its buses by their room for a plant."""
    return state_geojson(feeder, plant_rooms(answer))


def nodes_state(answer: Nodes) -> State:
    """Return the state: violated, or without a solution, where that is so before anything is added."""
    if answer.baseline is None:
        return "ok"
    return "unknown" if answer.baseline.kind == "no_solution" else "violated"


def nodes_sentence(feeder: Feeder, answer: Nodes) -> str:
    """Say from where to where the room goes, or why there is none."""
    day = answer.when == "day"
    when = "Over the day" if day else f"At {time_of(answer.step)}"
    start = f"{when} with {_adoption_words(feeder, answer)}"
    if answer.baseline:
        fault = (
            "has" if answer.baseline.kind == "no_solution" else "leaves its limits before anything is added:"
        )
        why = f"{start}, {feeder.feeder_id} {fault} {explain(answer.baseline)}, so no bus has room"
        return f"{why}; {room_words(answer)}."
    plant, load = _range_words(plant_rooms(answer)), _range_words(load_rooms(answer))
    moment = "feed in" if answer.technology.generates else "draw"
    verbs = ("have", "draw, all day long,") if day else (moment, "draw")
    one = f"one more {answer.technology.device}"
    return f"{start}, {one} may {verbs[0]} {plant}, one more load may {verbs[1]} {load}."


def _adoption_words(feeder: Feeder, answer: Nodes) -> str:
    """Return the scenario's adoption; without a potential any share of it is no PV."""
    if feeder.pv_potential_kwp:
        return adoption_words(answer.adoption)
    return "no PV (no potential is known)"


def _range_words(state: RoomState) -> str:
    """Return ``from 14.2 kW at bus_29 (overvoltage) to 103.5 kW at bus_0 (transformer overload)``."""

    def one(bus: str) -> str:
        room = state.rooms[bus]
        return f"{rounded_down(room.kw)} {state.unit} at {bus} ({KIND_WORDS[room.binding.kind]})"

    if not state.extremes:
        return one(next(iter(state.rooms)))
    return " to ".join(map(one, state.extremes)).join(("from ", ""))


def room_cards(answer: Nodes) -> tuple[Kpi, ...]:
    """Return the least and the most room for a plant and for load, with what binds there."""
    states = (
        (answer.over, answer.technology.plural, plant_rooms(answer)),
        ("load", "load", load_rooms(answer)),
    )
    if answer.baseline:
        return tuple(_no_room_card(answer, key, f"Room for {name}", state) for key, name, state in states)
    return tuple(
        _card(f"{most}_{key}", f"{most.capitalize()} room for {name}", state, pick)
        for key, name, state in states
        for most, pick in (("least", 0), ("most", -1))
    )


def _card(key: str, name: str, state: RoomState, pick: int) -> Kpi:
    bus = (state.extremes or list(state.rooms))[pick]
    room = state.rooms[bus]
    place = f"{bus}, {binding_words(room, when=state.day)}"
    return _room_card(key, name, state, room, place)


def _no_room_card(answer: Nodes, key: str, name: str, state: RoomState) -> Kpi:
    whole, room = nodes_state(answer), next(iter(state.rooms.values()))
    if whole == "unknown":
        return card(key, replace(ROOM, label=name), None, NO_SOLUTION)
    place = f"at every bus, {binding_words(room, when=state.day)}"
    return replace(_room_card(key, name, state, room, place), state=whole)


def _room_card(key: str, name: str, state: RoomState, room: Room, place: str) -> Kpi:
    shown = card(key, replace(ROOM, label=name, unit=state.unit), room.kw, place)
    return replace(shown, value=rounded_down(room.kw))


def _diagram(feeder: Feeder, answer: Nodes) -> Figure:
    state = plant_rooms(answer)
    named = [answer.baseline.element] if answer.baseline else state.extremes
    rows = [(f"Room for {answer.technology.plural} in {state.unit}", state.legend)]
    marks = mark_entries(feeder, named)
    rows += [("Marks", marks)] if marks else []
    story = "; ".join(f"{bus}: {state.bus_words(bus)}" for bus in state.extremes)
    draw = partial(draw_diagram, feeder, state, rows, story, highlight=named)
    caption = f"what one more {_thing(answer)} may add at each bus, that bus alone"
    caption += "; about as many buses in each class."
    if answer.baseline:
        caption = f"no bus has room: the scenario itself is in violation; {room_words(answer)}."
    return Figure(
        "diagram", f"Room for one more {answer.technology.device}", f"{_when_words(answer)}; {caption}", draw
    )


def _chart(answer: Nodes) -> Figure:
    what = answer.technology.device
    draw = partial(render_rooms_chart, plant_rooms(answer), load_rooms(answer), what=what)
    day = f"; {_follows(answer)}" if answer.when == "day" else ""
    caption = f"{_when_words(answer)}{day}; each bus alone, the letter tells what binds."
    return Figure("rooms", "Room by bus", caption, draw, partial(draw, width=NARROW))


def _thing(answer: Nodes) -> str:
    """Return what is added: a plant where that is of PV, else the technology's device."""
    return answer.technology.device.removeprefix(f"{answer.technology.word} ")


def _follows(answer: Nodes) -> str:
    return f"the {_thing(answer)} follows the {answer.technology.word} profile, the load is constant"


def _factor_words(answer: Nodes) -> str:
    if answer.power_factor == 1:
        return "unity power factor"
    return f"the {_thing(answer)} absorbing at power factor {answer.power_factor:g}"


def _when_words(answer: Nodes) -> str:
    return "Over all 96 quarter-hours" if answer.when == "day" else f"At {time_of(answer.step)}"


def _nodes_table(feeder: Feeder, answer: Nodes) -> Table:
    buses, distance_km = [place.bus for place in answer.nodes], trace(feeder).distance_km
    columns: list[Cells] = [
        (Column("bus", "Bus"), buses),
        cells("distance", DISTANCE, [distance_km[bus] * 1000 for bus in buses]),
    ]
    unsolved = nodes_state(answer) == "unknown"
    for key, name, state in (
        ("pv", answer.technology.label, plant_rooms(answer)),
        ("load", "Load", load_rooms(answer)),
    ):
        rooms = list(state.rooms.values())
        found = [each.binding for each in rooms]
        room = replace(ROOM, label=f"{name}: room", unit=state.unit, digits=2)
        columns += [
            cells(f"{key}_kw", room, [None if unsolved else each.kw for each in rooms]),
            (Column(f"{key}_binding", f"{name}: what binds"), [KIND_WORDS[each.kind] for each in found]),
            (Column(f"{key}_element", f"{name}: where"), [each.element for each in found]),
        ]
        if answer.when == "day":
            columns.append((Column(f"{key}_time", f"{name}: when"), [time_of(each.step) for each in found]))
    return by_columns("places", "Every bus", columns)
