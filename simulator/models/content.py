"""What a record holds of a feeder: its words, its place and its network."""

from typing import Any

from simulator.grid.reading import parse_feeder
from simulator.grid.schema import Feeder


def stored_content(feeder: Feeder) -> dict[str, Any]:
    """Return what is stored of a feeder beside its id."""
    return {
        **{key: getattr(feeder, key) for key in ("name", "archetype", "description")},
        "location": location_words(feeder),
        "network": feeder.model_dump(mode="json", by_alias=True),
        "content_hash": feeder.content_hash,
    }


def location_words(feeder: Feeder) -> str:
    """Return where a feeder begins, as ``50.0000 N, 8.0000 E``; nothing where it has no place."""
    bus = feeder.buses[0]
    if bus.lat is None or bus.lon is None:
        return ""
    north, east = "N" if bus.lat >= 0 else "S", "E" if bus.lon >= 0 else "W"
    return f"{abs(bus.lat):.4f} {north}, {abs(bus.lon):.4f} {east}"


def renamed(feeder: Feeder, feeder_id: str) -> Feeder:
    """Return the feeder with another id, and thereby another hash."""
    if feeder_id == feeder.feeder_id:
        return feeder
    data = {**feeder.model_dump(mode="json", by_alias=True), "feeder_id": feeder_id}
    return parse_feeder(data, feeder_id)
