"""Guidance on places: where to connect, where not, and what would make more room."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from simulator.assessment.violations import Kind, Violation
from simulator.assessment.wording import KIND_WORDS, explain, rounded_down
from simulator.grid.clock import HOURS_PER_STEP, STEPS_PER_DAY
from simulator.studies.day.guidance import hours_words, stretches
from simulator.studies.guidance import Finding
from simulator.studies.places.places import Places, Room
from simulator.studies.places.room import RoomState, load_rooms, plant_rooms
from simulator.studies.sweep.wording import amount

ELSEWHERE = "the page What helps computes what a change brings"


def places_findings(answer: Places) -> tuple[Finding, ...]:
    """Return where a plant and a load fit best and worst, and what binds most often; or why nowhere."""
    if answer.baseline:
        return (_no_room(answer, answer.baseline),)
    states = {answer.technology.device: plant_rooms(answer), "load": load_rooms(answer)}
    placed = [_place(what, state) for what, state in states.items() if len(state.rooms) > 1]
    return (*placed, _most_often({what: state.rooms for what, state in states.items()}))


def _no_room(answer: Places, baseline: Violation) -> Finding:
    """Say which limit is violated, where and when, and from which adoption downwards there is room."""
    reason = explain(baseline)
    if answer.when == "day":
        chosen = np.isin(np.arange(STEPS_PER_DAY), answer.violated)
        reason += f"; limits are violated for {hours_words(len(answer.violated) * HOURS_PER_STEP)}: "
        reason += stretches(chosen)
    advice = f"{room_words(answer)}; {ELSEWHERE}"
    return Finding("no_room", "danger", "No room anywhere", advice, reason)


def room_words(answer: Places) -> str:
    """Return up to which adoption there is room, where the scenario leaves none."""
    capacity, when = answer.room_up_to, "over the whole day" if answer.when == "day" else "at this time"
    plural = answer.technology.plural
    if capacity is None:
        return "there is room"
    if not answer.potential:
        return f"limits are violated without any {plural} {when}"
    if not capacity.adoption:
        return f"less {plural} makes no room: limits are violated without any {when}"
    return f"at {amount(capacity)} and below there is room {when}"


def _place(what: str, state: RoomState) -> Finding:
    rooms, unit = state.rooms, state.unit
    least, most = (pick(rooms, key=lambda bus: rooms[bus].kw) for pick in (min, max))
    words = (
        f"{bus} takes {rounded_down(rooms[bus].kw)} {unit} before {KIND_WORDS[rooms[bus].binding.kind]}"
        for bus in (most, least)
    )
    return Finding(
        f"place_{what.lower().replace(' ', '_')}",
        "info",
        f"One more {what}",
        f"best at {most}, worst at {least}",
        ", ".join(words),
    )


def _most_often(rooms: dict[str, dict[str, Room]]) -> Finding:
    counts = {what: Counter(room.binding.kind for room in by_bus.values()) for what, by_bus in rooms.items()}
    (kind, _), *_ = sum(counts.values(), Counter()).most_common()
    said = [f"for one more {what} {_shares(count.most_common())}" for what, count in counts.items()]
    title = f"{KIND_WORDS[kind].capitalize()} binds most often"
    return Finding("binds_most_often", "info", title, ELSEWHERE, "; ".join(said))


def _shares(counts: Sequence[tuple[Kind, int]]) -> str:
    total = sum(count for _, count in counts)
    parts = " and ".join(f"{KIND_WORDS[kind]} at {count}" for kind, count in counts)
    return f"it is {parts} of {total} buses"
