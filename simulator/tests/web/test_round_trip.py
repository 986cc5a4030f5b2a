"""What is exported imports again to equal results: every shipped feeder, some in Excel as well."""

import numpy as np
import pytest

from simulator.grid.reading import NETWORKS_DIR, read_feeder
from simulator.grid.schema import Feeder
from simulator.powerflow.batch import solve
from simulator.powerflow.compiled import compile_feeder
from simulator.tests.feeders import meshed, tapped, with_three_transformers
from simulator.web.feeders.exports import EXPORTS
from simulator.web.feeders.importing import read_import

SHIPPED = [read_feeder(path) for path in sorted(NETWORKS_DIR.parent.glob("*/*.json"))]
BY_ID = {feeder.feeder_id: feeder for feeder in SHIPPED}
ODD = [
    tapped(BY_ID["feeder_00"], "lv", -2),
    meshed(BY_ID["feeder_01"]),
    with_three_transformers(BY_ID["feeder_02"]),
]
every_feeder = pytest.mark.parametrize("feeder", [*SHIPPED, *ODD], ids=lambda feeder: feeder.feeder_id)
LOSES = ("merged", "not_modelled")
COMES_BACK = ("feeder.json", "pandapower.json", "pandapower.xlsx")
# A workbook holds the tables of pandapower's JSON, and takes ten times as long.
IN_EXCEL = {"feeder_00", "gallery_cigre_lv", *(feeder.feeder_id for feeder in ODD)}


def voltages(feeder: Feeder) -> dict[str, np.ndarray]:
    """Solve load alone, PV alone and both; return the buses' voltages by their id."""
    buses = [bus.id for bus in feeder.buses if any(c.bus == bus.id for c in feeder.customers)]
    load_kw, load_kvar, pv_kw = np.zeros((3, len(buses)))
    for customer in feeder.customers:
        column = buses.index(customer.bus)
        load_kw[column] += customer.peak_kw
        load_kvar[column] += customer.peak_kw * np.tan(np.arccos(customer.power_factor))
        pv_kw[column] += 0.3 * customer.pv_kwp
    p_kw = np.stack([-load_kw, pv_kw, pv_kw - load_kw])
    flow = solve(compile_feeder(feeder), p_kw, -np.stack([load_kvar, 0 * load_kvar, load_kvar]))
    return {bus.id: flow.vm_pu[:, i] for i, bus in enumerate(feeder.buses)}


@every_feeder
def test_what_is_exported_imports_again_to_equal_results(feeder: Feeder) -> None:
    expected = voltages(feeder)
    for kind in COMES_BACK:
        if kind == "pandapower.xlsx" and feeder.feeder_id not in IN_EXCEL:
            continue
        _check_that_it_comes_back(feeder, kind, expected)


def _check_that_it_comes_back(feeder: Feeder, kind: str, expected: dict[str, np.ndarray]) -> None:
    written = EXPORTS[kind].write(feeder)
    content = written.encode() if isinstance(written, str) else written
    found = read_import(content, f"{feeder.feeder_id}.{kind}")
    again = found.choose("whole").feeder
    got = voltages(again)
    assert sorted(got) == sorted(expected)
    for bus, vm_pu in expected.items():
        np.testing.assert_allclose(got[bus], vm_pu, rtol=0, atol=1e-9, err_msg=bus)
    assert [(line.id, line.std_type, line.rating_ka) for line in again.lines] == [
        (line.id, line.std_type, line.rating_ka) for line in feeder.lines
    ]
    assert again.transformers == feeder.transformers
    for before, after in zip(feeder.customers, again.customers, strict=True):
        assert (after.id, after.bus) == (before.id, before.bus)
        assert after.peak_kw == pytest.approx(before.peak_kw, abs=1e-9)
        assert after.pv_kwp == pytest.approx(before.pv_kwp, abs=1e-9)
        assert after.power_factor == pytest.approx(before.power_factor, abs=1e-9)
    told = {(item.table, item.elements) for item in found.choose("whole").items if item.outcome in LOSES}
    assert told <= {("bus", ("source",)), *([] if feeder.located else [("bus", ())])}  # ours is ideal as well
    if kind == "feeder.json":
        assert again == feeder


def test_the_round_trip_covers_all_that_ships() -> None:
    assert {"feeder_00", "feeder_11", "gallery_cigre_lv"} <= set(BY_ID)
    assert len(SHIPPED) == 16
