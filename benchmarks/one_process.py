"""Latencies inside one process, without network or other requests, beside bare pandapower power flows."""

from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Any

from figures import Row, stopwatch
from peer import Peer
from questions import FEEDERS, new_scenario
from site_client import Site, again, cold

FIRST_PRODUCT_MS = {"simulate": 246, "sweep": 18_600}  # recorded on such a machine, not measured here
SWEEP = {"feeder_id": "feeder_05", "steps": [28, 48, 74]}
PAGE = "/feeders/feeder_05/"


def measure() -> Iterator[Row]:
    """Yield each figure when it is measured."""
    site, random = Site(), Random(1)
    firsts = [new_scenario(random) | {"feeder_id": feeder} for feeder in FEEDERS]
    yield Row("API simulate, the first on each feeder", [_simulate(site, asked)[0] for asked in firsts])
    yield from _simulate_beside_peer(site, [new_scenario(random) for _ in range(120)])
    yield Row("API simulate, from cache", again(partial(site.post, "/api/simulate", firsts[0]), 100), 5)
    yield from _sweep_beside_peer(site)
    yield from _pages(site)


def _simulate(site: Site, asked: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    took = stopwatch(lambda: answers.append(site.post("/api/simulate", asked)))
    return took, answers[0]


def _simulate_beside_peer(site: Site, scenarios: list[dict[str, Any]]) -> Iterator[Row]:
    """Ask each scenario of both, one after the other, so that both see the same machine."""
    peer = Peer(FEEDERS)
    ours, peers, apart = [], [], 0.0
    for asked in scenarios:
        took, answer = _simulate(site, asked)
        peer_took, lowest = peer.solve(asked)
        ours.append(took)
        peers.append(peer_took)
        apart = max(apart, abs(answer["min_voltage_pu"] - lowest))
    row, beside = Row("", ours), Row("  pandapower runpp alone, net built once", peers)
    ratio = f"{row.median_ms / beside.median_ms:.1f} x runpp alone"
    remark = f"{ratio}; {_beside_first_product('simulate', row.median_ms)}"
    yield Row("API simulate, not in cache", ours, 60, remark=remark)
    yield Row(beside.what, peers, remark=f"same scenarios; lowest voltages within {apart:.0e} pu")


def _sweep_beside_peer(site: Site) -> Iterator[Row]:
    for battery, words in ((0.0, "no batteries"), (0.2, "20 % batteries")):
        asked = SWEEP | {"battery_adoption": battery}
        took = cold(partial(site.post, "/api/sweep", asked), 30)
        remark = _beside_first_product("sweep", Row("", took).median_ms)
        yield Row(f"API sweep of 63 and bisection, {words}", took, remark=remark)
    curve = [
        {"feeder_id": SWEEP["feeder_id"], "pv_adoption": level / 20, "battery_adoption": 0.0, "step": hour}
        for level in range(21)
        for hour in (28, 48, 74)
    ]
    peer = Peer(FEEDERS)
    rounds = [sum(peer.solve(asked)[0] for asked in curve) for _ in range(3)]
    yield Row("  pandapower runpp alone, 63 times", rounds, remark="without the bisection")


def _pages(site: Site) -> Iterator[Row]:
    for what, path, runs in (
        ("Run page", PAGE, 40),
        ("Sweep page", f"{PAGE}sweep/", 20),
        ("Network page", f"{PAGE}network/", 20),
        ("Feeders page", "/", 10),
        ("Compare page, 12 feeders", f"/compare/?{'&'.join(f'feeders={name}' for name in FEEDERS)}", 10),
    ):
        yield Row(f"{what}, not in cache", cold(partial(site.get, path), runs))
        yield Row(f"{what}, from cache", again(partial(site.get, path), runs))
    yield Row("Run page's PDF", again(partial(site.get, f"{PAGE}run.pdf"), 6))


def _beside_first_product(study: str, milliseconds: float) -> str:
    return f"first product {FIRST_PRODUCT_MS[study]} ms, {FIRST_PRODUCT_MS[study] / milliseconds:.0f} x"
