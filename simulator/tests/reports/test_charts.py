"""Charts: values stand where the axes say, limits are written, gaps stay gaps."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

import numpy as np
import pytest

from simulator.drawing.labels import fitting
from simulator.drawing.panel import NARROW, WIDE
from simulator.drawing.profile import render_voltage_profile
from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits
from simulator.grid.schema import Feeder
from simulator.studies.sweep.chart import render_sweep_chart
from simulator.studies.sweep.hosting_capacity import HostingCapacity, Sweep, SweepPoint
from simulator.tests.feeders import all_feeders, changed
from simulator.tests.reports.pictures import SVG, hover, parse, points, strokes, with_class, words
from simulator.tests.reports.trees import SHAPES, network

NAN = float("nan")
TREE = network([(0, 1, 0.1), (1, 2, 0.1), (1, 3, 0.05)])


def scale(root: Element, anchor: str, x_or_y: str) -> tuple[list[float], list[float]]:
    """Return an axis's numbers and where they stand: at the left they end at the axis, below are centred."""
    found = [
        (float(node.text or ""), float(node.get(x_or_y, 0)))
        for group in with_class(root, "scale")
        for node in group
        if node.get("text-anchor") == anchor and (node.text or "").replace(".", "").isdigit()
    ]
    return [value for value, _ in found], [at for _, at in found]


def read(root: Element, anchor: str, x_or_y: str, at: float) -> float:
    """Return the value at a place by the axis's own numbers."""
    values, places = scale(root, anchor, x_or_y)
    slope, offset = np.polyfit(places, values, 1)
    return float(slope * at + offset)


def test_the_profile_shows_voltage_over_distance() -> None:
    vm_pu = [1.0, 0.98, 0.965, 0.99]
    root = parse(render_voltage_profile(TREE, vm_pu, DEFAULT_LIMITS))
    marks = [with_class(bus, "mark")[0] for bus in with_class(root, "bus")]
    for mark, metres, voltage in zip(marks, (0, 100, 200, 150), vm_pu, strict=True):
        assert read(root, "middle", "x", float(mark.get("cx", 0))) == pytest.approx(metres, abs=0.1)
        assert read(root, "end", "y", float(mark.get("cy", 0)) + 4) == pytest.approx(voltage, abs=1e-3)
    assert {"distance from the transformer (m)", "voltage (pu)"} <= set(words(root))
    assert len(list(strokes(root, "branch"))) == 3


@pytest.mark.parametrize("chosen", list(LIMIT_SETS.values()), ids=list(LIMIT_SETS))
def test_the_limit_band_is_where_the_limits_are(chosen: Limits) -> None:
    root = parse(render_voltage_profile(TREE, [1.0, 0.97, 0.96, 0.98], chosen))
    (band,) = with_class(root, "band")
    top = float(band.get("y", 0))
    assert read(root, "end", "y", top + 4) == pytest.approx(chosen.vm_max_pu, abs=1e-3)
    assert read(root, "end", "y", top + float(band.get("height", 0)) + 4) == pytest.approx(
        chosen.vm_min_pu, abs=1e-3
    )
    assert {f"limit {chosen.vm_max_pu:g} pu", f"limit {chosen.vm_min_pu:g} pu"} <= set(words(root))


def test_violated_buses_are_marked_and_named() -> None:
    root = parse(render_voltage_profile(TREE, [1.0, 1.055, 1.0714, 1.062], DEFAULT_LIMITS))
    assert "bus_2 1.071 pu" in words(root)
    assert "bus_0 1.000 pu" in words(root)
    assert "3" in [node.text for node in with_class(root, "labels")[0]]
    assert len(with_class(root, "v-above")) == 2
    assert hover(with_class(root, "bus")[3]) == "bus_3: 1.062 pu, limit 1.06"


def test_long_feeders_are_measured_in_kilometres() -> None:
    feeder = network([(i, i + 1, 0.5) for i in range(6)])
    assert "distance from the transformer (km)" in words(
        parse(render_voltage_profile(feeder, [1.0] * 7, DEFAULT_LIMITS))
    )


def test_a_profile_without_solution_says_so() -> None:
    root = parse(render_voltage_profile(TREE, [NAN] * 4, DEFAULT_LIMITS))
    assert "no solution: the feeder cannot carry this" in words(root)
    assert not with_class(root, "bus")


@pytest.mark.parametrize("feeder", [*all_feeders().values(), *SHAPES.values()], ids=lambda f: f.feeder_id)
def test_any_feeder_has_a_profile(feeder: Feeder) -> None:
    root = parse(render_voltage_profile(feeder, np.linspace(1.0, 1.1, len(feeder.buses)), DEFAULT_LIMITS))
    assert len(with_class(root, "bus")) == len(feeder.buses)


def test_names_in_charts_are_escaped() -> None:
    hostile = "<script>alert('x')</script> & co"
    root = parse(render_voltage_profile(changed(TREE, name=hostile), [1.0] * 4, DEFAULT_LIMITS))
    assert root.findtext(f"{SVG}title") == f"Voltage profile of {hostile}"


RISING = (1.0, 1.02, 1.05, 1.07, 1.09)


def sweep(highest: Sequence[float | None] = RISING, capacity: float = 0.382, width: float = WIDE) -> Element:
    """Draw a sweep of five points, up to 325 kWp; the lowest voltage is 0.03 pu below the highest."""
    curve = zip((0, 0.25, 0.5, 0.75, 1), (0, 0, 1, 2, 3), highest, strict=True)
    points = tuple(
        SweepPoint(share, count, voltage and voltage - 0.03, voltage, None, None)
        for share, count, voltage in curve
    )
    found = HostingCapacity(capacity, 325 * capacity, None)
    answer = Sweep((44, 48, 52), {}, "pv", DEFAULT_LIMITS, points, found, found, False, 325.0)
    return parse(render_sweep_chart(answer, width))


def test_the_sweep_marks_the_hosting_capacity() -> None:
    root = sweep()
    assert "hosting capacity 38.2 % = 124 kWp" in words(root)
    (band,) = with_class(root, "band")
    left, width = float(band.get("x", 0)), float(band.get("width", 0))
    x, _ = points(with_class(root, "capacity")[0][0].get("d") or "")[0]
    assert x == pytest.approx(left + 0.382 * width, abs=0.1)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("capacity", [0.0, 0.4, 1.0])
def test_a_hosting_capacity_at_either_end_stays_in_the_picture(capacity: float, width: float) -> None:
    root = sweep(capacity=capacity, width=width)
    (said,) = (node for node in with_class(root, "capacity")[0] if node.text)
    half, x = 0.55 * 13 * len(said.text or "") / 2, float(said.get("x", 0))
    assert said.get("text-anchor") == "middle"
    assert half <= x <= width - half
    assert (root.get("viewBox") or "").split()[2] == f"{width:g}"


def test_a_narrow_profile_shows_the_same_buses() -> None:
    wide, narrow = (parse(render_voltage_profile(TREE, [1.0] * 4, DEFAULT_LIMITS, w)) for w in (WIDE, NARROW))
    assert len(with_class(wide, "bus")) == len(with_class(narrow, "bus")) == 4
    assert (narrow.get("viewBox") or "").split()[2] == f"{NARROW:g}"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_both_curves_are_named_however_steep_they_are(width: float) -> None:
    root = sweep([1.04, 1.01, 0.98, 0.95, 0.92], capacity=0.1, width=width)
    assert {"highest voltage", "lowest voltage"} <= set(words(root))


def test_bars_count_the_quarter_hours() -> None:
    heights = [float(bar.get("height", 0)) for bar in with_class(sweep(), "count")]
    assert heights[:2] == [0, 0]
    assert heights[2:] == pytest.approx([heights[4] / 3, 2 * heights[4] / 3, heights[4]], abs=0.1)
    assert "quarter-hours with a violation (of 3)" in words(sweep())


def test_points_without_a_solution_are_gaps() -> None:
    """Of 1.0, 1.02, none, 1.07, 1.09 two strokes remain, none across the gap; the bar has a cross."""
    root = sweep([1.0, 1.02, None, 1.07, 1.09])
    (highest,) = with_class(root, "highest")
    assert len(list(strokes(highest, "way"))) == 2
    assert len(with_class(highest, "point")) == 4
    assert len(with_class(root, "unsolved")) == 1
    assert "quarter-hours with a violation (of 3), × no solution" in words(root)
    assert [hover(node) for node in with_class(root, "counts")[0]][2].endswith("no solution")


def test_a_sweep_without_any_solution_says_so() -> None:
    root = sweep([None] * 5, capacity=0.0)
    assert "no solution at any adoption" in words(root)


def test_an_axis_has_the_longest_name_that_its_picture_holds() -> None:
    long, short = "EV charger adoption (%) / installed EV chargers (kW)", "EV charger adoption (%)"
    assert fitting(360, 760, long, short) == long
    assert fitting(165, 360, long, short) == fitting(195, 360, long, short) == short
    assert fitting(10, 360, long, short) == short
