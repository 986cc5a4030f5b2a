"""By phase the engine equals OpenDSS, which has its own models of lines, transformers and loads."""

import numpy as np
import pytest

from simulator.grid.schema import Feeder
from simulator.tests.engines import solve_by_phase
from simulator.tests.oracles.opendss_phases import solve_opendss_by_phase
from simulator.tests.powerflow.phases.networks import customer_powers, networks


@pytest.mark.parametrize("feeder", networks().values(), ids=networks())
def test_the_engine_equals_opendss(feeder: Feeder) -> None:
    p_kw, q_kvar = customer_powers(feeder, 4)
    flow, expected = solve_by_phase(feeder, p_kw, q_kvar), solve_opendss_by_phase(feeder, p_kw, q_kvar)
    assert flow.phases is not None
    np.testing.assert_allclose(flow.phases.each, expected.vm_pu, atol=1e-8, rtol=0)
    np.testing.assert_allclose(flow.line_loading, expected.line_loading, atol=1e-8, rtol=0)
    np.testing.assert_allclose(flow.source_kw, expected.source_kw, atol=1e-4, rtol=0)
