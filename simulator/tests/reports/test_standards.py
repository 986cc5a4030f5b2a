"""The standards report: the sentence names both ends, and bars, table and data tell the same."""

from dataclasses import replace

import pytest

from simulator.answers.declared import data_of
from simulator.grid.limits import LIMIT_SETS, Limits
from simulator.grid.profiles import read_profiles
from simulator.studies.standards.data import StandardsOut
from simulator.studies.standards.report import standards_report, standards_sentence
from simulator.studies.standards.standards import Standards
from simulator.studies.sweep.hosting_capacity import HostingCapacity, Sweep
from simulator.tests.feeders import all_feeders
from simulator.tests.reports.pictures import parse, words
from simulator.tests.studies.asking import standards

OWN = Limits(name="own", title="Own limits", source="test", vm_min_pu=0.925, vm_max_pu=1.08)


def _made(*adoptions: float, baseline: tuple[str, ...] = ()) -> Standards:
    sweeps = tuple(
        Sweep((48,), {}, "pv", limits, (), capacity, capacity, limits.name in baseline, 200.0)
        for limits, capacity in zip(
            [*LIMIT_SETS.values(), OWN],
            [HostingCapacity(adoption, adoption * 200, None) for adoption in adoptions],
            strict=False,
        )
    )
    return Standards((48,), {}, "pv", OWN if len(adoptions) == 6 else None, sweeps)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (
            _made(0.5, 0.8, 0.8, 0.4, 0.34),
            "from 34.0 % PV (68 kWp) by VDE-AR-N 4105 to 80.0 % PV (160 kWp) by EN 50160 and UK, at 12:00.",
        ),
        (
            _made(0.0, 0.8, 0.0, 0.0, 0.34, 0.0, baseline=("twin", "uk", "ansi_c84_a", "own")),
            (
                "from 0.0 % PV (0 kWp) by Twin, UK, ANSI C84.1 A and own limits, in trouble before any PV, "
                "to 80.0 % PV (160 kWp) by EN 50160, at 12:00."
            ),
        ),
        (
            _made(2.39, 3, 3, 10, 2.39),
            (
                "all of its PV potential (200 kWp) by every limit set, at 12:00, and from 2.3 times that "
                "(478 kWp) by Twin and VDE-AR-N 4105 to 10 times that (2000 kWp) by ANSI C84.1 A."
            ),
        ),
        (
            _made(4, 4, 4, 4, 4),
            (
                "all of its PV potential (200 kWp) by every limit set, at 12:00, and up to 4 times that "
                "(800 kWp)."
            ),
        ),
        (
            _made(0, 0, 0, 0, 0, baseline=tuple(LIMIT_SETS)),
            "0.0 % PV (0 kWp) by every limit set: it is in trouble before any PV, at 12:00.",
        ),
    ],
)
def test_the_sentence(made: Standards, said: str) -> None:
    assert standards_sentence("feeder_05", made) == f"feeder_05 hosts {said}"


@pytest.mark.parametrize("name", ["feeder_00", "feeder_05", "feeder_08", "feeder_09", "feeder_11"])
def test_bars_table_and_data_tell_each_capacity_with_what_binds(name: str) -> None:
    feeder = all_feeders()[name]
    found = standards(feeder, read_profiles(), steps=[48, 74], battery_adoption=0.0, own=OWN)
    report, data = standards_report(feeder, found), data_of(StandardsOut, found, feeder, caveats=())
    assert report.sentence.count(". ") == 0
    assert not report.wide
    (figure,) = report.figures
    wide, narrow = words(parse(figure.svg)), words(parse(figure.narrow_svg))
    for sweep, row, one in zip(found.sweeps, report.tables[0].rows, data["standards"], strict=True):
        assert one["hosting_capacity"] == min(sweep.capacity.adoption, 1)
        assert (one["beyond_potential"] is None) == (sweep.capacity.adoption < 1)
        told = one["beyond_potential"] or one
        assert told["hosting_capacity"] == sweep.capacity.adoption
        assert row[2:4] == (sweep.capacity.adoption * 100, sweep.capacity.installed)
        assert row[6:8] == (sweep.caused.adoption * 100, sweep.caused.installed)
        amount = f"{sweep.capacity.adoption * 100:.1f} % = {sweep.capacity.installed:.0f} kWp"
        for picture in (wide, narrow):
            assert {sweep.limits.title, amount} <= set(picture)
        binding = sweep.capacity.binding
        assert (told["binding"] is None) == (binding is None)
        if binding:
            assert binding.element in str(row[4])
            assert binding.element in " ".join(wide)
            assert told["binding"]["element"] == binding.element
        else:
            assert row[4] == "nothing up to 10 times"
            assert "nothing binds up to 10 times the potential" in wide


def test_own_limits_are_told_as_they_were_typed_in() -> None:
    own = OWN.model_copy(update={"rise_max": 0.025, "loading_max": 0.8})
    assert own.band == "0.925 to 1.08 pu, rise at most 2.5 %, loading at most 80 %"
    feeder = all_feeders()["feeder_11"]
    found = standards(feeder, read_profiles(), steps=[48], battery_adoption=0.0, own=own)
    report = standards_report(feeder, found)
    assert ("Own limits", own.band) in report.question
    assert "by more than 2.5 %" in " ".join(words(parse(report.figures[0].svg)))


def test_guidance_tells_trouble_before_pv_and_whether_the_choice_matters() -> None:
    def rules(name: str) -> list[str]:
        feeder = all_feeders()[name]
        found = standards(feeder, read_profiles(), steps=[28, 48, 74], battery_adoption=0.0, own=None)
        return [finding.key for finding in standards_report(feeder, found).findings]

    assert rules("feeder_00") == ["limits_decide"]
    assert rules("feeder_09") == []
    assert rules("feeder_08") == ["violated_before_pv"]
    assert rules("feeder_11") == ["violated_before_pv", "limits_decide"]


def test_where_the_same_element_binds_by_every_set_the_choice_does_not_matter() -> None:
    feeder = all_feeders()["feeder_01"]
    found = standards(feeder, read_profiles(), steps=[48], battery_adoption=0.0, own=None)
    same = replace(found, sweeps=found.sweeps[:4])  # all but the rise rule
    (finding,) = standards_report(feeder, same).findings
    assert finding.key == "one_capacity"
    assert "trafo_0 exceeds 100 % at 12:00" in finding.reason
