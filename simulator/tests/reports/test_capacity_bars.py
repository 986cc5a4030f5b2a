"""Bars of hosting capacity: as long as the axis says, gains and losses against a base told apart."""

import pytest

from simulator.drawing.panel import NARROW, WIDE
from simulator.studies.sweep.capacity_chart import CapacityBar, render_capacity_bars
from simulator.tests.reports.pictures import parse, with_class, words

BASE = CapacityBar("Base", "as it stands", 300.0, "30.0 % = 300 kWp", "bus_2 exceeds 1.06 pu")
MORE = CapacityBar("More", "a thing changed", 450.0, "45.0 % = 450 kWp", "line_1 exceeds 100 %")
LESS = CapacityBar("Less", "", 120.0, "12.0 % = 120 kWp", "bus_1 falls below 0.94 pu")
NONE = CapacityBar("None", "not possible", None, "", "there is no tap changer")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_bar_ends_where_the_axis_has_its_value(width: float) -> None:
    root = parse(render_capacity_bars([BASE, MORE], 1000.0, "Capacities", width=width))
    (axis,) = [
        {float(n.text or ""): float(n.get("x", 0)) for n in g if (n.text or "").isdigit()}
        for g in with_class(root, "scale")
    ]
    per_kwp = (axis[1000] - axis[0]) / 1000
    for bar, kwp in zip(with_class(root, "hosted"), (300, 450), strict=True):
        assert float(bar.get("x", 0)) == pytest.approx(axis[0], abs=0.1)
        assert float(bar.get("width", 0)) == pytest.approx(kwp * per_kwp, abs=0.1)
    assert {"30.0 % = 300 kWp", "45.0 % = 450 kWp", "hosting capacity (kWp)"} <= set(words(root))


def test_against_a_base_a_gain_and_a_loss_have_their_own_parts() -> None:
    root = parse(render_capacity_bars([BASE, MORE, LESS], 1000.0, "Capacities", base_size=300.0))
    (track, *_) = with_class(root, "track")
    per_kwp = float(track.get("width", 0)) / 1000
    (gained,), (lost,) = with_class(root, "gained"), with_class(root, "lost")
    assert float(gained.get("width", 0)) == pytest.approx(150 * per_kwp, abs=0.1)
    assert float(lost.get("width", 0)) == pytest.approx(180 * per_kwp, abs=0.1)
    assert lost.get("stroke-dasharray")
    assert len(with_class(root, "base")) == 3


def test_what_has_no_capacity_has_words_and_no_bar() -> None:
    root = parse(render_capacity_bars([BASE, NONE], 1000.0, "Capacities"))
    assert len(with_class(root, "track")) == 1
    assert {"None", "there is no tap changer"} <= set(words(root))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_long_words_are_wrapped_within_the_picture(width: float) -> None:
    bar = CapacityBar("A name", "a note that goes on and on " * 4, 10.0, "1 %", "words that go on " * 12)
    root = parse(render_capacity_bars([bar], 1000.0, "Capacities", width=width))
    assert all(len(said) * 12 * 0.61 < width for said in words(root))


def test_a_feeder_without_any_potential_has_a_picture() -> None:
    bar = CapacityBar("Twin", "", 0.0, "100.0 % = 0 kWp", "nothing binds")
    assert words(parse(render_capacity_bars([bar], 0.0, "Capacities")))
