"""Exports of tools and meters, odd days, numbers of two readings, and units that are doubted.

The feeder has 10 kW of peak demand and 40 kWp: what is expected is divided by hand.
"""

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from simulator.grid.errors import ProfileFileError, QuestionError
from simulator.importing.profiles.wanted import ProfileQuestionError
from simulator.tests.grid.profile_exports import (
    bdew,
    enedis,
    fluvius,
    london,
    moments,
    ninja,
    pvgis,
    pvwatts,
)
from simulator.tests.grid.profile_texts import TIMES, column, joined, stamps
from simulator.tests.grid.test_profile_files import found, read
from simulator.tests.yardstick import seconds_here

MINUTE = timedelta(minutes=1)
OUTSIDE = Path(__file__).parents[4] / "shared" / "outside"


def test_pvgis_is_read_below_its_head_in_the_unit_that_it_says() -> None:
    """800 W of a plant of 1 kWp: 0.8 per unit, or 0.8 kW of 40 kWp; UTC turned by an hour where asked."""
    by_plant = found(pvgis(), kind="pv", unit="pu", hours_ahead=1.0)
    assert by_plant.series.values[:24, 0].tolist() == [*[0.0] * 12, 0.4, 0.8, 0.4, *[0.0] * 9]
    assert (by_plant.series.minutes, by_plant.series.first_day) == (60, date(2023, 1, 1))
    in_kw = found(pvgis(), kind="pv", unit="kw")
    assert in_kw.series.values[12, 0] == pytest.approx(0.8 / 40)
    told = " ".join(in_kw.told)
    for words in (
        "The table begins at line 8; above it are 7 lines of words.",
        "below it are 5 lines of words",
        "Taken: column 1 (time), column 2 (P); not needed: column 3 (G(i))",
        "Times stand 10 minutes within their interval of 60 minutes",
        "The times are UTC and stay so",
        "Each value holds for its 4 quarter-hours, which keeps its energy.",
        "The file says W (line 58): read as W, not as the kW that were chosen.",
    ):
        assert words in told
    assert "The file is of a plant of 1 kWp: choose per unit." in in_kw.doubts[0]
    assert by_plant.doubts == ()


def test_renewables_ninja_tells_how_far_its_place_is_from_utc() -> None:
    result = found(ninja(), kind="pv", unit="pu")
    assert result.series.values[:24, 0].tolist() == [*[0.0] * 12, 0.4, 0.8, 0.4, *[0.0] * 9]
    assert (
        "Turned from UTC by +1 hours, to local standard time; the ends of the file are joined." in result.told
    )


def test_pvwatts_needs_a_year_and_a_leap_year_repeats_a_day() -> None:
    with pytest.raises(QuestionError, match="Year: the file has no dates; enter its year"):
        read(pvwatts(), kind="pv", unit="pu")
    plain = found(pvwatts(), kind="pv", unit="pu", year=2023)
    assert (plain.series.days, plain.series.values.max()) == (365, pytest.approx(3.2 / 4))
    leap = found(pvwatts(), kind="pv", unit="kw", year=2024)
    assert (leap.series.days, leap.series.values.max()) == (366, pytest.approx(3.2 / 40))
    assert "2024-02-29 is not in the file: it repeats the day before." in leap.told


def test_a_table_of_standard_days_makes_a_year_or_gives_one_day() -> None:
    """Winter's working day is its third column: 30.5 of the highest, 90.5. 6 January 2023 was a Friday."""
    with pytest.raises(ProfileQuestionError, match=r"year .a whole year") as asked:
        read(bdew(), unit="shape")
    assert [option.key for option in asked.value.options] == ["year", *"23456789", "10"]
    words = [option.words for option in asked.value.options]
    assert words[1:4:2] == ["column 2, winter Saturday", "column 4, winter working day"]
    year = found(bdew().encode("cp1252"), unit="shape", year=2023).series
    assert year.days == 365
    days = {  # Saturday, Sunday and working day of winter, summer and the transition
        date(2023, 1, 7): 10.5, date(2023, 1, 8): 20.5, date(2023, 1, 6): 30.5, date(2023, 3, 20): 30.5,
        date(2023, 7, 1): 40.5, date(2023, 5, 14): 80.5, date(2023, 5, 15): 60.5, date(2023, 9, 15): 90.5,
        date(2023, 10, 31): 90.5, date(2023, 11, 1): 30.5, date(2023, 12, 24): 20.5, date(2023, 12, 31): 20.5,
    }  # fmt: skip
    for day, watts in days.items():
        assert year.day((day - date(2023, 1, 1)).days) == pytest.approx(watts / 90.5), day
    one = read(bdew(), unit="w", column="4")
    assert (one.days, one.values[0, 0]) == (1, pytest.approx(30.5 / 10_000))


def test_enedis_is_read_below_its_head_with_times_at_the_ends_of_intervals() -> None:
    result = found(enedis(), unit="kw")
    series = result.series
    assert (series.minutes, series.first_day, series.days) == (30, date(2023, 7, 3), 7)
    assert "The times name one zone alone, +2 hours from UTC, whose clock is kept." in result.told
    assert series.values[22:28, 0].tolist() == pytest.approx([0.2, 0.2, 0.3, 0.3, 0.2, 0.2])
    assert "The table begins at line 3; above it are 2 lines of words." in result.told
    assert "The file says W (line 2): read as W, not as the kW that were chosen." in result.told


def test_london_s_half_hours_of_energy_become_power() -> None:
    """0.5 kWh in half an hour are 1 kW; the value that is Null lies between two of 1 kW."""
    result = found(london(), unit="kwh")
    assert (result.series.first_day, result.series.days) == (date(2012, 10, 12), 14)
    assert result.series.values[24:26, 0].tolist() == pytest.approx([0.3, 0.3])
    assert result.series.values[100, 0] == pytest.approx(0.1)
    told = " ".join(result.told)
    assert "1 line without a value." in told
    assert "1 missing value is filled by a straight line" in told


def test_a_flemish_meter_s_registers_are_added_by_direction() -> None:
    """0.5 kWh drawn in a quarter-hour are 2 kW of 10; 0.25 kWh fed in are 1 kW of 40 kWp."""
    drawn, fed = found(fluvius(), unit="kw"), found(fluvius(), kind="pv", unit="kw")
    assert drawn.series.values[[0, 48], 0].tolist() == pytest.approx([0.2, 0.6])
    assert fed.series.values[[0, 48], 0].tolist() == pytest.approx([0.0, 0.025])
    assert any(
        "Registers added: Afname Dag, Afname Nacht; left out: Injectie Dag" in line for line in drawn.told
    )
    assert any("PV less the household's own use" in line for line in fed.told)


def test_minutes_are_averaged_and_hours_held_so_that_energy_is_kept() -> None:
    minutes = np.arange(1440) / 1440
    text = joined(stamps(date(2024, 1, 1), 1, 1440), column([round(v, 6) for v in minutes]), head=["t", "v"])
    fine = read(text)
    assert (fine.minutes, fine.days) == (15, 1)
    assert fine.values[0, 0] == pytest.approx(7 / 1440, abs=1e-6)  # the mean of 0 to 14
    assert fine.day(0).mean() == pytest.approx(minutes.mean(), abs=1e-6)
    assert (read("\n".join(column([round(v, 6) for v in minutes]))).values == fine.values).all()
    tens = read(
        joined(
            stamps(date(2024, 1, 1), 10, 144), column([float(n % 72) for n in range(144)]), head=["t", "v"]
        )
    )
    assert tens.values[:3, 0].tolist() == pytest.approx([1 / 3, 5 / 3, 10 / 3])  # 10 + 5 minutes, 5 + 10
    hours = read("\n".join(column([n / 24 for n in range(24)])))
    assert (hours.minutes, hours.day(0).mean()) == (60, pytest.approx(11.5 / 24))
    assert hours.day(0)[:5].tolist() == [0, 0, 0, 0, 1 / 24]


def test_weeks_and_months_are_read_with_their_first_day() -> None:
    week = "\n".join(column([(step % 96) / 96 for step in range(672)]))
    with pytest.raises(QuestionError, match="the file holds 7 days and no dates; enter the first of them"):
        read(week)
    series = read(week, year=date(2024, 1, 15))
    assert (series.minutes, series.first_day, series.last_day) == (15, date(2024, 1, 15), date(2024, 1, 21))
    month = read(joined(stamps(date(2024, 2, 1), 60, 29 * 24), ["1"] * 696))
    assert (month.days, month.last_day) == (29, date(2024, 2, 29))


def _berlin(first: str, last: str) -> list[str]:
    """Return every quarter-hour of days in Germany, as its clocks show them."""
    start, end = (int(moments(day, 15, 1)[0].timestamp()) for day in (first, last))
    zone, text = ZoneInfo("Europe/Berlin"), []
    for second in range(start - 7_200, end, 900):
        shown = moments("1970-01-01", 15, 1)[0].fromtimestamp(second, zone)
        if first <= f"{shown:%Y-%m-%d}" < last:
            text.append(f"{shown:%Y-%m-%d %H:%M}")
    return text


def test_a_year_with_changes_of_the_clock_keeps_every_value_in_standard_time() -> None:
    times = _berlin("2023-01-01", "2024-01-01")
    values = [round(1 + step / 35_040, 6) for step in range(35_040)]
    result = found(joined(times, column(values), head=["t", "v"]))
    assert result.series.values[:, 0].tolist() == values
    assert any(
        line.startswith("Clocks are put forward in 1 night") and "back in 1" in line for line in result.told
    )


@pytest.mark.parametrize(
    ("day", "after", "count"),
    [("2024-03-31", "2024-04-01", 92), ("2024-10-27", "2024-10-28", 100)],
)
def test_days_of_92_and_100_quarter_hours(day: str, after: str, count: int) -> None:
    """Spring's last hour is held; autumn's first belongs to the day before in standard time."""
    times, values = _berlin(day, after), column([1 + step / 100 for step in range(count)])
    assert len(times) == count
    expected = [*values, *values[-1:] * 4] if count == 92 else values[4:]
    for text in (joined(times, values, head=["t", "v"]), joined(values)):
        result = found(text)
        assert column(result.series.values[:, 0].tolist()) == expected
        assert len(result.told) >= 1


def test_a_clock_change_in_a_week_costs_one_hour_at_its_end_alone() -> None:
    times = _berlin("2024-03-28", "2024-04-04")
    values = column([step / 1000 for step in range(len(times))])
    series = read(joined(times, values, head=["t", "v"]))
    assert (len(times), series.days) == (668, 7)
    assert column(series.values[:668, 0].tolist()) == values


def test_small_negatives_at_night_are_zero_and_counted() -> None:
    text = joined(TIMES, ["-0.012"] * 24 + ["0"] * 24 + ["1.5"] * 48, head=["time", "kW"])
    result = found(text, unit="kw")
    assert set(result.series.values[:48, 0]) == {0.0}
    assert (
        "24 small negative values, the lowest -0.012, above -1 % of the highest (1.5): taken as 0."
        in result.told
    )
    for lowest in ("-0.015", "-0.2"):  # -1 % of 1.5, and below
        with pytest.raises(ProfileFileError, match=f"line 2 column 2 .kW.: {lowest} is negative"):
            read(text.replace("-0.012", lowest), unit="kw")


def test_a_sunday_s_missing_hours_are_filled_up_to_two() -> None:
    times = stamps(date(2024, 6, 2), 15, 96)
    values = column([float(step) for step in range(96)])
    filled = found(joined([*times[:40], *times[48:]], [*values[:40], *values[48:]]), unit="kw")
    assert filled.series.values[:, 0].tolist() == pytest.approx([step / 10 for step in range(96)])
    assert any("8 missing values are filled by a straight line" in line for line in filled.told)


TWO_WAYS: dict[str, tuple[list[str], dict[str, float | None]]] = {
    "a decimal comma or two columns": (
        [f"0,{200 + n}" for n in range(96)],
        {"decimal-comma": 0.2, "columns": None},
    ),
    "two columns and a time": ([f"{t},10,5" for t in TIMES], {"decimal-comma": 10.5, "columns": None}),
    "thousands or decimals": (
        ["time,v", *(f'{t},"1,050"' if n else f"{t},950" for n, t in enumerate(TIMES))],
        {"decimal-comma": 950.0, "thousands-comma": 950.0},
    ),
    "points between thousands": (
        ["950", *["1.050"] * 95],
        {"decimal-point": 950.0, "thousands-point": 950.0},
    ),
}


@pytest.mark.parametrize("name", TWO_WAYS)
def test_numbers_of_two_readings_are_asked_for_with_three_lines_each(name: str) -> None:
    lines, firsts = TWO_WAYS[name]
    with pytest.raises(ProfileQuestionError, match="can be read in more than one way") as asked:
        read("\n".join(lines), unit="w")
    assert asked.value.field == "numbers"
    assert sorted(option.key for option in asked.value.options) == sorted(firsts)
    assert all(len(option.lines) == 3 for option in asked.value.options)
    assert len({option.lines[-1][2] for option in asked.value.options}) == 2
    for key, first in firsts.items():
        if first is not None:
            assert read("\n".join(lines), unit="w", numbers=key).values[0, 0] == pytest.approx(first / 10_000)
    if "columns" in firsts:  # whose column is asked for next
        with pytest.raises(ProfileQuestionError, match="none headed by a customer's id") as asked:
            read("\n".join(lines), unit="w", numbers="columns")
        assert asked.value.field == "column"


def test_the_reading_that_is_chosen_holds_for_the_whole_file() -> None:
    lines = TWO_WAYS["thousands or decimals"][0]
    assert read("\n".join(lines), unit="w", numbers="thousands-comma").values[1, 0] == pytest.approx(0.105)
    assert read("\n".join(lines), unit="w", numbers="decimal-comma").values[1, 0] == pytest.approx(
        1.05 / 10_000
    )
    with pytest.raises(QuestionError, match="every line allows decimal-point alone"):
        read(joined(column([0.5] * 96)), numbers="decimal-comma")


@pytest.mark.parametrize(
    "lines",
    [
        ["0.1234", *["1.050"] * 95],  # four decimals: no thousands
        ["0,050", *["1,050"] * 95],  # nobody writes 0 thousands, nor 050 in a column of its own
        ["v", *["1,05"] * 96],  # one heading, one column
        ["t;v", *(f"{t};1.234,5" for t in TIMES)],
        ["t;v", *(f"{t};1 234,5" for t in TIMES)],
    ],
)
def test_where_one_reading_is_possible_nothing_is_asked(lines: list[str]) -> None:
    value = read("\n".join(lines), unit="w").values[1, 0]
    assert value == pytest.approx(1.05e-4) or value == pytest.approx(0.12345)


@pytest.mark.parametrize(
    ("value", "asked", "says"),
    [
        (0.01, {"unit": "kw"}, "The highest is 0.001 per unit"),
        (100.0, {"unit": "pu"}, "Plausible: the numbers are per cent (divide by 100) (then 1 per unit)"),
        (8.8, {"unit": "pu", "kind": "pv"}, "The highest is 8.8 per unit of all customers' PV potential"),
        (8.8, {"unit": "pu", "kind": "pv"}, "the numbers are kW (then 0.22 per unit)"),
        (900.0, {"unit": "kw"}, "Plausible: the numbers are W (then 0.09 per unit)"),
        (0.009, {"unit": "kw"}, "Plausible: the numbers are MW (then 0.9 per unit)"),
        (0.0, {"unit": "kw"}, "All values are 0."),
    ],
)
def test_units_a_thousand_times_off_are_doubted(value: float, asked: dict[str, Any], says: str) -> None:
    assert says in " ".join(found(joined(column([value] * 96)), **asked).doubts)


def test_watts_beyond_a_hundred_times_the_peak_are_refused_with_the_likelier_unit() -> None:
    with pytest.raises(
        ProfileFileError, match=r"9000 is above 1000 kW.*plausible: the numbers are W .then 0.9 per"
    ):
        read(joined(["9000"] * 96), unit="kw")
    assert found(joined(["9000"] * 96), unit="w").series.values[0, 0] == pytest.approx(0.9)
    assert found(joined(["9000"] * 96), unit="w").doubts == ()


def test_a_heading_that_contradicts_the_unit_is_asked_about() -> None:
    with pytest.raises(
        QuestionError, match=r"Unit: the heading 'P .kW.' says kW; choose kW, or shape, or"
    ) as asked:
        read(joined(TIMES, ["5"] * 96, head=["t", "P (kW)"]))
    assert asked.value.field == "unit"
    with pytest.raises(QuestionError, match="Unit: the heading 'value_pu' says per unit"):
        read(joined(TIMES, ["0.5"] * 96, head=["t", "value_pu"]), unit="kw")


def test_a_shape_has_its_highest_value_as_one_per_unit() -> None:
    assert read(joined(column([20 + 60 * (n == 40) for n in range(96)])), unit="shape").values[
        [0, 40], 0
    ].tolist() == [
        0.25,
        1.0,
    ]


@pytest.mark.skipif(not OUTSIDE.exists(), reason="../shared/outside is not beside this checkout")
def test_files_from_outside_are_read_or_refused_with_the_reason_that_helps() -> None:
    with pytest.raises(ProfileFileError) as refused:
        read((OUTSIDE / "26-profile-with-lines-above" / "pv.csv").read_bytes(), kind="pv", unit="kw")
    assert "The table begins at line 7" in str(refused.value)
    assert "Taken: column 1 (time), column 2 (P)" in str(refused.value)
    night = found(
        (OUTSIDE / "28-profile-small-negative-at-night" / "pv.csv").read_bytes(), kind="pv", unit="kw"
    )
    assert night.series.values.min() == 0
    assert "small negative values, the lowest -0.012" in " ".join(night.told)


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n" * 70_000,
        "0,200\n" * 75_000,
        ("1" * 60 + ",") * 5_000 + "\n1",
        "00:00;1\n" * 70_000,
        '"' * 1_000_000,
        "\n" * 4_000_000 + "1",
        "2024-01-01 00:00;1\n2024-01-01 00:01;1\n2098-12-31 23:59;1\n",
        "t,v\n" + "2024-01-01 00:00,1\n" * 74_000,
        (".,;|\t" * 200_000 + "\n") * 4,
        "1 " * 2_000_000,
        "Datum;Tijd;Register;Volume\n"
        + "".join(f"01-01-2024;{n // 4 % 24:02d}:{n % 4 * 15:02d};Afname {n};1\n" for n in range(70_000)),
        "t;v\n"
        + "".join(
            f"{m:%Y-%m-%d %H:%M};1\n"
            for begin in moments("2024-01-01", 11, 37_000)
            for m in (begin, begin + MINUTE)
        ),
    ],
    ids=range(12),
)
def test_hostile_files_cost_little(text: str) -> None:
    """Work is bounded, not only size: without the tracing that coverage adds, each takes about a second."""
    start = time.process_time()
    with pytest.raises((ProfileFileError, QuestionError)):
        read(text[:5_000_000], unit="kw")
    assert time.process_time() - start < seconds_here(5)
