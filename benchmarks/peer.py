"""The peer: pandapower's own power flow on nets built once, given the same injections."""

from collections.abc import Sequence
from typing import Any

from figures import stopwatch


class Peer:
    """Solves a scenario with ``runpp`` as pandapower sets it, Newton-Raphson, without numba."""

    def __init__(self, feeder_ids: Sequence[str]) -> None:
        from simulator.grid.profiles import read_profiles
        from simulator.grid.reading import NETWORKS_DIR, read_feeder
        from simulator.powerflow.network import build_network

        self._profiles = read_profiles()
        self._feeders = {name: read_feeder(NETWORKS_DIR / f"{name}.json") for name in feeder_ids}
        self._nets = {name: build_network(feeder) for name, feeder in self._feeders.items()}

    def solve(self, asked: dict[str, Any]) -> tuple[float, float]:
        """Return how long the power flow took in ms, and the lowest LV voltage in pu."""
        import pandapower

        from simulator.grid.subject import Subject
        from simulator.questions.question import Question

        feeder, net = self._feeders[asked["feeder_id"]], self._nets[asked["feeder_id"]]
        adoption = {"pv": asked["pv_adoption"], "battery": asked["battery_adoption"]}
        question = Question(subject=Subject(feeder, self._profiles), adoption=adoption)
        p_kw, q_kvar = question.powers(steps=[asked["step"]]).inject(question.ports)
        net.load["p_mw"], net.load["q_mvar"] = -p_kw[0] / 1000, -q_kvar[0] / 1000
        took = stopwatch(lambda: pandapower.runpp(net, numba=False))
        return took, float(net.res_bus.vm_pu.to_numpy()[1:].min())
