"""Profile files that are refused: each names its line and column and what is accepted."""

import random
import time
import tracemalloc
from datetime import date
from typing import Any

import pytest

from simulator.grid.errors import ProfileFileError, QuestionError
from simulator.grid.schema import Feeder
from simulator.importing.profiles.reading import read_profile_file
from simulator.importing.profiles.wanted import Wanted
from simulator.tests.feeders import changed, plain
from simulator.tests.grid.profile_texts import DAY, TIMES, column, joined, stamps
from simulator.tests.grid.test_profile_files import COMMAS, FEEDER, GERMAN, IDS, ISO, POINTS, read
from simulator.tests.yardstick import seconds_here

ONES = ["1"] * 96
PAIR = joined(POINTS, POINTS, head=IDS)


def _with(line: int, text: str, lines: list[str] = POINTS) -> str:
    """Return a file with one line, counted from 1, replaced."""
    return "\n".join([*lines[: line - 1], text, *lines[line:]])


def _pair(line: int, text: str) -> str:
    return _with(line, text, PAIR.splitlines())


REFUSED: dict[str, tuple[str | bytes, str, str]] = {
    "nothing": ("", "line 1", "is empty"),
    "white space": (" \n\n ", "line 1", "is empty"),
    "a header alone": ("value\n", "line 1", "no values follow"),
    "NaN": (_with(50, "nan"), "line 50 column 1", "nan is not a finite number"),
    "infinity": (_with(50, "inf"), "line 50 column 1", "inf is not a finite number"),
    "beyond doubles": (_with(50, "1e999"), "line 50 column 1", "inf is not a finite number"),
    "negative": (_with(50, "-0.1"), "line 50 column 1", "-0.1 is negative"),
    "text": (_with(50, "much"), "line 50 column 1", "'much' is not a number"),
    "an error of Excel": (_with(50, "#REF!"), "line 50 column 1", "'#REF!' is not a number"),
    "a formula": (_with(50, "=1+1"), "line 50 column 1", "'=1+1' is not a number"),
    "hexadecimal": (_with(50, "0x1F"), "line 50 column 1", "'0x1F' is not a number"),
    "underscores": (_with(50, "1_0"), "line 50 column 1", "'1_0' is not a number"),
    "digits of other scripts": (_with(50, "١"), "line 50 column 1", "'١' is not a number"),
    "thousands": (_with(50, "1.234,5"), "line 50", "decimal point"),
    "points and commas": (_with(50, "0,5"), "line 50", "line 1 has a decimal point, line 50 a decimal comma"),
    "two commas": (_with(50, "0,5,5", COMMAS), "line 50 column 1", "'0,5,5' is not a number"),
    "an empty line": (_with(50, ""), "line 50", "is empty"),
    "95 values": (joined(POINTS[:95]), "whole file", "has 95 values a column; accepted are 96"),
    "97 values": (joined([*POINTS, "1"]), "whole file", "has 97 values a column"),
    "one value": ("0.5", "whole file", "has 1 values a column"),
    "a year short of an hour": (joined(["1"] * 8759), "whole file", "has 8,759 values a column"),
    "more than a year": (joined(["1"] * 35_200), "whole file", "has 35,200 values a column"),
    "too few columns": (_pair(50, "0.1"), "line 50", "has 1 column, line 1 has 2"),
    "too many columns": (_pair(50, "0.1;0.2;0.3"), "line 50", "has 3 columns, line 1 has 2"),
    "an empty cell": (_pair(50, "0.1;"), "line 50 column 2 (customer_1)", "is empty"),
    "text in a column": (_pair(50, "0.1;x"), "line 50 column 2 (customer_1)", "'x' is not a number"),
    "NaN in a column": (_pair(50, "nan;0.1"), "line 50 column 1 (customer_0)", "nan is not a finite number"),
    "an unknown customer": (
        joined(ONES, ONES, head=["customer_0", "customer_9"]),
        "line 1 column 2 (customer_9)",
        "'customer_9' is not a customer of small; it has customer_0, customer_1",
    ),
    "a missing customer": (
        joined(ISO, ONES, head=["time", "customer_1"]),
        "line 1",
        "no column is headed customer_0; each customer of small needs one",
    ),
    "a customer twice": (
        joined(ONES, ONES, ONES, head=[*IDS, "customer_0"]),
        "line 1 column 3 (customer_0)",
        "'customer_0' heads two columns",
    ),
    "times alone": (joined(ISO), "line 1", "has times and no values"),
    "dates alone": (
        joined([f"2024-02-{day:02d}" for day in range(1, 29)], ONES[:28], head=["time", "value"]),
        "line 2",
        "has dates and no times of day; one value a day is no profile",
    ),
    "times of which some have a zone": (
        joined([*(f"{t}Z" for t in ISO[:40]), *ISO[40:]], ONES),
        "line 1 column 1",
        "some times name their zone, others do not",
    ),
    "no such day": (
        joined([f"2023-02-29 {t}" for t in TIMES], ONES),
        "line 1 column 1",
        "'2023-02-29 00:00' is not a day of the calendar",
    ),
    "a year of long ago": (
        joined([f"0001-01-01 {t}" for t in TIMES], ONES),
        "line 1 column 1",
        "is not within the years 1990 to 2100",
    ),
    "half a day": (joined(ISO[:48], ONES[:48]), "line 1 column 1", "hold no whole day"),
    "a time twice": (
        joined([*ISO[:40], *ISO[39:95]], ONES),
        "line 41 column 1",
        "'2024-02-28 09:45' does not come after the time before it",
    ),
    "three hours left out": (
        joined([*GERMAN[:40], *GERMAN[52:]], ONES[:84]),
        "line 41 column 1",
        "stands beside 12 missing values; at most two hours in a row are filled",
    ),
    "times of two kinds": (
        joined([*ISO[:40], *GERMAN[40:]], ONES),
        "line 41 column 1",
        "is written unlike the first time, '2024-02-28 00:00'",
    ),
    "intervals of 7 minutes": (
        joined(stamps(date(2024, 1, 1), 7, 96), ONES),
        "line 2 column 1",
        "is 7 minutes after the time before; accepted are intervals of 1, 5, 10, 15, 30 or 60 minutes",
    ),
    "UTF-16 cut off": (joined(POINTS).encode("utf-16")[:-1], "whole file", "is UTF-16 text, and cut off"),
    "another encoding": (bytes([0x81, 10]) + joined(POINTS).encode(), "line 1", "is not UTF-8 text"),
    "a workbook": (b"PK\x03\x04" + bytes(range(256)), "whole file", "is a workbook or an archive"),
    "a counter alone": (
        joined(TIMES, column([1000 + step for step in range(96)]), head=["time", "Zählerstand"]),
        "line 1 column 2 (Zählerstand)",
        "is a counter's reading, which only grows",
    ),
    "two meters below each other": (
        joined(["MAC1"] * 48 + ["MAC2"] * 48, ISO, ONES, head=["LCLid", "time", "kWh"]),
        "line 50 column 1 (LCLid)",
        "is 'MAC2', above it stands 'MAC1': keep one meter's lines",
    ),
    "zero bytes": (_with(50, "0.5\0"), "line 50", "holds a zero byte"),
    "quotes left open": (_pair(50, '"0.1;0.2'), "line 50", "its quotes cannot be read"),
    "quotes over lines": (_pair(50, '"0.1\n";0.2'), "line 50", "its quotes cannot be read"),
    "a thousand times the peak": (
        _with(50, "101"),
        "line 50 column 1",
        "101 is above 100 per unit; check the unit",
    ),
    "too large": (b"1\n" * 2_500_001, "whole file", "has 5,000,002 bytes; at most 5,000,000 are accepted"),
    "one line of separators": (b";" * 4_000_000, "line 1", "has more than 5,001 columns"),
    "a second line of separators": (b"a;b\n" + b";" * 4_000_000, "line 2", "has more than 5,001 columns"),
    "a long line": (b"1" * 4_000_000, "line 1 column 1", "not a finite number"),
    "a long cell": (_with(50, "x" * 100_000), "line 50 column 1", f"'{'x' * 37}...' is not a number"),
    "control codes": (_with(50, "\x1b[31mred"), "line 50 column 1", "'?[31mred' is not a number"),
    "a script": ("<script>\n" + joined(POINTS[:95]), "whole file", "has 95 values"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_with_its_place_and_what_is_accepted(name: str) -> None:
    text, place, reason = REFUSED[name]
    with pytest.raises(ProfileFileError) as caught:
        read(text)
    assert caught.value.file == "file.csv"
    assert caught.value.place == place or (place == "line" and caught.value.place.startswith("line "))
    assert reason in caught.value.reason
    assert len(str(caught.value)) < 500
    assert str(caught.value).isprintable()


def test_the_line_that_is_named_is_the_one_of_a_text_editor() -> None:
    """With a header, times and Windows' line ends; the 51st line of the file."""
    lines = joined(GERMAN, COMMAS, head=["Zeit", "Wert"], end="\r\n").split("\r\n")
    lines[50] = lines[50].replace(";", ";-")
    with pytest.raises(ProfileFileError, match=r"^file.csv: line 51 column 2 \(Wert\): -0\.\d+ is negative"):
        read("\r\n".join(lines))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "the file has no dates; enter its year"),
        ({"year": 1066}, "enter a year from 1990 to 2100"),
        ({"year": 1990, "hours_ahead": 15.0}, "enter a number from -14 to 14"),
    ],
)
def test_a_year_without_dates_needs_its_year(asked: dict[str, Any], says: str) -> None:
    with pytest.raises(QuestionError, match=says) as caught:
        read(joined(["1"] * 8760), **asked)
    assert caught.value.field == ("hours_ahead" if "hours_ahead" in asked else "year")


def test_a_year_that_the_file_contradicts_is_refused() -> None:
    with pytest.raises(QuestionError, match="begin on 2024-02-28, not in 2023"):
        read(joined(ISO, ONES), year=2023)


@pytest.mark.parametrize("kind", ["load", "pv"])
def test_kw_of_a_customer_of_no_size_are_refused_by_name(kind: str) -> None:
    data = [{**customer, "peak_kw": 0.0, "pv_kwp": 0.0} for customer in plain(FEEDER)["customers"]]
    bare = changed(FEEDER, customers=[data[0], plain(FEEDER)["customers"][1]])
    with pytest.raises(ProfileFileError, match="column customer_0: customer_0 has no"):
        read(joined(ONES, ONES, head=IDS), bare, kind=kind, unit="kw")
    nobody = changed(FEEDER, customers=data)
    with pytest.raises(ProfileFileError, match="whole file: small-changed as a whole has no"):
        read(joined(ONES), nobody, kind=kind, unit="kw")


def test_kw_beyond_a_hundred_times_the_peaks_are_refused() -> None:
    with pytest.raises(ProfileFileError, match=r"line 3 column 1: 1001 is above 1000 kW, 100 times the peak"):
        read(joined([*ONES[:2], "1001", *ONES[3:]]), unit="kw")
    swapped = joined(ONES, [*ONES[:95], "401"], head=IDS[::-1])
    with pytest.raises(ProfileFileError, match=r"line 97 column 2 \(customer_0\): 401 is above 400 kW"):
        read(swapped, unit="kw")


def test_whatever_is_changed_in_a_file_it_is_read_or_refused() -> None:
    """Bytes changed, left out, doubled: 1,000 times, in under a second each by far."""
    chance = random.Random(7)
    whole = [joined(ISO, COMMAS, head=["Zeit", "Wert"]), PAIR, joined(GERMAN, POINTS, separator=",")]
    refused = 0
    for number in range(1_000):
        content = bytearray(whole[number % 3].encode())
        for _ in range(chance.randint(1, 4)):
            at, length = chance.randrange(len(content)), chance.randint(0, 20)
            piece = bytes(content[at : at + length])
            signs = chance.choice(
                [bytes([chance.randrange(256)]), b"", piece * 2, b'"', b";", b",", b"\n", b"e9"]
            )
            content[at : at + length] = signs
        try:
            series = read(bytes(content))
        except (ProfileFileError, QuestionError):
            refused += 1
        else:
            assert series.values.min() >= 0
            assert series.values.max() <= 100
    assert refused > 333


def test_a_year_of_fifty_customers_is_read_in_bounded_time_and_memory() -> None:
    """1.75 million values, in the five megabytes that are accepted."""
    customer = plain(FEEDER)["customers"][0]
    street = changed(FEEDER, customers=[{**customer, "id": f"c{i}"} for i in range(50)])
    text = joined(
        *[column([(step + i) % 3 for step in range(35_040)]) for i in range(50)],
        head=[f"c{i}" for i in range(50)],
    )
    tracemalloc.start()
    start = time.perf_counter()
    series = _timed(text.encode(), street)
    seconds, (_, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert series == (35_040, 50)
    assert seconds < seconds_here(20)  # with tracing; half a second without
    assert peak < 100_000_000


def _timed(content: bytes, feeder: Feeder) -> tuple[int, ...]:
    wanted = Wanted("load", "pu", 2023)
    return read_profile_file(content, "year.csv", feeder, wanted).series.values.shape


def test_days_of_the_tests_are_plausible() -> None:
    assert 0 < min(DAY) < max(DAY) < 1
