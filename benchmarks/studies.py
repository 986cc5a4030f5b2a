"""The studies, not in cache, in one process, beside the same number of bare pandapower power flows."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from figures import Row
from peer import Peer
from site_client import Site, cold

FEEDERS = ("feeder_05", "feeder_11")
SCENARIO = {"pv_adoption": 0.6, "battery_adoption": 0.2}
NOON = {**SCENARIO, "step": 48}
SWEEP = {"steps": [28, 48, 74], "battery_adoption": 0.2}

# route, question, target in ms, power flows in it, runs
ASKED: tuple[tuple[str, dict[str, Any], float | None, int, int], ...] = (
    ("day", SCENARIO, 50, 96, 20),
    ("standards", SWEEP, 200, 21 * 3 + 5 * 6 * 3, 20),
    ("nodes", {**NOON, "when": "time"}, 200, 30 * 2 * 15, 20),
    ("nodes", {**NOON, "when": "day"}, None, 30 * 2 * (96 + 15), 10),
    ("why", {**NOON, "when": "day"}, 50, 96 + 1, 20),
    ("measures", SWEEP, None, 5 * (21 + 6) * 3, 10),
)
ALL_FLOWS = {"placements": 1000, "quarter_hours": "all"}
POLL_S = 0.5  # as a page asks again while its answer is computed


def measure_studies() -> Iterator[Row]:
    """Yield each figure when it is measured."""
    site = Site()
    flow_ms = _runpp_ms()
    for feeder in FEEDERS:
        for route, question, target_ms, flows, runs in ASKED:
            took = cold(_post(site, route, feeder, question), runs)
            what = f"API {route}, {question.get('when', 'default')}, {feeder}"
            yield Row(what, took, target_ms, remark=_beside(flows, flow_ms, Row("", took).median_ms))
        page = partial(_until_done, site, f"/feeders/{feeder}/monte-carlo/")
        yield Row(f"Chance page, 1,000 placements, {feeder}", cold(page, 5), 1000)
        took = cold(_post(site, "monte-carlo", feeder, ALL_FLOWS), 3)
        what, flows = f"API monte-carlo, 1,000 x 21 x 96, {feeder}", 1000 * 21 * 96
        yield Row(what, took, 6000, remark=_beside(flows, flow_ms, Row("", took).median_ms))


def _post(site: Site, route: str, feeder: str, question: dict[str, Any]) -> Callable[[], object]:
    return partial(site.post, f"/api/{route}", {"feeder_id": feeder, **question})


def _until_done(site: Site, path: str) -> None:
    while site.get(path).status_code != 200:
        time.sleep(POLL_S)


def _runpp_ms() -> float:
    """Return what pandapower takes for one power flow of these feeders, its net built before."""
    peer = Peer(FEEDERS)
    asked = {"pv_adoption": 0.6, "battery_adoption": 0.0}
    hours = range(30, 60)
    runs = [peer.solve({**asked, "feeder_id": f, "step": hour})[0] for f in FEEDERS for hour in hours]
    return Row("", runs).median_ms


def _beside(flows: int, flow_ms: float, took_ms: float) -> str:
    return f"about {flows:,} power flows, runpp {flow_ms * flows / took_ms:,.0f} times as long"
