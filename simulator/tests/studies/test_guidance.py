"""Guidance: each rule fires in a situation made for it, says why in numbers, and is silent elsewhere."""

import re

import pytest

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS
from simulator.grid.profiles import Profiles, read_profiles
from simulator.grid.schema import Feeder
from simulator.studies.guidance import Finding, advice_text
from simulator.studies.rules import RULES, advise
from simulator.studies.run.rules import RUN_RULES
from simulator.studies.run.situation import read_situation
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.scenario import Scenario
from simulator.studies.task import ALONE, A, Alone, Q, Task
from simulator.tests.feeders import all_feeders
from simulator.tests.studies.asking import measures, of_scenario, simulate, sweep
from simulator.tests.studies.situations import MADE, Made, transformer
from simulator.tests.studies.small import flat_day, scenario, small_feeder
from simulator.web.pages.studies import STUDIES

made = pytest.mark.parametrize("situation", MADE, ids=lambda made: made.name)


class AtNoon(Alone):
    """Computes what a feeder hosts, and what would help, at noon alone."""

    def soon(self, task: Task[Q, A], question: Q) -> A:
        return self.ask(task, question.model_copy(update={"steps": (48,)}))


def _find(feeder: Feeder, profiles: Profiles, snapshot: Snapshot) -> tuple[Finding, ...]:
    """Return the findings on a snapshot, with hosting capacities at noon."""
    question = of_scenario(feeder, profiles, snapshot.scenario)
    return advise("run", read_situation(question, snapshot, AtNoon()))


def _advise(situation: Made) -> tuple[Snapshot, tuple[Finding, ...]]:
    feeder = small_feeder(*situation.customers, length_km=situation.length_km)
    limits = LIMIT_SETS[situation.limits]
    snapshot = simulate(feeder, situation.profiles, scenario(feeder, situation.pv, limits=limits))
    return snapshot, _find(feeder, situation.profiles, snapshot)


@made
def test_the_rules_made_for_a_situation_fire_and_no_other(situation: Made) -> None:
    _, findings = _advise(situation)
    assert sorted(finding.key for finding in findings) == sorted(situation.fires)


@made
def test_a_finding_s_reason_holds_the_numbers_of_the_snapshot(situation: Made) -> None:
    snapshot, findings = _advise(situation)
    reasons = {finding.key: finding.reason for finding in findings}
    expected = situation.numbers(snapshot)
    assert {key: reasons[key][: len(words)] for key, words in expected.items()} == expected
    assert all(re.search(r"\d", reason) for reason in reasons.values())


def test_every_rule_of_a_run_fires_in_some_situation_and_has_words_for_people() -> None:
    assert {key for situation in MADE for key in situation.fires} == {rule.key for rule in RUN_RULES}
    assert len({rule.key for rule in RUN_RULES}) == len(RUN_RULES)
    for rule in RUN_RULES:
        assert rule.title
        assert rule.advice
        assert "{" in rule.reason


def test_rules_speak_for_studies_that_there_are_and_every_study_is_spoken_for() -> None:
    spoken_for = {study for rule in RULES for study in rule.speaks_for}
    assert spoken_for == set(STUDIES) - {"network"}


def test_ok_when_none_fires_else_every_title_with_its_reason() -> None:
    assert advice_text(_advise(MADE[0])[1]) == "OK"
    snapshot, findings = _advise(next(made for made in MADE if made.name == "transformer overload by load"))
    text = advice_text(findings)
    assert text.index("Already violated before PV: ") < text.index("Transformer overload: ")
    assert f"({transformer(snapshot)})." in text


@pytest.mark.parametrize(
    ("peak_kw", "fires"),
    [(124.0, set()), (132.0, {"transformer_high"}), (156.0, {"transformer_high"}), (164.0, {"overload"})],
)
def test_high_loading_begins_at_80_per_cent_and_ends_where_overload_begins(
    peak_kw: float, fires: set[str]
) -> None:
    """160 kVA, unity power factor: 80 % is 128 kW and 100 % is 160 kW, less what losses and voltage make."""
    _, findings = _advise(Made("", set(), ({"bus": "bus_0", "peak_kw": peak_kw, "pv_kwp": 1.0},), pv=1.0))
    keys = {"overload" if f.key == "transformer_overload" else f.key for f in findings}
    assert keys - {"violated_before_pv", "what_helps"} == fires


@pytest.mark.parametrize(("short_of_it", "spare"), [(0.3, True), (0.101, True), (0.099, False), (0.0, False)])
def test_spare_capacity_needs_a_tenth_of_adoption_above_the_scenario(short_of_it: float, spare: bool) -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 50.0}, length_km=0.2)
    swept = sweep(feeder, flat_day(), [48], 0.0, LIMIT_SETS["twin"])
    assert 0.4 < swept.capacity.adoption < 0.95
    snapshot = simulate(feeder, flat_day(), scenario(feeder, swept.capacity.adoption - short_of_it))
    findings = _find(feeder, flat_day(), snapshot)
    assert ("spare_capacity" in {finding.key for finding in findings}) == spare


def test_overvoltage_that_is_there_without_pv_is_not_blamed_on_pv() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 10.0})
    high = feeder.model_copy(update={"source": feeder.source.model_copy(update={"vm_pu": 1.08})})
    snapshot = simulate(high, flat_day(), scenario(high, 1.0))
    findings = _find(high, flat_day(), snapshot)
    keys = {finding.key for finding in findings}
    assert "violated_before_pv" in keys
    assert "overvoltage" not in keys


def test_on_a_stored_feeder_noon_with_much_pv_is_told_as_planners_tell_it() -> None:
    feeder, profiles = all_feeders()["feeder_00"], read_profiles()
    asked = Scenario("feeder_00", {"pv": 0.9, "battery": 0.0}, 48, DEFAULT_LIMITS)
    snapshot = simulate(feeder, profiles, asked)
    findings = {f.key: f for f in _find(feeder, profiles, snapshot)}
    kpis = snapshot.kpis
    assert f"{kpis.max_voltage_bus} reaches {kpis.max_voltage_pu:.3f} pu at 12:00, limit 1.06" in (
        findings["overvoltage"].reason
    )
    assert findings["overvoltage"].severity == "danger"
    assert "reverse_flow" in findings
    assert "spare_capacity" not in findings


def test_the_cause_and_what_helps_are_those_of_their_own_studies() -> None:
    feeder, profiles = all_feeders()["feeder_00"], read_profiles()
    asked = Scenario("feeder_00", {"pv": 0.9, "battery": 0.0}, 48, DEFAULT_LIMITS)
    snapshot = simulate(feeder, profiles, asked)
    findings = {f.key: f for f in _find(feeder, profiles, snapshot)}
    worst = snapshot.kpis.max_voltage_bus
    assert findings["voltage_cause"].reason.startswith(
        f"{worst} at 12:00 is {snapshot.kpis.max_voltage_pu:.3f} pu"
    )
    tried = measures(feeder, profiles, steps=[48], battery_adoption=0.0, limits=LIMIT_SETS["twin"])
    for measure in tried.measures:
        assert (measure.phrase in findings["what_helps"].reason) == (measure.outcome is not None)
    assert tried.best is not None
    gain = f"{tried.best.phrase} {tried.best.gain:+.0f} kWp, then"
    assert gain in findings["what_helps"].reason


def test_a_calm_quarter_hour_of_a_day_that_is_not_is_told_where_the_day_is_worst() -> None:
    feeder, profiles = all_feeders()["feeder_11"], read_profiles()
    snapshot = simulate(feeder, profiles, scenario(feeder, 0.0))
    assert not snapshot.violations
    (finding,) = [f for f in _find(feeder, profiles, snapshot) if f.key == "another_time"]
    days = [simulate(feeder, profiles, scenario(feeder, 0.0, step=hour)) for hour in range(66, 90)]
    worst = min(days, key=lambda s: s.kpis.min_voltage_pu or 0)
    assert f"falls to {worst.kpis.min_voltage_pu:.3f} pu at {worst.scenario.time}" in finding.reason
    assert f"{sum(bool(s.violations) for s in days) / 4:g} h of this day" in finding.reason


MEASURES = re.compile(
    r"\btap|stor(e|age)|batter|cable|reinforc|strengthen|inverter|absorb|power factor|larger"
)


def test_no_rule_names_a_measure_by_itself() -> None:
    assert not [rule.key for rule in RUN_RULES if MEASURES.search(rule.advice)]


@pytest.mark.parametrize(
    ("name", "pv", "hour"),
    [("feeder_06", 0.3, 48), ("feeder_03", 0.6, 48), ("feeder_05", 0.9, 48), ("feeder_11", 0.3, 75)],
)
def test_every_measure_that_guidance_advises_was_computed_to_help(name: str, pv: float, hour: int) -> None:
    """In feeder_06 the tap takes the capacity to 0 kWp: no box may advise it."""
    feeder, profiles, limits = all_feeders()[name], read_profiles(), LIMIT_SETS["twin"]
    asked = Scenario(name, {"pv": pv, "battery": 0.0}, hour, DEFAULT_LIMITS)
    tried = measures(feeder, profiles, steps=range(96), battery_adoption=0.0, limits=limits)
    question = of_scenario(feeder, profiles, asked)
    situation = read_situation(question, simulate(feeder, profiles, asked), ALONE)
    findings = {finding.key: finding for finding in advise("run", situation)}
    helping = {measure.phrase for measure in tried.measures if measure.helps}
    for key, finding in findings.items():
        advised = {m.phrase for m in tried.measures if m.phrase in finding.advice}
        assert advised <= helping
        assert key == "what_helps" or not MEASURES.search(finding.advice)
    if name == "feeder_06":
        assert "the tap one step down" not in findings["what_helps"].advice
        assert "no gain from the tap one step down" in findings["what_helps"].reason
