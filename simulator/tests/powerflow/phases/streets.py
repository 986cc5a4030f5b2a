"""A street by phase: every kind of customer on wires, transformer and earths as asked for."""

from collections.abc import Mapping
from typing import Any

from simulator.grid.phases import Conductors, positive_sequence
from simulator.grid.schema import Feeder
from simulator.tests.feeders import NAYY_4X50, small_feeder_data

Wires = dict[str, Any]

# bus_0 is the busbar; a trunk to bus_3, a branch from bus_1 to bus_5, a spur from bus_2 to bus_6.
TRUNK = ("1", "2", "3")
ENDS = {"1": "0", "2": "1", "3": "2", "4": "1", "5": "4", "6": "2"}
PLACES = [
    ("1", "a"), ("2", "b"), ("3", "c"), ("2", "ab"), ("3", "bc"), ("4", "ca"),
    ("5", "abc"), ("5", "a"), ("6", "c"), ("4", "abc"),
]  # fmt: skip


NOTHING: Mapping[str, Any] = {}
HOME = {"households": 1, "peak_kw": 6.0, "power_factor": 0.95, "pv_kwp": 5.0}


def street(
    name: str,
    wires: Wires | None = None,
    *,
    trafo: Mapping[str, Any] = NOTHING,
    lines: Mapping[str, Mapping[str, Any]] = NOTHING,
    earths: Mapping[str, float] = NOTHING,
    spur: str = "abc",
    **changes: Any,
) -> Feeder:
    """Return a street of seven buses; ``wires`` are all lines' or each line's, by the bus it ends at.

    ``trafo`` and ``lines`` change these elements' fields, ``earths`` are ohms by bus, ``spur`` gives the
    phases of the last line; ``changes`` replace whole fields.
    """
    data = small_feeder_data()
    each = wires if wires is not None and set(wires) <= set(ENDS) else dict.fromkeys(ENDS, wires)
    buses = {str(i): {"id": f"bus_{i}", "x": 0, "y": 0} for i in range(1 + len(ENDS))}
    for bus, ohm in earths.items():
        buses[bus]["earth_ohm"] = ohm
    every = {end: {**_line(end, each.get(end)), **lines.get(end, {})} for end in ENDS}
    every["6"]["phases"] = spur
    return Feeder.model_validate(
        {
            **data,
            "feeder_id": name,
            "transformers": [{**data["transformers"][0], **trafo}],
            "buses": list(buses.values()),
            "lines": list(every.values()),
            "customers": _customers(spur),
            **changes,
        }
    )


def _customers(spur: str) -> list[dict[str, Any]]:
    places = [(bus, phases) for bus, phases in PLACES if bus != "6" or phases in spur]
    customers: list[dict[str, Any]] = [
        {**HOME, "id": f"customer_{i}", "bus": f"bus_{bus}", "phases": phases}
        for i, (bus, phases) in enumerate(places)
    ]
    customers[-1]["supplies"] = [2, 1, 0]
    return customers


def _line(end: str, wires: Wires | None) -> dict[str, Any]:
    line = {
        "id": f"line_{end}",
        "from": f"bus_{ENDS[end]}",
        "to": f"bus_{end}",
        "length_km": 0.05 + 0.01 * int(end),
        "std_type": "any",
        **NAYY_4X50,
    }
    if wires and "r_ohm_per_km" in wires:
        ohm = positive_sequence(Conductors.model_validate(wires))
        line |= {"r_ohm_per_km": ohm.real, "x_ohm_per_km": ohm.imag}
    return line if wires is None else {**line, "wires": wires}
