"""Lines charge with the grid's own frequency, in both engines and in what is exported."""

import json
from math import pi

import numpy as np
import pandapower as pp
import pytest

from simulator.grid.schema import Feeder
from simulator.importing.importing import import_file
from simulator.powerflow.batch import solve
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.exporting import pandapower_excel, pandapower_json
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.reference import solve_reference
from simulator.tests.feeders import changed, plain


@pytest.fixture
def at_60_hz(small_feeder: Feeder) -> Feeder:
    """Long cables at 60 Hz, whose charging shows: 2 km of 2000 nF/km each."""
    lines = [
        {key: value for key, value in line.items() if key not in ("r_ohm", "x_ohm")}
        | {"length_km": 2.0, "c_nf_per_km": 2000.0}
        for line in plain(small_feeder)["lines"]
    ]
    return changed(small_feeder, f_hz=60, lines=lines)


def _flows(feeder: Feeder) -> tuple[PowerFlow, PowerFlow]:
    idle = np.zeros((1, 2))
    return solve_reference(feeder, idle, idle), solve(compile_feeder(feeder), idle, idle)


def test_charging_goes_with_the_frequency(at_60_hz: Feeder) -> None:
    usual = changed(at_60_hz, f_hz=50)
    for flow, slower in zip(_flows(at_60_hz), _flows(usual), strict=True):
        # By hand: 0.4 kV squared times omega C of 4 km x 2000 nF/km, in kvar; voltages are near 1 pu.
        more_kvar = 0.4**2 * 2 * pi * (60 - 50) * 8000e-9 * 1000
        assert slower.source_kvar[0] - flow.source_kvar[0] == pytest.approx(more_kvar, rel=0.02)


def test_pandapowers_own_run_of_the_export_agrees(at_60_hz: Feeder) -> None:
    net = pp.from_json_string(pandapower_json(at_60_hz))
    assert net.f_hz == 60
    net.load[["p_mw", "q_mvar"]] = 0.0
    net.sgen["p_mw"] = 0.0
    pp.runpp(net, trafo_model="pi", numba=False)
    for flow in _flows(at_60_hz):
        assert flow.vm_pu[0] == pytest.approx(net.res_bus.vm_pu.to_numpy()[1:], abs=1e-7)


def test_what_is_exported_comes_back_with_its_frequency(at_60_hz: Feeder) -> None:
    own = json.dumps(at_60_hz.model_dump(mode="json", by_alias=True)).encode()
    for content in (own, pandapower_json(at_60_hz).encode(), pandapower_excel(at_60_hz)):
        assert import_file(content, "small")[1][0].feeder.f_hz == 60
