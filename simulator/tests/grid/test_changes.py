"""Changed feeders: one thing is another, the rest is as before, and what cannot be done says why."""

from typing import Any

import pytest

from simulator.grid.catalogue import LINE_TYPES, kind_of, line_type, next_larger
from simulator.grid.changes import with_line_type, with_lower_taps, with_pv_potential
from simulator.grid.elements import Line
from simulator.grid.errors import ChangeError, QuestionError
from simulator.grid.potential import Potential
from simulator.grid.schema import Feeder
from simulator.grid.supply import supplied
from simulator.tests.feeders import all_feeders, all_variants, changed, plain, small_feeder_data, tapped
from simulator.tests.studies.small import small_feeder

FEEDER = small_feeder({"bus": "bus_2", "peak_kw": 10.0})


def _line(std_type: str, r: float, x: float, rating_ka: float) -> Line:
    data = {**plain(FEEDER)["lines"][0], "std_type": std_type, "r_ohm_per_km": r, "x_ohm_per_km": x}
    return Line.model_validate(
        {k: v for k, v in data.items() if k not in ("r_ohm", "x_ohm")} | {"max_i_ka": rating_ka}
    )


@pytest.mark.parametrize(
    ("side", "pos", "lower"), [("hv", -2, -1), ("hv", 1, 2), ("lv", 2, 1), ("lv", -1, -2)]
)
def test_a_lower_tap_is_one_up_at_hv_and_one_down_at_lv(side: str, pos: int, lower: int) -> None:
    before = tapped(FEEDER, side, pos)
    after = with_lower_taps(before)
    expected = plain(before)
    expected["transformers"][0]["tap"]["pos"] = lower
    assert plain(after) == expected
    assert after.content_hash != before.content_hash


@pytest.mark.parametrize(
    ("side", "pos", "where"),
    [("hv", 2, "position 2 of -2 to 2 at the HV side"), ("lv", -2, "position -2 of -2 to 2 at the LV side")],
)
def test_a_tap_at_the_end_of_its_range_stays_and_says_where(side: str, pos: int, where: str) -> None:
    with pytest.raises(ChangeError, match=f"trafo_0's tap is at the end of its range, {where}"):
        with_lower_taps(tapped(FEEDER, side, pos))


def test_a_position_that_may_be_asked_for_is_a_step_or_where_the_file_has_it() -> None:
    between = tapped(FEEDER, "hv", 0.5)
    for position in (-2, 1, 0.5):
        assert [t.tap.pos for t in supplied(between, None, position).transformers if t.tap] == [position]
    for position in (-3, 0.25):
        with pytest.raises(QuestionError, match=f"positions from -2 to 2, and {position} is none of them"):
            supplied(between, None, position)


def test_every_transformer_moves_or_none_does() -> None:
    feeder = all_variants()[_three()]
    after = with_lower_taps(feeder)
    assert [t.tap.pos for t in after.transformers if t.tap] == [1, 1, -2]
    transformers = plain(feeder)["transformers"]
    transformers[1]["tap"] = None
    with pytest.raises(ChangeError, match="trafo_1 has no tap changer"):
        with_lower_taps(changed(feeder, transformers=transformers))


def _three() -> str:
    return next(name for name in all_variants() if name.startswith("feeder_00") and "three" in name)


def test_another_line_type_brings_its_nameplate_and_keeps_length_and_parallel_cables() -> None:
    lines = plain(FEEDER)["lines"]
    lines[1] = {k: v for k, v in lines[1].items() if k not in ("r_ohm", "x_ohm")} | {"parallel": 2}
    before = changed(FEEDER, lines=lines)
    after = with_line_type(before, "line_2", line_type("NAYY 4x120 SE"))
    line = after.lines[1]
    assert line.std_type == "NAYY 4x120 SE"
    nameplate = [line.r_ohm_per_km, line.x_ohm_per_km, line.c_nf_per_km, line.max_i_ka]
    assert nameplate == [0.225, 0.08, 264, 0.242]
    assert line.length_km == 0.1
    assert line.parallel == 2
    assert line.r_ohm == pytest.approx(0.225 * 0.1 / 2)
    assert after.lines[0] == before.lines[0]
    assert after.content_hash != before.content_hash


NEXT = {
    "NAYY 4x50 SE": "NAYY 4x120 SE",
    "NAYY 4x120 SE": "NAYY 4x150 SE",
    "NAYY 4x150 SE": None,
    "48-AL1/8-ST1A 0.4": "94-AL1/15-ST1A 0.4",
    "94-AL1/15-ST1A 0.4": None,
}


@pytest.mark.parametrize("known", LINE_TYPES, ids=lambda known: known.name)
def test_the_next_larger_type_of_every_type_of_the_catalogue(known: Any) -> None:
    larger = next_larger(_line(known.name, known.r_ohm_per_km, known.x_ohm_per_km, known.max_i_ka))
    assert (larger.name if larger else None) == NEXT[known.name]


@pytest.mark.parametrize(
    ("r", "x", "rating_ka", "kind", "larger"),
    [
        (0.87, 0.085, 0.1, "cable", "NAYY 4x50 SE"),
        (0.32, 0.08, 0.2, "cable", "NAYY 4x120 SE"),
        (0.215, 0.08, 0.2, "cable", "NAYY 4x150 SE"),  # 4x120 has more resistance
        (0.125, 0.08, 0.36, "cable", None),
        (0.9, 0.35, 0.15, "overhead", "48-AL1/8-ST1A 0.4"),
        (0.4, 0.31, 0.25, "overhead", "94-AL1/15-ST1A 0.4"),
        (0.2, 0.29, 0.4, "overhead", None),
    ],
)
def test_a_type_that_the_catalogue_does_not_know_is_judged_by_reactance_rating_and_resistance(
    r: float, x: float, rating_ka: float, kind: str, larger: str | None
) -> None:
    line = _line("unknown", r, x, rating_ka)
    found = next_larger(line)
    assert kind_of(line) == kind
    assert (found.name if found else None) == larger


def test_a_change_leaves_the_feeder_it_was_made_from_as_it_was() -> None:
    feeder = all_feeders()["feeder_06"]
    before = (feeder.content_hash, plain(feeder))
    with_lower_taps(feeder)
    with_line_type(feeder, "line_16", line_type("NAYY 4x120 SE"))
    assert (feeder.content_hash, plain(feeder)) == before


def test_a_pv_potential_is_given_for_each_kilowatt_of_load_to_customers_without_one() -> None:
    data = small_feeder_data()
    data["customers"][0]["pv_kwp"] = 0.0
    feeder = Feeder.model_validate(data)
    changed = with_pv_potential(feeder, Potential(kwp_per_kw=1.5))
    assert [c.pv_kwp for c in changed.customers] == [18.0, 20.0]  # 12 kW of load; 20 kWp of its own
    assert [c.peak_kw for c in changed.customers] == [c.peak_kw for c in feeder.customers]


def test_a_pv_potential_a_customer_may_take_the_place_of_what_was_there() -> None:
    data = small_feeder_data()
    data["customers"][0]["pv_kwp"] = 0.0
    feeder = Feeder.model_validate(data)
    each = with_pv_potential(feeder, Potential(kwp_per_customer=5))
    assert [c.pv_kwp for c in each.customers] == [5.0, 20.0]
    every = with_pv_potential(feeder, Potential(kwp_per_customer=5, replace=True))
    assert [c.pv_kwp for c in every.customers] == [5.0, 5.0]
    for wrong in ((-1, 0), (21, 0), (0, 1001), (1, 1)):
        with pytest.raises(ValueError, match=r"kWp|not both"):
            Potential(*wrong)
