"""Streets by phase that tests solve: every kind of customer on every kind of wires, transformer and earth."""

from functools import cache
from typing import Any
from zlib import crc32

import numpy as np

from simulator.grid.schema import Feeder
from simulator.tests.feeders import changed
from simulator.tests.powerflow.phases.streets import ENDS, TRUNK, Wires, street

ZERO = {"r0_ohm_per_km": 2.1, "x0_ohm_per_km": 0.31, "c0_nf_per_km": 90.0}
FOLDED = {"rn_ohm_per_km": 0.8, "xn_ohm_per_km": 0.09}
# An overhead line, its wires unlike and unevenly apart, per km: with the neutral, and without.
R4 = [[0.50, 0.05, 0.05, 0.05], [0.05, 0.49, 0.05, 0.05], [0.05, 0.05, 0.51, 0.05], [0.05, 0.05, 0.05, 0.74]]
X4 = [[0.75, 0.47, 0.43, 0.41], [0.47, 0.74, 0.47, 0.43], [0.43, 0.47, 0.75, 0.47], [0.41, 0.43, 0.47, 0.78]]
C4 = [[9.0, -2.0, -1.0, -1.0], [-2.0, 9.5, -2.0, -1.0], [-1.0, -2.0, 9.0, -2.0], [-1.0, -1.0, -2.0, 8.0]]
FOUR: Wires = {"r_ohm_per_km": R4, "x_ohm_per_km": X4, "c_nf_per_km": C4}
THREE: Wires = {name: [row[:3] for row in rows[:3]] for name, rows in FOUR.items()}
FOUR_BARE: Wires = {name: rows for name, rows in FOUR.items() if name != "c_nf_per_km"}
ISOLATED = {"star_point_ohm": "isolated"}


def _mixed() -> Wires:
    """Return a trunk with a neutral of its own, and what goes off it in sequence values or of three wires."""
    return {**dict.fromkeys(TRUNK, FOUR), "4": ZERO, "5": THREE, "6": None}


def _several(feeder: Feeder) -> Feeder:
    """Return a street fed from three transformers, one at its far end, and closed to a ring."""
    data = feeder.model_dump(mode="json", by_alias=True)
    first = data["transformers"][0]
    lv_tap = {"side": "lv", "pos": -1, "neutral": 0, "min": -2, "max": 2, "step_percent": 1.5}
    far = {**first, "id": "trafo_1", "lv_bus": "bus_5", "sn_kva": 100.0, "vk_percent": 5.0, "tap": lv_tap}
    twin = {**first, "id": "trafo_2", "sn_kva": 250.0, "vk0_percent": 3.0, "vkr0_percent": 1.9}
    ring = {**data["lines"][0], "id": "ring", "from": "bus_3", "to": "bus_5", "length_km": 0.2, "parallel": 2}
    return changed(
        feeder,
        feeder_id=feeder.feeder_id,
        transformers=[first, far, twin],
        transformer_kva=sum(t["sn_kva"] for t in (first, far, twin)),
        lines=[*data["lines"], {key: value for key, value in ring.items() if key not in ("r_ohm", "x_ohm")}],
    )


def tapped(side: str, pos: int) -> dict[str, Any]:
    """Return what a transformer says of its tap."""
    return {"tap": {"side": side, "pos": pos, "neutral": 0, "min": -2, "max": 2, "step_percent": 2.5}}


def _zero(vk0: float, vkr0: float) -> dict[str, float]:
    return {"vk0_percent": vk0, "vkr0_percent": vkr0}


@cache
def every_part() -> Feeder:
    """Return a street in which everything counts: wires, earths, taps, transformers of their own, a mesh."""
    weak = {"s_sc_mva": 20.0, "rx": 0.4}
    return _several(
        street(
            "every-part",
            _mixed(),
            trafo={"star_point_ohm": 2.0, **tapped("hv", 1)},
            earths={"2": 5.0},
            lines={"2": {"parallel": 2}, "4": {"parallel": 2}},
            source={"vn_kv": 10.0, "vm_pu": 1.02, "impedance": weak},
        )
    )


@cache
def networks() -> dict[str, Feeder]:
    """Return the streets by name."""
    everywhere = {str(i): 10.0 + 5 * i for i in range(1, 7)}
    weak = {"s_sc_mva": 20.0, "rx": 0.4}
    at_low = {"s_sc_mva": 3.0, "rx": 1.5, "x0x": 2.0, "r0x0": 0.8}
    behind: dict[str, Any] = {"source": {"vn_kv": 0.4, "vm_pu": 1.05, "impedance": at_low, "bus": "bus_0"}}
    no_trafo: dict[str, Any] = {"transformers": [], "transformer_kva": 0, **behind}
    found = [
        street("sequence-assumed"),
        street("sequence-zero", ZERO),
        street("sequence-neutral-folded-in", FOLDED),
        street("matrix-three-wires", THREE),
        street("four-wires-earthed-star", FOUR),
        street("four-wires-bare", FOUR_BARE),
        street("four-wires-star-by-5-ohm", FOUR, trafo={"star_point_ohm": 5.0}),
        street("four-wires-isolated-star", FOUR, trafo=ISOLATED, earths={"3": 30.0, "5": 8.0}),
        street("four-wires-many-earths", FOUR, earths=everywhere),
        street("four-wires-solid-earth-along", FOUR, trafo={"star_point_ohm": 2.0}, earths={"2": 0.0}),
        street("neutral-open", {**dict.fromkeys(ENDS, FOUR), "2": THREE}, earths={"3": 0.4}),
        street("three-wires-star-by-1-ohm", ZERO, trafo={"star_point_ohm": 1.0}),
        street("three-wires-star-by-its-bus", ZERO, trafo=ISOLATED, earths={"0": 1.0}),
        street("spur-of-one-phase", FOUR, spur="c"),
        street("spur-of-one-phase-in-sequence", ZERO, spur="c"),
        street("spur-of-two-phases", FOUR, spur="bc"),
        street("spur-of-two-phases-in-sequence", spur="ca"),
        street("wires-mixed", _mixed(), spur="bc"),
        street("parallel-lines", FOUR, lines={"2": {"parallel": 2}, "4": {"parallel": 3}}),
        street("dyn-zero-sequence", FOUR, trafo={"vector_group": "Dyn", **_zero(3.4, 1.9)}),
        street("yzn", FOUR, trafo={"vector_group": "Yzn"}),
        street("yzn-zero-sequence", ZERO, trafo={"vector_group": "Yzn", **_zero(0.7, 0.6)}),
        street("yyn", FOUR, trafo={"vector_group": "Yyn", "shift_degree": 0}),
        street("yyn-star-by-1-ohm", ZERO, trafo={"vector_group": "Yyn", "star_point_ohm": 1.0}),
        street("tap-hv", FOUR, trafo=tapped("hv", 2)),
        street("tap-lv", ZERO, trafo={**tapped("lv", -2), "vn_lv_kv": 0.42, "vn_hv_kv": 10.5}),
        street("tap-lv-yzn", FOUR, trafo={**tapped("lv", 2), "vn_lv_kv": 0.41, "vector_group": "Yzn"}),
        street("sixty-hertz", FOUR, f_hz=60.0),
        street("source-weak", FOUR, source={"vn_kv": 10.0, "vm_pu": 1.02, "impedance": weak}),
        street("source-at-low-voltage", FOUR, **no_trafo),
        street("source-at-low-voltage-in-sequence", ZERO, spur="c", **no_trafo),
        street("source-at-low-voltage-by-ohm", FOUR, earths={"0": 0.5, "3": 10.0}, **no_trafo),
        _several(street("ring-of-three-transformers", ZERO)),
        _several(street("ring-of-three-transformers-four-wires", FOUR, earths={"2": 10.0})),
    ]  # fmt: skip
    return {feeder.feeder_id: feeder for feeder in [*found, every_part()]}


def customer_powers(feeder: Feeder, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return seeded random powers (cases, customers) that customers feed in, kW and kvar; mostly load."""
    random = np.random.default_rng(crc32(feeder.feeder_id.encode()))
    shape = (count, len(feeder.customers))
    p_kw = random.uniform(-5, 3, shape)
    return p_kw, random.uniform(-2, 1, shape)
