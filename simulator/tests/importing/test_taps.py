"""Whatever a file's tap changers look like, voltages are what pandapower gives for the very file."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandapower as pp
import pytest
from pandapower.control.util.characteristic import Characteristic

from simulator.grid.schema import Feeder
from simulator.importing.importing import import_file
from simulator.importing.source import Choice
from simulator.tests.engines import solve_batch
from simulator.tests.importing import real_networks as real
from simulator.tests.importing.test_convert import PLATE
from simulator.tests.importing.test_real_networks import own_state

OUTSIDE = Path(__file__).resolve().parents[4] / "shared" / "outside"
NAN = float("nan")
TAP = {
    "tap_side": "hv",
    "tap_neutral": 0.0,
    "tap_min": -4,
    "tap_max": 4,
    "tap_step_percent": 2.5,
    "tap_pos": 2.0,
}
FIRST = [
    {"tap_side": side, "tap_neutral": neutral, "tap_pos": pos, "tap_step_percent": step}
    for side, neutral, pos, step in product(
        ("hv", "lv", "HV", " hv", None), (0.0, 1.0, NAN), (2.0, -1.4, NAN), (2.5, -1.25, NAN)
    )
]
TURNING = [
    {"tap_step_degree": degree, "tap_side": side, "tap_changer_type": kind, "tap_step_percent": percent}
    for degree, side, (kind, percent) in product(
        (0.0, 30.0, 90.0, 180.0, NAN),
        ("hv", "lv"),
        (("Ratio", 2.5), ("Symmetrical", 2.5), (None, 2.5), ("Ideal", 0.0), ("Tabular", 2.5)),
    )
]
SECOND = [
    {"tap2_side": side, "tap2_neutral": neutral, "tap2_min": -4, "tap2_max": 4, "tap2_pos": pos}
    | {"tap2_step_percent": 1.5, "tap2_step_degree": degree, "tap2_changer_type": kind}
    for side, neutral, pos, degree, kind in product(
        ("hv", "lv", "LV"), (0.0, NAN), (1.0, NAN), (0.0, 60.0), ("Ratio", None)
    )
]


def town(taps: list[dict[str, Any]]) -> Any:
    """Return a net with a transformer for each tap, each with a loaded bus behind it."""
    net, count = pp.create_empty_network(), len(taps)
    pp.create_bus(net, 10.0)
    low = [int(bus) for bus in pp.create_buses(net, count, 0.4, name=[f"B{i}" for i in range(count)])]
    pp.create_ext_grid(net, 0, vm_pu=1.01)
    names = [f"T{i}" for i in range(count)]
    pp.create_transformers_from_parameters(net, [0] * count, low, name=names, **PLATE)
    for column in dict.fromkeys(column for tap in taps for column in (*TAP, "tap_changer_type", *tap)):
        default = {**TAP, "tap_changer_type": "Ratio", "tap_step_degree": 0.0}.get(column)
        net.trafo[column] = [tap.get(column, default) for tap in taps]
    pp.create_loads(net, low, p_mw=0.1, q_mvar=0.03)
    return net


def brought(net: Any, **changed: Any) -> tuple[Choice, Any]:
    """Return the whole file's choice and pandapower's voltages; ``changed`` are the file's own entries."""
    data = json.loads(pp.to_json(net))
    data["_object"].update(changed)
    text = json.dumps(data)
    return import_file(text.encode(), "town.json")[1][0], real.newton(pp.from_json_string(text, convert=True))


def ours(feeder: Feeder) -> dict[str, float]:
    """Return each bus's voltage in the file's own state."""
    flow = solve_batch(feeder, *own_state(feeder))
    return dict(zip([bus.id for bus in feeder.buses], flow.vm_pu[0], strict=True))


def assert_same(net: Any, choice: Choice, theirs: Any) -> None:
    found = ours(choice.feeder)
    taps = net.trafo.drop(columns=["name", "std_type"]).to_dict("records")
    off = {i: abs(found[f"B{i}"] - theirs[i + 1]) for i in range(len(taps))}
    assert {i: (taps[i], value) for i, value in off.items() if not value < 1e-7} == {}


@pytest.mark.parametrize("taps", [FIRST, TURNING, SECOND], ids=["first", "turning", "second"])
@pytest.mark.parametrize("version", ["3.3.0", "2.14.0"])
def test_every_kind_of_tap_changer_gives_pandapower_s_voltages(
    taps: list[dict[str, Any]], version: str
) -> None:
    net = town(taps)
    if version < "3":
        net.trafo = net.trafo.drop(columns=["tap_changer_type", "tap2_changer_type"], errors="ignore")
    choice, theirs = brought(net, format_version=version, version=version)
    assert_same(net, choice, theirs)
    assert len({round(value, 6) for value in ours(choice.feeder).values()}) > 4


def test_an_impedance_and_a_ratio_that_follow_the_tap_are_those_of_its_position() -> None:
    net = town([{"tap_pos": float(pos), "tap_side": side} for side in ("hv", "lv") for pos in (-1, 0, 1)])
    net["trafo_characteristic_table"] = _table(len(net.trafo))
    net.trafo["id_characteristic_table"] = range(len(net.trafo))
    net.trafo["tap_dependency_table"] = [True, True, True, True, True, False]
    assert_same(net, *brought(net))
    net = town([{"tap_pos": pos} for pos in (-2.0, 0.5, 2.0)])
    curve = Characteristic(net, [-2, 0, 2], [3.5, 4.0, 5.0])
    net.trafo = net.trafo.drop(columns=["tap_changer_type", "tap_dependency_table"])
    net.trafo["tap_dependent_impedance"] = True
    net.trafo["vk_percent_characteristic"] = float(curve.index)
    choice, theirs = brought(net, format_version="2.14.0", version="2.14.0")
    assert_same(net, choice, theirs)
    assert [t.vk_percent for t in choice.feeder.transformers] == [3.5, 4.25, 5.0]


def _table(count: int) -> Any:
    import pandas as pd

    rows = [(i, step) for i in range(count) for step in (-1, 0, 1)]
    ids, steps = np.array(rows).T
    ratio, angle, vk = 1 + 0.02 * steps, 0.5 * steps, 4 + 0.3 * steps
    return pd.DataFrame(
        {"id_characteristic": ids, "step": steps, "voltage_ratio": ratio, "angle_deg": angle}
        | {"vk_percent": vk, "vkr_percent": 1.0}
    )
