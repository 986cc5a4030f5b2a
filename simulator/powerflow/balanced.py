"""A feeder's equations as one balanced phase: every bus a node."""

from math import sqrt
from typing import Any

import numpy as np

from simulator.grid.schema import Feeder
from simulator.powerflow.admittances import Admittances
from simulator.powerflow.equations import Equations
from simulator.powerflow.network import SOURCE_BUS
from simulator.powerflow.ports import Ports


def balanced_equations(
    feeder: Feeder, admittances: Admittances, ports: Ports
) -> tuple[Equations, dict[str, Any]]:
    """Return a feeder's equations, and its loadings and source current as shares of all voltages.

    Nodes are the admittance matrix's rows after the source's, in the order of pandapower's buses.
    """
    from scipy.sparse import csr_matrix, identity

    low, source = admittances.order[1:], admittances.order[SOURCE_BUS]
    every = identity(len(low), format="csr")
    shares = _shares(feeder, admittances)
    pu, nothing = feeder.source.vm_pu, np.zeros(len(feeder.buses))
    asked = {
        name: (csr_matrix(matrix)[:, low], csr_matrix(matrix)[:, [source]].toarray()[:, 0] * pu)
        for name, matrix in shares.items()
    }
    equations = Equations(
        matrix=admittances.bus[low][:, low],
        source=-admittances.bus[low][:, [source]].toarray()[:, 0] * pu,
        ports=every[:, ports.bus],
        quantities={
            "injection": (every[ports.bus], nothing[: len(ports.bus)]),
            "bus": (every[: len(feeder.buses)], nothing),
            **asked,
        },
    )
    return equations, shares


def _shares(feeder: Feeder, admittances: Admittances) -> dict[str, Any]:
    """Return currents that are linear in all voltages, as shares of ratings: sparse matrices."""
    from scipy.sparse import diags

    # Without a rating nothing counts as load: 0 here, which what reads a flow tells as not rated.
    rating_ka = np.array([line.rating_ka if line.rated else np.inf for line in feeder.lines])
    sn_mva = np.array([t.sn_kva / 1000 if t.rated else np.inf for t in feeder.transformers])
    line_pu = sqrt(3) * feeder.base_kv * rating_ka
    hv_pu = sn_mva * [feeder.source.vn_kv / t.vn_hv_kv for t in feeder.transformers]
    lv_pu = sn_mva * [feeder.base_kv / t.vn_lv_kv for t in feeder.transformers]
    lines, transformers = admittances.lines, admittances.transformers
    return {
        "line_from": diags(1 / line_pu) @ admittances.branch_from[lines],
        "line_to": diags(1 / line_pu) @ admittances.branch_to[lines],
        "transformer_hv": diags(1 / hv_pu) @ admittances.branch_from[transformers],
        "transformer_lv": diags(1 / lv_pu) @ admittances.branch_to[transformers],
        "source": admittances.bus[[admittances.order[SOURCE_BUS]]],
    }
