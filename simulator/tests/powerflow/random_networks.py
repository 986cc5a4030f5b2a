"""Trees and meshes of any size, drawn by a seed: short lines, charging, taps, transformers in parallel."""

from itertools import count
from typing import Any

import numpy as np

from simulator.grid.schema import Feeder
from simulator.tests.feeders import small_feeder_data

ALMOST_NONE_KM = 1e-5


def draw_network(seed: int, buses: int) -> Feeder:
    """Return a network; every third is meshed, every fifth has few customers or none."""
    random, data = np.random.default_rng(seed), small_feeder_data()
    bus, line, customer, transformer = (data[k][0] for k in ("buses", "lines", "customers", "transformers"))
    before = [int(random.integers(max(0, i - int(random.choice([1, 1, 3, 50]))), i)) for i in range(1, buses)]
    edges = [(before[i - 1], i) for i in range(1, buses)]
    if seed % 3 == 0 and buses > 2:
        extra = random.integers(0, buses, (1 + buses // 50, 2)).tolist()
        edges += [(a, b) for a, b in extra if a != b]
    share = random.choice([0.0, 0.1]) if seed % 5 == 0 else 0.7
    customers = [i for i in range(buses) if random.random() < share]
    kw = 60.0 / max(len(customers), 1)
    names = map("line_{}".format, count())
    sides = random.choice(["hv", "lv"], 3)
    return Feeder.model_validate(
        {
            **data,
            "feeder_id": f"random_{seed}_{buses}",
            "buses": [{**bus, "id": f"bus_{i}", "x": float(i)} for i in range(buses)],
            "lines": [_line(random, line, next(names), edge, buses) for edge in edges],
            "customers": [
                {**customer, "id": f"customer_{i}", "bus": f"bus_{i}", "peak_kw": kw, "pv_kwp": 2 * kw}
                for i in customers
            ],
            "transformer_kva": 160.0 * (1 + seed % 2),
            "transformers": [
                {**transformer, "id": f"t{i}", "lv_bus": f"bus_{at}", "tap": _tap(random, sides[i])}
                for i, at in enumerate([0, 0][: 1 + seed % 2])
            ],
        }
    )


def _line(
    random: np.random.Generator, line: dict[str, Any], name: str, ends: tuple[int, int], buses: int
) -> dict[str, Any]:
    """Return a line: the whole tree is some hundred metres deep, and some lines have almost no length."""
    km = ALMOST_NONE_KM if random.random() < 0.1 else float(random.uniform(0.1, 1) / (3 + buses**0.5))
    charging = float(random.choice([0.0, 0.0, 800.0]))
    own = {"id": name, "from": f"bus_{ends[0]}", "to": f"bus_{ends[1]}", "length_km": km}
    return {**line, **own, "c_nf_per_km": charging, "parallel": int(random.choice([1, 1, 2]))}


def _tap(random: np.random.Generator, side: str) -> dict[str, Any]:
    return {"side": str(side), "pos": 1, "neutral": 0, "min": -2, "max": 2, "step_percent": 2.5}
