"""Networks that others have published come through: solved, they equal pandapower on the original net."""

from collections.abc import Callable
from functools import partial
from math import acos, tan
from typing import Any

import numpy as np
import pandapower as pp
import pytest

from simulator.grid.schema import Feeder
from simulator.importing.building import bus_ids
from simulator.importing.convert import convert
from simulator.importing.importing import import_file
from simulator.importing.merging import merge_buses
from simulator.importing.parts import WHOLE
from simulator.importing.source import Choice, Source
from simulator.importing.supply import find_supply
from simulator.importing.tables import Tables
from simulator.powerflow.reference import solve_reference
from simulator.tests.engines import Solver, solve_batch
from simulator.tests.importing import real_networks as real

NETWORKS: dict[str, Callable[[], Any]] = {
    "cigre_lv": real.cigre,
    **{f"kerber_{name}": partial(real.kerber, name) for name in (*real.KERBER, *real.KERBER_EXTREME)},
    "ieee_european_lv": real.european,
    **{f"simbench_{name}": partial(real.simbench_lv, name) for name in real.SIMBENCH},
}
SOLVERS: dict[str, Solver] = {"batch": solve_batch, "reference": solve_reference}


def imported(net: Any, name: str) -> tuple[Source, tuple[Choice, ...]]:
    """Return a net as it comes through pandapower's own JSON."""
    return import_file(pp.to_json(net).encode(), f"{name}.json")


def own_state(feeder: Feeder) -> tuple[np.ndarray, np.ndarray]:
    """Return the injections of one case: every customer at its peak, all PV at its rated power."""
    occupied = {customer.bus for customer in feeder.customers}
    buses = [bus.id for bus in feeder.buses if bus.id in occupied]
    column_of = {bus: column for column, bus in enumerate(buses)}
    p_kw, q_kvar = np.zeros((2, 1, len(buses)))
    for customer in feeder.customers:
        column = column_of[customer.bus]
        p_kw[0, column] += customer.pv_kwp + customer.existing_kwp - customer.peak_kw
        q_kvar[0, column] -= customer.peak_kw * tan(acos(customer.power_factor))
    return p_kw, q_kvar


def bus_of(source: Source) -> dict[int, str]:
    """Return the feeder's bus for each low-voltage bus of the file, merged ones too."""
    tables = Tables(source)
    nodes = merge_buses(tables)
    ids: dict[int, str] = {}
    for area in find_supply(tables, nodes).areas:
        ids |= bus_ids(tables, nodes, area)
    buses = [int(row["index"] or 0) for row in source.tables["bus"]]
    return {bus: ids[nodes.groups.find(bus)] for bus in buses if nodes.groups.find(bus) in ids}


def voltages(source: Source, feeder: Feeder, solve: Solver) -> dict[int, float]:
    """Return the voltage of each low-voltage bus of the file in pu."""
    flow = solve(feeder, *own_state(feeder))
    assert flow.converged.all()
    position = {bus.id: i for i, bus in enumerate(feeder.buses)}
    return {bus: flow.vm_pu[0, position[name]] for bus, name in bus_of(source).items()}


@pytest.mark.parametrize("name", NETWORKS)
def test_a_published_network_solves_to_what_pandapower_gives_for_the_original(name: str) -> None:
    """The European feeder's loads on single phases count evenly here, as they do in ``runpp``."""
    net = NETWORKS[name]()
    source, choices = imported(net, name)
    feeder = choices[0].feeder
    assert choices[0].key == WHOLE
    assert len(feeder.lines) == len(net.line)
    assert len(feeder.customers) >= len(net.load) + len(net.asymmetric_load)
    theirs = real.newton(net)
    for solve in SOLVERS.values():
        ours = voltages(source, feeder, solve)
        assert set(ours) == set(net.bus.index[net.bus.vn_kv <= 1])
        assert max(abs(vm_pu - theirs[bus]) for bus, vm_pu in ours.items()) < 1e-6


def test_the_loads_and_roofs_of_a_simbench_network_are_all_there() -> None:
    net = real.simbench_lv("urban6")
    feeder = imported(net, "urban6")[1][0].feeder
    assert len(feeder.customers) == len(net.load) == 111
    assert sum(c.peak_kw for c in feeder.customers) == pytest.approx(1000 * net.load.p_mw.sum())
    assert feeder.existing_kwp == pytest.approx(1000 * net.sgen.p_mw.sum())
    assert len({c.bus for c in feeder.customers}) < len(feeder.customers)


def test_simbench_networks_keep_their_places_on_the_globe() -> None:
    for name in real.SIMBENCH:
        feeder = imported(real.simbench_lv(name), name)[1][0].feeder
        assert all(53 < (bus.lat or 0) < 54 and 11 < (bus.lon or 0) < 12 for bus in feeder.buses), name


def test_drawings_in_degrees_or_metres_are_no_places_on_the_globe() -> None:
    for net, name in ((real.cigre(), "cigre"), (real.european(), "european")):
        choice = imported(net, name)[1][0]
        assert not choice.feeder.located
        assert any("the file's own drawing" in item.words for item in choice.items)
        length_m = 1000 * sum(line.length_km for line in choice.feeder.lines)
        at = {bus.id: complex(bus.x, bus.y) for bus in choice.feeder.buses}
        drawn_m = sum(abs(at[line.from_bus] - at[line.to_bus]) for line in choice.feeder.lines)
        assert drawn_m == pytest.approx(length_m, rel=0.5)


def test_a_network_without_positions_is_drawn_from_its_lines() -> None:
    choice = imported(real.kerber("dorfnetz"), "dorfnetz")[1][0]
    assert not choice.feeder.located
    assert len({(bus.x, bus.y) for bus in choice.feeder.buses}) == len(choice.feeder.buses)
    assert any("drawn from the lines' lengths" in item.words for item in choice.items)


def test_cigre_s_three_feeders_can_be_kept_together_or_taken_one_by_one() -> None:
    net = real.cigre()
    source, choices = imported(net, "CIGRE LV")
    assert [choice.title for choice in choices] == [
        "Whole file: 3 transformers, 40 buses, 15 customers",
        "Trafo R0-R1: 18 buses, 6 customers",
        "Trafo I0-I1: 2 buses, 1 customer",
        "Trafo C0-C1: 20 buses, 8 customers",
    ]
    theirs, buses = real.newton(net), bus_of(source)
    for choice in choices[1:]:
        feeder = choice.feeder
        flow = solve_batch(feeder, *own_state(feeder))
        ours = dict(zip([bus.id for bus in feeder.buses], flow.vm_pu[0], strict=True))
        for bus, name in buses.items():
            if name in ours:
                assert ours[name] == pytest.approx(theirs[bus], abs=1e-6)
    assert len({choice.feeder.feeder_id for choice in choices}) == 4


def test_what_was_merged_spread_and_left_above_is_named() -> None:
    told = {(i.outcome, i.table): i for i in imported(real.cigre(), "cigre")[1][0].items}
    assert told["merged", "switch"].elements == ("S1", "S2", "S3")
    assert told["merged", "bus"].elements == ("Bus 0 = Bus R0 = Bus I0 = Bus C0",)
    told = {(i.outcome, i.table): i for i in imported(real.european(), "european")[1][0].items}
    assert len(told["not_modelled", "asymmetric_load"].elements) == 55
    assert "spread evenly over the three" in told["not_modelled", "asymmetric_load"].words
    assert told["not_modelled", "bus"].words


def test_the_same_source_gives_the_same_feeders() -> None:
    source, choices = imported(real.kerber("landnetz_kabel_1"), "kabel")
    assert [c.feeder for c in convert(source)] == [c.feeder for c in choices]
