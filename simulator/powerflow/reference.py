"""The reference engine: pandapower's own solution of one operating point."""

from threading import Lock
from typing import Any

import numpy as np

from simulator.grid.errors import InjectionError
from simulator.grid.memory import MEMORY
from simulator.grid.schema import Feeder
from simulator.grid.weights import network_bytes
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.injections import check_shapes, extreme_kva, possible_cases
from simulator.powerflow.libraries import pandapower
from simulator.powerflow.network import SOURCE_BUS, build_network
from simulator.powerflow.ports import ports_of

TRAFO_MODEL = "pi"  # as power-grid-model and OpenDSS have it; differs from the t model by 1e-7 pu
MAX_SWEPT = 1_000  # buses and lines: bfsw has full matrices, 6 s for 2,000 buses; Newton-Raphson sparse ones

_lock = Lock()  # pandapower writes results into the net: one solve at a time


def solve_reference(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    """Solve cases one by one with pandapower: backward/forward sweep, or Newton-Raphson where that fails.

    Shape: ``p_kw`` and ``q_kvar`` (cases, injection buses). Units: kW, kvar; positive feeds in.
    Cases beyond three times all ratings are refused: they have no solution.
    Raises: InjectionError for no case at all, or injections of the wrong shape or not finite.
    Source: pandapower ``runpp``, algorithms ``bfsw`` and ``nr``.
    """
    check_shapes(p_kw, q_kvar, len(ports_of(feeder).bus))
    possible = possible_cases(p_kw.T, q_kvar.T, extreme_kva(feeder))
    if not len(p_kw):
        raise InjectionError("there is no case to solve")
    with _lock:
        net = _network(feeder)
        cases = zip(p_kw, q_kvar, possible, strict=True)
        rows = [_solve_case(net, p, q) if may else _no_solution(net) for p, q, may in cases]
    algorithms = {row.pop("algorithm") for row in rows}
    columns = {key: np.array([row[key] for row in rows]) for key in rows[0]}
    columns["transformer_loading"][:, ~np.array(feeder.rated, dtype=bool)] = np.nan
    columns["line_loading"][:, ~np.array(feeder.rated_lines, dtype=bool)] = np.nan
    return PowerFlow(**columns, phases=None, algorithm=" and ".join(sorted(algorithms)))


def _network(feeder: Feeder) -> Any:
    """Return the feeder's net; kept, since building one costs as much as solving it."""
    return MEMORY.recall(
        "networks",
        feeder.content_hash,
        lambda: build_network(feeder),
        lambda net: network_bytes(feeder),
        feeder.feeder_id,
    )


def _solve_case(net: Any, p_kw: np.ndarray, q_kvar: np.ndarray) -> dict[str, Any]:
    net.load["p_mw"] = -p_kw / 1000
    net.load["q_mvar"] = -q_kvar / 1000
    algorithm = _run(net)
    if algorithm is None:
        return _no_solution(net)
    return {
        "vm_pu": net.res_bus.vm_pu.to_numpy()[_own_buses(net)].copy(),
        "line_loading": net.res_line.loading_percent.to_numpy() / 100,
        "transformer_loading": net.res_trafo.loading_percent.to_numpy() / 100,
        "loss_kw": sum(net[f"res_{kind}"].pl_mw.sum() for kind in ("line", "trafo", "impedance")) * 1000,
        "source_kw": net.res_ext_grid.p_mw.sum() * 1000,
        "source_kvar": net.res_ext_grid.q_mvar.sum() * 1000,
        "converged": True,
        "iterations": int(net._ppc["iterations"]),
        "algorithm": algorithm,
    }


def _run(net: Any) -> str | None:
    """Return the algorithm that solved the net, or None."""
    pp = pandapower()

    common = {"numba": False, "trafo_model": TRAFO_MODEL}
    small = len(net.bus) + len(net.line) <= MAX_SWEPT
    one_group = net.trafo.shift_degree.nunique() == 1  # else angles count where they mesh
    try:
        if small and one_group:
            start = float(net.ext_grid.vm_pu.iat[0])  # pandapower's own start takes a third of the time
            pp.runpp(net, algorithm="bfsw", calculate_voltage_angles=False, init_vm_pu=start, **common)
            if np.isfinite(net.res_bus.vm_pu).all():
                return "pandapower bfsw"
    except Exception:  # noqa: BLE001, S110 - it raises KeyError, LinAlgError and more where it does not apply
        pass
    try:
        pp.runpp(net, algorithm="nr", init="auto", **common)
    except pp.LoadflowNotConverged:
        return None
    return "pandapower nr" if np.isfinite(net.res_bus.vm_pu).all() else None


def _own_buses(net: Any) -> slice:
    """Return the rows of the feeder's buses, without those of the source."""
    return slice(SOURCE_BUS + 1, -1 if len(net.impedance) and len(net.trafo) else None)


def _no_solution(net: Any) -> dict[str, Any]:
    sizes = {
        "vm_pu": len(net.bus.index[_own_buses(net)]),
        "line_loading": len(net.line),
        "transformer_loading": len(net.trafo),
    }
    unknown = {key: np.full(size, np.nan) for key, size in sizes.items()}
    totals = dict.fromkeys(("loss_kw", "source_kw", "source_kvar"), np.nan)
    return {**unknown, **totals, "converged": False, "iterations": 0, "algorithm": "pandapower, no solution"}
