"""The measures report: the sentence names the best, and bars, table, guidance and data tell the same."""

import pytest

from simulator.answers.declared import data_of
from simulator.assessment.violations import Violation
from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.studies.guidance import Finding
from simulator.studies.measures.data import MeasuresOut
from simulator.studies.measures.measures import Measure, Measures
from simulator.studies.measures.report import measures_report, measures_sentence
from simulator.studies.measures.wording import gain_words
from simulator.studies.rules import advise
from simulator.studies.sweep.hosting_capacity import HostingCapacity, Sweep
from simulator.tests.feeders import all_feeders
from simulator.tests.reports.pictures import parse, with_class, words
from simulator.tests.studies.asking import measures

HIGH = Violation("overvoltage", "bus_29", 48, 1.061, 1.06)
FULL = Violation("transformer", "trafo_0", 48, 1.01, 1.0)
LOW = Violation("undervoltage", "bus_29", 74, 0.93, 0.94)


def _sweep(kwp: float, binding: Violation | None, caused: float | None = None) -> Sweep:
    capacity = HostingCapacity(kwp / 200, kwp, binding)
    alone = capacity if caused is None else HostingCapacity(caused / 200, caused, HIGH)
    return Sweep((48,), {}, "pv", LIMIT_SETS["twin"], (), capacity, alone, caused is not None, 200.0)


def _measure(gain: float | None, outcome: Sweep | None, *, worsens: bool = False) -> Measure:
    return Measure("tap", "Tap one step down", "the tap one step down", "trafo_0 up", outcome, gain, worsens)


TROUBLE = _sweep(0.0, LOW, caused=40.0)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (
            Measures(_sweep(120.0, HIGH), False, (_measure(38.0, _sweep(158.0, FULL)),)),
            (
                "hosts 60.0 % PV (120 kWp) at 12:00; the tap one step down helps most: +38 kWp, "
                "then trafo_0 exceeds 100 % at 12:00."
            ),
        ),
        (
            Measures(_sweep(120.0, HIGH), False, (_measure(1880.0, _sweep(2000.0, None)),)),
            (
                "hosts 60.0 % PV (120 kWp) at 12:00; the tap one step down helps most: +1880 kWp, "
                "10 times the potential, where the search ends."
            ),
        ),
        (
            Measures(_sweep(120.0, FULL), False, (_measure(-3.0, _sweep(117.0, FULL)),)),
            (
                "hosts 60.0 % PV (120 kWp) at 12:00; none of these measures helps while trafo_0 exceeds "
                "100 % at 12:00."
            ),
        ),
        (
            Measures(_sweep(460.0, FULL), False, ()),
            (
                "hosts all of its PV potential (200 kWp) at 12:00, and up to 2.3 times that (460 kWp); then "
                "trafo_0 exceeds 100 % at 12:00 (transformer overload). Nothing binds within the potential: "
                "nothing needs help."
            ),
        ),
        (
            Measures(TROUBLE, True, (_measure(10.0, _sweep(0.0, LOW, caused=50.0)),)),
            (
                "is in trouble before any PV, bus_29 falls to 0.930 pu at 18:30, limit 0.94 pu, and no "
                "measure here mends that; by PV alone it hosts 20.0 % PV (40 kWp) at 12:00; the tap one step "
                "down helps most: +10 kWp, then bus_29 exceeds 1.06 pu at 12:00."
            ),
        ),
        (
            Measures(TROUBLE, True, (_measure(10.0, _sweep(0.0, LOW, caused=50.0), worsens=True),)),
            (
                "is in trouble before any PV, bus_29 falls to 0.930 pu at 18:30, limit 0.94 pu, and no "
                "measure here mends that; by PV alone it hosts 20.0 % PV (40 kWp) at 12:00; none of these "
                "measures helps."
            ),
        ),
        (
            Measures(TROUBLE, False, (_measure(30.0, _sweep(30.0, HIGH)),)),
            (
                "hosts 0.0 % PV (0 kWp) at 12:00, in trouble before any PV; the tap one step down helps "
                "most: +30 kWp, then bus_29 exceeds 1.06 pu at 12:00."
            ),
        ),
    ],
)
def test_the_sentence(made: Measures, said: str) -> None:
    assert measures_sentence("feeder_05", made) == f"feeder_05 {said}"


@pytest.mark.parametrize(
    ("gain", "said"),
    [(38.4, "+38 kWp"), (9.96, "+10 kWp"), (0.4, "+0.4 kWp"), (0.0, "no gain"), (-3.12, "-3.1 kWp")],
)
def test_gains_in_words(gain: float, said: str) -> None:
    assert gain_words(_measure(gain, TROUBLE)) == said


@pytest.mark.parametrize("limits", ["twin", "vde_4105"])
@pytest.mark.parametrize("name", ["feeder_00", "feeder_05", "feeder_08", "feeder_09", "feeder_11"])
def test_bars_table_and_data_tell_each_measure(name: str, limits: str) -> None:
    feeder = all_feeders()[name]
    found = measures(feeder, read_profiles(), steps=[48, 74], battery_adoption=0.0, limits=LIMIT_SETS[limits])
    report, data = measures_report(feeder, found), data_of(MeasuresOut, found, feeder, caveats=())
    assert report.sentence.startswith(f"{name} ")
    assert not report.wide
    (figure,) = report.figures
    wide, narrow = parse(figure.svg), parse(figure.narrow_svg)
    possible = [measure for measure in found.measures if measure.outcome]
    assert len(with_class(wide, "base")) == len(with_class(narrow, "base")) == 1 + len(possible)
    (head, *rows) = report.tables[0].rows
    assert head[:3] == ("As it is", "nothing", found.base.capacity.adoption * 100)
    for measure, row, one in zip(found.measures, rows, data["measures"], strict=True):
        assert measure.title in words(wide)
        assert one["possible"] == (measure.outcome is not None)
        assert one["gain_beyond_potential_kwp"] == row[4] == measure.gain
        if measure.outcome:
            capacity = found.capacity(measure.outcome)
            assert f"{capacity.adoption * 100:.1f} % = {capacity.installed:.0f} kWp" in words(narrow)
            assert one["capacity"]["hosting_capacity"] == min(measure.outcome.capacity.adoption, 1)
            within = [min(c.adoption, 1) for c in (capacity, found.capacity(found.base))]
            gain_kwp = (within[0] - within[1]) * feeder.pv_potential_kwp
            assert one["gain_kwp"] == pytest.approx(gain_kwp, abs=1e-9)
        else:
            assert f"not possible: {measure.change}" in " ".join(words(wide))
            assert one["capacity"] is None


def _finding(findings: tuple[Finding, ...], key: str) -> Finding:
    return next(finding for finding in findings if finding.key == key)


def _findings(name: str, limits: str = "twin") -> tuple[Finding, ...]:
    found = measures(
        all_feeders()[name],
        read_profiles(),
        steps=[28, 48, 74],
        battery_adoption=0.0,
        limits=LIMIT_SETS[limits],
    )
    return advise("measures", found)


def test_guidance_names_the_best_and_why_the_others_do_not_help() -> None:
    findings = _findings("feeder_00")
    assert [finding.key for finding in findings] == ["measure_tap", "no_help", "not_possible"]
    assert "trafo_0 from position 0 to 1" in findings[0].advice
    reason = _finding(findings, "no_help").reason
    assert "line_11 exceeds 100 % at 12:00, since reactive power takes current too" in reason
    assert "battery adoption of 50 % brings no gain" in reason
    assert "when the batteries charge nothing" in reason
    assert "no larger cable type" in _finding(findings, "not_possible").reason


def test_guidance_says_that_absorbing_inverters_are_rated_for_it() -> None:
    best = _findings("feeder_03")[0]
    assert best.key == "measure_absorbing"
    assert "rated for it, S = P / 0.95" in best.advice


def test_guidance_says_that_a_lower_tap_may_bring_or_worsen_trouble() -> None:
    brings, worsens = _finding(_findings("feeder_03"), "no_help"), _finding(_findings("feeder_11"), "no_help")
    assert "the tap one step down brings trouble before any PV: bus_23 falls to" in brings.reason
    assert "the tap one step down worsens what is wrong before any PV: bus_29 falls to" in worsens.reason


def test_guidance_looks_further_where_no_measure_helps() -> None:
    first, *_ = _findings("feeder_05")
    assert first.key == "no_measure"
    assert "a lower voltage takes more current" in first.reason


def test_where_nothing_binds_there_is_no_guidance() -> None:
    assert _findings("feeder_09") == ()


def test_card_and_bar_of_a_feeder_in_trouble_count_the_same() -> None:
    feeder = all_feeders()["feeder_08"]
    found = measures(
        feeder, read_profiles(), steps=range(96), battery_adoption=0.0, limits=LIMIT_SETS["twin"]
    )
    report = measures_report(feeder, found)
    card, counted = report.kpis[0], "counting only what PV causes or worsens"
    assert card.label == f"C{counted[1:]}"
    assert found.base.caused.all_of_it
    told = words(parse(report.figures[0].svg))
    assert counted in told
    assert f"{card.value} % = {found.base.caused.installed:.0f} kWp" in told
