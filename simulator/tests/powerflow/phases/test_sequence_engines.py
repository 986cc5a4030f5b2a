"""By phase the engine equals power-grid-model and ``runpp_3ph``, where these have the same model."""

import numpy as np
import pytest

from simulator.grid.schema import Feeder
from simulator.tests.engines import solve_by_phase
from simulator.tests.feeders import changed, plain
from simulator.tests.oracles.grid_model_phases import PHASES, solve_grid_model_by_phase
from simulator.tests.oracles.runpp_3ph import solve_runpp_3ph, three_phase_net
from simulator.tests.powerflow.phases.networks import ZERO, customer_powers, tapped
from simulator.tests.powerflow.phases.streets import street

NO_IRON = {"pfe_kw": 0.0, "i0_percent": 0.0}  # where it differs: iron in zero sequence, 3e-7 pu
WEAK = {"s_sc_mva": 20.0, "rx": 0.4}


def _streets() -> list[Feeder]:
    found = [
        street("earthed", ZERO, trafo=NO_IRON),
        street("star-by-half-an-ohm", ZERO, trafo={**NO_IRON, "star_point_ohm": 0.5}),
        street("tap-hv", ZERO, trafo={**NO_IRON, **tapped("hv", 2)}),
        street("tap-lv", ZERO, trafo={**NO_IRON, **tapped("lv", -2), "vn_lv_kv": 0.42, "vn_hv_kv": 10.5}),
        street("source-weak", ZERO, trafo=NO_IRON, source={"vn_kv": 10.0, "vm_pu": 1.02, "impedance": WEAK}),
        street("parallel-lines", ZERO, trafo=NO_IRON, lines={"2": {"parallel": 3}}),
    ]
    return [changed(feeder, feeder_id=feeder.feeder_id, customers=_simple(feeder)) for feeder in found]


def _simple(feeder: Feeder) -> list[dict[str, object]]:
    """Return the customers of one phase, and of three alike."""
    return [{**c, "supplies": None} for c in plain(feeder)["customers"] if c.get("phases", "abc") in PHASES]


@pytest.mark.parametrize("feeder", _streets(), ids=lambda feeder: feeder.feeder_id)
def test_the_engine_equals_power_grid_model(feeder: Feeder) -> None:
    p_kw, q_kvar = customer_powers(feeder, 50)
    flow, expected = solve_by_phase(feeder, p_kw, q_kvar), solve_grid_model_by_phase(feeder, p_kw, q_kvar)
    assert flow.phases is not None
    np.testing.assert_allclose(flow.phases.each, expected, atol=1e-8, rtol=0)


def test_the_engine_equals_runpp_3ph() -> None:
    """Within 1e-6 pu: what pandapower's sequences leave open."""
    zero = {"vk0_percent": 3.4, "vkr0_percent": 1.9}
    feeder = street("zero", ZERO, trafo={**tapped("hv", 1), **zero})
    feeder = changed(feeder, feeder_id=feeder.feeder_id, customers=_simple(feeder))
    p_kw, q_kvar = customer_powers(feeder, 2)
    expected = solve_runpp_3ph(three_phase_net(feeder), feeder, p_kw, q_kvar)
    flow = solve_by_phase(feeder, p_kw, q_kvar)
    assert flow.phases is not None
    np.testing.assert_allclose(flow.phases.each, expected, atol=1e-6, rtol=0)
