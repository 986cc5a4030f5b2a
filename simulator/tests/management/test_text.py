"""Tables and guidance as plain text."""

from simulator.management.text import guidance_text, pairs_text, table_text
from simulator.reports.report import Column, Table
from simulator.studies.guidance import Finding

COLUMNS = (Column("bus", "Bus"), Column("vm", "Voltage over the whole day", "pu", 3), Column("note", "Note"))


def test_numbers_stand_right_words_left_and_long_headings_break() -> None:
    table = Table("t", "T", COLUMNS, (("bus_1", 1.0, ""), ("bus_27", None, "no solution")))
    assert table_text(table).splitlines() == [
        "          Voltage over",
        "         the whole day",
        "Bus               (pu)  Note",
        "bus_1            1.000",
        "bus_27               –  no solution",
    ]


def test_a_table_without_rows_shows_its_headings() -> None:
    assert table_text(Table("t", "T", (Column("a", "A"), Column("b", "B", "pu", 1)), ())) == "A  B (pu)"


def test_pairs_stand_in_line() -> None:
    assert pairs_text((("Feeder", "x"), ("Time of day", "12:00"))) == "Feeder       x\nTime of day  12:00"


def test_guidance_gives_advice_and_reason_within_the_terminal() -> None:
    finding = Finding("k", "danger", "Overload", "shift load " * 12 + "now", "trafo_0 reaches 112.3 %")
    lines = guidance_text((finding,)).splitlines()
    assert lines[:2] == ["Guidance", "- Overload"]
    assert lines[2].startswith("  Shift load")
    assert lines[-1] == "  Because trafo_0 reaches 112.3 %."
    assert max(map(len, lines)) <= 96


def test_guidance_is_ok_without_findings() -> None:
    assert guidance_text(()) == "Guidance: OK"
