"""Memory under large feeders: imported, looked at from every side, deleted, again and again in one process.

    .venv/bin/python benchmarks/soak.py [--requests 3000] [--seconds 600]

Ends with 1 where the process ever holds a gigabyte; what memory keeps by itself stands beside it.
"""

import argparse
import json
import sys
import time
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scratch_site import set_up

MAX_MB = 1_000
# Buses in a row, and lines beside the first of theirs.
SHAPES = ((2_000, 0), (300, 0), (1_200, 0), (3, 4_990), (700, 0), (1_600, 400))
PAGES = ("", "network/", "why/", "day/", "network.geojson", "", "run.csv", "why.json", "network/", "sweep/")
EVERY = 100  # requests between two lines of the report


def main() -> int:
    """Run the soak and report; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--requests", type=int, default=3_000)
    parser.add_argument("--seconds", type=float, default=600)
    asked = parser.parse_args()
    with TemporaryDirectory() as directory:
        set_up(Path(directory))
        most_mb = soak(asked.requests, time.monotonic() + asked.seconds)
    print(f"at most {most_mb:,.0f} MB; target below {MAX_MB:,} MB")
    return int(most_mb >= MAX_MB)


def soak(requests: int, end: float) -> float:
    """Ask until so many requests are answered or the time is over; returns the most megabytes held."""
    from django.test import Client

    from simulator.grid.memory import MEMORY
    from simulator.web.feeders.importing import read_import, store_import

    client, done, most_mb = Client(SERVER_NAME="localhost"), 0, resident_mb()
    for number, (buses, beside) in zip(count(), cycle(SHAPES), strict=False):
        name = f"large_{number}"
        found = read_import(json.dumps(large_feeder(name, buses, beside)).encode(), f"{name}.json")
        record = store_import(found, "", None, published=True)
        for page in PAGES:
            answer = client.get(f"/feeders/{record.feeder_id}/{page}")
            if answer.status_code not in (200, 202):
                raise RuntimeError(f"{page} of {buses} buses: {answer.status_code}")
            done, most_mb = done + 1, max(most_mb, resident_mb())
            if done % EVERY == 0:
                kept = MEMORY.total_bytes / 1e6
                print(f"{done:6,} requests  {resident_mb():6,.0f} MB, {kept:4,.0f} MB of it kept", flush=True)
        record.delete()
        if done >= requests or time.monotonic() > end:
            return most_mb
    return most_mb


def resident_mb() -> float:
    """Return the memory that this process holds at present."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def large_feeder(name: str, buses: int, beside: int) -> dict[str, Any]:
    """Return a chain of buses with a customer each, and lines beside the first, as plain data."""
    line = {"std_type": "NAYY 4x150 SE", "length_km": 0.0005, "r_ohm_per_km": 0.208, "x_ohm_per_km": 0.08}
    line |= {"c_nf_per_km": 261, "max_i_ka": 0.27, "parallel": 1}
    ends = [(i - 1, i) for i in range(1, buses)] + [(0, 1)] * beside
    peak_kw = 150 / buses
    return {
        "schema_version": 1,
        "feeder_id": name,
        "name": f"Large {buses}",
        "archetype": "benchmark",
        "description": "",
        "base_kv": 0.4,
        "transformer_kva": 400,
        "source": {"vn_kv": 10.0, "vm_pu": 1.0},
        "transformers": [
            {"id": "trafo_0", "lv_bus": "bus_0", "sn_kva": 400, "vn_hv_kv": 10.0, "vn_lv_kv": 0.4}
            | {"vk_percent": 4.0, "vkr_percent": 1.1, "pfe_kw": 0.7, "i0_percent": 0.2, "shift_degree": 150}
        ],
        "buses": [{"id": f"bus_{i}", "x": i, "y": 0} for i in range(buses)],
        "lines": [
            {"id": f"line_{i}", "from": f"bus_{a}", "to": f"bus_{b}", **line}
            for i, (a, b) in enumerate(ends, start=1)
        ],
        "customers": [
            {"id": f"customer_{i}", "bus": f"bus_{i}", "households": 1, "peak_kw": peak_kw}
            | {"power_factor": 0.97, "pv_kwp": peak_kw}
            for i in range(1, buses)
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
