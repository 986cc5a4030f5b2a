"""By phase too: up to the nose point the engine is right, beyond it there is no solution, and it says so."""

from math import sqrt
from typing import Any

import numpy as np
import pytest

from simulator.grid.phases import Conductors, positive_sequence
from simulator.grid.schema import Feeder
from simulator.tests.engines import solve_by_phase
from simulator.tests.feeders import small_feeder_data
from simulator.tests.powerflow.phases.networks import FOUR_BARE, ZERO
from simulator.tests.powerflow.phases.streets import HOME

KM, SOURCE_OHM = 0.4, 0.016j  # 10 MVA of short-circuit power at 400 V
OHM = 0.642 + 0.083j
BELOW, BEYOND = (0.3, 0.9, 0.99), (1.001, 1.1, 2.0, 20.0)


def one_customer(phases: str, wires: dict[str, Any]) -> Feeder:
    """Return a line with one customer at its end, fed at low voltage."""
    data = small_feeder_data()
    ohm = positive_sequence(Conductors.model_validate(wires)) if wires is FOUR_BARE else OHM
    line = {**data["lines"][0], "length_km": KM, "c_nf_per_km": 0, "wires": wires}
    return Feeder.model_validate(
        {
            **data,
            "source": {"vn_kv": 0.4, "bus": "bus_0", "impedance": {"s_sc_mva": 10.0, "rx": 0.0}},
            "transformers": [],
            "transformer_kva": 0,
            "buses": data["buses"][:2],
            "lines": [{**line, "r_ohm_per_km": ohm.real, "x_ohm_per_km": ohm.imag}],
            "customers": [{**HOME, "id": "only", "bus": "bus_1", "phases": phases}],
        }
    )


def out_and_back(phases: str, wires: dict[str, Any]) -> complex:
    """Return the impedance of the loop that a customer's current runs through, in ohm."""
    if wires is FOUR_BARE:
        i, j = ("abcn".index(each) for each in f"{phases}n"[:2])
        z = np.array(wires["r_ohm_per_km"]) + 1j * np.array(wires["x_ohm_per_km"])
        loop = z[i, i] + z[j, j] - z[i, j] - z[j, i]
    elif len(phases) == 2:
        loop = 2 * OHM
    else:
        loop = (2 * OHM + complex(wires["r0_ohm_per_km"], wires["x0_ohm_per_km"])) / 3
    whole: complex = KM * loop + len(phases) * SOURCE_OHM
    return whole


@pytest.mark.parametrize("wires", [FOUR_BARE, {**ZERO, "c0_nf_per_km": 0.0}], ids=["four wires", "sequences"])
@pytest.mark.parametrize("phases", ["a", "c", "bc", "ca"])
def test_voltages_are_right_up_to_the_nose_point_and_missing_beyond(
    phases: str, wires: dict[str, Any]
) -> None:
    """A resistive load P behind Z = R + jX: V^4 + (2 P R - E^2) V^2 + P^2 |Z|^2 = 0, solvable while real."""
    feeder, z = one_customer(phases, wires), out_and_back(phases, wires)
    volt = 400 / sqrt(3) * (1 if len(phases) == 1 else sqrt(3))
    most_w = volt**2 / 2 / (abs(z) + z.real)
    watt = most_w * np.array([*BELOW, *BEYOND])[:, None]
    flow = solve_by_phase(feeder, -watt / 1000, 0 * watt)
    assert flow.converged.tolist() == [True] * len(BELOW) + [False] * len(BEYOND)
    solved = watt[: len(BELOW), 0]
    half = volt**2 / 2 - solved * z.real
    expected = np.sqrt(half + np.sqrt(half**2 - (solved * abs(z)) ** 2))
    assert flow.phases is not None
    if len(phases) == 1:
        found = flow.phases.each[: len(BELOW), 1, "abc".index(phases)] * volt
        np.testing.assert_allclose(found, expected, rtol=1e-7)
    lost = (solved / expected) ** 2 * z.real / 1000
    np.testing.assert_allclose(flow.loss_kw[: len(BELOW)], lost, rtol=1e-6)
    for name in ("vm_pu", "line_loading", "source_kw", "loss_kw"):
        assert np.isnan(getattr(flow, name)[len(BELOW) :]).all()
