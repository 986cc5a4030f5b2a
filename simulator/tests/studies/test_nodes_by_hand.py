"""Places on two buses, where the room follows from a formula."""

from math import isfinite, sqrt

import pytest

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits
from simulator.grid.schema import Feeder
from simulator.studies.places.places import Places
from simulator.tests.feeders import changed, plain, small_feeder_data
from simulator.tests.studies.asking import nodes
from simulator.tests.studies.small import NOON, flat_day

WIDE = Limits(
    name="own", title="Own limits", source="typed in", vm_min_pu=0.01, vm_max_pu=1.99, loading_max=1e3
)


def ask(feeder: Feeder, limits: Limits = DEFAULT_LIMITS) -> Places:
    return nodes(
        feeder, flat_day(), pv_adoption=0.0, battery_adoption=0.0, hour=NOON, when="time", limits=limits
    )


def two_buses(rating_ka: float = 10.0, sn_kva: float = 160.0) -> Feeder:
    """Return a transformer and one line, both without shunts, and no customers."""
    data = small_feeder_data()
    (transformer,) = data["transformers"]
    transformer |= {"sn_kva": sn_kva, "pfe_kw": 0.0, "i0_percent": 0.0}
    line = {**data["lines"][0], "c_nf_per_km": 0, "max_i_ka": rating_ka}
    empty = {"buses": data["buses"][:2], "lines": [line], "customers": [], "transformer_kva": sn_kva}
    return Feeder.model_validate({**data, **empty})


R_TRAFO, X_TRAFO = 0.014 / 0.16, sqrt(0.04**2 - 0.014**2) / 0.16  # of 160 kVA, in pu on 1 MVA
R_LINE, X_LINE = 0.0642 / 0.16, 0.0083 / 0.16  # of 100 m, on 0.16 ohm


def power_at_voltage_kw(vm_pu: float) -> float:
    """Return the kW fed in at the line's end that bring it to a voltage, from 1 pu at the source.

    From |1|^2 = |V - Z P / V|^2 with V real: Z^2 P^2 - 2 R V^2 P + V^2 (V^2 - 1) = 0, the smaller root.
    """
    r, x = R_TRAFO + R_LINE, X_TRAFO + X_LINE
    square = vm_pu**2
    root = sqrt((r * square) ** 2 - (r**2 + x**2) * square * (square - 1))
    return (r * square - root) / (r**2 + x**2) * 1000


@pytest.mark.parametrize(
    ("limits", "highest", "kind"),
    [("twin", 1.06, "overvoltage"), ("ansi_c84_a", 1.05, "overvoltage"), ("vde_4105", 1.03, "rise")],
)
def test_by_hand_voltage_binds_at_the_end_of_a_line(limits: str, highest: float, kind: str) -> None:
    """A quadratic in the power gives the voltage of two buses exactly; a rise begins at 1 pu without load."""
    end = ask(two_buses(), limits=LIMIT_SETS[limits]).places[1]
    assert (end.pv.binding.kind, end.pv.binding.element) == (kind, "bus_1")
    assert end.pv.kw == pytest.approx(power_at_voltage_kw(highest), abs=0.0101)
    if kind == "overvoltage":
        assert end.load.binding.kind == "undervoltage"
        assert end.load.kw == pytest.approx(-power_at_voltage_kw(2 - highest), abs=0.0101)


def test_by_hand_a_transformer_binds_at_its_busbar() -> None:
    """At rated current I the busbar has V = sqrt(1 - X^2 I^2) plus or minus R I, and P = V I."""
    busbar = ask(two_buses(), limits=LIMIT_SETS["en50160"]).places[0]
    current = 0.16
    across, along = sqrt(1 - (X_TRAFO * current) ** 2), R_TRAFO * current
    assert busbar.pv.kw == pytest.approx((across + along) * current * 1000, abs=0.0101)
    assert busbar.load.kw == pytest.approx((across - along) * current * 1000, abs=0.0101)
    assert {busbar.pv.binding.kind, busbar.load.binding.kind} == {"transformer"}


def test_by_hand_a_line_binds_at_its_rating() -> None:
    """10 A at unity power factor: the voltage moves by less than a percent."""
    end = ask(two_buses(rating_ka=0.01)).places[1]
    current = sqrt(3) * 0.4 * 0.01
    r, x = (R_TRAFO + R_LINE) * current, (X_TRAFO + X_LINE) * current
    assert end.pv.kw == pytest.approx((sqrt(1 - x**2) + r) * current * 1000, abs=0.0101)
    assert end.load.kw == pytest.approx((sqrt(1 - x**2) - r) * current * 1000, abs=0.0101)
    assert (end.pv.binding.kind, end.pv.binding.element) == ("line", "line_1")


def test_where_no_limit_binds_the_room_ends_with_the_last_solution() -> None:
    """Nothing is unbounded: beyond the nose point, or three times all ratings, there is no solution."""
    answer = ask(two_buses(), limits=WIDE)
    assert {p.load.binding.kind for p in answer.places} == {"no_solution"}
    assert all(isfinite(p.pv.kw) and p.pv.kw > 0 for p in answer.places)
    r, x = R_TRAFO + R_LINE, X_TRAFO + X_LINE
    nose_kw = 1000 / (2 * (r + sqrt(r**2 + x**2)))  # the most that 1 pu behind R + jX can deliver
    assert answer.places[1].load.kw == pytest.approx(nose_kw, rel=0.01)


def test_a_feeder_of_one_bus_has_room_too() -> None:
    data = plain(two_buses())
    answer = ask(changed(two_buses(), buses=data["buses"][:1], lines=[]))
    assert [p.bus for p in answer.places] == ["bus_0"]
    assert answer.places[0].pv.binding.kind == "transformer"
