"""Guidance on places: where to connect, where not, and what would make more room."""

from collections import Counter
from collections.abc import Sequence

from simulator.studies.assessment import Kind
from simulator.studies.guidance import Finding
from simulator.studies.nodes import Places, Room
from simulator.studies.wording import KIND_WORDS, explain, rounded_down

REMEDIES: dict[Kind, str] = {
    "overvoltage": "a lower tap, reactive power from inverters or stronger lines would make room",
    "undervoltage": "a higher tap or stronger lines would make room",
    "rise": "stronger lines or reactive power from inverters would make room, a tap would not",
    "line": "a stronger or a second line would make room",
    "transformer": "the next larger transformer would make room",
    "no_solution": "the feeder is at the end of what it can carry",
}


def places_findings(answer: Places) -> tuple[Finding, ...]:
    """Return where a plant and a load fit best and worst, and what binds most often."""
    if answer.baseline:
        advice = "mend what is violated before connecting anything"
        return (Finding("no_room", "danger", "No room anywhere", advice, explain(answer.baseline)),)
    rooms = {"PV plant": {p.bus: p.pv for p in answer.places}, "load": {p.bus: p.load for p in answer.places}}
    units = {"PV plant": "kWp" if answer.when == "day" else "kW", "load": "kW"}
    placed = [_place(what, by_bus, units[what]) for what, by_bus in rooms.items() if len(by_bus) > 1]
    return (*placed, _most_often(rooms))


def _place(what: str, rooms: dict[str, Room], unit: str) -> Finding:
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
    return Finding("binds_most_often", "info", title, REMEDIES[kind], "; ".join(said))


def _shares(counts: Sequence[tuple[Kind, int]]) -> str:
    total = sum(count for _, count in counts)
    parts = " and ".join(f"{KIND_WORDS[kind]} at {count}" for kind, count in counts)
    return f"it is {parts} of {total} buses"
