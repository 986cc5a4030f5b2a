"""Without any PV potential no capacity is told, on no page: nothing to host was asked."""

from typing import Any

import pytest
from pydantic import BaseModel

from simulator.answers.declared import data_of
from simulator.grid.limits import DEFAULT_LIMITS
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.grid.summary import FeederSummary
from simulator.reports.report import Report
from simulator.studies.feeders.report import feeders_report
from simulator.studies.measures.data import MeasuresOut
from simulator.studies.measures.report import measures_report
from simulator.studies.monte_carlo.data import MonteCarloOut
from simulator.studies.monte_carlo.report import monte_carlo_report
from simulator.studies.nodes.report import nodes_report
from simulator.studies.standards.data import StandardsOut
from simulator.studies.standards.report import standards_report
from simulator.studies.sweep.data import SweepOut
from simulator.studies.sweep.report import sweep_report
from simulator.studies.unusable import Listed
from simulator.tests.studies.asking import day_status, measures, monte_carlo, nodes, standards, sweep
from simulator.tests.studies.small import flat_day, small_feeder

CALM = small_feeder({"bus": "bus_2", "peak_kw": 5.0})
TROUBLE = small_feeder({"bus": "bus_2", "peak_kw": 44.0}, length_km=0.18)
DAY, HOURS = flat_day(), range(96)


def _asked(feeder: Feeder, profiles: Profiles) -> dict[str, tuple[Report, dict[str, Any]]]:
    """Return each study's report and data."""
    day = {"steps": HOURS, "battery_adoption": 0.0}
    swept = sweep(feeder, profiles, HOURS, 0.0, DEFAULT_LIMITS)
    by_set = standards(feeder, profiles, **day, own=None)
    tried = measures(feeder, profiles, **day, limits=DEFAULT_LIMITS)
    drawn = monte_carlo(
        feeder,
        profiles,
        placements=60,
        seed=1,
        battery_adoption=0.0,
        quarter_hours="binding",
        limits=DEFAULT_LIMITS,
    )

    def told(model: type[BaseModel], found: object) -> dict[str, Any]:
        return data_of(model, found, feeder, caveats=())

    return {
        "sweep": (sweep_report(feeder, swept), told(SweepOut, swept)),
        "standards": (standards_report(feeder, by_set), told(StandardsOut, by_set)["standards"][0]),
        "measures": (measures_report(feeder, tried), told(MeasuresOut, tried)["base"]),
        "chance": (monte_carlo_report(feeder, drawn), told(MonteCarloOut, drawn)),
    }


@pytest.mark.parametrize("study", ["sweep", "standards", "measures", "chance"])
@pytest.mark.parametrize(("feeder", "state"), [(CALM, "plain"), (TROUBLE, "violated")])
def test_no_capacity_is_told_and_nothing_is_green(feeder: Feeder, state: str, study: str) -> None:
    report, data = _asked(feeder, DAY)[study]
    assert "No PV potential is known for small, so no hosting capacity was computed." in report.sentence
    assert ("before any PV" in report.sentence) == (state == "violated")
    assert report.state == state
    assert "no_potential" in {finding.key for finding in report.findings}
    assert report.kpis[0].value == "not asked"
    assert not any(kpi.state == "ok" for kpi in report.kpis)
    assert ("PV potential", "none is known") in report.question or study == "chance"
    assert not report.figures
    told = " ".join([report.sentence, *(f"{kpi.value} {kpi.place}" for kpi in report.kpis)])
    assert "100" not in told.replace("100 %", "") or state == "violated"
    assert "all of" not in told
    for key in ("hosting_capacity", "hosting_capacity_kwp", "hosting_capacity_pv_caused", "even_spread"):
        assert data.get(key) in (None, [])
    assert not data.get("quantiles")


def test_a_measure_may_still_end_what_load_alone_violates() -> None:
    """44 kW through 360 m of 4x50 sink below the band; one section of 4x120 holds them in it."""
    report, _ = _asked(TROUBLE, DAY)["measures"]
    assert report.sentence.endswith("The next larger cable for line_1 ends the trouble.")
    (finding,) = [f for f in report.findings if f.key == "mends"]
    assert "nothing is violated with the next larger cable for line_1" in finding.reason


def test_places_say_that_there_is_no_pv_in_the_scenario() -> None:
    asked = {"pv_adoption": 0.3, "battery_adoption": 0.0, "step": 48, "limits": DEFAULT_LIMITS}
    report = nodes_report(CALM, nodes(CALM, DAY, **asked, when="day"))
    assert report.sentence.startswith(
        "Over the day with no PV (no potential is known), one more PV plant may"
    )


@pytest.mark.parametrize(
    ("feeder", "state", "words"),
    [(CALM, "plain", "PV not asked, within limits without any"), (TROUBLE, "violated", "undervoltage")],
)
def test_the_list_of_feeders_is_not_green_where_pv_was_not_asked(
    feeder: Feeder, state: str, words: str
) -> None:
    status = day_status(feeder, DAY, 0.3, 0.0, DEFAULT_LIMITS)
    report = feeders_report(
        {"pv": 0.3}, DEFAULT_LIMITS, Listed([(FeederSummary.of(feeder), status)], []), "feeder", False
    )
    assert (report.state, report.tables[0].states) == (state, (state,))
    assert words in report.tables[0].rows[0]
    calm = int(state == "plain")
    assert report.sentence == (
        "PV was not asked about 1 feeder without PV potential; "
        f"{calm} of these stay within limits by load alone."
    )
