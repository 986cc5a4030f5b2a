"""The room at every bus as plain data."""

from typing import Any

from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.studies.adoption import adoption_data
from simulator.studies.data import limits_data, violation_data
from simulator.studies.places.places import Places, Room


def nodes_data(feeder: Feeder, answer: Places) -> dict[str, Any]:
    """Return the room at every bus and what binds; null where the scenario itself has no solution."""
    baseline, up_to = answer.baseline, answer.room_up_to

    def room_kw(room: Room) -> float | None:
        return None if baseline and baseline.kind == "no_solution" else room.kw

    return {
        "feeder_id": feeder.feeder_id,
        "hour": answer.hour,
        "time": time_of(answer.hour),
        "when": answer.when,
        **adoption_data(answer.adoption),
        "limits": limits_data(answer.limits),
        "baseline_violation": None if baseline is None else violation_data(baseline),
        "violated_hours": list(answer.violated),
        "room_up_to_pv_adoption": up_to.adoption if up_to and answer.potential_kwp else None,
        "room_up_to_pv_kwp": up_to.kwp if up_to and answer.potential_kwp else None,
        "nodes": [
            {
                "bus": place.bus,
                "pv_kw": room_kw(place.pv),
                "pv_binding": violation_data(place.pv.binding),
                "load_kw": room_kw(place.load),
                "load_binding": violation_data(place.load.binding),
            }
            for place in answer.places
        ],
    }
