"""The cases in ``tests/reference``: networks solved by other engines, as feeders and injections."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from simulator.grid.schema import Feeder

DIRECTORY = Path(__file__).parent / "reference"
CASE_NAMES = (
    "cigre_lv_pv",
    "feeder30_evening_peak",
    "feeder30_noon_backfeed",
    "feeder30_ring_closed",
    "feeder30_slack_107_pv",
    "feeder30_tap_p2",
    "kerber_landnetz_kabel_1_pv",
)
INJECTION_TABLES = (("load_bus_kw_kvar", -1), ("storage_bus_kw_kvar", -1), ("sgen_bus_kw_kvar", 1))


@dataclass(frozen=True, eq=False)
class ReferenceCase:
    """A feeder, one operating point of shape (1, injection buses), and what other engines found."""

    feeder: Feeder
    p_kw: np.ndarray
    q_kvar: np.ndarray
    reference: dict[str, Any]


@cache
def read_case(name: str) -> ReferenceCase:
    """Return one case; the bus, line and transformer ids are the file's numbers behind a prefix."""
    data = json.loads((DIRECTORY / f"{name}.json").read_text(encoding="utf-8"))
    net = data["net"]
    feeder = Feeder.model_validate(
        {
            "schema_version": 1,
            "feeder_id": data["case"],
            "name": data["case"],
            "archetype": "reference",
            "description": "",
            "base_kv": min(kv for _, kv in net["bus"]),
            "transformer_kva": sum(trafo["sn_mva"] * 1000 for trafo in net["trafo"]),
            "source": {"vn_kv": max(kv for _, kv in net["bus"]), "vm_pu": net["slack"]["vm_pu"]},
            "transformers": [_transformer(trafo) for trafo in net["trafo"]],
            "buses": [
                {"id": f"bus_{b}", "x": 0, "y": 0, "lat": 50, "lon": 8} for b, kv in net["bus"] if kv < 1
            ],
            "lines": [
                _line(row, net["cable_types_r_x_cnf_ka"]) for row in net["line_id_from_to_km_type_parallel"]
            ],
            "customers": _customers(net),
        }
    )
    injected = _injected(net)
    buses = [bus.id for bus in feeder.buses if bus.id in injected]
    p_kw, q_kvar = np.array([injected[bus] for bus in buses]).T[:, np.newaxis]
    return ReferenceCase(feeder, p_kw, q_kvar, data["reference"])


def _transformer(trafo: dict[str, Any]) -> dict[str, Any]:
    kept = ("vn_hv_kv", "vn_lv_kv", "vk_percent", "vkr_percent", "pfe_kw", "i0_percent", "shift_degree")
    tap = {
        "side": trafo["tap_side"],
        "pos": trafo["tap_pos"],
        "neutral": trafo["tap_neutral"],
        "min": -2,
        "max": 2,
        "step_percent": trafo["tap_step_percent"],
    }
    return {
        "id": f"trafo_{trafo['id']}",
        "lv_bus": f"bus_{trafo['lv']}",
        "sn_kva": trafo["sn_mva"] * 1000,
        **{key: trafo[key] for key in kept},
        "tap": tap if trafo["tap_side"] else None,
    }


def _line(row: list[Any], types: list[list[float]]) -> dict[str, Any]:
    number, start, end, length_km, kind, parallel = row
    r, x, c, max_i_ka = types[kind]
    return {
        "id": f"line_{number}",
        "from": f"bus_{start}",
        "to": f"bus_{end}",
        "length_km": length_km,
        "std_type": f"type {kind}",
        "r_ohm_per_km": r,
        "x_ohm_per_km": x,
        "c_nf_per_km": c,
        "max_i_ka": max_i_ka,
        "parallel": parallel,
    }


def _customers(net: dict[str, Any]) -> list[dict[str, Any]]:
    """One customer a bus that has any injection: its peak is the case's load, its PV the case's PV."""
    load = {f"bus_{bus}": (p, q) for bus, p, q in net["load_bus_kw_kvar"]}
    pv = {f"bus_{bus}": p for bus, p, _ in net["sgen_bus_kw_kvar"]}
    customers = []
    for bus in _injected(net):
        p, q = load.get(bus, (0.0, 0.0))
        customers.append(
            {
                "id": f"customer_{bus}",
                "bus": bus,
                "households": 1,
                "peak_kw": p,
                "power_factor": p / np.hypot(p, q) if p else 1.0,
                "pv_kwp": pv.get(bus, 0.0),
            }
        )
    return customers


def _injected(net: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Sum kW and kvar fed in, by bus."""
    total: dict[str, tuple[float, float]] = {}
    for table, sign in INJECTION_TABLES:
        for bus, p, q in net[table]:
            before = total.get(f"bus_{bus}", (0.0, 0.0))
            total[f"bus_{bus}"] = (before[0] + sign * p, before[1] + sign * q)
    return total
