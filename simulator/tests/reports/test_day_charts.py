"""The day's pictures: each cell in its class, violations told by shape, values where the axes say, gaps."""

import re
from xml.etree.ElementTree import Element

import numpy as np
import pytest

from simulator.drawing.heat import render_heat_map
from simulator.drawing.layout import lay_out
from simulator.drawing.panel import NARROW, WIDE
from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS
from simulator.grid.schema import Feeder
from simulator.studies.day.chart import render_day_loading, render_day_power
from simulator.studies.day.day import DayPower
from simulator.tests.feeders import SOME, all_feeders
from simulator.tests.reports.pictures import hover, parse, with_class, words
from simulator.tests.reports.trees import SHAPES

NAN = float("nan")
FEEDER = all_feeders()["feeder_04"]
SMALL = [shape for shape in SHAPES.values() if len(shape.buses) < 500]
ANY = [*(all_feeders()[name] for name in SOME), *SMALL, SHAPES["comb of 1000"]]
widths = pytest.mark.parametrize("width", [WIDE, NARROW])
RUN = re.compile(r"M([\d.]+) ([\d.]+)H([\d.]+)")
VERTICAL = re.compile(r"V(-?[\d.]+)H")


def _voltages(feeder: Feeder) -> np.ndarray:
    """Return voltages from far below to far above the limits, the same on every run."""
    return np.random.default_rng(3).uniform(0.9, 1.1, (96, len(feeder.buses)))


def _rows(root: Element, feeder: Feeder) -> dict[str, Element]:
    """Return each bus's clear row, by the name that hovering tells."""
    rows = {hover(node).split(":")[0]: node for node in with_class(root, "row")}
    assert set(rows) == {bus.id for bus in feeder.buses}
    return rows


def _covered(root: Element, name: str, row: Element) -> set[int]:
    """Return the quarter-hours that a class's runs cover in a bus's row."""
    left, width, top = (float(row.get(key, 0)) for key in ("x", "width", "y"))
    height = float(row.get("height", 0))
    steps: set[int] = set()
    for node in with_class(root, name):
        for x, y, until in RUN.findall(node.get("d") or ""):
            if top - 0.06 <= float(y) < top + height - 0.06:
                first, past = ((float(at) - left) / width * 96 for at in (x, until))
                assert first == pytest.approx(round(first), abs=0.02)
                steps |= set(range(round(first), round(past)))
    return steps


@widths
def test_every_cell_beyond_a_limit_has_its_colour_and_no_other_has(width: float) -> None:
    vm_pu = _voltages(FEEDER)
    root = parse(render_heat_map(FEEDER, vm_pu, DEFAULT_LIMITS, width=width))
    (cells,) = with_class(root, "cells")
    rows = _rows(root, FEEDER)
    for position, bus in enumerate(FEEDER.buses):
        for key, where in (("v-below", vm_pu < 0.94), ("v-above", vm_pu > 1.06)):
            assert _covered(cells, key, rows[bus.id]) == set(np.flatnonzero(where[:, position]).tolist())


@pytest.mark.parametrize(("low", "high"), [(0.9, 1.1), (0.99, 1.01), (1.0412, 1.0437), (1.0, 1.00007)])
def test_colours_span_the_day_s_own_range_and_the_legend_tells_theirs(low: float, high: float) -> None:
    vm_pu = np.random.default_rng(3).uniform(low, high, (96, len(FEEDER.buses)))
    root = parse(render_heat_map(FEEDER, vm_pu, DEFAULT_LIMITS))
    (cells,) = with_class(root, "cells")
    rows = _rows(root, FEEDER)
    ranges = [re.fullmatch(r"(\d\.\d+)–(\d\.\d+)", text) for text in words(root)]
    told = [(float(each[1]), float(each[2])) for each in ranges if each]
    assert len(told) == 6
    assert told == sorted(told)
    for number, (first, last) in enumerate(told, start=1):
        found = []
        for position, bus in enumerate(FEEDER.buses):
            found += [vm_pu[step, position] for step in _covered(cells, f"d-{number}", rows[bus.id])]
        rounding = 0.5 * 10.0 ** -max(len(str(edge).partition(".")[2]) for edge in (first, last))
        assert len(found) > 96  # none of the classes stands for next to nothing
        assert min(found) >= first - rounding
        assert max(found) <= last + rounding


@widths
@pytest.mark.parametrize(("low", "high"), [(0.99, 1.01), (0.5, 1.0), (1.08, 1.2), (0.9, 1.1), (1.0, 1.0)])
def test_a_bar_shows_the_day_between_the_limits(low: float, high: float, width: float) -> None:
    vm_pu = np.linspace(low, high, 96)[:, None] * np.ones(len(FEEDER.buses))
    root = parse(render_heat_map(FEEDER, vm_pu, DEFAULT_LIMITS, width=width))
    (bar,) = with_class(root, "day-scale")
    assert {"limit 0.94", "limit 1.06", f"lowest {low:.3f}", f"highest {high:.3f} pu"} <= set(words(bar))
    (track,) = with_class(bar, "track")
    left, wide = float(track.get("x", 0)), float(track.get("width", 0))
    ends = (min(0.94, low), max(1.06, high))
    drawn = [e for e in bar.iter() if e.tag.endswith("rect") and e is not track]
    first = min(float(e.get("x", 0)) for e in drawn)
    last = max(float(e.get("x", 0)) + float(e.get("width", 0)) for e in drawn)
    read = [ends[0] + (x - left) / wide * (ends[1] - ends[0]) for x in (first, last)]
    assert read == pytest.approx([low, high], abs=0.004)


def test_violated_cells_are_marked_by_shape_and_others_are_not() -> None:
    vm_pu, rise = _voltages(FEEDER), np.random.default_rng(5).random((96, len(FEEDER.buses))) > 0.7
    root = parse(render_heat_map(FEEDER, vm_pu, LIMIT_SETS["vde_4105"], rise))
    (marks,) = with_class(root, "marks")
    rows = _rows(root, FEEDER)
    where = {"above": vm_pu > 1.10, "below": vm_pu < 0.90, "rise": rise}
    for kind, violated in where.items():
        for position, bus in enumerate(FEEDER.buses):
            told = set(np.flatnonzero(violated[:, position]).tolist())
            assert _covered(marks, kind, rows[bus.id]) == told
    dashes = [node.get("stroke-dasharray") for node in marks]
    assert len(set(dashes)) == len(dashes)
    assert "rise by PV above 3 %" in words(root)


def test_a_day_within_limits_has_no_mark() -> None:
    root = parse(render_heat_map(FEEDER, np.ones((96, len(FEEDER.buses))), DEFAULT_LIMITS))
    assert not with_class(root, "marks")
    assert not with_class(root, "unsolved-columns")
    assert "no solution" not in words(root)


def test_buses_stand_in_the_order_of_the_diagram() -> None:
    root = parse(render_heat_map(FEEDER, _voltages(FEEDER), DEFAULT_LIMITS))
    layout, rows = lay_out(FEEDER), _rows(root, FEEDER)
    from_top = sorted(rows, key=lambda bus: float(rows[bus].get("y", 0)))
    assert from_top == sorted(rows, key=lambda bus: (layout.y[bus], layout.x[bus]))
    (names,) = [g for g in with_class(root, "scale") if g.get("font-size") == "10.5"]
    assert [node.text for node in names] == [bus.removeprefix("bus_") for bus in from_top]


def test_quarter_hours_without_a_solution_are_crossed_columns() -> None:
    vm_pu = _voltages(FEEDER)
    vm_pu[70:73] = NAN
    root = parse(render_heat_map(FEEDER, vm_pu, DEFAULT_LIMITS))
    (columns,) = with_class(root, "unsolved-columns")
    assert [hover(column) for column in columns] == ["17:30 to 18:15: no solution"]
    assert "no solution" in words(root)
    assert not any(node.get("class") == "v-none" for node in root.iter())


@widths
def test_a_day_without_any_solution_is_one_column(width: float) -> None:
    vm_pu = np.full((96, len(FEEDER.buses)), NAN)
    root = parse(render_heat_map(FEEDER, vm_pu, DEFAULT_LIMITS, width=width))
    (columns,) = with_class(root, "unsolved-columns")
    assert [hover(column) for column in columns] == ["00:00 to 24:00: no solution"]
    assert {hover(row).split(": ", 1)[1] for row in with_class(root, "row")} == {
        "no solution: the feeder cannot carry this"
    }


@widths
@pytest.mark.parametrize("feeder", ANY, ids=lambda f: f.feeder_id)
def test_any_feeder_has_a_heat_map_within_its_picture(feeder: Feeder, width: float) -> None:
    root = parse(render_heat_map(feeder, _voltages(feeder), DEFAULT_LIMITS, width=width))
    _, _, wide, high = map(float, (root.get("viewBox") or "").split())
    assert wide == width
    for row in with_class(root, "row"):
        assert float(row.get("x", 0)) + float(row.get("width", 0)) <= wide - 20
        assert float(row.get("y", 0)) + float(row.get("height", 0)) <= high - 40
    assert {"00:00", "12:00", "24:00", "time of day"} <= set(words(root))


def _scale(root: Element) -> tuple[float, float]:
    """Return slope and offset of the first upright axis, from its own numbers."""
    marks = [
        (float(node.get("y", 0)) - 4, float(node.text or ""))
        for node in with_class(root, "scale")[0]
        if node.get("text-anchor") == "end"
    ]
    slope, offset = np.polyfit([at for at, _ in marks], [value for _, value in marks], 1)
    return float(slope), float(offset)


def _read(root: Element, name: str) -> list[float]:
    """Return the values that a curve's or an area's steps show."""
    slope, offset = _scale(root)
    ways = "".join(node.get("d") or "" for node in with_class(root, name))
    return [slope * float(y) + offset for y in VERTICAL.findall(ways)]


@widths
def test_loading_stands_above_zero_for_imports_and_below_for_exports(width: float) -> None:
    loading, source_kw = np.linspace(0.2, 0.9, 96), np.where(np.arange(96) % 40 < 20, 50.0, -50.0)
    root = parse(render_day_loading(loading, source_kw, 1.0, width))
    imports, exports = source_kw > 0, source_kw < 0
    (areas,) = with_class(root, "loadings")
    assert _read_within(root, areas, "import") == pytest.approx(100 * loading[imports], abs=0.7)
    assert _read_within(root, areas, "export") == pytest.approx(-100 * loading[exports], abs=0.7)
    assert words(root).count("limit 100 %") == 2
    assert {"import", "export", "transformer loading (%), exports below 0"} <= set(words(root))
    assert "beyond the limit" not in words(root)


def _read_within(root: Element, areas: Element, name: str) -> list[float]:
    slope, offset = _scale(root)
    ways = "".join(node.get("d") or "" for node in with_class(areas, name))
    return [slope * float(y) + offset for y in VERTICAL.findall(ways)]


def test_loading_beyond_the_limit_is_striped_and_said() -> None:
    loading = np.full(96, 0.5)
    loading[40:44] = 1.2
    root = parse(render_day_loading(loading, np.full(96, 10.0), 1.0))
    (areas,) = with_class(root, "loadings")
    assert _read_within(root, areas, "over") == pytest.approx([120.0] * 4, abs=0.7)
    assert with_class(areas, "stripes")
    assert "beyond the limit" in words(root)
    assert words(root).count("limit 100 %") == 1  # nothing is exported


def test_loading_without_any_solution_says_so() -> None:
    none = np.full(96, NAN)
    root = parse(render_day_loading(none, none, 1.0))
    assert "no solution: the feeder cannot carry this" in words(root)
    assert not with_class(root, "loadings")


def _power(battery: bool = True) -> DayPower:
    hours = np.arange(96)
    charge = np.concatenate([np.linspace(0, 40, 49), np.linspace(40, 0, 48)])
    return DayPower(
        kw={
            "load": 20 + 0.1 * hours,
            "pv": np.maximum(0, 100 - 4.0 * abs(hours - 48)),
            "battery": np.where(hours < 48, -3.3, 3.3) * battery,
        },
        stored_kwh=charge * battery,
        capacity_kwh=50.0 * battery,
    )


@widths
def test_power_curves_show_their_values_and_what_the_batteries_hold(width: float) -> None:
    power = _power()
    exchange = power.kw["load"] - power.kw["pv"] - power.kw["battery"]
    root = parse(render_day_power(power, exchange, width))
    for name, values in (("load", power.kw["load"]), ("pv", power.kw["pv"]), ("exchange", exchange)):
        assert _read(root, f"day-{name}")[:96] == pytest.approx(values, abs=1.0)
    assert {"power (kW)", "stored in batteries (kWh)", "capacity 50 kWh"} <= set(words(root))
    legend = {"load", "PV", "battery, charging below 0", "import, export below 0"}
    assert legend <= set(words(root))
    shapes = {
        (n.get("stroke-dasharray"), n.get("stroke-width")) for n in root.iter() if n.get("fill") == "none"
    }
    assert len(shapes) >= 4  # told apart without colour


def test_without_batteries_there_is_no_battery_to_see() -> None:
    power = _power(battery=False)
    root = parse(render_day_power(power, power.kw["load"] - power.kw["pv"]))
    assert not with_class(root, "stored")
    assert not with_class(root, "day-battery")
    assert not any("batter" in said for said in words(root))


def test_exchange_without_a_solution_is_a_gap() -> None:
    power = _power(battery=False)
    exchange = power.kw["load"] - power.kw["pv"]
    exchange[60:64] = NAN
    root = parse(render_day_power(power, exchange))
    curve = with_class(root, "day-exchange")[0].get("d") or ""
    assert curve.count("M") == 2
    assert len(VERTICAL.findall(curve)) == 92
    assert [hover(c) for c in with_class(root, "unsolved-columns")[0]] == ["15:00 to 16:00: no solution"]
