"""Nodes on two buses, where the room follows from a formula."""

from math import acos, isfinite, sqrt, tan

import numpy as np
import pytest

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.questions.values import When
from simulator.studies.nodes import nodes as rooms
from simulator.studies.nodes.nodes import Nodes
from simulator.studies.nodes.question import NodesQuestion
from simulator.studies.nodes.report import nodes_report
from simulator.technologies.registry import TECHNOLOGIES
from simulator.technologies.technology import Technology
from simulator.tests.feeders import changed, plain, small_feeder_data
from simulator.tests.studies.asking import nodes
from simulator.tests.studies.small import NOON, flat_day

WIDE = Limits(
    name="own", title="Own limits", source="typed in", vm_min_pu=0.01, vm_max_pu=1.99, loading_max=1e3
)


NARROW = WIDE.model_copy(update={"vm_min_pu": 0.97, "vm_max_pu": 1.03})
CHARGER = Technology(
    key="ev",
    label="EV charger",
    unit="kW",
    size=lambda feeder, _: np.full(len(feeder.customers), 4.0),
    plural="EV chargers",
    profile=lambda _: np.full(96, -0.5),
    power_factor=lambda _: np.array([0.95]),
)


def ask(feeder: Feeder, limits: Limits = DEFAULT_LIMITS) -> Nodes:
    return nodes(
        feeder, flat_day(), pv_adoption=0.0, battery_adoption=0.0, step=NOON, when="time", limits=limits
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


def power_at_voltage_kw(vm_pu: float, kvar_a_kw: float = 0.0) -> float:
    """Return the kW fed in at the line's end that bring it to a voltage, from 1 pu at the source.

    From |1|^2 = |V - Z P / V|^2 with V real: Z^2 P^2 - 2 R V^2 P + V^2 (V^2 - 1) = 0, the smaller root.
    With kvar absorbed by each kW, S* = P (1 + jt), and Z (1 + jt) stands for Z.
    """
    z = complex(R_TRAFO + R_LINE, X_TRAFO + X_LINE) * (1 + 1j * kvar_a_kw)
    r, x = z.real, z.imag
    square = vm_pu**2
    root = sqrt((r * square) ** 2 - (r**2 + x**2) * square * (square - 1))
    return (r * square - root) / (r**2 + x**2) * 1000


@pytest.mark.parametrize(
    ("limits", "highest", "kind"),
    [("twin", 1.06, "overvoltage"), ("ansi_c84_a", 1.05, "overvoltage"), ("vde_4105", 1.03, "rise")],
)
def test_by_hand_voltage_binds_at_the_end_of_a_line(limits: str, highest: float, kind: str) -> None:
    """A quadratic in the power gives the voltage of two buses exactly; a rise begins at 1 pu without load."""
    end = ask(two_buses(), limits=LIMIT_SETS[limits]).nodes[1]
    assert (end.plant.binding.kind, end.plant.binding.element) == (kind, "bus_1")
    assert end.plant.kw == pytest.approx(power_at_voltage_kw(highest), abs=0.0101)
    if kind == "overvoltage":
        assert end.load.binding.kind == "undervoltage"
        assert end.load.kw == pytest.approx(-power_at_voltage_kw(2 - highest), abs=0.0101)


def _rooms(over: str, when: When = "time", **factors: float) -> Nodes:
    subject = Subject(two_buses(), flat_day())
    asked = NodesQuestion(subject=subject, over=over, when=when, power_factors=factors, limits=NARROW)
    return rooms.nodes(asked)


def test_by_hand_a_plant_that_absorbs_has_more_room_and_load_as_much() -> None:
    end, tangent = _rooms("pv", pv=0.9).nodes[1], tan(acos(0.9))
    assert end.plant.kw == pytest.approx(power_at_voltage_kw(1.03, tangent), abs=0.0101)
    assert end.plant.kw > 1.2 * power_at_voltage_kw(1.03)
    assert end.load.kw == pytest.approx(-power_at_voltage_kw(0.97), abs=0.0101)


def test_by_hand_there_is_room_for_what_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """A charger that draws half its rating, at power factor 0.95, which its technology has."""
    monkeypatch.setitem(TECHNOLOGIES, "ev", CHARGER)
    drawn = -power_at_voltage_kw(0.97, -tan(acos(0.95)))
    assert _rooms("ev").nodes[1].plant.kw == pytest.approx(drawn, abs=0.0101)
    assert _rooms("ev", "day").nodes[1].plant.kw == pytest.approx(2 * drawn, abs=0.0201)
    report = nodes_report(two_buses(), _rooms("ev", "day"))
    assert f"one more EV charger may have from {2 * drawn:.1f} kW"[:-4] in report.sentence
    assert report.tables[1].columns[2].heading == "EV charger: room (kW)"


def test_what_follows_no_profile_of_its_own_has_no_room() -> None:
    with pytest.raises(ValueError, match="accepts one of pv"):
        _rooms("battery")


def test_by_hand_a_transformer_binds_at_its_busbar() -> None:
    """At rated current I the busbar has V = sqrt(1 - X^2 I^2) plus or minus R I, and P = V I."""
    busbar = ask(two_buses(), limits=LIMIT_SETS["en50160"]).nodes[0]
    current = 0.16
    across, along = sqrt(1 - (X_TRAFO * current) ** 2), R_TRAFO * current
    assert busbar.plant.kw == pytest.approx((across + along) * current * 1000, abs=0.0101)
    assert busbar.load.kw == pytest.approx((across - along) * current * 1000, abs=0.0101)
    assert {busbar.plant.binding.kind, busbar.load.binding.kind} == {"transformer"}


def test_by_hand_a_line_binds_at_its_rating() -> None:
    """10 A at unity power factor: the voltage moves by less than a percent."""
    end = ask(two_buses(rating_ka=0.01)).nodes[1]
    current = sqrt(3) * 0.4 * 0.01
    r, x = (R_TRAFO + R_LINE) * current, (X_TRAFO + X_LINE) * current
    assert end.plant.kw == pytest.approx((sqrt(1 - x**2) + r) * current * 1000, abs=0.0101)
    assert end.load.kw == pytest.approx((sqrt(1 - x**2) - r) * current * 1000, abs=0.0101)
    assert (end.plant.binding.kind, end.plant.binding.element) == ("line", "line_1")


def test_where_no_limit_binds_the_room_ends_with_the_last_solution() -> None:
    """Nothing is unbounded: beyond the nose point, or three times all ratings, there is no solution."""
    answer = ask(two_buses(), limits=WIDE)
    assert {p.load.binding.kind for p in answer.nodes} == {"no_solution"}
    assert all(isfinite(p.plant.kw) and p.plant.kw > 0 for p in answer.nodes)
    r, x = R_TRAFO + R_LINE, X_TRAFO + X_LINE
    nose_kw = 1000 / (2 * (r + sqrt(r**2 + x**2)))  # the most that 1 pu behind R + jX can deliver
    assert answer.nodes[1].load.kw == pytest.approx(nose_kw, rel=0.01)


def test_a_feeder_of_one_bus_has_room_too() -> None:
    data = plain(two_buses())
    answer = ask(changed(two_buses(), buses=data["buses"][:1], lines=[]))
    assert [p.bus for p in answer.nodes] == ["bus_0"]
    assert answer.nodes[0].plant.binding.kind == "transformer"
