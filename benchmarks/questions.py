"""The requests that benchmarks send: drawn from a seed, so that every run asks the same."""

import json
from dataclasses import dataclass
from random import Random
from typing import Any

FEEDERS = tuple(f"feeder_{number:02d}" for number in range(12))
HTMX = {"HX-Request": "true", "HX-Target": "results"}  # a slider was moved: the page asks for its results


@dataclass(frozen=True)
class Question:
    """One request; with ``body`` it is a POST of JSON."""

    kind: str
    path: str
    body: str = ""
    htmx: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """The request's headers."""
        return ({"Content-Type": "application/json"} if self.body else {}) | (HTMX if self.htmx else {})


def new_scenario(random: Random) -> dict[str, Any]:
    """Return a scenario nobody asked before, to four decimals; every second has batteries."""
    battery = round(random.random(), 4) if random.random() < 0.5 else 0.0
    hour = random.randrange(96)
    return {
        "feeder_id": random.choice(FEEDERS),
        "pv_adoption": round(random.random(), 4),
        "battery_adoption": battery,
        "step": hour,
    }


def mixed_question(random: Random) -> Question:
    """Return one request of the mixed load, as often as its weight says."""
    asked = new_scenario(random)
    feeder, pv, battery, hour = asked.values()
    time = f"{hour // 4:02d}:{hour % 4 * 15:02d}"
    query = f"?pv_adoption={pv}&battery_adoption={battery}&time={time}"
    sweep = {"feeder_id": feeder, "steps": [28, 48, 74], "battery_adoption": battery}
    known = {"feeder_id": feeder, "pv_adoption": 0.6, "battery_adoption": 0.1, "step": 48}
    weighted: tuple[tuple[int, Question], ...] = (
        (25, Question("run, slider moved", f"/feeders/{feeder}/{query}", htmx=True)),
        (10, Question("run, as first opened", f"/feeders/{feeder}/")),
        (15, Question("API simulate, new", "/api/simulate", json.dumps(asked))),
        (10, Question("API simulate, a preset", "/api/simulate", json.dumps(known))),
        (10, Question("sweep page", f"/feeders/{feeder}/sweep/?battery_adoption={battery}")),
        (5, Question("API sweep", "/api/sweep", json.dumps(sweep))),
        (5, Question("compare, slider moved", f"/compare/?pv_adoption={pv}&time={time}", htmx=True)),
        (5, Question("network, new", f"/feeders/{feeder}/network/{query}")),
        (5, Question("run as CSV", f"/feeders/{feeder}/run.csv{query}")),
        (5, Question("feeders", "/")),
        (5, Question("help", "/help/")),
    )
    return random.choices([question for _, question in weighted], [weight for weight, _ in weighted])[0]
