"""Profile files that are taken: dialects, intervals and units, against plain arithmetic."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from simulator.grid.schema import Feeder
from simulator.importing.profiles.reading import Found, read_profile_file
from simulator.importing.profiles.series import Series, unpack
from simulator.importing.profiles.wanted import Wanted
from simulator.importing.profiles.writing import render_profile
from simulator.tests.feeders import changed, plain
from simulator.tests.grid.profile_texts import DAY, TIMES, column, joined, stamps
from simulator.tests.studies.small import small_feeder

FEEDER = small_feeder(
    {"bus": "bus_1", "peak_kw": 4.0, "pv_kwp": 10.0}, {"bus": "bus_2", "peak_kw": 6.0, "pv_kwp": 30.0}
)
IDS = ["customer_0", "customer_1"]
POINTS, COMMAS = column(DAY), column(DAY, ",")
ISO, GERMAN = stamps(date(2024, 2, 28), 15, 96), stamps(date(2024, 2, 28), 15, 96, "%d.%m.%Y %H:%M")
ISO_T = stamps(date(2024, 2, 28), 15, 96, "%Y-%m-%dT%H:%M:%S")


def read(text: str | bytes, feeder: Feeder = FEEDER, **asked: Any) -> Series:
    """Read a file of load in per unit, unless a test asks for something else."""
    return found(text, feeder, **asked).series


def found(text: str | bytes, feeder: Feeder = FEEDER, **asked: Any) -> Found:
    """Read a file, and return what is told of it as well."""
    content = text.encode() if isinstance(text, str) else text
    begins = asked.pop("year", None)
    wanted = Wanted(**{"kind": "load", "unit": "pu", "begins": begins, **asked})
    return read_profile_file(content, "file.csv", feeder, wanted)


SINGLE: dict[str, str | bytes] = {
    "points": joined(POINTS),
    "decimal commas": joined(COMMAS),
    "a heading": joined(POINTS, head=["value"]),
    "a heading, decimal commas": joined(COMMAS, head=["Wert"]),
    "line ends of Windows": joined(POINTS, end="\r\n"),
    "line ends of old": joined(COMMAS, end="\r"),
    "no last line end": joined(POINTS).rstrip(),
    "empty lines at the end": joined(POINTS) + "\n\n",
    "Excel's mark": "\ufeff" + joined(COMMAS, head=["Leistung"], end="\r\n"),
    "quoted": joined([f'"{value}"' for value in COMMAS], head=['"Last"']),
    "spaces": joined([f" {value} " for value in POINTS]),
    "times, semicolons": joined(ISO, COMMAS),
    "times, semicolons and points": joined(GERMAN, POINTS, head=["Zeit", "Wert"]),
    "times, commas": joined(ISO, POINTS, separator=","),
    "times, commas and decimal commas": joined(GERMAN, COMMAS, separator=","),
    "times and a header, commas and decimal commas": joined(ISO, COMMAS, separator=",", head=["t", "v"]),
    "times with seconds": joined(ISO_T, POINTS, separator=",", head=["time", "value"]),
    "times of day": joined(TIMES, COMMAS, head=["time", "value"]),
    "times of America": joined([f"2/28/2024 {t}" for t in TIMES], POINTS, head=["time", "value"]),
    "times of a zone": joined([f"2024-02-28T{t}+01:00" for t in TIMES], POINTS, head=["time", "value"]),
    "times at the ends of intervals": joined([*ISO[1:], "2024-02-29 00:00"], POINTS),
    "date and time in two columns": joined(["28/02/2024"] * 96, TIMES, COMMAS, head=["Date", "Time", "P"]),
    "a line that names the separator": "sep=;\n" + joined(ISO, COMMAS, head=["t", "v"]),
    "words above and below": "Meter 7\nSouth Lane\n\n" + joined(ISO, POINTS, head=["t", "v"]) + "\nv: mean\n",
    "UTF-16": joined(POINTS).encode("utf-16"),
    "Windows-1252": "Zähler\n".encode("cp1252") + joined(POINTS).encode(),
    "active and reactive": joined(TIMES, COMMAS, POINTS, head=["Zeit", "P", "Q"]).replace(".", ","),
    "a counter before the value": joined(
        TIMES, column([900 + s for s in range(96)]), POINTS, head=["Zeit", "Zählerstand", "Verbrauch"]
    ),
}


@pytest.mark.parametrize("text", SINGLE.values(), ids=SINGLE)
def test_a_day_for_all_customers_in_any_dialect(text: str | bytes) -> None:
    series = read(text)
    assert (series.minutes, series.days, series.customers, series.first_day) == (15, 1, (), None)
    assert series.values[:, 0].tolist() == DAY
    assert series.day(0).tolist() == DAY
    assert not series.day(0).flags.writeable


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("timed", [False, True])
def test_a_day_for_each_customer_keeps_the_feeder_s_order(separator: str, timed: bool) -> None:
    twice = column([value * 2 for value in DAY])
    columns, heads = [twice, POINTS], IDS[::-1]
    if timed:
        columns, heads = [GERMAN, *columns], ["Zeit", *heads]
    series = read(joined(*columns, separator=separator, head=heads))
    assert series.customers == tuple(IDS)
    assert series.day(0).tolist() == [DAY, [value * 2 for value in DAY]]


def test_quoted_cells_may_hold_decimal_commas_between_commas() -> None:
    quoted = [f'"{value}"' for value in COMMAS]
    assert read(joined(quoted, quoted, separator=",", head=IDS)).values[:, 1].tolist() == DAY


def test_customers_may_be_called_by_numbers() -> None:
    data = [{**customer, "id": str(7 + i)} for i, customer in enumerate(plain(FEEDER)["customers"])]
    numbered = changed(FEEDER, customers=data)
    assert read(joined(POINTS, POINTS, head=["8", "7"]), numbered).customers == ("7", "8")


def test_one_column_headed_by_the_only_customer_is_that_customer_s() -> None:
    alone = small_feeder({"bus": "bus_1", "peak_kw": 4.0})
    assert read(joined(POINTS, head=["customer_0"]), alone).customers == ("customer_0",)
    assert read(joined(POINTS, head=["value"]), alone).customers == ()


YEARS = [(minutes, days) for minutes in (15, 30, 60) for days in (365, 366)]


@pytest.mark.parametrize(("minutes", "days"), YEARS)
def test_a_year_holds_each_interval_for_its_quarter_hours(minutes: int, days: int) -> None:
    """Daily means of plain Python, over values that differ from interval to interval."""
    year, count = (2023 if days == 365 else 2024), days * 1440 // minutes
    values = [(step * 37 % 1009) / 1009 for step in range(count)]
    times = stamps(date(year, 1, 1), minutes, count)
    for series in (read(joined(column(values)), year=year), read(joined(times, column(values, ",")))):
        assert (series.minutes, series.days, series.first_day) == (minutes, days, date(year, 1, 1))
        assert series.last_day == date(year, 12, 31)
        a_day = 1440 // minutes
        for number in (0, 1, 58, 59, 60, days - 1):
            part = values[number * a_day : (number + 1) * a_day]
            quarters = series.day(number).tolist()
            assert sum(quarters) / 96 == pytest.approx(sum(part) / a_day)
            assert quarters == [part[step * 15 // minutes] for step in range(96)]


def test_a_year_may_begin_on_any_day_and_run_over_a_leap_day() -> None:
    times = stamps(date(2023, 7, 1), 60, 8784, "%d.%m.%Y %H:%M")
    series = read(joined(times, ["1"] * 8784))
    assert (series.first_day, series.last_day, series.days) == (date(2023, 7, 1), date(2024, 6, 30), 366)


def test_load_in_kw_is_shared_by_the_customers_peaks() -> None:
    """4 and 6 kW of peak: 5 kW in all are half of each."""
    assert read(joined(["5"] * 96), unit="kw").values.tolist() == [[0.5]] * 96


def test_pv_in_kw_is_that_of_all_potential_built() -> None:
    assert read(joined(["20"] * 96), kind="pv", unit="kw").values.tolist() == [[0.5]] * 96


def test_kw_of_each_customer_are_on_its_own_size() -> None:
    text = joined(["3"] * 96, ["3"] * 96, head=IDS)
    assert read(text, unit="kw").values[0].tolist() == [0.75, 0.5]
    assert read(text, kind="pv", unit="kw").values[0].tolist() == pytest.approx([0.3, 0.1])


def test_per_unit_stays_as_it_is() -> None:
    assert read(joined(["1.2"] * 96), kind="pv").values[0].tolist() == [1.2]


def test_a_customer_of_no_size_may_have_zero_kw() -> None:
    bare = small_feeder({"bus": "bus_1", "peak_kw": 4.0}, {"bus": "bus_2"})
    series = read(joined(["2"] * 96, ["0"] * 96, head=IDS), bare, unit="kw")
    assert series.values[0].tolist() == [0.5, 0.0]


def test_without_a_date_load_is_at_its_peak_and_pv_on_its_sunniest_day() -> None:
    """Day 20 has the highest hour, day 100 the most energy."""
    values = np.full(8760, 0.2)
    values[20 * 24 + 18], values[100 * 24 : 101 * 24] = 0.9, 0.6
    series = read(joined(column(values.tolist())), year=2023)
    assert series.typical_day(FEEDER, "load") == 20
    assert series.typical_day(FEEDER, "pv") == 100


def test_the_peak_day_is_that_of_all_customers_together() -> None:
    """The smaller customer peaks on day 3, both together on day 5: 4 x 0.9 + 6 x 0.8 > 4 x 1.0 + 6 x 0.1."""
    small, large = np.full(8760, 0.1), np.full(8760, 0.1)
    small[3 * 24], small[5 * 24], large[5 * 24] = 1.0, 0.9, 0.8
    text = joined(column(small.tolist()), column(large.tolist()), head=IDS)
    series = read(text, year=2023)
    assert series.typical_day(FEEDER, "load") == 5
    assert series.total(FEEDER, "load")[5].max() == pytest.approx((4 * 0.9 + 6 * 0.8) / 10)


@pytest.mark.parametrize("minutes", [15, 60])
def test_what_is_written_reads_as_the_same(minutes: int) -> None:
    count = 365 * 1440 // minutes
    values = [(step * 31 % 997) / 997 for step in range(count)]
    text = joined(column(values), column(values[::-1]), head=IDS)
    for series in (read(text, year=2023), read(joined(POINTS))):
        again = read(render_profile(series))
        assert again.content_hash == series.content_hash
        assert (unpack(series.pack(), series.values.shape[1]) == series.values).all()


@pytest.mark.parametrize("data", [b"", b"abc", Series(15, None, (), np.ones((96, 1))).pack()[:-4]])
def test_what_was_not_packed_cannot_be_unpacked(data: bytes) -> None:
    with pytest.raises(ValueError, match="no packed values"):
        unpack(data, 1)
