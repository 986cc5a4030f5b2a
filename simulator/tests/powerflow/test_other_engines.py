"""The batch engine equals power-grid-model and OpenDSS, which share no code with it."""

import pytest

from simulator.grid.schema import Feeder
from simulator.tests.engines import solve_batch
from simulator.tests.feeders import operating_points, some_variants
from simulator.tests.oracles.comparison import disagreements
from simulator.tests.oracles.grid_model import solve_grid_model
from simulator.tests.oracles.opendss import solve_opendss

EACH_VARIANT = pytest.mark.parametrize("feeder", some_variants().values(), ids=some_variants())


@EACH_VARIANT
def test_batch_engine_equals_power_grid_model(feeder: Feeder) -> None:
    p_kw, q_kvar = operating_points(feeder, 200)
    expected = solve_grid_model(feeder, p_kw, q_kvar)
    assert disagreements(solve_batch(feeder, p_kw, q_kvar), expected) == {}


@EACH_VARIANT
def test_batch_engine_equals_opendss(feeder: Feeder) -> None:
    p_kw, q_kvar = operating_points(feeder, 10)
    expected = solve_opendss(feeder, p_kw, q_kvar)
    assert disagreements(solve_batch(feeder, p_kw, q_kvar), expected) == {}
