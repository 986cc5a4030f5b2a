"""What may be added at a bus, by pandapower's Newton-Raphson and plain bisection."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pandapower.powerflow import LoadflowNotConverged

from simulator.grid.limits import Limits
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.tests.feeders import changed, plain
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies.slow import excesses, injections


@dataclass(frozen=True)
class Question:
    """A scenario at a quarter-hour, with a customer of no size at every bus so that power may enter there."""

    feeder: Feeder
    pv: float
    battery: float
    step: int
    limits: Limits

    @cached_property
    def open_feeder(self) -> Feeder:
        """The feeder with one more customer of no size at every bus."""
        empty = {"households": 0, "peak_kw": 0.0, "power_factor": 1.0, "pv_kwp": 0.0}
        more = [{"id": f"more_{i}", "bus": bus.id, **empty} for i, bus in enumerate(self.feeder.buses)]
        return changed(self.feeder, customers=[*plain(self.feeder)["customers"], *more])

    def violates(self, buses: list[str], fed_in_kw: list[float]) -> list[bool]:
        """Tell for each bus whether power fed in there, or drawn where negative, violates a limit."""
        feeder = self.open_feeder
        columns = [[bus.id for bus in feeder.buses].index(bus) for bus in buses]
        profiles = read_profiles()
        flows = []
        states = [(self.pv, fed_in_kw), (0.0, [min(kw, 0.0) for kw in fed_in_kw])]
        for pv, added in states if self.limits.rise_max else states[:1]:
            p_kw, q_kvar = injections(feeder, profiles, pv, self.battery if pv else 0.0, [self.step])
            p_kw, q_kvar = np.tile(p_kw, (len(buses), 1)), np.tile(q_kvar, (len(buses), 1))
            p_kw[np.arange(len(buses)), columns] += added
            flows.append(solve_newton(feeder, p_kw, q_kvar))
        beyond = excesses(feeder, flows[0], self.limits, flows[-1])
        return [bool(case.any()) for case in beyond > 0]

    def room_kw(self, bus: str, sign: int) -> float:
        """Return what may be fed in (sign 1) or drawn (-1) at a bus, at most 0.03 kW too low."""

        def breaks(kw: float) -> bool:
            try:
                return self.violates([bus], [sign * kw])[0]
            except LoadflowNotConverged:
                return True

        good, bad = 0.0, 1000.0
        while bad - good > 0.03:
            middle = (good + bad) / 2
            good, bad = (good, middle) if breaks(middle) else (middle, bad)
        return good
