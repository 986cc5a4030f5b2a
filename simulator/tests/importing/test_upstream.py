"""A grid above low voltage counts: its power flow gives the source's voltage, its controllers move taps."""

import json
import warnings
from copy import deepcopy
from typing import Any

import pandapower as pp
import pandas as pd
import pytest
from pandapower import control

from simulator.importing.importing import import_file
from simulator.importing.source import Choice
from simulator.powerflow.whole_grid import solve_whole_grid
from simulator.tests.importing.test_convert import LINE, _tapped, second_transformer, street
from simulator.tests.importing.test_reading_files import in_excel
from simulator.tests.importing.test_taps import ours

CABLE = {"length_km": 3.0, "r_ohm_per_km": 0.2, "x_ohm_per_km": 0.12, "c_nf_per_km": 250, "max_i_ka": 0.3}


def town() -> Any:
    """Return two streets at the ends of a cable each, a load between them, behind 110/10 kV on tap -3."""
    net = street()
    mid, far, top = (
        pp.create_bus(net, kv, name=name) for kv, name in ((10, "mid"), (10, "far"), (110, "top"))
    )
    second_transformer(net, at=8)
    net.trafo.loc[1, "hv_bus"] = far
    pp.create_line_from_parameters(net, mid, 0, name="C1", **CABLE)
    pp.create_line_from_parameters(net, mid, far, name="C2", **CABLE)
    net.ext_grid["bus"] = top
    pp.create_transformer(net, top, mid, "25 MVA 110/10 kV", name="HV")
    net.trafo.loc[2, ["tap_pos", "tap_changer_type"]] = [-3.0, "Ratio"]
    pp.create_load(net, mid, p_mw=2.5, q_mvar=0.8, name="factory")
    pp.create_sgen(net, far, p_mw=0.6, name="wind", type="WP")
    pp.create_storage(net, 0, p_mw=0.3, max_e_mwh=1.0, name="store")
    pp.create_shunt(net, far, q_mvar=-0.4, name="capacitor")
    return net


def brought(net: Any, **changed: Any) -> tuple[Choice, ...]:
    data = json.loads(pp.to_json(net))
    data["_object"].update(changed)
    return import_file(json.dumps(data).encode(), "town.json", solve_whole_grid)[1]


def newton(net: Any, *, run_control: bool = False) -> dict[str, float]:
    """Return each named bus's voltage in pu as pandapower gives it, and each tap's position."""
    net = deepcopy(net)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pp.runpp(net, numba=False, trafo_model="pi", calculate_voltage_angles=True, run_control=run_control)
    taps = {f"tap {name}": pos for name, pos in zip(net.trafo.name, net.trafo.tap_pos, strict=True)}
    return dict(zip(net.bus.name, net.res_bus.vm_pu, strict=True)) | taps


def assert_same(choice: Choice, theirs: dict[str, float]) -> None:
    for bus, vm_pu in ours(choice.feeder).items():
        assert vm_pu == pytest.approx(theirs[bus], abs=1e-6), bus


def said(choice: Choice, weight: str) -> str:
    return " | ".join(item.words for item in choice.items if item.weighs == weight)


def test_each_network_below_a_medium_voltage_grid_is_fed_with_what_stands_at_its_transformer() -> None:
    net = town()
    theirs = newton(net)
    whole, *parts = brought(net)
    for part, name, upper in zip(parts, ("T", "U"), ("MV", "far"), strict=True):
        assert_same(part, theirs)
        assert part.feeder.source.vm_pu == pytest.approx(theirs[upper], abs=1e-8)
        assert f"the upper side is at {theirs[upper]:.5f} pu" in said(part, "simplified")
        (caveat,) = part.feeder.caveats
        assert caveat.about == "source_voltage"
        assert caveat.words.startswith(f"Above {name}: ")
    assert_same(whole, theirs)
    mean = (theirs["MV"] + theirs["far"]) / 2
    assert whole.feeder.source.vm_pu == pytest.approx(mean, abs=1e-6)
    assert f"one source at {mean:.5f} pu feeds transformers" in said(whole, "simplified")
    pp.create_line_from_parameters(net, 4, 8, name="tie", **LINE)
    (meshed,) = brought(net)
    assert_same(meshed, newton(net))


def test_a_file_whose_power_flow_has_no_solution_keeps_the_source_s_voltage_and_says_so() -> None:
    net = town()
    net.load.loc[net.load.name == "factory", "p_mw"] = 900.0
    part = brought(net)[1]
    assert part.feeder.source.vm_pu == 1.02
    assert "there is no solution of the power flow of the whole file" in said(part, "changes_results")


def _continuous(net: Any) -> None:
    control.ContinuousTapControl(net, 0, 1.015)


def _discrete(net: Any) -> None:
    control.DiscreteTapControl(net, 0, 0.985, 1.0)


def _step(net: Any) -> None:
    control.DiscreteTapControl.from_tap_step_percent(net, [0], 0.99)


def _above(net: Any) -> None:
    control.DiscreteTapControl(net, 2, 0.99, 1.01, level=1)
    control.ContinuousTapControl(net, 0, 1.0, tol=1e-4, level=2)


@pytest.mark.parametrize(
    ("add", "side", "step"),
    [
        (_continuous, "hv", 1.25),
        (_continuous, "lv", 1.25),
        (_discrete, "hv", -1.25),
        (_step, "lv", 1.25),
        (_above, "hv", 1.25),
    ],
)
def test_a_tap_that_a_voltage_controller_moves_stands_where_it_leaves_it(
    add: Any, side: str, step: float
) -> None:
    net = town()
    _tapped(net, tap_side=side, tap_step_percent=step, tap_min=-8, tap_max=8)
    net.trafo.loc[2, ["tap_side", "tap_step_percent"]] = ["hv", 1.5]
    add(net)
    theirs = newton(net, run_control=True)
    part = brought(net)[1]
    assert_same(part, theirs)
    tap = part.feeder.transformers[0].tap
    assert tap is not None
    assert tap.pos == pytest.approx(theirs["tap T"] * (-1 if step < 0 else 1), abs=1e-5)
    assert tap.pos != 0
    assert "a controller holds" in said(part, "simplified")
    assert {caveat.about for caveat in part.feeder.caveats} == {"source_voltage", "tap_changer"}
    assert "libraries" not in said(part, "changes_results")


def test_controllers_of_older_releases_and_in_front_of_a_source_s_own_bus_are_followed() -> None:
    net = street()
    _tapped(net, tap_step_percent=1.25, tap_min=-8, tap_max=8)
    control.ContinuousTapControl(net, 0, 1.03)
    theirs = newton(net, run_control=True)
    table = json.loads(json.loads(pp.to_json(net))["_object"]["controller"]["_object"])
    old = json.loads(table["data"][0][0]["_object"])
    for today, before in (("element_index", "tid"), ("element", "trafotable"), ("vm_set_pu", "u_set")):
        old[before] = old.pop(today)
    table["data"][0][0]["_object"] = json.dumps(old)
    table["columns"][table["columns"].index("object")] = "controller"
    frame = {
        "_module": "pandas.core.frame",
        "_class": "DataFrame",
        "_object": json.dumps(table),
        "orient": "split",
    }
    (choice,) = brought(net, controller=frame)
    assert_same(choice, theirs)
    (choice,) = import_file(in_excel(net), "town.xlsx", solve_whole_grid)[1]
    assert_same(choice, theirs)


def test_networks_between_two_sources_that_are_joined_stand_at_what_the_power_flow_gives() -> None:
    """The second source is in step with the first behind Dyn5."""
    net = town()
    pp.create_ext_grid(net, 6, vm_pu=1.0, va_degree=-150, name="Second")
    theirs = newton(net)
    for choice in brought(net):
        assert_same(choice, theirs)
    net.ext_grid = net.ext_grid.drop(index=0)
    net.trafo.loc[2, "in_service"] = False
    pp.create_gen(net, 6, 0.0, vm_pu=1.0, slack=True, name="G")
    net.ext_grid = net.ext_grid.iloc[:0]
    theirs = newton(net)
    for choice in brought(net):
        assert_same(choice, theirs)


def test_other_controllers_are_named_with_what_they_may_change() -> None:
    net = street()
    _tapped(net, tap_pos=1)
    data = pp.timeseries.DFData(pd.DataFrame({"0": [0.01, 0.02]}))
    control.ConstControl(net, "load", "p_mw", [0, 1], profile_name=["0", "0"], data_source=data)
    control.CharacteristicControl(net, "trafo", "tap_pos", 0, "res_bus", "vm_pu", 1, 0, 0.01)
    control.ContinuousTapControl(net, 0, 1.0, in_service=False)
    (choice,) = brought(net)
    words = said(choice, "changes_results")
    assert "ConstControl sets p_mw of H1, H2 from a time series" in words
    assert "CharacteristicControl of T: not followed" in words
    assert "its tap could change the ratio by -7.5 to +2.5 %" in words
    tap = choice.feeder.transformers[0].tap
    assert tap is not None
    assert tap.pos == 1
