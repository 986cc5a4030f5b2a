"""Tables become feeders: what each row turns into, what is named as lost, and what is refused."""

import re
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import pandapower as pp
import pytest

from simulator.grid.elements import Customer
from simulator.grid.errors import ImportFileError
from simulator.grid.schema import Feeder
from simulator.importing.convert import convert
from simulator.importing.importing import import_file
from simulator.importing.source import Choice, Source
from simulator.tests.engines import solve_batch
from simulator.tests.feeders import small_feeder_data
from simulator.tests.importing import real_networks as real
from simulator.tests.importing.test_real_networks import own_state

Change = Callable[[Any], object]
LINE = {"length_km": 0.1, "r_ohm_per_km": 0.3, "x_ohm_per_km": 0.08, "c_nf_per_km": 210.0, "max_i_ka": 0.2}
PLATE = {
    "sn_mva": 0.25,
    "vn_hv_kv": 10.0,
    "vn_lv_kv": 0.4,
    "vk_percent": 4.0,
    "vkr_percent": 1.2,
    "pfe_kw": 0.5,
    "i0_percent": 0.3,
    "shift_degree": 150.0,
}


def street() -> Any:
    """Return a pandapower net: grid, transformer, and three buses in a row, each with a load."""
    return deepcopy(_street())


@cache
def _street() -> Any:
    net = pp.create_empty_network()
    pp.create_bus(net, 10.0, name="MV")
    for i in range(1, 5):
        pp.create_bus(net, 0.4, name=f"B{i}")
    pp.create_ext_grid(net, 0, vm_pu=1.02, name="Grid")
    pp.create_transformer_from_parameters(net, 0, 1, name="T", **PLATE)
    for i in range(1, 4):
        pp.create_line_from_parameters(net, i, i + 1, name=f"L{i}", **LINE)
        pp.create_load(net, i + 1, p_mw=0.01 * i, q_mvar=0.002 * i, name=f"H{i}")
    return net


def brought(net: Any, name: str = "street.json") -> tuple[Choice, ...]:
    """Return the choices that a net's JSON gives."""
    return import_file(pp.to_json(net).encode(), name)[1]


def only(net: Any) -> Choice:
    """Return the one choice that a net gives."""
    (choice,) = brought(net)
    return choice


def told(choice: Choice, outcome: str, table: str) -> dict[str, tuple[str, ...]]:
    """Return an account's items of one outcome and table: the elements by the words."""
    return {
        item.words: item.elements for item in choice.items if (item.outcome, item.table) == (outcome, table)
    }


def assert_equal(net: Any, feeder: Feeder, *, merged: dict[str, str] | None = None) -> None:
    """Hold our voltages against Newton-Raphson on the net, by the buses' names."""
    theirs = real.newton(net)
    flow = solve_batch(feeder, *own_state(feeder))
    ours = dict(zip([bus.id for bus in feeder.buses], flow.vm_pu[0], strict=True))
    for index, name in net.bus.name[net.bus.vn_kv < 1].items():
        if (merged or {}).get(name, name) in ours:
            assert ours[(merged or {}).get(name, name)] == pytest.approx(theirs[index], abs=1e-8), name


def customer(feeder: Feeder, name: str) -> Customer:
    """Return a feeder's customer."""
    return next(c for c in feeder.customers if c.id == name)


def test_a_street_comes_through_as_it_is() -> None:
    net = street()
    choice = only(net)
    feeder = choice.feeder
    assert choice.title == "Whole file: 4 buses, 3 customers"
    assert (feeder.feeder_id, feeder.name, feeder.base_kv) == ("street", "street", 0.4)
    assert feeder.archetype == "imported: pandapower JSON"
    assert (feeder.source.vn_kv, feeder.source.vm_pu) == (10.0, 1.02)
    assert [bus.id for bus in feeder.buses] == ["B1", "B2", "B3", "B4"]
    assert [(c.id, c.bus, c.peak_kw, c.households) for c in feeder.customers] == [
        ("H1", "B2", 10.0, 1),
        ("H2", "B3", 20.0, 1),
        ("H3", "B4", 30.0, 1),
    ]
    assert customer(feeder, "H1").power_factor == pytest.approx(10 / (10**2 + 2**2) ** 0.5)
    assert told(choice, "read", "line") == {"3 read": ()}
    assert_equal(net, feeder)


def test_closed_switches_and_lines_without_length_make_buses_one() -> None:
    net = street()
    pp.create_bus(net, 0.4, name="B3b")
    pp.create_switch(net, 3, 5, et="b", name="S")
    pp.create_load(net, 5, p_mw=0.005, name="H4")
    direct = only(net)
    assert [bus.id for bus in direct.feeder.buses] == ["B1", "B2", "B3", "B4"]
    assert customer(direct.feeder, "H4").bus == "B3"
    assert told(direct, "merged", "bus") == {"one bus now, which keeps the first of the names": ("B3 = B3b",)}
    assert_equal(net, direct.feeder, merged={"B3b": "B3"})
    net.switch.drop(net.switch.index, inplace=True)
    pp.create_line_from_parameters(net, 3, 5, name="stub", **{**LINE, "length_km": 0.0})
    stub = only(net)
    assert stub.feeder.lines == direct.feeder.lines
    assert ("stub",) in told(stub, "dropped", "line").values()


def test_a_switch_with_an_impedance_is_a_metre_of_line() -> None:
    net = street()
    pp.create_bus(net, 0.4, name="B5")
    pp.create_switch(net, 4, 5, et="b", name="S", z_ohm=0.05)
    pp.create_load(net, 5, p_mw=0.02, name="H4")
    choice = only(net)
    assert choice.feeder.lines[-1].id == "S"
    assert any("without a current rating" in words for words in told(choice, "not_modelled", "switch"))
    assert_equal(net, choice.feeder)


def test_a_section_behind_an_open_switch_or_a_regulator_is_left_out_with_its_reason() -> None:
    net = street()
    pp.create_switch(net, 2, 1, et="l", closed=False)
    choice = only(net)
    assert [bus.id for bus in choice.feeder.buses] == ["B1", "B2"]
    words = "left out with H2, H3 (loads of 50 kW): L2 is open or out of service, and no source feeds them"
    assert told(choice, "not_modelled", "bus")[words] == ("B3", "B4")
    (caveat,) = choice.feeder.caveats
    assert (caveat.about, caveat.words[:50]) == (
        "left_out",
        "2 buses of the file, with loads of 50 kW, are in n",
    )
    pp.create_transformer_from_parameters(
        net, 2, 3, name="R", **{**PLATE, "vn_hv_kv": 0.4, "shift_degree": 0}
    )
    assert any(
        words.endswith(
            "fed only through R, a transformer or regulator between two low voltages, which this "
            "site has no model for"
        )
        for words in told(only(net), "not_modelled", "bus")
    )


def test_networks_of_several_sources_are_taken_one_by_one() -> None:
    """Each stands at its own source's voltage; one that two sources feed is left out and named."""
    net = street()
    for name, kv in (("MV2", 10.0), ("C7", 0.4), ("D8", 0.4)):
        pp.create_bus(net, kv, name=name)
    pp.create_ext_grid(net, 5, vm_pu=0.97, name="Second")
    pp.create_transformer_from_parameters(net, 5, 6, name="U", **PLATE)
    pp.create_load(net, 6, p_mw=0.05, name="shop")
    pp.create_ext_grid(net, 7, vm_pu=1.03, name="Third")
    pp.create_load(net, 7, p_mw=0.02, name="kiosk")
    first, second, third = brought(net)
    assert [(c.title, c.feeder.source.vm_pu) for c in (first, second, third)] == [
        ("T: 4 buses, 3 customers", 1.02),
        ("U: 1 bus, 1 customer", 0.97),
        ("Third: 1 bus, 1 customer", 1.03),
    ]
    for choice in (first, second, third):
        assert_equal(net, choice.feeder)
    pp.create_line_from_parameters(net, 6, 7, name="tie", **LINE)
    (left,) = brought(net)
    assert (left.key, left.feeder.feeder_id) == ("whole", "street")
    assert any(
        "Third, U all feed one low-voltage network" in words for words in told(left, "not_modelled", "bus")
    )


def test_a_part_that_is_no_feeder_keeps_no_other_from_being_one() -> None:
    net = street()
    second_transformer(net, at=5)
    net.trafo.loc[1, "vkr_percent"] = 5.0
    (choice,) = brought(net)
    assert choice.title == "T: 4 buses, 3 customers"
    left = told(choice, "not_modelled", "trafo")
    assert ("U",) in left.values()
    assert any("vkr_percent 5.0 exceeds" in words for words in left)


def test_a_source_at_low_voltage_feeds_through_a_transformer_that_is_none() -> None:
    net = street()
    net.trafo.drop(0, inplace=True)
    net.bus.drop(0, inplace=True)
    net.ext_grid.loc[0, ["bus", "vm_pu"]] = [1, 1.03]
    choice = only(net)
    assert choice.title == "Whole file: 4 buses, 3 customers"
    (ideal,) = choice.feeder.transformers
    assert (ideal.rated, ideal.lv_bus, choice.feeder.source.vn_kv) == (False, "B1", 0.4)
    assert any("without a transformer" in words for words in told(choice, "read", "ext_grid"))
    assert [caveat.about for caveat in choice.feeder.caveats] == ["no_transformer"]
    theirs = real.newton(net)
    flow = solve_batch(choice.feeder, *own_state(choice.feeder))
    assert flow.vm_pu[0] == pytest.approx(theirs.to_numpy(), abs=1e-7)


def test_open_lines_are_dropped_and_named() -> None:
    net = street()
    pp.create_line_from_parameters(net, 1, 4, name="ring", **LINE)
    pp.create_line_from_parameters(net, 2, 4, name="spare", **LINE, in_service=False)
    pp.create_switch(net, 4, 3, et="l", closed=False, name="open")
    choice = only(net)
    assert [line.id for line in choice.feeder.lines] == ["L1", "L2", "L3"]
    assert sorted(told(choice, "dropped", "line").values()) == [("ring",), ("spare",)]
    net.line.loc[3, "c_nf_per_km"] = 0.0  # what the open end charges is left out, as said
    assert_equal(net, choice.feeder)
    net.switch.closed = True
    assert [line.id for line in only(net).feeder.lines] == ["L1", "L2", "L3", "ring"]
    assert_equal(net, only(net).feeder)


def test_what_is_out_of_service_is_dropped_and_named() -> None:
    net = street()
    net.bus.loc[4, "in_service"] = False
    pp.create_load(net, 2, p_mw=0.01, in_service=False, name="gone")
    choice = only(net)
    assert [bus.id for bus in choice.feeder.buses] == ["B1", "B2", "B3"]
    assert ("B4",) in told(choice, "dropped", "bus").values()
    assert ("H3", "gone") in told(choice, "dropped", "load").values()
    assert ("L3",) in told(choice, "dropped", "line").values()
    net.line.loc[2, "c_nf_per_km"] = 0.0  # what the open end charges is left out, as said
    assert_equal(net, choice.feeder)


def test_a_bus_that_nothing_feeds_is_dropped_unless_it_carries_power() -> None:
    net = street()
    pp.create_bus(net, 0.4, name="alone")
    choice = only(net)
    assert ("alone",) in told(choice, "dropped", "bus").values()
    pp.create_load(net, 5, p_mw=0.001, name="house")
    left = told(only(net), "not_modelled", "bus")
    assert left["left out with house (loads of 1 kW): nothing joins them to a source"] == ("alone",)


def _three_windings(net: Any) -> None:
    net.trafo.drop(0, inplace=True)
    pp.create_bus(net, 20.0)
    pp.create_transformer3w(net, 0, 5, 1, "63/25/38 MVA 110/20/10 kV", name="W")


def _impedance(net: Any) -> None:
    net.trafo.drop(0, inplace=True)
    pp.create_impedance(net, 0, 1, 0.01, 0.01, 1.0, name="Z")


REFUSED: dict[str, tuple[Change, str]] = {
    "no source": (lambda n: n.ext_grid.drop(0, inplace=True), "the network has no source"),
    "source off": (lambda n: n.ext_grid.__setitem__("in_service", False), "the network has no source"),
    "slack generator": (
        lambda n: pp.create_gen(n, 4, 0.01, slack=True, name="G"),
        "G, T all feed one low-voltage network; a feeder here has one source",
    ),
    "no low voltage": (lambda n: n.bus.__setitem__("vn_kv", 10.0), "no low voltage .* are at 10 kV"),
    "three windings": (_three_windings, "fed only through W, a transformer with three windings, which"),
    "impedance": (_impedance, "no transformer in service .*: fed only through Z, an impedance between"),
    "no transformer": (lambda n: n.trafo.drop(0, inplace=True), "no transformer in service"),
    "transformer off": (lambda n: n.trafo.__setitem__("in_service", False), "no transformer in service"),
    "transformer opened": (
        lambda n: pp.create_switch(n, 0, 0, et="t", closed=False),
        "no transformer in service",
    ),
    "two low voltages": (lambda n: n.bus.loc.__setitem__((4, "vn_kv"), 0.69), "L3: joins 0.4 kV and 0.69 kV"),
    "vkr above vk": (
        lambda n: n.trafo.__setitem__("vkr_percent", 5.0),
        "transformer T: vkr_percent 5.0 exceeds",
    ),
    "reactance alone": (lambda n: n.line.__setitem__("r_ohm_per_km", 0.0), "L1: r_ohm_per_km is 0 while"),
    "negative length": (lambda n: n.line.__setitem__("length_km", -0.1), "L1: length_km is -0.1"),
    "negative x": (lambda n: n.line.__setitem__("x_ohm_per_km", -1.0), "L1: x_ohm_per_km is -1"),
    "source voltage": (lambda n: n.ext_grid.__setitem__("vm_pu", 1.5), r"ext_grid vm_pu: 1\.5 pu .*1\.2"),
    "no short-circuit voltage": (
        lambda n: n.trafo.__setitem__("vk_percent", 0.0),
        "transformer T vk_percent",
    ),
}


@pytest.mark.parametrize(("change", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_feeder_is_refused_and_named(change: Change, says: str) -> None:
    net = street()
    change(net)
    with pytest.raises(ImportFileError, match=says) as caught:
        brought(net)
    assert caught.value.file == "street.json"


def _tapped(net: Any, **tap: float | str | None) -> None:
    plate: dict[str, float | str | None] = {
        "tap_side": "hv",
        "tap_neutral": 0,
        "tap_min": -2,
        "tap_max": 2,
        "tap_step_percent": 2.5,
        "tap_pos": 0,
    }
    for column, value in {**plate, "tap_changer_type": "Ratio", **tap}.items():
        net.trafo[column] = value


@pytest.mark.parametrize("side", ["hv", "lv"])
@pytest.mark.parametrize("step", [2.5, -2.5])
def test_taps_count_on_both_sides_and_in_both_directions(side: str, step: float) -> None:
    net = street()
    _tapped(net, tap_pos=-2, tap_side=side, tap_step_percent=step)
    feeder = only(net).feeder
    tap = feeder.transformers[0].tap
    assert tap is not None
    assert (tap.side, abs(tap.pos), tap.min, tap.max) == (side, 2, -2, 2)
    assert_equal(net, feeder)


DOUBTFUL: dict[str, dict[str, float | str | None]] = {
    "tap_changer_type is empty: .* change the ratio by 5 %": {"tap_changer_type": None},
    "tap_side is “HV”: .* Read as hv, it would change the ratio by 5 %": {"tap_side": "HV"},
    "no tap_neutral in the file: .* With 0 .* change the ratio by 5 %": {"tap_neutral": float("nan")},
}


@pytest.mark.parametrize(("says", "tap"), DOUBTFUL.items())
def test_a_tap_that_pandapower_gives_no_effect_has_none_and_is_told(
    says: str, tap: dict[str, float | str | None]
) -> None:
    net = street()
    _tapped(net, tap_pos=2, **tap)
    choice = only(net)
    found = choice.feeder.transformers[0].tap
    assert found is not None
    assert found.pos == found.neutral
    assert any(re.search(says, words) for words in told(choice, "not_modelled", "trafo"))
    assert_equal(net, choice.feeder)


@pytest.mark.parametrize(("pos", "says"), [(0.5, "between two positions, at 0.5"), (3, "outside -2 to 2")])
def test_a_tap_between_two_positions_or_beyond_its_range_is_taken_as_it_is(pos: float, says: str) -> None:
    net = street()
    _tapped(net, tap_pos=pos)
    choice = only(net)
    assert any(says in words for words in told(choice, "read", "trafo"))
    tap = choice.feeder.transformers[0].tap
    assert tap is not None
    assert (tap.pos, tap.neutral, type(tap.neutral)) == (pos, 0, int)
    assert_equal(net, choice.feeder)


def test_transformers_in_parallel_become_several() -> None:
    net = street()
    net.trafo["parallel"] = 3
    choice = only(net)
    assert [t.id for t in choice.feeder.transformers] == ["T", "T_2", "T_3"]
    assert choice.feeder.transformer_kva == 750
    assert_equal(net, choice.feeder)


def test_lines_in_parallel_and_derated_ones_keep_their_rating() -> None:
    net = street()
    net.line["parallel"], net.line["df"] = 2, 0.8
    feeder = only(net).feeder
    assert [line.rating_ka for line in feeder.lines] == pytest.approx([0.32] * 3)
    assert_equal(net, feeder)


def test_a_line_without_a_rating_never_limits_and_is_named() -> None:
    net = street()
    net.line.loc[1, "max_i_ka"] = float("nan")
    choice = only(net)
    assert [line.max_i_ka for line in choice.feeder.lines] == [0.2, 10.0, 0.2]
    words = "without a current rating: 10,000 A is put in, so that they never limit anything"
    assert told(choice, "not_modelled", "line")[words] == ("L2",)


def second_transformer(net: Any, *, at: int) -> None:
    """Add a transformer at a low-voltage bus, which is new if there is none of that number."""
    if at not in net.bus.index:
        assert pp.create_bus(net, 0.4, name=f"C{at}") == at
        pp.create_load(net, at, p_mw=0.05, name="shop")
    pp.create_transformer_from_parameters(net, 0, at, name="U", **{**PLATE, "sn_mva": 0.1})


def test_several_transformers_are_kept_whole_or_taken_one_by_one() -> None:
    net = street()
    second_transformer(net, at=5)
    whole, first, second = brought(net)
    assert [c.title for c in (whole, first, second)] == [
        "Whole file: 2 transformers, 5 buses, 4 customers",
        "T: 4 buses, 3 customers",
        "U: 1 bus, 1 customer",
    ]
    assert [c.feeder.feeder_id for c in (whole, first, second)] == ["street", "street-t", "street-u"]
    assert any(names == ("U",) for names in told(first, "dropped", "trafo").values())
    for choice in (whole, first, second):
        assert_equal(net, choice.feeder)


def test_two_transformers_that_feed_one_network_are_one_feeder() -> None:
    net = street()
    second_transformer(net, at=4)
    choice = only(net)
    assert [t.lv_bus for t in choice.feeder.transformers] == ["B1", "B4"]
    assert_equal(net, choice.feeder)


def test_networks_of_different_voltages_can_only_be_taken_one_by_one() -> None:
    net = street()
    second_transformer(net, at=5)
    net.bus.loc[5, "vn_kv"] = net.trafo.loc[1, "vn_lv_kv"] = 0.69
    assert [(c.key, c.feeder.base_kv) for c in brought(net)] == [("T", 0.4), ("U", 0.69)]


def test_the_grid_above_is_an_ideal_source_and_named() -> None:
    net = street()
    pp.create_bus(net, 10.0, name="far")
    pp.create_line_from_parameters(net, 5, 0, name="MV cable", **{**LINE, "length_km": 3.0})
    pp.create_load(net, 0, p_mw=0.5, name="factory")
    net.ext_grid["bus"] = 5
    choice = only(net)
    assert ("MV", "far") in told(choice, "not_modelled", "bus").values()
    assert ("MV cable",) in told(choice, "not_modelled", "line").values()
    assert ("factory",) in told(choice, "not_modelled", "load").values()
    words = "the upper side is at the source's 1.02000 pu, whatever lies between"
    assert any(words in said for said in told(choice, "not_modelled", "trafo"))
    net.ext_grid["bus"], net.line.loc[3, "in_service"] = 0, False  # the same reduction in pandapower
    assert_equal(net, choice.feeder)


def test_pv_stands_with_the_customers_of_its_bus() -> None:
    net = street()
    pp.create_load(net, 2, p_mw=0.004, name="H1b")
    for name, bus, kw in (("S1", 2, 5.0), ("S2", 2, 7.0), ("S3", 2, 1.0), ("S4", 1, 9.0)):
        pp.create_sgen(net, bus, p_mw=kw / 1000, name=name, type="PV")
    feeder = only(net).feeder
    assert [customer(feeder, name).existing_kwp for name in ("H1", "H1b", "H2", "S4")] == [6, 7, 0, 9]
    assert (customer(feeder, "S4").households, customer(feeder, "S4").peak_kw) == (0, 0)
    assert_equal(net, feeder)


def test_scaling_counts() -> None:
    net = street()
    pp.create_sgen(net, 2, p_mw=0.01, name="S", type="PV")
    net.load["scaling"], net.sgen["scaling"] = 0.5, 1.5
    feeder = only(net).feeder
    assert [c.peak_kw for c in feeder.customers] == [5, 10, 15]
    assert feeder.existing_kwp == 15
    assert_equal(net, feeder)


LOST: dict[str, tuple[Change, str, str, str]] = {
    "leading": (lambda n: pp.create_load(n, 2, 0.01, -0.001, name="X"), "not_modelled", "load", "leading"),
    "reactive": (
        lambda n: pp.create_load(n, 2, 0.0, 0.01, name="X"),
        "not_modelled",
        "load",
        "reactive power alone",
    ),
    "feeding load": (
        lambda n: pp.create_load(n, 2, -0.01, name="X"),
        "read",
        "load",
        "taken as PV of 10 kWp together",
    ),
    "feeding load with reactive power": (
        lambda n: pp.create_load(n, 2, -0.01, 0.003, name="X"),
        "not_modelled",
        "load",
        "its 3 kvar are left out",
    ),
    "constant impedance": (
        lambda n: pp.create_load(n, 2, 0.01, const_z_p_percent=50, name="X"),
        "not_modelled",
        "load",
        "follow the voltage",
    ),
    "single phase": (
        lambda n: pp.create_asymmetric_load(n, 2, p_a_mw=0.003, name="X"),
        "not_modelled",
        "asymmetric_load",
        "spread evenly over the three",
    ),
    "PV on one phase": (
        lambda n: pp.create_asymmetric_sgen(n, 2, p_a_mw=0.003, name="X", type="PV"),
        "not_modelled",
        "asymmetric_sgen",
        "spread evenly over the three",
    ),
    "CHP": (
        lambda n: pp.create_sgen(n, 2, 0.01, type="CHP", name="X"),
        "not_modelled",
        "sgen",
        "other than PV",
    ),
    "PV with reactive power": (
        lambda n: pp.create_sgen(n, 2, 0.01, 0.002, type="PV", name="X"),
        "not_modelled",
        "sgen",
        "reactive power",
    ),
    "unnamed generator": (lambda n: pp.create_sgen(n, 2, 0.01, name="X"), "read", "sgen", "taken as PV"),
    "store": (
        lambda n: pp.create_storage(n, 2, 0.01, max_e_mwh=0.02, name="X"),
        "not_modelled",
        "storage",
        "left out",
    ),
    "shunt": (lambda n: pp.create_shunt(n, 2, 0.01, name="X"), "not_modelled", "shunt", "left out"),
    "ward": (lambda n: pp.create_ward(n, 2, 0.01, 0, 0, 0, name="X"), "not_modelled", "ward", "left out"),
    "generator": (lambda n: pp.create_gen(n, 2, 0.01, name="X"), "not_modelled", "gen", "hold a voltage"),
    "motor": (lambda n: pp.create_motor(n, 2, 0.01, 0.9, name="X"), "not_modelled", "motor", "left out"),
    "three windings": (
        lambda n: pp.create_transformer3w(n, 0, 1, 2, "63/25/38 MVA 110/20/10 kV", name="X"),
        "not_modelled",
        "trafo3w",
        "three windings",
    ),
    "conductance": (
        lambda n: pp.create_line_from_parameters(n, 1, 3, **LINE, g_us_per_km=5.0, name="X"),
        "not_modelled",
        "line",
        "conductance",
    ),
}


@pytest.mark.parametrize(("change", "outcome", "table", "words"), LOST.values(), ids=LOST)
def test_what_cannot_be_modelled_is_named(change: Change, outcome: str, table: str, words: str) -> None:
    net = street()
    change(net)
    found = [elements for said, elements in told(only(net), outcome, table).items() if words in said]
    assert found == [("X",)]


def test_a_load_on_single_phases_counts_with_all_it_draws() -> None:
    net = street()
    pp.create_asymmetric_load(
        net, 3, p_a_mw=0.004, p_b_mw=0.002, q_a_mvar=0.001, q_c_mvar=0.001, scaling=0.5, name="X"
    )
    feeder = only(net).feeder
    assert customer(feeder, "X").peak_kw == pytest.approx(3.0)
    assert_equal(net, feeder)


def test_generation_that_is_written_as_negative_load_becomes_pv_with_its_kwp() -> None:
    net = street()
    for bus, mw in ((2, -0.04), (1, -0.06)):
        pp.create_load(net, bus, p_mw=mw, name=f"G{bus}")
    choice = only(net)
    assert choice.feeder.existing_kwp == 100
    assert [customer(choice.feeder, name).existing_kwp for name in ("H1", "G1")] == [40, 60]
    said = " ".join(item.words for item in choice.items)
    assert "in the file's own state it feeds in 100 kW and draws 60 kW: the network exports by design" in said
    assert "no PV" not in said
    assert_equal(net, choice.feeder)


def test_no_pv_in_the_file_is_said() -> None:
    assert any("the file has no PV" in words for words in told(only(street()), "not_modelled", "sgen"))


NAMES = {
    "Straße 5 / links": "Strasse_5_links",
    "Bus R1": "Bus_R1",
    "=cmd()": "cmd",
    "..": "bus_1",
    "": "bus_1",
    "日本": "bus_1",
    "x" * 100: "x" * 64,
}


@pytest.mark.parametrize(("name", "bus"), NAMES.items())
def test_names_become_ids(name: str, bus: str) -> None:
    net = street()
    net.bus.loc[1, "name"] = name
    expected = bus if name else "bus_1"
    assert only(net).feeder.buses[0].id == expected


def test_equal_names_are_told_apart() -> None:
    net = street()
    net.bus["name"] = net.line["name"] = net.load["name"] = "y" * 70
    feeder = only(net).feeder
    assert [bus.id for bus in feeder.buses] == ["y" * 64, *(f"{'y' * 62}_{i}" for i in (2, 3, 4))]
    assert len({line.id for line in feeder.lines}) == 3


@pytest.mark.parametrize(
    ("file", "feeder_id"),
    [
        ("My Street (new).json", "my_street_new"),
        ("../../etc/passwd", "passwd"),
        ("..json", "feeder"),
        ("", "feeder"),
    ],
)
def test_the_file_s_name_becomes_the_feeder_s(file: str, feeder_id: str) -> None:
    tables = import_file(pp.to_json(street()).encode(), "x.json")[0].tables
    assert convert(Source(file, "pandapower JSON", tables=tables))[0].feeder.feeder_id == feeder_id


def test_latitudes_and_longitudes_are_kept() -> None:
    net = street()
    places = [(8.0 + 0.001 * i, 50.0) for i in range(5)]
    net.bus["geo"] = [f'{{"type": "Point", "coordinates": [{lon}, {lat}]}}' for lon, lat in places]
    choice = only(net)
    assert [(bus.lon, bus.lat) for bus in choice.feeder.buses] == places[1:]
    assert [bus.x for bus in choice.feeder.buses] == pytest.approx([0, 71.6, 143.1, 214.7], abs=0.1)
    net.bus.loc[2, "geo"] = None
    without = only(net)
    assert not without.feeder.located
    assert any("1 of 4 buses has no position" in words for words in told(without, "not_modelled", "bus"))


def test_a_network_is_drawn_with_each_line_as_long_as_it_is() -> None:
    net = street()
    pp.create_bus(net, 0.4, name="B5")
    pp.create_line_from_parameters(net, 2, 5, name="branch", **{**LINE, "length_km": 0.03})
    feeder = only(net).feeder
    at = {bus.id: complex(bus.x, bus.y) for bus in feeder.buses}
    for line in feeder.lines:
        drawn = abs(at[line.from_bus] - at[line.to_bus])
        assert drawn == pytest.approx(1000 * line.length_km, abs=0.2), line.id


def test_a_feeder_of_our_own_is_the_one_choice() -> None:
    feeder = Feeder.model_validate(small_feeder_data())
    (choice,) = convert(Source("small.json", "feeder JSON", feeder=feeder))
    assert (choice.key, choice.feeder) == ("whole", feeder)
    assert choice.title == "Whole file: 3 buses, 2 customers"


@pytest.mark.parametrize(
    ("placed", "words"),
    [
        (0, "the file has no positions"),
        (2, "2 of 4 buses have no position"),
        (3, "1 of 4 buses has no position"),
        (4, "the file's positions are all the same place"),
    ],
)
def test_how_many_buses_have_no_position_is_said_right(placed: int, words: str) -> None:
    net = street()
    point = '{"type": "Point", "coordinates": [500000, 5900000]}'
    net.bus["geo"] = [None, *([point] * placed), *([None] * (4 - placed))]
    assert any(said.startswith(words) for said in told(only(net), "not_modelled", "bus"))


def test_the_frequency_is_kept_and_left_out_where_it_is_the_usual_one() -> None:
    net = street()
    assert "f_hz" not in only(net).feeder.model_dump(mode="json")
    net.f_hz = 60.0
    feeder = only(net).feeder
    assert feeder.f_hz == 60.0
    assert feeder.model_dump(mode="json")["f_hz"] == 60.0
    assert feeder.content_hash != only(street()).feeder.content_hash
