"""The waterfall: bars stand where the axis says, one after the other, and can be read when there are many."""

from itertools import pairwise
from xml.etree.ElementTree import Element

import numpy as np
import pytest

from simulator.drawing.labels import width_of
from simulator.drawing.panel import NARROW, WIDE
from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits
from simulator.studies.why.chart import Change, fitted, render_waterfall
from simulator.tests.reports.pictures import hover, parse, points, with_class, words

CHANGES = (
    Change("source", "at 1.010 pu", 0.010, "source"),
    Change("trafo_0 by load", "", -0.004, "trafo_0 by load"),
    Change("line_1", "to bus_1, 60 m", 0.055, "line_1"),
)
widths = pytest.mark.parametrize("width", [WIDE, NARROW])


def draw(
    changes: tuple[Change, ...] = CHANGES, limits: Limits = DEFAULT_LIMITS, width: float = WIDE
) -> Element:
    voltage = 1 + sum(change.change_pu for change in changes)
    return parse(render_waterfall(changes, "bus_1", voltage, limits, width))


def voltage_at(root: Element, x: float) -> float:
    """Return the voltage at a place by the axis's own numbers."""
    ticks = [
        (float(node.get("x", 0)), float(node.text or ""))
        for group in with_class(root, "scale")
        for node in group
        if node.get("text-anchor") == "middle" and (node.text or "").replace(".", "").isdigit()
    ]
    slope, offset = np.polyfit([at for at, _ in ticks], [value for _, value in ticks], 1)
    return float(slope * x + offset)


@widths
@pytest.mark.parametrize("limits", list(LIMIT_SETS.values()), ids=list(LIMIT_SETS))
def test_each_bar_leads_from_the_voltage_before_to_the_voltage_after(limits: Limits, width: float) -> None:
    root = draw(limits=limits, width=width)
    spans = []
    for row in with_class(root, "change"):
        (bar,) = [node for node in row if node.tag.endswith("rect")]
        left, long = float(bar.get("x", 0)), float(bar.get("width", 0))
        spans.append((voltage_at(root, left), voltage_at(root, left + long)))
    assert np.array(spans) == pytest.approx(np.array([(1, 1.01), (1.006, 1.01), (1.006, 1.061)]), abs=6e-4)
    kinds = [
        [node.get("class") for node in row if node.tag.endswith("rect")] for row in with_class(root, "change")
    ]
    assert kinds == [["raises"], ["lowers"], ["raises"]]


@widths
def test_limits_are_drawn_where_they_are_and_written(width: float) -> None:
    root = draw(width=width)
    (edges,) = with_class(root, "limit")
    places = sorted({voltage_at(root, x) for x, _ in points(edges.get("d") or "")})
    assert [places[0], places[-1]] == pytest.approx([0.94, 1.06], abs=6e-4)
    start = "" if width == NARROW else "limit "
    assert {f"{start}0.94", f"{start}1.06"} <= set(words(root))


def test_every_part_has_its_name_its_change_and_the_voltage_after_it() -> None:
    said = words(draw())
    for expected in (
        ("source", "at 1.010 pu", "+0.0100", "1.0100"),
        ("trafo_0 by load", "−0.0040", "1.0060"),
        ("line_1", "to bus_1, 60 m", "+0.0550", "1.0610"),
    ):
        assert set(expected) <= set(said)
    assert {"change (pu)", "after (pu)", "voltage (pu)", "bus_1", "1.061"} <= set(said)


def test_the_result_has_the_diagrams_mark_and_is_never_rounded_onto_its_limit() -> None:
    root = draw((Change("source", "", 0.0602, "source"),))
    (result,) = with_class(root, "result")
    assert hover(result) == "bus_1: 1.0602 pu"
    assert with_class(result, "v-above")


@widths
@pytest.mark.parametrize("count", [1, 10, 40])
def test_many_parts_stay_apart_and_no_word_touches_another_or_leaves_the_picture(
    count: int, width: float
) -> None:
    changes = tuple(
        Change(f"line_{i}_of_a_very_long_name", f"to bus_{i}_of_a_long_name, 1234 m", 0.002, "x")
        for i in range(count)
    )
    root = draw(changes, width=width)
    rows = with_class(root, "change")
    assert len(rows) == count
    tops = []
    for row in rows:
        texts = [node for node in row if node.tag.endswith("text")]
        tops.append(float(texts[0].get("y", 0)))
        spans = sorted(_span(node) for node in texts)
        assert spans[0][0] >= 0
        assert spans[-1][1] <= width
        for one, other in pairwise(spans):
            assert one[1] <= other[0]
    assert min(np.diff(tops), default=99) >= 14


def _span(node: Element) -> tuple[float, float]:
    long, x = width_of(node.text or "", 12), float(node.get("x", 0))
    return (x - long, x) if node.get("text-anchor") == "end" else (x, x + long)


@widths
def test_without_a_solution_it_says_so_and_has_no_bar(width: float) -> None:
    root = parse(render_waterfall((), "bus_1", None, DEFAULT_LIMITS, width))
    assert "no solution: the feeder cannot carry this" in words(root)
    assert not with_class(root, "change")
    assert not with_class(root, "result")


def test_long_words_are_cut_with_an_ellipsis() -> None:
    assert (fitted("line_1", 6), fitted("line_12", 6)) == ("line_1", "line_…")
