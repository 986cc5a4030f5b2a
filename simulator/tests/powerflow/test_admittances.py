"""The admittance matrices are those that pandapower solves with."""

import numpy as np
import pandapower as pp
import pytest

from simulator.powerflow.admittances import read_admittances
from simulator.powerflow.network import build_network
from simulator.tests.feeders import all_feeders, variants

VARIANTS = all_feeders() | {feeder.feeder_id: feeder for feeder in variants(all_feeders()["feeder30"])}


@pytest.mark.parametrize("name", VARIANTS)
def test_matrices_equal_those_of_a_newton_power_flow(name: str) -> None:
    ours = read_admittances(build_network(VARIANTS[name]))
    net = build_network(VARIANTS[name])
    pp.runpp(net, algorithm="nr", init="dc", trafo_model="pi", numba=False)
    theirs = net._ppc["internal"]
    for one, other in ((ours.bus, "Ybus"), (ours.branch_from, "Yf"), (ours.branch_to, "Yt")):
        assert np.abs((one - theirs[other]).toarray()).max() == 0
