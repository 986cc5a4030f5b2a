"""pandapower's Newton-Raphson on a network converted from the feeder anew, for many cases in one run."""

from copy import deepcopy
from functools import cache
from typing import Any

import numpy as np
import pandapower as pp

from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.tests.feeders import customer_buses


def solve_newton(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    """Solve all cases by one ``runpp``, each case as its own copy of the feeder.

    The copies hang on one ideal source, so they do not touch one another: a run takes little longer than
    a single feeder's. A test shows that copies and single runs give the same.

    Shape: (cases, injection buses). Units: kW, kvar; positive feeds in.
    Raises: pandapower's LoadflowNotConverged, if any case has no solution.
    """
    cases = len(p_kw)
    net = convert(feeder, cases)
    _inject(net, feeder, p_kw / 1000, q_kvar / 1000)
    pp.runpp(net, algorithm="nr", init="auto", numba=False, trafo_model="pi", tolerance_mva=1e-10)

    def by_case(values: Any) -> np.ndarray:
        return np.asarray(values, dtype=float).reshape(cases, -1)

    trafo = net.res_trafo
    return PowerFlow(
        vm_pu=by_case(net.res_bus.vm_pu[1:]),
        line_loading=by_case(net.res_line.loading_percent) / 100,
        transformer_loading=by_case(trafo.loading_percent) / 100,
        loss_kw=(by_case(net.res_line.pl_mw).sum(axis=1) + by_case(trafo.pl_mw).sum(axis=1)) * 1000,
        source_kw=by_case(trafo.p_hv_mw).sum(axis=1) * 1000,
        source_kvar=by_case(trafo.q_hv_mvar).sum(axis=1) * 1000,
        converged=np.ones(cases, dtype=bool),
        iterations=np.full(cases, net._ppc["iterations"]),
        algorithm="pandapower Newton-Raphson",
    )


def convert(feeder: Feeder, copies: int = 1) -> Any:
    """Return a pandapower net: bus 0 is the source, then the feeder's buses, copy after copy."""
    net = deepcopy(_empty())
    source = pp.create_bus(net, vn_kv=feeder.source.vn_kv)
    pp.create_ext_grid(net, source, vm_pu=feeder.source.vm_pu)
    pp.create_buses(net, copies * len(feeder.buses), vn_kv=feeder.base_kv)
    number = {bus.id: position for position, bus in enumerate(feeder.buses, start=1)}
    offsets = np.arange(copies) * len(feeder.buses)

    def buses(ids: list[str]) -> np.ndarray:
        return (offsets[:, None] + [number[bus] for bus in ids]).ravel()

    if feeder.lines:
        pp.create_lines_from_parameters(
            net,
            from_buses=buses([line.from_bus for line in feeder.lines]),
            to_buses=buses([line.to_bus for line in feeder.lines]),
            length_km=np.tile([line.length_km for line in feeder.lines], copies),
            r_ohm_per_km=np.tile([line.r_ohm_per_km for line in feeder.lines], copies),
            x_ohm_per_km=np.tile([line.x_ohm_per_km for line in feeder.lines], copies),
            c_nf_per_km=np.tile([line.c_nf_per_km for line in feeder.lines], copies),
            max_i_ka=np.tile([line.max_i_ka for line in feeder.lines], copies),
            parallel=np.tile([line.parallel for line in feeder.lines], copies),
        )
    low = buses([t.lv_bus for t in feeder.transformers])
    _add_transformers(net, feeder, low, source, copies)
    return net


@cache
def _empty() -> Any:
    return pp.create_empty_network(sn_mva=1.0)


def _add_transformers(net: Any, feeder: Feeder, low: np.ndarray, source: int, copies: int) -> None:
    """Add them one by one for the first copy, then repeat the rows."""
    for bus, t in zip(low, feeder.transformers, strict=False):
        tap = {}
        if t.tap:
            tap = {
                "tap_side": t.tap.side,
                "tap_pos": t.tap.pos,
                "tap_neutral": t.tap.neutral,
                "tap_min": t.tap.min,
                "tap_max": t.tap.max,
                "tap_step_percent": t.tap.step_percent,
                "tap_changer_type": "Ratio",
            }
        pp.create_transformer_from_parameters(
            net,
            source,
            bus,
            sn_mva=t.sn_kva / 1000,
            vn_hv_kv=t.vn_hv_kv,
            vn_lv_kv=t.vn_lv_kv,
            vkr_percent=t.vkr_percent,
            vk_percent=t.vk_percent,
            pfe_kw=t.pfe_kw,
            i0_percent=t.i0_percent,
            shift_degree=t.shift_degree,
            **tap,
        )
    rows = np.tile(net.trafo.index, copies)
    net.trafo = net.trafo.loc[rows].reset_index(drop=True)
    net.trafo["lv_bus"] = low


def _inject(net: Any, feeder: Feeder, p_mw: np.ndarray, q_mvar: np.ndarray) -> None:
    """Consumption becomes loads, generation static generators; the reactive power goes with the loads."""
    number = {bus.id: position for position, bus in enumerate(feeder.buses, start=1)}
    columns = [number[bus] for bus in customer_buses(feeder)]
    if not columns:
        return
    buses = (np.arange(len(p_mw))[:, None] * len(feeder.buses) + columns).ravel()
    pp.create_loads(net, buses, p_mw=np.maximum(-p_mw, 0).ravel(), q_mvar=-q_mvar.ravel())
    pp.create_sgens(net, buses, p_mw=np.maximum(p_mw, 0).ravel())
