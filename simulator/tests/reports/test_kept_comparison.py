"""Two saved scenarios side by side: what was asked otherwise, and what that did to the figures of both."""

from typing import Any

import pytest
from pydantic import BaseModel

from simulator.reports.figures import key_figures, limits_met
from simulator.reports.kept_comparison import Kept, comparison_data, kept_comparison
from simulator.web.pages.answered import GIVES

OVER = {
    "kind": "overvoltage",
    "element": "bus_7",
    "step": 48,
    "time": "12:00",
    "value": 1.071,
    "limit": 1.06,
    "text": "bus_7 reaches 1.071 pu at 12:00, limit 1.06 pu",
}
RUN: dict[str, Any] = {
    "converged": True,
    "transformer_loading": 0.75,
    "min_voltage_pu": 0.98,
    "max_voltage_pu": 1.071,
    "import_kw": 0.0,
    "violations": [OVER],
}
CALM = {**RUN, "transformer_loading": 0.5, "max_voltage_pu": 1.05, "violations": []}
SWEEP = {"hosting_capacity": 0.4, "hosting_capacity_kwp": 200.0, "binding": OVER, "baseline_violation": False}
MEASURES = {
    "base": {**SWEEP, "hosting_capacity": 0.3, "hosting_capacity_kwp": 150.0},
    "measures": [{"measure": "tap", "gain_kwp": 12.5}, {"measure": "cable", "gain_kwp": None}],
}
MONTE_CARLO = {
    "quantiles": [{"share": 0.05, "kwp": 90.0}, {"share": 0.5, "kwp": 120.0}],
    "even_spread": 0.35,
    "even_spread_kwp": 170.0,
}
NODES = {
    "baseline_violation": OVER,
    "nodes": [{"pv_kw": 10.0, "load_kw": None}, {"pv_kw": 4.0, "load_kw": 6.0}],
}


def _kept(pk: int, answer: dict[str, Any], *asked: tuple[str, str], exact: Any = ()) -> Kept:
    depends = (("Versions", "solver 3"),)
    return Kept(pk, f"Street {pk}", asked, tuple(exact), depends, "feeder_00 is so.", _gives(answer), answer)


def _gives(answer: dict[str, Any]) -> type[BaseModel]:
    """Return the declaration of the study whose answer this is a part of."""
    return next(model for model in GIVES.values() if answer.keys() <= model.model_fields.keys())


def _values(answer: dict[str, Any]) -> dict[tuple[str, str], float | None]:
    return {key: value for key, (_, value) in key_figures(_gives(answer), answer).items()}


def test_figures_have_the_units_of_pages() -> None:
    assert _values(RUN) == pytest.approx(
        {
            ("Transformer loading", "%"): 75,
            ("Lowest voltage", "pu"): 0.98,
            ("Highest voltage", "pu"): 1.071,
            ("Import", "kW"): 0,
            ("Violations", ""): 1,
        }
    )


def test_a_capacity_is_the_same_figure_in_every_study_that_gives_one() -> None:
    for answer, adoption, kwp in ((SWEEP, 40, 200), (MEASURES, 30, 150), (MONTE_CARLO, 35, 170)):
        values = _values(answer)
        assert values["Hosting capacity", "% PV"] == pytest.approx(adoption)
        assert values["Hosting capacity", "kWp"] == kwp
    assert _values(MEASURES)["Gain by tap", "kWp"] == 12.5
    assert _values(MEASURES)["Gain by cable", "kWp"] is None
    assert _values(MONTE_CARLO)["Hosting capacity, P5", "kWp"] == 90


def test_rooms_are_told_by_their_least_and_most() -> None:
    assert _values(NODES) == {
        ("Least room for PV", "kW"): 4,
        ("Most room for PV", "kW"): 10,
        ("Least room for load", "kW"): 6,
        ("Most room for load", "kW"): 6,
    }


def test_without_a_solution_there_are_no_figures_and_no_count() -> None:
    nothing = {**RUN, "converged": False, "max_voltage_pu": None, "violations": []}
    assert _values(nothing)["Highest voltage", "pu"] is None
    assert _values(nothing)["Violations", ""] is None


@pytest.mark.parametrize(
    ("answer", "met"),
    [(RUN, 1), (CALM, 0), (SWEEP, 1), (MEASURES, 1), (NODES, 1), ({"worst": OVER, "tightest": OVER}, 1)],
)
def test_what_is_violated_or_binds_is_found_wherever_a_study_puts_it(
    answer: dict[str, Any], met: int
) -> None:
    assert limits_met(answer) == [("overvoltage", OVER["text"])] * met


def test_the_sentence_names_what_was_asked_otherwise_and_counts_the_figures() -> None:
    first = _kept(3, RUN, ("PV adoption", "70 %"), ("Limits", "Twin"), ("Time of day", "12:00"))
    second = _kept(7, CALM, ("PV adoption", "30 %"), ("Limits", "UK"), ("Time of day", "12:00"))
    report = kept_comparison(first, second)
    assert report.sentence == (
        "Street 3 (3) and Street 7 (7) differ in PV adoption and limits; "
        "3 of 5 key figures that both have differ."
    )
    data = comparison_data(first, second)
    assert [row["changed"] for row in data["question"]] == [True, True, False]
    by_name = {row["figure"]: row for row in data["figures"]}
    assert by_name["Transformer loading"]["difference"] == pytest.approx(-25)
    assert by_name["Highest voltage"]["difference"] == pytest.approx(-0.021)
    assert by_name["Violations"]["difference"] == -1
    assert data["limits_met"] == [{"kind": "overvoltage", "first": OVER["text"], "second": None}]


def test_fields_that_words_round_alike_are_spelt_out() -> None:
    first = _kept(3, RUN, ("PV adoption", "30.3 %"), exact=[("PV adoption", "0.3025")])
    second = _kept(7, RUN, ("PV adoption", "30.3 %"), exact=[("PV adoption", "0.3026")])
    assert comparison_data(first, second)["question"] == [
        {"field": "PV adoption", "first": "0.3025", "second": "0.3026", "changed": True}
    ]


def test_what_two_studies_word_otherwise_is_the_same_where_it_is() -> None:
    first = _kept(3, SWEEP, ("Batteries", "0 %"), exact=[("Batteries", "0.0")])
    second = _kept(7, MONTE_CARLO, ("Batteries", "0 % of the adopters' PV"), exact=[("Batteries", "0.0")])
    assert comparison_data(first, second)["question"] == [
        {"field": "Batteries", "first": "0 %", "second": "0 % of the adopters' PV", "changed": False}
    ]


def test_of_many_changes_the_sentence_names_three() -> None:
    first, second = (_kept(pk, RUN, *((f"Field {c}", f"{pk}") for c in "ABCDE")) for pk in (3, 7))
    assert "differ in field A, field B, field C and 2 more;" in kept_comparison(first, second).sentence


def test_the_same_asked_twice_is_the_same() -> None:
    first, second = _kept(3, RUN, ("PV adoption", "70 %")), _kept(7, RUN, ("PV adoption", "70 %"))
    assert kept_comparison(first, second).sentence == (
        "Street 3 (3) and Street 7 (7) ask the same; 0 of 5 key figures that both have differ."
    )


def test_different_studies_share_what_both_have() -> None:
    shared = comparison_data(
        _kept(1, SWEEP, ("Study", "Sweep")), _kept(2, MONTE_CARLO, ("Study", "Monte Carlo"))
    )
    assert [(row["figure"], row["unit"], row["difference"]) for row in shared["figures"]] == [
        ("Hosting capacity", "% PV", pytest.approx(-5)),
        ("Hosting capacity", "kWp", -30),
    ]
    report = kept_comparison(_kept(1, RUN, ("Study", "Run")), _kept(2, MONTE_CARLO, ("Study", "Monte Carlo")))
    assert report.sentence.endswith("differ in study; they have no key figure in common.")


def test_a_figure_without_a_value_has_no_difference() -> None:
    first, second = _kept(1, {"max_voltage_pu": None}), _kept(2, {"max_voltage_pu": 1.02})
    (row,) = comparison_data(first, second)["figures"]
    assert (row["first"], row["second"], row["difference"]) == (None, 1.02, None)
