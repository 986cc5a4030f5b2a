"""Feeders that tests solve: a small one, the stored ones, and variants that stress the solvers."""

from functools import cache
from typing import Any
from zlib import crc32

import numpy as np

from simulator.grid.reading import NETWORKS_DIR, read_feeder
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.tests.reference_cases import read_case

SOME = ("feeder_01", "feeder_03", "feeder_11")  # short cables, branched overhead lines, one long line
NAYY_4X50 = {"r_ohm_per_km": 0.642, "x_ohm_per_km": 0.083, "c_nf_per_km": 210, "max_i_ka": 0.142}


def small_feeder_data() -> dict[str, Any]:
    """Return a feeder of three buses in a row as plain data, anew at each call."""
    line = {"length_km": 0.1, "std_type": "NAYY 4x50 SE", **NAYY_4X50, "parallel": 1}
    home = {"households": 4, "peak_kw": 12.0, "power_factor": 0.97, "pv_kwp": 20.0}
    return {
        "schema_version": 1,
        "feeder_id": "small",
        "name": "Three buses in a row",
        "archetype": "test",
        "description": "",
        "base_kv": 0.4,
        "transformer_kva": 160,
        "source": {"vn_kv": 10.0, "vm_pu": 1.0},
        "transformers": [
            {
                "id": "trafo_0",
                "lv_bus": "bus_0",
                "sn_kva": 160,
                "vn_hv_kv": 10.0,
                "vn_lv_kv": 0.4,
                "vk_percent": 4.0,
                "vkr_percent": 1.4,
                "pfe_kw": 0.4,
                "i0_percent": 0.3,
                "shift_degree": 150,
                "tap": {"side": "hv", "pos": 0, "neutral": 0, "min": -2, "max": 2, "step_percent": 2.5},
            }
        ],
        "buses": [{"id": f"bus_{i}", "x": 100 * i, "y": 0, "lat": 50.0, "lon": 8.0} for i in range(3)],
        "lines": [{"id": f"line_{i}", "from": f"bus_{i - 1}", "to": f"bus_{i}", **line} for i in (1, 2)],
        "customers": [{"id": f"customer_{i}", "bus": f"bus_{i}", **home} for i in (1, 2)],
    }


def changed(feeder: Feeder, **changes: Any) -> Feeder:
    """Return the feeder with whole fields replaced, validated anew; the default id is new as well."""
    data = feeder.model_dump(mode="json", by_alias=True)
    return Feeder.model_validate({**data, "feeder_id": f"{feeder.feeder_id}-changed", **changes})


def plain(feeder: Feeder) -> Any:
    """Return the feeder as plain data, to change and validate again."""
    return feeder.model_dump(mode="json", by_alias=True)


@cache
def all_feeders() -> dict[str, Feeder]:
    """Return the stored feeders and feeder30 of the reference cases, by id."""
    feeders = [read_feeder(path) for path in sorted(NETWORKS_DIR.glob("*.json"))]
    feeder30 = read_case("feeder30_noon_backfeed").feeder
    customers = [{**c, "peak_kw": 4 * c["peak_kw"]} for c in plain(feeder30)["customers"]]  # noon: a quarter
    feeders.append(changed(feeder30, feeder_id="feeder30", customers=customers))
    return {feeder.feeder_id: feeder for feeder in feeders}


def tapped(feeder: Feeder, side: str, pos: float) -> Feeder:
    """Return the feeder with every transformer's tap changer on one side, at one position."""
    tap = {"side": side, "pos": pos, "neutral": 0, "min": -2, "max": 2, "step_percent": 2.5}
    transformers = [{**t, "tap": tap} for t in plain(feeder)["transformers"]]
    place = f"{side}-{'up' if pos > 0 else 'down'}{abs(pos)}"
    return changed(feeder, feeder_id=f"{feeder.feeder_id}-{place}", transformers=transformers)


def meshed(feeder: Feeder) -> Feeder:
    """Return the feeder with three line ends tied into rings, one of them by two parallel cables."""
    ends = sorted(trace(feeder).ends)[:4]
    tie = {"length_km": 0.08, "std_type": "NAYY 4x50 SE", **NAYY_4X50}
    ties = [
        {"id": f"tie_{i}", "from": start, "to": end, **tie, "parallel": 2 if i == 0 else 1}
        for i, (start, end) in enumerate(zip(ends, [*ends[1:], "bus_1"], strict=True))
        if start != end
    ]
    return changed(feeder, feeder_id=f"{feeder.feeder_id}-meshed", lines=[*plain(feeder)["lines"], *ties])


def with_three_transformers(feeder: Feeder) -> Feeder:
    """Return the feeder fed twice at its busbar and once at its farthest bus, each transformer different."""
    distance = trace(feeder).distance_km
    farthest = max(distance, key=distance.__getitem__)
    first = plain(feeder)["transformers"][0]
    other = {"vk_percent": 6.0, "vkr_percent": 1.3, "pfe_kw": 0.5, "i0_percent": 0.4}
    tap = {"side": "lv", "pos": -1, "neutral": 0, "min": -2, "max": 2, "step_percent": 1.0}
    transformers = [
        first,
        {**first, **other, "id": "trafo_1", "sn_kva": 250.0},
        {**first, **other, "id": "trafo_2", "sn_kva": 160.0, "tap": tap, "lv_bus": farthest},
    ]
    return changed(
        feeder,
        feeder_id=f"{feeder.feeder_id}-three-transformers",
        transformers=transformers,
        transformer_kva=sum(t["sn_kva"] for t in transformers),
    )


@cache
def all_variants() -> dict[str, Feeder]:
    """Return the variants of all feeders, by id."""
    return {variant.feeder_id: variant for feeder in all_feeders().values() for variant in variants(feeder)}


@cache
def some_variants() -> dict[str, Feeder]:
    """Return every feeder as it is, and of three that differ most the other variants as well."""
    chosen = {name for name in all_variants() if name.startswith(SOME)}
    return {name: feeder for name, feeder in all_variants().items() if name in {*all_feeders(), *chosen}}


def variants(feeder: Feeder) -> list[Feeder]:
    """Return the feeder itself, with taps at each end of both sides, meshed, and with more transformers."""
    return [
        feeder,
        *(tapped(feeder, side, pos) for side in ("hv", "lv") for pos in (-2, 2)),
        meshed(feeder),
        with_three_transformers(feeder),
    ]


def customer_buses(feeder: Feeder) -> list[str]:
    """Return the buses that have customers, in the feeder's order: the columns of injections."""
    return [bus.id for bus in feeder.buses if any(customer.bus == bus.id for customer in feeder.customers)]


def operating_points(feeder: Feeder, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return seeded random injections of shape (count, injection buses), from full load to full export.

    A share of load and a share of PV for the whole case, then noise for each bus; PV with reactive power
    both ways. The feeder's id is the seed.
    """
    random = np.random.default_rng(crc32(feeder.feeder_id.encode()))
    buses = customer_buses(feeder)
    load_kw, pv_kw, load_kvar = np.zeros((3, len(buses)))
    for customer in feeder.customers:
        column = buses.index(customer.bus)
        load_kw[column] += customer.peak_kw
        load_kvar[column] += customer.peak_kw * np.tan(np.arccos(customer.power_factor))
        pv_kw[column] += customer.pv_kwp
    shape = (count, len(buses))
    load = random.uniform(0, 1, (count, 1)) * random.uniform(0.5, 1, shape)
    pv = random.uniform(0, 1, (count, 1)) * random.uniform(0.5, 1, shape)
    return pv_kw * pv - load_kw * load, pv_kw * pv * random.uniform(-0.3, 0.3, shape) - load_kvar * load
