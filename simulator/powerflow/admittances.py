"""The admittance matrices that pandapower builds for a net, without solving it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.powerflow.libraries import pandapower


@dataclass(frozen=True, eq=False)
class Admittances:
    """Sparse matrices in pu on 1 MVA: of the buses, and of the branches' currents at either end.

    ``order`` gives the matrix row of each of the net's buses; ``lines`` and ``transformers`` the branch rows.
    """

    bus: Any
    branch_from: Any
    branch_to: Any
    order: np.ndarray
    lines: slice
    transformers: slice


def read_admittances(net: Any) -> Admittances:
    """Return the net's admittance matrices.

    Uses what ``runpp`` does before it solves: pandapower has no public way to it that keeps all columns, and
    ``runpp`` itself costs five times as much. A test holds the two against each other.
    """
    pandapower()
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
    ybus, yfrom, yto = (m.tocsr() for m in makeYbus(ppci["baseMVA"], ppci["bus"], ppci["branch"]))
    branches = net._pd2ppc_lookups["branch"]
    lines, transformers = (slice(*branches.get(kind, (0, 0))) for kind in ("line", "trafo"))
    return Admittances(ybus, yfrom, yto, net._pd2ppc_lookups["bus"], lines, transformers)
