"""pandapower's ``runpp_3ph``: sequence frames, loads between phases and earth, no neutral, Dyn alone."""

from typing import Any

import numpy as np
import pandapower as pp

from simulator.grid.phases import ZeroSequence
from simulator.grid.schema import Feeder
from simulator.tests.oracles.newton import convert

STIFF_MVA, NO_IRON_PERCENT = 1e9, 1e6


def solve_runpp_3ph(
    net: Any, feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray, tolerance_mva: float = 1e-10
) -> np.ndarray:
    """Return the voltages (cases, buses, 3) in pu of powers (cases, customers); positive feeds in.

    Raises: pandapower's LoadflowNotConverged, if any case has no solution.
    """
    on = np.array([[phase in c.phases for phase in "abc"] for c in feeder.customers])
    share, loads = on / on.sum(axis=1, keepdims=True), net.asymmetric_load
    voltages = []
    for p, q in zip(p_kw, q_kvar, strict=True):
        loads[["p_a_mw", "p_b_mw", "p_c_mw"]] = -p[:, None] * share / 1000
        loads[["q_a_mvar", "q_b_mvar", "q_c_mvar"]] = -q[:, None] * share / 1000
        pp.runpp_3ph(net, numba=False, tolerance_mva=tolerance_mva, max_iteration=100)
        voltages.append(net.res_bus_3ph[["vm_a_pu", "vm_b_pu", "vm_c_pu"]].to_numpy()[1:].copy())
    return np.array(voltages)


def three_phase_net(feeder: Feeder) -> Any:
    """Return the net with a load of each customer, unloaded yet."""
    net = convert(feeder)
    net.ext_grid[["s_sc_max_mva", "rx_max", "x0x_max", "r0x0_max"]] = STIFF_MVA, 0.1, 1.0, 0.1
    for name in ZeroSequence.model_fields:
        net.line[name] = [getattr(line.wires, name) for line in feeder.lines]
    net.trafo["vector_group"] = "Dyn"
    net.trafo["vk0_percent"] = [t.vk0_percent or t.vk_percent for t in feeder.transformers]
    net.trafo["vkr0_percent"] = [t.vkr0_percent or t.vkr_percent for t in feeder.transformers]
    net.trafo[["mag0_percent", "mag0_rx", "si0_hv_partial"]] = NO_IRON_PERCENT, 0.0, 0.9
    number = {bus.id: position for position, bus in enumerate(feeder.buses, start=1)}
    for customer in feeder.customers:
        pp.create_asymmetric_load(net, number[customer.bus])
    return net
