"""By phase the engine equals OpenDSS, which has its own models of lines, transformers and loads."""

import pytest

from simulator.grid.schema import Feeder
from simulator.tests.engines import solve_by_phase
from simulator.tests.oracles.opendss_phases import differing, solve_opendss_by_phase
from simulator.tests.powerflow.phases.networks import customer_powers, networks


@pytest.mark.parametrize("feeder", networks().values(), ids=networks())
def test_the_engine_equals_opendss(feeder: Feeder) -> None:
    p_kw, q_kvar = customer_powers(feeder, 4)
    flow, expected = solve_by_phase(feeder, p_kw, q_kvar), solve_opendss_by_phase(feeder, p_kw, q_kvar)
    assert differing(flow, expected) == []
