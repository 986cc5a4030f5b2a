"""Situations made for the rules of guidance: each feeder brings out some rules and no others."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simulator.grid.profiles import Profiles
from simulator.studies.run.snapshot import Snapshot
from simulator.tests.studies.small import flat_day


@dataclass(frozen=True)
class Made:
    """A situation on a small feeder: its customers, the adoption of PV, and the rules that must fire."""

    name: str
    fires: set[str]
    customers: tuple[dict[str, Any], ...]
    pv: float = 0.0
    length_km: float = 0.1
    limits: str = "twin"
    profiles: Profiles = field(default_factory=flat_day)
    numbers: Callable[[Snapshot], dict[str, str]] = field(default=lambda _: {})


def busy_evening() -> Profiles:
    """Return a day without sun and with load at 18:00 alone."""
    load = np.zeros(96)
    load[72] = 1.0
    return Profiles(load, np.zeros(96))


def percent(share: float | None) -> str:
    assert share is not None
    return f"{share * 100:.1f} %"


def transformer(snapshot: Snapshot) -> str:
    return f"trafo_0 reaches {percent(snapshot.kpis.transformer_loading)} at 12:00, limit 100 %"


MADE = (
    Made(
        "quiet",
        set(),
        ({"bus": "bus_2", "peak_kw": 20.0, "pv_kwp": 5.0},),
        pv=1.0,
    ),
    Made(
        "spare capacity",
        {"spare_capacity"},
        ({"bus": "bus_2", "peak_kw": 20.0, "pv_kwp": 15.0},),
        pv=0.25,
        numbers=lambda _: {
            "spare_capacity": "the feeder hosts all of its PV potential (15 kWp) at 12:00, and up to "
        },
    ),
    Made(
        "reverse flow",
        {"reverse_flow"},
        ({"bus": "bus_2", "peak_kw": 2.0, "pv_kwp": 20.0},),
        pv=1.0,
        numbers=lambda s: {
            "reverse_flow": f"the feeder exports {s.kpis.reverse_power_kw or 0:.1f} kW at 12:00"
        },
    ),
    Made(
        "high transformer loading",
        {"transformer_high"},
        ({"bus": "bus_0", "peak_kw": 140.0, "pv_kwp": 1.0},),
        pv=1.0,
        numbers=lambda s: {
            "transformer_high": f"trafo_0 carries {percent(s.kpis.transformer_loading)} of its rating "
            "at 12:00, limit 100 %"
        },
    ),
    Made(
        "transformer overload by load",
        {"transformer_overload", "violated_before_pv", "what_helps"},
        ({"bus": "bus_0", "peak_kw": 180.0},),
        numbers=lambda s: {
            "transformer_overload": transformer(s),
            "violated_before_pv": f"even without PV, {transformer(s)}",
        },
    ),
    Made(
        "transformer overload by PV",
        {"transformer_overload", "reverse_flow", "what_helps"},
        ({"bus": "bus_0", "peak_kw": 1.0, "pv_kwp": 190.0},),
        pv=1.0,
        numbers=lambda s: {"transformer_overload": transformer(s)},
    ),
    Made(
        "overloaded line",
        {"line_overload", "violated_before_pv", "what_helps"},
        ({"bus": "bus_1", "peak_kw": 110.0},),
        length_km=0.03,
        numbers=lambda s: {
            "line_overload": f"line_1 reaches {percent(s.kpis.line_loading)} at 12:00, limit 100 %; "
            "lines over their rating: 1"
        },
    ),
    Made(
        "undervoltage",
        {"undervoltage", "violated_before_pv", "voltage_cause", "what_helps"},
        ({"bus": "bus_2", "peak_kw": 40.0},),
        length_km=0.2,
        numbers=lambda s: {
            "undervoltage": f"bus_2 falls to {s.kpis.min_voltage_pu:.3f} pu at 12:00, limit 0.94 pu, "
            "a line's end 400 m from the transformer; buses below the limit: 1"
        },
    ),
    Made(
        "overvoltage",
        {"overvoltage", "reverse_flow", "voltage_cause", "what_helps"},
        ({"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 50.0},),
        pv=0.9,
        length_km=0.2,
        numbers=lambda s: {
            "overvoltage": f"bus_2 reaches {s.kpis.max_voltage_pu:.3f} pu at 12:00, limit 1.06 pu, "
            "while PV feeds in 45 kW; buses above the limit: 1"
        },
    ),
    Made(
        "voltage rise",
        {"rise", "reverse_flow", "voltage_cause", "what_helps"},
        ({"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 50.0},),
        pv=1.0,
        limits="vde_4105",
        numbers=lambda s: {
            "rise": f"bus_2 rises by +{percent(s.largest_rise.value if s.largest_rise else None)} "
            "at 12:00, limit 3 %; buses above the limit: 1"
        },
    ),
    Made(
        "calm while another time is not",
        {"another_time", "spare_capacity"},
        ({"bus": "bus_2", "peak_kw": 40.0, "pv_kwp": 10.0},),
        length_km=0.2,
        profiles=busy_evening(),
        numbers=lambda _: {
            "spare_capacity": "the feeder hosts all of its PV potential (10 kWp) at 12:00, and up to 10 "
            "times that (100 kWp): nothing binds up to there; the scenario has 0 %"
        },
    ),
    Made(
        "no solution",
        {"no_solution", "violated_before_pv", "what_helps"},
        ({"bus": "bus_2", "peak_kw": 170.0, "pv_kwp": 10.0},),
        pv=0.5,
        length_km=0.6,
        numbers=lambda _: {
            "no_solution": "no voltage exists at which 170 kW of load and 5 kW of PV can be carried at 12:00",
            "violated_before_pv": "even without PV, no solution: the feeder cannot carry this at 12:00",
        },
    ),
)
