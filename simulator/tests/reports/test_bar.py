"""Bars and ticks: lengths to scale, and round numbers."""

from xml.etree.ElementTree import Element

import pytest

from simulator.drawing.bar import render_bar
from simulator.drawing.ticks import decimals, nice_step, nice_ticks
from simulator.tests.reports.pictures import SVG, parse, with_class

NAN = float("nan")


def bar(value: float | None, limit: float = 1, maximum: float = 1.25) -> Element:
    """Draw a bar."""
    return parse(render_bar(value, limit, maximum))


def test_a_bar_is_as_long_as_its_value() -> None:
    (fill,) = with_class(bar(0.5), "fill")
    assert float(fill.get("width", 0)) == pytest.approx(0.5 / 1.25 * 118, abs=0.1)
    assert not with_class(bar(1.0), "over")


def test_a_bar_beyond_its_limit_has_another_shape() -> None:
    (over,), (fill,) = with_class(bar(1.2), "over"), with_class(bar(1.2), "fill")
    assert float(over.get("width", 0)) == pytest.approx(0.2 / 1.25 * 118, abs=0.1)
    assert float(over.get("height", 0)) > float(fill.get("height", 0))
    assert with_class(bar(1.2), "stripes")
    assert with_class(bar(1.001), "over")


@pytest.mark.parametrize("value", [None, NAN])
def test_a_bar_without_a_value_is_empty_and_dashed(value: float | None) -> None:
    root = bar(value)
    assert not with_class(root, "fill")
    assert with_class(root, "track")[0].get("stroke-dasharray")
    assert root.findtext(f"{SVG}title") == "no solution"


@pytest.mark.parametrize("value", [-1.0, 99.0])
def test_a_bar_never_leaves_its_track(value: float) -> None:
    for rect in bar(value).iter(f"{SVG}rect"):
        assert float(rect.get("width", 0)) >= 0
        assert float(rect.get("x", 0)) + float(rect.get("width", 0)) <= 120


def test_a_bar_needs_a_scale() -> None:
    with pytest.raises(ValueError, match="positive limit and maximum"):
        render_bar(1, 0, 1)


@pytest.mark.parametrize(
    ("low", "high", "count", "expected"),
    [
        (0, 430, 8, [0, 100, 200, 300, 400]),
        (0.93, 1.07, 7, [0.94, 0.96, 0.98, 1.0, 1.02, 1.04, 1.06]),
        (0, 1, 10, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]),
        (0, 3, 4, [0, 1, 2, 3]),
    ],
)
def test_ticks_are_round_numbers(low: float, high: float, count: int, expected: list[float]) -> None:
    assert nice_ticks(low, high, count) == expected
    assert decimals(nice_step(high - low, count)) == max(
        len(str(t).partition(".")[2].rstrip("0")) for t in expected
    )
