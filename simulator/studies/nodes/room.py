"""The room at every bus as a state that diagrams and maps draw: classes from little to much, in words too."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from simulator.assessment.wording import KIND_WORDS, NO_SOLUTION, rounded_down
from simulator.drawing.legend import Entry
from simulator.drawing.scales import Look
from simulator.drawing.state import FeederState
from simulator.drawing.symbols import bus_mark
from simulator.drawing.ticks import nice_step
from simulator.grid.clock import time_of
from simulator.studies.nodes.nodes import Nodes, Room

NO_ROOM = Look("v-none", "#c3c9ce", 4, "no room")
ROOMS: tuple[Look, ...] = tuple(
    Look(f"r-{number}", colour, 6, "room")
    for number, colour in enumerate(
        ("#f2f7e4", "#cfe8b4", "#93cf9c", "#4fae8c", "#1f7f74", "#0a4a4f"), start=1
    )
)
ROUNDING = 15  # a bound has a step of at least a fifteenth of its size


def binding_words(room: Room, *, when: bool = False) -> str:
    """Return what binds and where: ``overvoltage at bus_27``, and on demand at which time."""
    binding = room.binding
    where = "" if binding.kind == "no_solution" else f" at {binding.element}"
    return f"{KIND_WORDS[binding.kind]}{where}" + (f" at {time_of(binding.step)}" if when else "")


def room_bounds(rooms_kw: Sequence[float]) -> list[float]:
    """Return the bounds in kW between the classes of room, five at most: about as many buses in each.

    Equal steps would leave all but the busbar in the lowest class. Bounds are rounded to numbers people like.
    """
    some = [kw for kw in rooms_kw if kw > 0]
    if not some:
        return []
    shares = np.quantile(some, np.arange(1, len(ROOMS)) / len(ROOMS))
    rounded = {round(round(kw / (step := nice_step(kw, ROUNDING))) * step, 6) for kw in shares.tolist()}
    bounds: list[float] = []
    for bound in sorted(bound for bound in rounded if bound < max(some)):
        if any(kw < bound for kw in some if not bounds or kw >= bounds[-1]):  # else the class is empty
            bounds.append(bound)
    return bounds


@dataclass(frozen=True)
class RoomState(FeederState):
    """A feeder by its buses' room for one more plant or load; ``unit`` is kW, or that of a plant's rating."""

    rooms: dict[str, Room]
    unit: str
    day: bool

    @cached_property
    def bounds(self) -> list[float]:
        """The bounds between the classes."""
        return room_bounds([room.kw for room in self.rooms.values()])

    @property
    def looks(self) -> list[Look]:
        """The classes' looks, from little to much; few classes are as far apart as many."""
        count, last = len(self.bounds) + 1, len(ROOMS) - 1
        return [ROOMS[round(last * i / max(count - 1, 1))] for i in range(count)]

    def bus_look(self, bus: str) -> Look:
        """Return how a bus is drawn."""
        kw = self.rooms[bus].kw
        return self.looks[sum(kw >= bound for bound in self.bounds)] if kw else NO_ROOM

    def bus_words(self, bus: str) -> str:
        """Return a bus's room and what binds there: ``14.2 kW, overvoltage at bus_29``."""
        room = self.rooms[bus]
        if not room.kw and room.binding.kind == "no_solution":
            return NO_SOLUTION
        return f"{rounded_down(room.kw)} {self.unit}, {binding_words(room, when=self.day)}"

    @property
    def extremes(self) -> list[str]:
        """The buses with the least and the most room; none where all are alike."""
        least, most = (pick(self.rooms, key=lambda bus: self.rooms[bus].kw) for pick in (min, max))
        return [least, most] if self.rooms[least].kw < self.rooms[most].kw else []

    @property
    def legend(self) -> list[Entry]:
        """The legend's entries: the classes in use and what they mean."""
        entries = [(18.0, bus_mark(9, 0, look), words) for look, words in self._class_words()]
        used = any(room.kw == 0 for room in self.rooms.values())
        return [(18.0, bus_mark(9, 0, NO_ROOM), NO_ROOM.words)] * used + entries

    def _class_words(self) -> list[tuple[Look, str]]:
        some = [room.kw for room in self.rooms.values() if room.kw]
        if not some:
            return []
        if not self.bounds:
            return [(self.looks[0], f"{rounded_down(min(some))} to {rounded_down(max(some))}")]
        ends = [f"below {self.bounds[0]:g}", f"{self.bounds[-1]:g} and more"]
        between = [f"{low:g}\N{EN DASH}{high:g}" for low, high in pairwise(self.bounds)]
        return list(zip(self.looks, [ends[0], *between, ends[1]], strict=True))


def plant_rooms(answer: Nodes) -> RoomState:
    """Return the buses by their room for one more plant."""
    rooms = {place.bus: place.plant for place in answer.nodes}
    return RoomState(answer.limits, {}, {}, {}, rooms, plant_unit(answer), answer.when == "day")


def load_rooms(answer: Nodes) -> RoomState:
    """Return the buses by their room for one more load."""
    rooms = {place.bus: place.load for place in answer.nodes}
    return RoomState(answer.limits, {}, {}, {}, rooms, "kW", answer.when == "day")


def plant_unit(answer: Nodes) -> str:
    """Return the unit of a plant: over a day it is its rating."""
    return answer.technology.unit if answer.when == "day" else "kW"
