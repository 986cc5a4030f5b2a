"""A feeder compiled into arrays: everything a power flow needs is linear in the injected currents."""

from collections import OrderedDict
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from simulator.grid.schema import Feeder
from simulator.powerflow.injections import injection_buses
from simulator.powerflow.network import SOURCE_BUS, build_network

BASE_KVA = 1000.0
KEPT_FEEDERS = 256

_compiled: OrderedDict[str, "CompiledFeeder"] = OrderedDict()


@dataclass(frozen=True, eq=False)
class LinearMap:
    """An affine map from the injected currents: ``base + matrix @ current``, complex, in pu."""

    base: np.ndarray
    matrix: np.ndarray

    def __call__(self, current: np.ndarray) -> np.ndarray:
        """Return the quantity for currents of shape (cases, injection buses)."""
        quantity: np.ndarray = self.base + current @ self.matrix.T
        return quantity


@dataclass(frozen=True, eq=False)
class CompiledFeeder:
    """Frozen arrays of one feeder, in pu on 1 MVA.

    ``injection`` gives the voltages at the injection buses: its base is the no-load voltage, its matrix the
    reduced impedance matrix. ``bus`` gives all bus voltages; ``line_from`` and ``line_to`` the line
    currents, ``transformer_hv`` and ``transformer_lv`` the transformer currents, each as a share of its
    rating; ``source`` the current drawn from the source, whose voltage is ``source_vm_pu``.
    """

    feeder: Feeder
    injection: LinearMap
    bus: LinearMap
    line_from: LinearMap
    line_to: LinearMap
    transformer_hv: LinearMap
    transformer_lv: LinearMap
    source: LinearMap
    source_vm_pu: float


def compile_feeder(feeder: Feeder) -> CompiledFeeder:
    """Return the feeder's arrays, kept by its content hash.

    Source: the admittance matrix that pandapower builds, so that taps, vector groups, parallel and meshed
    lines and several transformers are right by construction.
    """
    key = feeder.content_hash
    if key not in _compiled:
        _compiled[key] = _compile(feeder)
        while len(_compiled) > KEPT_FEEDERS:
            _compiled.popitem(last=False)
    return _compiled[key]


def _compile(feeder: Feeder) -> CompiledFeeder:
    from scipy.sparse.linalg import splu

    ybus, yfrom, yto, order, lines, transformers = _admittances(build_network(feeder))
    source, low = order[SOURCE_BUS], order[1:]
    inject = injection_buses(feeder)
    vm = feeder.source.vm_pu
    to_source = ybus[low][:, [source]].toarray()[:, 0]
    columns = np.zeros((len(low), 1 + len(inject)), dtype=complex)
    columns[:, 0] = -to_source * vm
    columns[inject, 1 + np.arange(len(inject))] = 1
    voltages = np.zeros((len(order), 1 + len(inject)), dtype=complex)
    voltages[low] = splu(ybus[low][:, low].tocsc()).solve(columns)
    voltages[source, 0] = vm

    def mapped(rows: np.ndarray) -> LinearMap:
        return LinearMap(np.ascontiguousarray(rows[:, 0]), np.ascontiguousarray(rows[:, 1:]))

    line_pu = np.array([sqrt(3) * feeder.base_kv * line.rating_ka for line in feeder.lines])[:, None]
    sn_mva = np.array([t.sn_kva / 1000 for t in feeder.transformers])
    hv_pu = (sn_mva * [feeder.source.vn_kv / t.vn_hv_kv for t in feeder.transformers])[:, None]
    lv_pu = (sn_mva * [feeder.base_kv / t.vn_lv_kv for t in feeder.transformers])[:, None]
    low_voltages = voltages[low]
    return CompiledFeeder(
        feeder=feeder,
        injection=mapped(low_voltages[inject]),
        bus=mapped(low_voltages),
        line_from=mapped(yfrom[lines] @ voltages / line_pu),
        line_to=mapped(yto[lines] @ voltages / line_pu),
        transformer_hv=mapped(yfrom[transformers] @ voltages / hv_pu),
        transformer_lv=mapped(yto[transformers] @ voltages / lv_pu),
        source=mapped(ybus[[source]] @ voltages),
        source_vm_pu=vm,
    )


def _admittances(net: Any) -> tuple[Any, Any, Any, np.ndarray, slice, slice]:
    """Return Ybus, Yfrom, Yto in pu on 1 MVA, each bus's row, the rows of lines and of transformers."""
    from pandapower.auxiliary import _init_runpp_options
    from pandapower.pd2ppc import _pd2ppc
    from pandapower.pypower.makeYbus import makeYbus

    _init_runpp_options(
        net,
        algorithm="nr",
        calculate_voltage_angles=True,
        init="flat",
        max_iteration=10,
        tolerance_mva=1e-8,
        trafo_model="pi",
        trafo_loading="current",
        enforce_p_lims=False,
        enforce_q_lims=False,
        check_connectivity=False,
        voltage_depend_loads=False,
        numba=False,
    )
    empty = np.array([], dtype=int)
    net._pd2ppc_lookups = dict.fromkeys(("bus", "bus_dc", "ext_grid", "gen", "branch", "branch_dc"), empty)
    ppci = _pd2ppc(net)[1]
    ybus, yfrom, yto = makeYbus(ppci["baseMVA"], ppci["bus"], ppci["branch"])
    branches = net._pd2ppc_lookups["branch"]
    lines, transformers = (slice(*branches.get(kind, (0, 0))) for kind in ("line", "trafo"))
    return ybus.tocsr(), yfrom.tocsr(), yto.tocsr(), net._pd2ppc_lookups["bus"], lines, transformers
