"""Networks too large to draw: words in the picture's place, and no number less."""

import numpy as np
import pytest

from simulator.drawing.diagram import render_diagram, render_thumbnail
from simulator.drawing.heat import render_heat_map
from simulator.drawing.profile import render_voltage_profile
from simulator.grid.limits import DEFAULT_LIMITS
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.studies.why.report import why_report
from simulator.studies.why.why import Why
from simulator.tests.feeders import changed, plain
from simulator.tests.large import chain_of, parallel_lines
from simulator.tests.reports.pictures import SVG, parse, with_class, words
from simulator.tests.reports.trees import network
from simulator.tests.studies.asking import ask_why

CHAIN = "2,000 buses are too many to draw;"
MESHED = "4,999 lines that close meshes are too many to draw;"


def explain(feeder: Feeder, bus: str) -> Why:
    """Return the parts of a bus's voltage in the evening."""
    return ask_why(
        feeder,
        read_profiles(),
        pv_adoption=0.5,
        battery_adoption=0.2,
        step=74,
        when="time",
        bus=bus,
        limits=DEFAULT_LIMITS,
    )


@pytest.mark.parametrize(("size", "why"), [("chain", CHAIN), ("parallel", MESHED)])
def test_what_is_too_large_is_told_in_a_dozen_elements(size: str, why: str) -> None:
    feeder = chain_of(2000) if size == "chain" else parallel_lines(5000)
    vm_pu = [1.0] * len(feeder.buses)
    for svg in (render_diagram(feeder, vm_pu), render_voltage_profile(feeder, vm_pu, DEFAULT_LIMITS)):
        picture = parse(svg)
        assert words(picture) == [why, "the tables show all."]
        assert len(list(picture.iter())) <= 12
    assert len(list(parse(render_thumbnail(feeder, vm_pu)).iter())) <= 12


def test_a_day_of_a_large_network_is_told_likewise() -> None:
    assert CHAIN in render_heat_map(chain_of(2000), np.ones((96, 2000)), DEFAULT_LIMITS)


def test_up_to_the_bound_every_line_has_its_own_way() -> None:
    picture = parse(render_diagram(network([(0, 1, 0.1)] * 201)))
    lines = with_class(with_class(picture, "lines")[0], "line")
    ways = {path.get("d") for line in lines if (path := line.find(f"{SVG}path")) is not None}
    assert len(lines) == len(ways) == 201


def test_why_keeps_sums_alone_where_customers_times_sections_are_many() -> None:
    feeder = chain_of(300)
    why = explain(feeder, "bus_299")
    parts = why.parts
    assert parts is not None
    assert len(parts.lines) == 299
    assert all(line.shares_pu is None for line in parts.lines)
    total = parts.source_pu + sum(section.total_pu for section in parts.sections)
    assert total == pytest.approx(parts.voltage_pu, abs=1e-12)
    by_kind = sum(section.kinds_pu for section in parts.sections)
    assert parts.customers_pu.sum(axis=0) == pytest.approx(by_kind, abs=1e-12)
    report = why_report(feeder, why)
    assert len(with_class(parse(report.figures[0].svg), "change")) == 3 + 60
    assert "Each bar is up to 5 line sections" in report.figures[0].caption
    assert len(next(table for table in report.tables if table.key == "sections").rows) == 2 + 299


def test_shares_that_are_not_kept_are_those_that_would_be(monkeypatch: pytest.MonkeyPatch) -> None:
    feeder = chain_of(40)
    feeder = changed(feeder, customers=plain(feeder)["customers"][::3])
    kept = explain(feeder, "bus_39").parts
    monkeypatch.setattr("simulator.studies.why.parts.MAX_SHARES", 0)
    summed = explain(feeder, "bus_39").parts
    assert kept is not None
    assert summed is not None
    assert summed.run == kept.run
    run = sum(line.shares_pu for line in kept.lines[kept.run] if line.shares_pu is not None)
    assert summed.run_pu == pytest.approx(run, abs=1e-15)
    whole = sum(section.shares_pu for section in kept.sections if section.shares_pu is not None)
    assert summed.customers_pu == pytest.approx(whole, abs=1e-15)
