"""What the solvers are given: a year of quarter-hours of a feeder, and streets of any length."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.grid.profiles import read_profiles
from simulator.grid.reading import NETWORKS_DIR, read_feeder
from simulator.grid.schema import Feeder
from simulator.powerflow.ports import ports_of

FEEDER = "feeder_00"
ADOPTION = 0.6
DAYS = range(365)
SEED = 20
STREET_BUSES = 29


@dataclass(frozen=True, eq=False)
class Year:
    """Load, and PV at full adoption, at each injection bus.

    Shape: (quarter-hours, injection buses). Units: kW, kvar.
    """

    load_kw: np.ndarray
    load_kvar: np.ndarray
    pv_kw: np.ndarray

    def injections(
        self, adoption: float | np.ndarray, rows: slice | np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return kW and kvar fed in at some of the quarter-hours; adoption for all, or (quarter-hours, 1)."""
        return adoption * self.pv_kw[rows] - self.load_kw[rows], -self.load_kvar[rows]


def draw_year(feeder: Feeder, days: Sequence[int] = DAYS) -> Year:
    """Vary the daily profiles by season, weather, customer and chance; the seed is fixed.

    Load is a fifth higher in January and lower in July; each customer has days and quarter-hours of more and
    of less, and stays within its peak. PV on a clear day is 0.2 of its profile in January and all of it in
    July, less clouds, which all roofs share, and what each roof's direction costs.
    """
    random, profiles = np.random.default_rng(SEED), read_profiles()
    winter = np.cos(2 * np.pi * (np.asarray(days) - 14) / 365)[:, None, None]
    people = len(feeder.customers)
    moods = random.lognormal(-0.1, 0.25, (len(days), 1, people))
    minutes = random.lognormal(0, 0.15, (len(days), 96, people))
    load = np.minimum(profiles.load_pu[:, None] * (1 + 0.2 * winter) * moods * minutes, 1)
    weather = random.beta(4, 1.5, (len(days), 1, 1)) * random.uniform(0.7, 1, (len(days), 96, 1))
    pv = profiles.pv_pu[:, None] * (0.6 - 0.4 * winter) * weather * random.uniform(0.85, 1, people)
    kvar_per_kw = np.tan(np.arccos([c.power_factor for c in feeder.customers]))
    load_kw = _at_buses(feeder, load * [c.peak_kw for c in feeder.customers])
    load_kvar = _at_buses(feeder, load * [c.peak_kw for c in feeder.customers] * kvar_per_kw)
    return Year(load_kw, load_kvar, _at_buses(feeder, pv * [c.pv_kwp for c in feeder.customers]))


def _at_buses(feeder: Feeder, by_customer: np.ndarray) -> np.ndarray:
    """Sum customers (days, 96, customers) at their buses."""
    return ports_of(feeder).sum(by_customer.reshape(-1, by_customer.shape[-1]))


def benchmark_feeder() -> Feeder:
    """Return the feeder of 30 nodes that all solvers are given."""
    return read_feeder(NETWORKS_DIR / f"{FEEDER}.json")


def street_feeder(buses: int, customers: int | None = None) -> Feeder:
    """Return the same street of 29 buses again and again, all beginning at one busbar.

    Customers stand at every bus but the busbar, or evenly along all streets. The transformer grows with the
    streets; cables have no capacitance.
    """
    streets = -(-(buses - 1) // STREET_BUSES)
    data = benchmark_feeder().model_dump(mode="json", by_alias=True)
    cable = {"std_type": "NAYY 4x150 SE", "r_ohm_per_km": 0.208, "x_ohm_per_km": 0.08, "max_i_ka": 0.27}
    home = {"households": 2, "peak_kw": 2.5, "power_factor": 0.97, "pv_kwp": 5.0}
    places = np.linspace(1, buses - 1, customers or buses - 1).round().astype(int)
    return Feeder.model_validate(
        {
            **data,
            "feeder_id": f"street_{buses}_{len(places)}",
            "transformer_kva": 160.0 * streets,
            "transformers": [{**data["transformers"][0], "lv_bus": "b0", "sn_kva": 160.0 * streets}],
            "buses": [{"id": f"b{i}", "x": 0, "y": 0, "lat": 50, "lon": 8} for i in range(buses)],
            "lines": [
                {"id": f"l{i}", "from": _before(i), "to": f"b{i}", "length_km": 0.03, **cable}
                for i in range(1, buses)
            ],
            "customers": [{"id": f"c{i}", "bus": f"b{i}", **home} for i in places],
        }
    )


def _before(bus: int) -> str:
    return "b0" if (bus - 1) % STREET_BUSES == 0 else f"b{bus - 1}"
