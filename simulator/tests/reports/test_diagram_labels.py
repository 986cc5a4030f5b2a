"""A diagram's labels: readable, clear of one another, within the picture."""

from itertools import combinations
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.drawing.diagram import render_diagram
from simulator.grid.schema import Feeder
from simulator.tests.feeders import all_feeders
from simulator.tests.reports.pictures import hover, parse, strokes, with_class, words
from simulator.tests.reports.trees import drawn, network, networks

THREE = network([(0, 1, 0.1), (1, 2, 0.05)])
stored = pytest.mark.parametrize("feeder", list(all_feeders().values()), ids=list(all_feeders()))


def boxes(root: Element) -> list[tuple[str, float, float, float, float]]:
    """Return each label with its box, of letters as narrow as sans-serif ones are."""
    found = []
    for group in with_class(root, "labels"):
        for node in group:
            size, text = float(node.get("font-size", 12)), node.text or ""
            wide = 0.55 * size * len(text)
            x, y = float(node.get("x", 0)), float(node.get("y", 0))
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "middle")]
            found.append((text, left, y - 0.7 * size, left + wide, y))
    return found


def overlaps(root: Element) -> list[tuple[str, str]]:
    """Return the pairs of labels that cover one another."""
    return [
        (one[0], other[0])
        for one, other in combinations(boxes(root), 2)
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]


@stored
def test_no_label_covers_another_or_an_upright(feeder: Feeder) -> None:
    root = drawn(feeder)
    assert overlaps(root) == []
    for text, left, top, right, bottom in boxes(root):
        for (x, upper), (_, lower) in [*strokes(root, "joint"), *strokes(root, "busbar")]:
            assert not (left < x < right and upper < bottom and top < lower), text


@given(feeder=networks(), seed=st.integers(0, 9))
def test_no_label_covers_another_in_any_network(feeder: Feeder, seed: int) -> None:
    assert overlaps(drawn(feeder, seed)) == []


@stored
def test_labels_stay_within_the_picture(feeder: Feeder) -> None:
    root = drawn(feeder)
    width, height = map(float, root.get("viewBox", "").split()[2:])
    assert all(min(box[1:3]) >= 0 and box[3] <= width and box[4] <= height for box in boxes(root))


def test_the_extremes_are_named_with_their_voltage() -> None:
    texts = words(parse(render_diagram(THREE, [1.0, 1.03, 1.0712], [0.2, 1.345], [0.4])))
    assert "bus_2 1.071 pu" in texts
    assert "bus_0 1.000 pu" in texts
    assert "line_2 134 %" in texts


@pytest.mark.parametrize(
    ("vm_pu", "text"),
    [
        (1.0712, "bus_2: 1.071 pu, limit 1.06, 150 m"),
        (1.06, "bus_2: 1.060 pu, 150 m"),
        (1.0600001, "bus_2: 1.0600001 pu, limit 1.06, 150 m"),
        (0.9399, "bus_2: 0.9399 pu, limit 0.94, 150 m"),
    ],
)
def test_hovering_tells_a_voltage_so_that_its_side_of_the_limit_shows(vm_pu: float, text: str) -> None:
    root = parse(render_diagram(THREE, [1.0, 1.0, vm_pu]))
    assert hover(with_class(root, "bus")[2]).startswith(text)
