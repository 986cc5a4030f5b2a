"""The sentence of why: it says what the parts say, and what another engine's voltages say."""

import re

import numpy as np
import pytest

from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.studies.rules import advise
from simulator.studies.why.rules import Explained
from simulator.studies.why.why import Why
from simulator.studies.why.wording import change_words, customers_words, why_sentence
from simulator.technologies.registry import words as technologies
from simulator.tests.feeders import all_feeders, changed, plain
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow
from simulator.tests.studies.asking import ask_why
from simulator.tests.studies.small import NOON, flat_day, small_feeder

TWELVE = [feeder for name, feeder in all_feeders().items() if name != "feeder30"]
SITUATIONS = {"noon": (48, 0.9), "evening": (74, 0.1), "morning": (30, 0.2)}
SENTENCE = re.compile(
    r"(?P<bus>bus_\d+) at (?P<time>\d\d:\d\d) is (?P<vm>\d\.\d{3,}) pu: (?P<change>[+−]0\.\d{3,}) "
    r"(?:from (?P<first>line_\d+) to (?P<last>line_\d+)|over (?P<one>\w+)|by (?P<supply>[\w ]+?))"
    r"(?:, of which (?P<share>\d+) % by the (?P<kind>PV|load|batteries) of (?P<who>.+?)"
    r"(?: \(all else.*?\))?)?"
    r"(?:, (?:besides|against) .+)?"
)


def explain(feeder: Feeder, hour: int, pv: float, bus: str | None = None) -> Why:
    return ask_why(
        feeder,
        read_profiles(),
        pv_adoption=pv,
        battery_adoption=0.0,
        step=hour,
        when="time",
        bus=bus,
        limits=LIMIT_SETS["twin"],
    )


def number(words: str) -> float:
    return float(words.replace("−", "-"))


@pytest.mark.parametrize("feeder", TWELVE, ids=lambda f: f.feeder_id)
def test_every_feeders_sentence_says_what_newton_raphson_finds(feeder: Feeder) -> None:
    """Its voltage, and the change over the lines or the transformer that it names, are differences there."""
    asked = [slow.injections(feeder, read_profiles(), pv, 0.0, [hour]) for hour, pv in SITUATIONS.values()]
    flow = solve_newton(feeder, *(np.concatenate(injected) for injected in zip(*asked, strict=True)))
    (idle,) = solve_newton(changed(feeder, customers=[]), np.zeros((1, 0)), np.zeros((1, 0))).vm_pu
    for (hour, pv), vm_pu in zip(SITUATIONS.values(), flow.vm_pu, strict=True):
        _check_sentence(feeder, explain(feeder, hour, pv), vm_pu, idle)


def _check_sentence(feeder: Feeder, why: Why, vm_pu: np.ndarray, idle: np.ndarray) -> None:
    sentence = why_sentence(feeder, why)
    said = SENTENCE.fullmatch(sentence)
    assert said, sentence
    ids = [bus.id for bus in feeder.buses]
    voltage, bare = (dict(zip(ids, v.tolist(), strict=True)) for v in (vm_pu, idle))
    assert number(said["vm"]) == pytest.approx(voltage[said["bus"]], abs=5.1e-4)
    assert why.parts is not None
    ends = {line.element: (line.from_bus, line.to_bus) for line in why.parts.lines}
    if said["first"] or said["one"] in ends:
        start, end = ends[said["first"] or said["one"]][0], ends[said["last"] or said["one"]][1]
        change = voltage[end] - voltage[start]
    elif said["one"]:
        change = voltage["bus_0"] - bare["bus_0"]
    else:
        change = bare["bus_0"] - 1
    assert number(said["change"]) == pytest.approx(change, abs=5.1e-4)
    assert change * (voltage[said["bus"]] - 1) > 0


@pytest.mark.parametrize("feeder", TWELVE, ids=lambda f: f.feeder_id)
def test_the_named_customers_make_the_named_share(feeder: Feeder) -> None:
    """Counted anew from the answer's own shares, over the lines that the sentence names."""
    why = explain(feeder, 46, 0.9)
    said = SENTENCE.fullmatch(why_sentence(feeder, why))
    assert said
    assert why.parts is not None
    if not (said["first"] or said["one"]):
        pytest.skip("the supply makes most")
    way = [why.parts.transformer, *why.parts.lines]
    names = [section.element for section in way]
    first, last = names.index(said["first"] or said["one"]), names.index(said["last"] or said["one"])
    named = way[first : last + 1]
    change = sum(s.total_pu for s in named) if first else named[0].by_customers_pu
    kind = technologies().index(said["kind"])
    numbers = {
        int(n)
        for low, high in re.findall(r"(\d+)(?: to (\d+))?", said["who"])
        for n in range(int(low), int(high or low) + 1)
    }
    made = sum(
        s.shares_pu[i, kind]
        for s in named
        if s.shares_pu is not None
        for i, c in enumerate(feeder.customers)
        if int(c.id.removeprefix("customer_")) in numbers
    )
    if " of " not in said["who"]:
        assert float(said["share"]) == pytest.approx(100 * made / change, abs=0.51)
    assert float(said["share"]) >= 60


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([27], "customer_27"),
        ([21, 22, 23, 24, 25, 26, 27], "customers 21 to 27"),
        ([3, 7, 8, 9, 12], "customers 3, 7 to 9 and 12"),
        ([27, 28], "customers 27 and 28"),
        ([17, 19, 20, 23], "customers 17, 19, 20 and 23"),
        ([15, 17, 19, 21, 23, 25], "6 of the customers 15 to 25"),
        ([1, 3, 5, 7, 9, 29], "6 of 29 customers"),
        (list(range(1, 30)), "all 29 customers"),
    ],
)
def test_customers_are_told_as_ranges_or_counted(chosen: list[int], words: str) -> None:
    assert customers_words(all_feeders()["feeder_00"], [f"customer_{i}" for i in chosen]) == words


def test_customers_of_other_names_are_told_by_these() -> None:
    data = plain(small_feeder(*({"bus": "bus_1", "peak_kw": 1.0} for _ in range(5))))
    for customer, name in zip(data["customers"], ("mill", "farm-1", "farm-2", "farm-3", "inn"), strict=True):
        customer["id"] = name
    feeder = Feeder.model_validate(data)
    assert (
        customers_words(feeder, ["farm-1", "farm-2", "farm-3", "inn"]) == "customers farm-1 to farm-3 and inn"
    )
    assert customers_words(feeder, ["mill"]) == "customer mill"


@pytest.mark.parametrize(
    ("change_pu", "words"),
    [(0.0314, "+0.031"), (-0.0206, "−0.021"), (0.0, "+0.000"), (-0.00003, "−0.00003"), (0.0004, "+0.0004")],
)
def test_changes_have_a_sign_and_are_never_nothing(change_pu: float, words: str) -> None:
    assert change_words(change_pu) == words


def test_changes_in_columns_have_the_decimals_they_are_told() -> None:
    assert [change_words(change, 4) for change in (0.02561, -0.00003, -0.0011)] == [
        "+0.0256",
        "+0.0000",
        "−0.0011",
    ]


def test_a_tap_and_a_source_are_named_apart_and_together() -> None:
    """Feeder 11 has its tap one step down, feeder 0 its source at 1.01; in the night little else matters."""
    tapped = all_feeders()["feeder_11"]
    assert why_sentence(tapped, explain(tapped, 12, 0.0, "bus_0")).endswith("+0.026 by the tap of trafo_0")
    lifted = all_feeders()["feeder_00"]
    assert " pu: +0.010 by the source" in why_sentence(lifted, explain(lifted, 12, 0.0, "bus_0"))
    both = changed(tapped, source={"vn_kv": 10.0, "vm_pu": 1.02})
    assert "by the source and the tap of trafo_0" in why_sentence(both, explain(both, 12, 0.0, "bus_0"))


def test_without_a_solution_the_sentence_says_so() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 170.0}, length_km=0.6)
    for bus, start in ((None, "small"), ("bus_2", "bus_2")):
        why = ask_why(
            feeder, flat_day(), pv_adoption=0.0, battery_adoption=0.0, step=NOON, when="time", bus=bus,
            limits=LIMIT_SETS["twin"],
        )  # fmt: skip
        said = why_sentence(feeder, why)
        assert said == f"{start} at 12:00 has no solution: the feeder cannot carry this"
        assert advise("why", Explained(feeder, why)) == ()


def test_findings_name_the_place_and_a_supply_that_is_off_by_more_than_the_violation() -> None:
    """At 22 % PV, feeder 11 is less beyond 1.06 pu than the 0.0256 pu by which its tap lifts it."""
    feeder = all_feeders()["feeder_11"]
    why = explain(feeder, NOON, 0.22)
    assert why.violated
    found = {finding.key: finding for finding in advise("why", Explained(feeder, why))}
    assert "+0.026 pu off nominal by the tap of trafo_0" in found["supply"].reason
    far = explain(feeder, NOON, 0.9)
    assert [(f.key, f.severity) for f in advise("why", Explained(feeder, far))] == [("place", "danger")]
    assert advise("why", Explained(feeder, far))[0].title == "Voltage rises most from line_1 to line_17"
    calm = explain(all_feeders()["feeder_01"], NOON, 0.5)
    assert [(f.key, f.severity) for f in advise("why", Explained(all_feeders()["feeder_01"], calm))] == [
        ("place", "info")
    ]
