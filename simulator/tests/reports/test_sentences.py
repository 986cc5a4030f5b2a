"""The answer in one sentence, word for word."""

from dataclasses import replace

import pytest

from simulator.assessment.violations import Violation
from simulator.assessment.wording import bound, explain
from simulator.grid.limits import LIMIT_SETS
from simulator.studies.adoption import adoption_words
from simulator.studies.compare.comparison import ComparedFeeder
from simulator.studies.sentences import (
    comparison_sentence,
    feeders_sentence,
    snapshot_sentence,
    sweep_sentence,
)
from simulator.studies.sweep.hosting_capacity import HostingCapacity, Sweep
from simulator.studies.sweep.wording import over_words, times_words
from simulator.tests.studies.asking import compare, day_status, simulate
from simulator.tests.studies.small import flat_day, scenario, small_feeder

FEEDER = small_feeder({"bus": "bus_2", "peak_kw": 10.0, "pv_kwp": 50.0})
DARK = small_feeder({"bus": "bus_2", "peak_kw": 170.0, "pv_kwp": 10.0}, length_km=0.6)
HIGH = Violation("overvoltage", "bus_27", 48, 1.0712, 1.06)


@pytest.mark.parametrize(
    ("pv", "battery", "words"),
    [
        (0.6, 0.0, "60 % PV"),
        (0.6, 0.1, "60 % PV and 10 % batteries"),
        (0.125, 0.0, "12.5 % PV"),
        (0.0, 0.0, "0 % PV"),
        (0.29, 0.0, "29 % PV"),
    ],
)
def test_adoption(pv: float, battery: float, words: str) -> None:
    assert adoption_words({"pv": pv, "battery": battery}) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ((48,), "12:00"),
        ((28, 48), "07:00 and 12:00"),
        ((28, 48, 74), "07:00, 12:00 and 18:30"),
        (tuple(range(40, 60)), "20 quarter-hours from 10:00 to 14:45"),
        (tuple(range(96)), "all 96 quarter-hours of the day"),
    ],
)
def test_times(hours: tuple[int, ...], words: str) -> None:
    assert times_words(hours) == words


@pytest.mark.parametrize(
    ("violation", "words"),
    [
        (HIGH, "bus_27 reaches 1.071 pu at 12:00, limit 1.06 pu"),
        (
            Violation("undervoltage", "bus_3", 74, 0.921, 0.94),
            "bus_3 falls to 0.921 pu at 18:30, limit 0.94 pu",
        ),
        (Violation("rise", "bus_3", 48, 0.0341, 0.03), "bus_3 rises by +3.4 % at 12:00, limit 3 %"),
        (Violation("line", "line_4", 48, 1.123, 1.0), "line_4 reaches 112.3 % at 12:00, limit 100 %"),
        (
            Violation("no_solution", "feeder", 48, None, None),
            "no solution: the feeder cannot carry this at 12:00",
        ),
    ],
)
def test_a_violation(violation: Violation, words: str) -> None:
    assert explain(violation) == words


@pytest.mark.parametrize(
    ("violation", "words"),
    [
        (HIGH, "bus_27 exceeds 1.06 pu at 12:00"),
        (Violation("undervoltage", "bus_3", 74, 0.93999, 0.94), "bus_3 falls below 0.94 pu at 18:30"),
        (Violation("rise", "bus_3", 48, 0.03001, 0.03), "bus_3 rises by more than 3 % at 12:00"),
        (Violation("line", "line_4", 48, 1.0004, 1.0), "line_4 exceeds 100 % at 12:00"),
        (
            Violation("no_solution", "feeder", 48, None, None),
            "there is no solution: the feeder cannot carry this at 12:00",
        ),
    ],
)
def test_a_limit_that_binds(violation: Violation, words: str) -> None:
    assert bound(violation) == words


def test_a_snapshot_that_leaves_its_limits_names_the_worst_place() -> None:
    snapshot = replace(simulate(FEEDER, flat_day(), scenario(FEEDER, 0.6)), violations=(HIGH,))
    words = "At 12:00 with 60 % PV, small leaves its limits: bus_27 at 1.071 pu."
    assert snapshot_sentence(FEEDER, snapshot) == words
    bare = small_feeder({"bus": "bus_2", "peak_kw": 10.0})
    assert snapshot_sentence(bare, snapshot) == words.replace("60 % PV", "no PV known")


def test_a_snapshot_within_limits_gives_its_range() -> None:
    snapshot = simulate(FEEDER, flat_day(), scenario(FEEDER, 0.3))
    kpis = snapshot.kpis
    assert snapshot_sentence(FEEDER, snapshot) == (
        f"At 12:00 with 30 % PV, small stays within its limits: {kpis.min_voltage_pu:.3f} to "
        f"{kpis.max_voltage_pu:.3f} pu, transformer at {100 * (kpis.transformer_loading or 0):.0f} %."
    )


def test_a_snapshot_without_a_solution() -> None:
    snapshot = simulate(DARK, flat_day(), scenario(DARK, 0.0))
    assert snapshot_sentence(DARK, snapshot) == (
        "At 12:00 with 0 % PV, small has no solution: the feeder cannot carry this."
    )


def _sweep(
    capacity: HostingCapacity,
    caused: HostingCapacity | None = None,
    *,
    steps: tuple[int, ...] = (28, 48),
    potential_kwp: float = 200.0,
) -> Sweep:
    alone, baseline = caused or capacity, caused is not None
    return Sweep(steps, {}, "pv", LIMIT_SETS["twin"], (), capacity, alone, baseline, potential_kwp)


LOW = Violation("undervoltage", "bus_29", 74, 0.921, 0.94)
OVER = Violation("line", "line_3", 48, 1.001, 1.0)
DAY = tuple(range(96))
ALL_OF_IT = "hosts all of its PV potential (200 kWp) at 07:00 and 12:00"


@pytest.mark.parametrize(
    ("capacity", "words"),
    [
        (
            HostingCapacity(0.424, 84.8, HIGH),
            (
                "hosts 42.4 % PV (85 kWp) at 07:00 and 12:00; above that bus_27 exceeds 1.06 pu at 12:00 "
                "(overvoltage)."
            ),
        ),
        (
            HostingCapacity(2.39, 478.0, OVER),
            (
                f"{ALL_OF_IT}, and up to 2.3 times that (478 kWp); then line_3 exceeds 100 % at 12:00 "
                "(line overload)."
            ),
        ),
        (
            HostingCapacity(1.0, 200.0, OVER),
            f"{ALL_OF_IT}; just above that line_3 exceeds 100 % at 12:00 (line overload).",
        ),
        (
            HostingCapacity(10.0, 2000.0, None),
            f"{ALL_OF_IT}, and up to 10 times that (2000 kWp): nothing binds up to there.",
        ),
    ],
)
def test_a_sweep_says_over_which_quarter_hours_and_how_far_beyond_the_potential(
    capacity: HostingCapacity, words: str
) -> None:
    assert sweep_sentence("feeder_05", _sweep(capacity)) == f"feeder_05 {words}"


def test_an_answer_over_the_whole_day_says_so() -> None:
    told = sweep_sentence("feeder_05", _sweep(HostingCapacity(0.424, 84.8, HIGH), steps=DAY))
    assert told.startswith("feeder_05 hosts 42.4 % PV (85 kWp) over the whole day; above that bus_27 ")
    assert (over_words(DAY), over_words((48,))) == ("over the whole day", "at 12:00")


def test_a_sweep_of_a_feeder_in_trouble_before_any_pv() -> None:
    found = _sweep(HostingCapacity(0, 0, LOW), HostingCapacity(0.3, 60, HIGH))
    assert sweep_sentence("feeder_11", found) == (
        "feeder_11 is in trouble before any PV: bus_29 falls to 0.921 pu at 18:30, limit 0.94 pu. "
        "Counting only what PV causes or worsens, it hosts 30.0 % PV (60 kWp) at 07:00 and 12:00; above that "
        "bus_27 exceeds 1.06 pu at 12:00 (overvoltage)."
    )


def test_without_any_potential_nothing_was_asked() -> None:
    nothing = HostingCapacity(0.0, 0.0, None)
    told = "No PV potential is known for feeder_11, so no hosting capacity was computed."
    assert sweep_sentence("feeder_11", _sweep(nothing, potential_kwp=0.0)) == told
    trouble = _sweep(HostingCapacity(0.0, 0.0, LOW), nothing, potential_kwp=0.0)
    assert sweep_sentence("feeder_11", trouble) == (
        f"feeder_11 is in trouble before any PV: bus_29 falls to 0.921 pu at 18:30, limit 0.94 pu. {told}"
    )


def _compared(pv: float) -> ComparedFeeder:
    return compare(FEEDER, flat_day(), scenario(FEEDER, pv), [48])


def test_a_comparison_names_who_leaves_its_limits() -> None:
    within, out = _compared(0.1), replace(_compared(0.1), violations=(HIGH,))
    asked = scenario(FEEDER, 0.6, 0.1)
    start = "At 12:00 with 60 % PV and 10 % batteries, "
    assert comparison_sentence(asked, [within, out]) == f"{start}1 of 2 feeders leave their limits: small."
    assert comparison_sentence(asked, [within]) == f"{start}0 of 1 feeder leave their limits."


def test_the_list_of_feeders_counts_those_within_limits_all_day() -> None:
    good = day_status(FEEDER, flat_day(), 0.1, 0.0, LIMIT_SETS["twin"])
    bad = day_status(DARK, flat_day(), 0.1, 0.0, LIMIT_SETS["twin"])
    assert (
        feeders_sentence({"pv": 0.3}, [good, bad, good])
        == "With 30 % PV, 2 of 3 feeders stay within limits all day."
    )
    assert feeders_sentence({"pv": 0.3}, [good, bad], [good, bad, bad]) == (
        "With 30 % PV, 1 of 2 feeders stay within limits all day; PV was not asked about 3 feeders without "
        "PV potential; 1 of these stay within limits by load alone."
    )
