"""The report of chance: the kind of limit before the place, percent beside kWp, and no empty charts."""

from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulator.answers.declared import data_of
from simulator.drawing.panel import NARROW, WIDE
from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.studies.monte_carlo.answer import MonteCarlo
from simulator.studies.monte_carlo.data import MonteCarloOut
from simulator.studies.monte_carlo.first_limits import Binding
from simulator.studies.monte_carlo.report import monte_carlo_report
from simulator.studies.monte_carlo.wording import binding_words
from simulator.tests.feeders import all_feeders
from simulator.tests.reports.pictures import parse, points, with_class, words
from simulator.tests.studies.asking import monte_carlo


@cache
def _found(name: str) -> MonteCarlo:
    asked = {"battery_adoption": 0.0, "quarter_hours": "binding", "limits": LIMIT_SETS["twin"]}
    return monte_carlo(all_feeders()[name], read_profiles(), placements=100, seed=1, **asked)


@pytest.mark.parametrize(
    ("bindings", "said"),
    [
        (
            {("overvoltage", "bus_7"): 30, ("overvoltage", "bus_3"): 45, ("overvoltage", "bus_9"): 25},
            "overvoltage binds in all placements, first at bus_3 in 45 %",
        ),
        (
            {("overvoltage", "bus_7"): 30, ("overvoltage", "bus_3"): 28, ("line", "line_4"): 42},
            "overvoltage binds in 58 % of the placements, first at bus_7 in 30 %",
        ),
        ({None: 60, ("line", "line_4"): 40}, "nothing binds in 60 % of the placements"),
        ({("no_solution", "feeder"): 100}, "no solution binds in all placements"),
    ],
)
def test_the_kind_of_limit_is_told_before_the_place(bindings: dict[Binding, int], said: str) -> None:
    found = replace(_found("feeder_00"), placements=100, bindings=Counter(bindings))
    assert binding_words(found) == said


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_pass_rate_can_be_read_with_the_quantiles_in_kwp(width: float) -> None:
    """Customers are drawn at random, so that a share of them has that share of the potential on average."""
    found = _found("feeder_00")
    figure = monte_carlo_report(all_feeders()["feeder_00"], found).figures[0]
    root = parse(figure.svg if width == WIDE else figure.narrow_svg)
    potential_kwp = sum(customer.pv_kwp for customer in all_feeders()["feeder_00"].customers)
    assert {"0", "50", "100", f"{potential_kwp / 2:.0f}", f"{potential_kwp:.0f}"} <= set(words(root))
    right = width - 20
    for quantile, name in zip(found.quantiles(), ("p5", "p50", "p95"), strict=True):
        (upright,) = [node for node in with_class(root, name) if node.get("d")]
        x, _ = points(upright.get("d") or "")[0]
        assert x == pytest.approx(58 + (right - 58) * quantile.value / potential_kwp, abs=0.1)
        told = f"{name.upper()} {quantile.value:.0f}"
        assert (f"hosting capacity {told} kWp" if width == WIDE else told) in words(root)


def test_a_feeder_in_trouble_before_any_pv_shows_what_pv_alone_allows() -> None:
    feeder, found = all_feeders()["feeder_11"], _found("feeder_11")
    report, data = monte_carlo_report(feeder, found), data_of(MonteCarloOut, found, feeder, caveats=())
    low = found.counted.quantiles()[0]
    assert low.value > 0
    assert report.sentence.startswith("feeder_11 is in trouble before any PV: bus_29 falls to 0.9")
    assert "Counting only what PV causes or worsens, it hosts " in report.sentence
    assert "; overvoltage binds in all placements, first at bus_" in report.sentence
    assert report.state == "violated"
    assert report.kpis[0].value == f"{low.value:.0f}"
    assert ("Counted", "counting only what PV causes or worsens") in report.question
    assert max(data["hosting_capacity_kwp"]) == 0
    assert data["pv_caused"]["quantiles"][0]["kwp"] == low.value
    assert data["baseline_violation"]["kind"] == "undervoltage"
    assert [one["kind"] for one in data["pv_caused"]["binding_kinds"]] == ["overvoltage"]


def test_where_some_placements_host_nothing_none_is_said_to_host_less() -> None:
    found = _found("feeder_06")
    poor = replace(found, installed=np.where(np.arange(found.placements) < 10, 0.0, found.installed))
    (finding,) = monte_carlo_report(all_feeders()["feeder_06"], poor).findings
    assert "one placement in twenty hosts none (0 to " in finding.reason
