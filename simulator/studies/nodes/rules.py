"""Guidance on places: where to connect, where not, and what would make more room."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from simulator.assessment.violations import Kind
from simulator.assessment.wording import KIND_WORDS, explain, rounded_down
from simulator.grid.clock import HOURS_PER_STEP, STEPS_PER_DAY
from simulator.studies.day.wording import hours_words, stretches
from simulator.studies.guidance import Facts, Rule
from simulator.studies.nodes.nodes import Nodes
from simulator.studies.nodes.room import RoomState, load_rooms, plant_rooms
from simulator.studies.nodes.wording import room_words

ELSEWHERE = "the page What helps computes what a change brings"


def no_room(answer: Nodes) -> Facts:
    """Fire where limits are violated as it is, with where and when, and what would leave room."""
    if answer.baseline is None:
        return None
    reason = explain(answer.baseline)
    if answer.when == "day":
        chosen = np.isin(np.arange(STEPS_PER_DAY), answer.violated)
        hours = hours_words(len(answer.violated) * HOURS_PER_STEP)
        reason += f"; limits are violated for {hours}: {stretches(chosen)}"
    return {"room": room_words(answer), "reason": reason}


def place(
    rooms_of: Callable[[Nodes], RoomState], what_of: Callable[[Nodes], str]
) -> Callable[[Nodes], Facts]:
    """Return a trigger that fires where there are buses to choose among, with the best and the worst."""

    def trigger(answer: Nodes) -> Facts:
        if answer.baseline:
            return None
        state, what = rooms_of(answer), what_of(answer)
        rooms = state.rooms
        if len(rooms) < 2:
            return None
        least, most = (pick(rooms, key=lambda bus: rooms[bus].kw) for pick in (min, max))
        words = (
            f"{bus} takes {rounded_down(rooms[bus].kw)} {state.unit} before "
            f"{KIND_WORDS[rooms[bus].binding.kind]}"
            for bus in (most, least)
        )
        key = what.lower().replace(" ", "_")
        return {"key": key, "what": what, "most": most, "least": least, "rooms": ", ".join(words)}

    return trigger


def binds_most_often(answer: Nodes) -> Facts:
    """Fire where there is room, with what ends it at how many buses."""
    if answer.baseline:
        return None
    states = {answer.technology.device: plant_rooms(answer), "load": load_rooms(answer)}
    counts = {
        what: Counter(room.binding.kind for room in state.rooms.values()) for what, state in states.items()
    }
    (kind, _), *_ = sum(counts.values(), Counter()).most_common()
    said = [f"for one more {what} {_shares(count.most_common())}" for what, count in counts.items()]
    return {"kind": KIND_WORDS[kind].capitalize(), "shares": "; ".join(said)}


def _shares(counts: Sequence[tuple[Kind, int]]) -> str:
    total = sum(count for _, count in counts)
    parts = " and ".join(f"{KIND_WORDS[kind]} at {count}" for kind, count in counts)
    return f"it is {parts} of {total} buses"


NODES_RULES = (
    Rule("no_room", "danger", "No room anywhere", "{room}; " + ELSEWHERE, "{reason}", no_room, ("nodes",)),
    *(
        Rule(
            "place_{key}",
            "info",
            "One more {what}",
            "best at {most}, worst at {least}",
            "{rooms}",
            place(rooms_of, what_of),
            ("nodes",),
        )
        for rooms_of, what_of in (
            (plant_rooms, lambda answer: answer.technology.device),
            (load_rooms, lambda _: "load"),
        )
    ),
    Rule(
        "binds_most_often",
        "info",
        "{kind} binds most often",
        ELSEWHERE,
        "{shares}",
        binds_most_often,
        ("nodes",),
    ),
)
