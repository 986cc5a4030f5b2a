"""Causes: the place, the shortest run and the fewest customers, held against trying everything."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.grid.schema import Feeder
from simulator.studies.why import parts as voltage_parts
from simulator.studies.why.cause import fewest, find_cause
from simulator.studies.why.parts import Parts, Section, shortest_run
from simulator.tests.studies.small import small_feeder

SHARES = st.lists(st.floats(-0.5, 1.0).map(lambda x: round(x, 3)), min_size=1, max_size=9)


def section(element: str, *shares: tuple[float, float, float], no_load: float = 0.0) -> Section:
    """Return a section in which each customer's load, PV and battery change the voltage so."""
    return voltage_parts.section(element, "a", "b", no_load, np.array(shares or [(0.0, 0.0, 0.0)] * 3))


def line(element: str, change: float) -> Section:
    """Return a line in which the first customer's load alone makes the change."""
    return section(element, (change, 0.0, 0.0), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0))


def parts(lines: list[Section], transformer: Section | None = None, source_pu: float = 1.0) -> Parts:
    """Return parts whose voltage is their sum."""
    transformer = transformer or section("trafo_0")
    voltage = source_pu + transformer.total_pu + sum(each.total_pu for each in lines)
    return voltage_parts.add_up(source_pu, transformer, len(lines), lines.__getitem__, voltage)


@pytest.fixture
def three() -> Feeder:
    """Three customers."""
    return small_feeder(*({"bus": "bus_2", "peak_kw": 1.0} for _ in range(3)))


@given(SHARES)
def test_no_shorter_run_makes_80_percent(changes: list[float]) -> None:
    lines = [line(f"line_{i}", change) for i, change in enumerate(changes)]
    total = sum(changes)
    run = lines[shortest_run([each.total_pu for each in lines], 1.0)]
    ids = [each.element for each in run]
    assert ids == [f"line_{i}" for i in range(int(ids[0][5:]), int(ids[0][5:]) + len(ids))]
    if total <= 0:
        return
    assert sum(each.total_pu for each in run) >= 0.8 * total - 1e-12
    for length in range(1, len(run)):
        for start in range(len(changes) - length + 1):
            assert sum(changes[start : start + length]) < 0.8 * total + 1e-12


@given(SHARES)
def test_no_smaller_set_makes_60_percent(shares: list[float]) -> None:
    chosen = fewest(np.array(shares))
    made = sum(shares[i] for i in chosen)
    positive = [i for i, share in enumerate(shares) if share > 0]
    if sum(shares[i] for i in positive) < 0.6 - 1e-9:
        assert chosen == positive
        return
    assert made >= 0.6 - 1e-9
    smaller = combinations(shares, len(chosen) - 1)
    assert all(sum(some) < 0.6 + 1e-9 for some in smaller)


def test_lines_that_raise_name_their_run_and_the_pv_behind_it(three: Feeder) -> None:
    """Of +0.040 the two lines amid the way make +0.036; two of three customers make 0.027 of that, 75 %."""
    amid = section("line_2", (-0.001, 0.009, 0), (0, 0.002, 0), (-0.001, 0.009, 0))
    found = find_cause(three, parts([line("line_1", 0.002), amid, amid, line("line_4", 0.002)]))
    assert (found.place, found.elements, found.kind) == ("lines", ("line_2", "line_2"), "PV")
    assert found.change_pu == pytest.approx(0.036)
    assert found.customers == ("customer_0", "customer_2")
    assert found.share == pytest.approx(1.0)
    assert found.beside == ()


def test_a_transformer_that_lowers_most_is_named_with_the_lines_beside_it(three: Feeder) -> None:
    transformer = section("trafo_0", (-0.010, 0.002, 0), (-0.005, 0, 0), (-0.004, 0, 0), no_load=-0.001)
    found = find_cause(three, parts([line("line_1", -0.012)], transformer, source_pu=1.01))
    assert (found.place, found.elements, found.kind) == ("transformer", ("trafo_0",), "load")
    assert found.change_pu == pytest.approx(-0.017)
    assert found.customers == ("customer_0", "customer_1")
    assert found.share == pytest.approx(15 / 17)
    assert dict(found.beside) == pytest.approx({"lines": -0.012, "supply": 0.009})


def test_the_supply_is_named_where_it_makes_most_and_has_no_customers(three: Feeder) -> None:
    found = find_cause(three, parts([line("line_1", -0.004)], section("trafo_0", no_load=0.025)))
    assert (found.place, found.kind, found.customers, found.share) == ("supply", None, (), None)
    assert found.change_pu == pytest.approx(0.025)
    assert found.beside == ()


def test_customers_who_make_less_than_60_percent_are_all_named(three: Feeder) -> None:
    """Half of the rise comes without load, as from a long cable's capacitance."""
    cable = section("line_1", (0, 0.003, 0), (0, 0.002, 0), (-0.001, 0, 0), no_load=0.006)
    found = find_cause(three, parts([cable]))
    assert (found.kind, found.customers) == ("PV", ("customer_0", "customer_1"))
    assert found.share == pytest.approx(0.5)


def test_a_voltage_at_nominal_has_a_cause_of_nothing(three: Feeder) -> None:
    found = find_cause(three, parts([line("line_1", 0.0)]))
    assert (found.change_pu, found.customers, found.share, found.beside) == (0, (), None, ())
