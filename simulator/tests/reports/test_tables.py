"""Tables as CSV: numbers a program can read, text a spreadsheet cannot run, order a person asked for."""

import csv
import io

import pytest

from simulator.reports.report import CellValue, Column, Table
from simulator.reports.tables import render_csv
from simulator.studies.compare.report import sort_table

COLUMNS = (Column("name", "Name"), Column("vm_pu", "Voltage", "pu", 3))


def _table(*rows: tuple[CellValue, ...], title: str = "Buses") -> Table:
    return Table("buses", title, COLUMNS, rows)


def _read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_table_is_its_title_a_header_with_units_and_its_rows() -> None:
    text = render_csv([_table(("bus_0", 1.0), ("bus_1", 0.98765432109))])
    assert text == "Buses\r\nName,Voltage (pu)\r\nbus_0,1.0\r\nbus_1,0.987654\r\n"


def test_tables_are_parted_by_an_empty_line() -> None:
    rows = _read(render_csv([_table(("a", 1.0)), _table(("b", 2.0), title="Again")]))
    assert rows == [
        ["Buses"],
        ["Name", "Voltage (pu)"],
        ["a", "1.0"],
        [],
        ["Again"],
        ["Name", "Voltage (pu)"],
        ["b", "2.0"],
    ]


def test_a_value_that_is_not_there_is_an_empty_cell_and_zero_is_zero() -> None:
    assert _read(render_csv([_table(("a", None), ("b", 0.0), ("c", 0))]))[2:] == [
        ["a", ""],
        ["b", "0.0"],
        ["c", "0"],
    ]


def test_separators_quotes_and_line_ends_in_text_survive() -> None:
    name = 'Quai "du, Nord"\nannexe'
    assert _read(render_csv([_table((name, 1.0))]))[2] == [name, "1.0"]


@pytest.mark.parametrize("start", [*"=+-@", "\t", "\r", "\n", " =", "\u00a0@", "  \t+", "\uff1d", "\uff20"])
def test_text_that_a_spreadsheet_would_run_is_defused(start: str) -> None:
    assert _read(render_csv([_table((f'{start}HYPERLINK("x")', 1.0))]))[2][0] == f'\'{start}HYPERLINK("x")'


def test_titles_and_headings_are_defused_as_cells_are() -> None:
    table = Table("t", "=1+1", (Column("a", "@a"),), ())
    assert _read(render_csv([table])) == [["'=1+1"], ["'@a"]]


@pytest.mark.parametrize("text", ["a=1", "x-1", "bus_1", "\N{EN DASH}5", "", " ", "3 + 4", "a@b.example"])
def test_text_that_no_spreadsheet_runs_stays_as_it_is(text: str) -> None:
    assert _read(render_csv([_table((text, 1.0))]))[2][0] == text


def test_negative_numbers_stay_numbers() -> None:
    assert _read(render_csv([_table(("export", -12.5))]))[2] == ["export", "-12.5"]


@pytest.mark.parametrize(
    ("text", "number"), [("+0.074", 0.074), ("-0.074", -0.074), ("\N{MINUS SIGN}0.074", -0.074), ("+12", 12)]
)
def test_a_number_with_its_sign_is_a_number_where_it_comes_as_words(text: str, number: float) -> None:
    assert float(_read(render_csv([_table((text, 1.0))]))[2][0]) == number


@pytest.mark.parametrize("text", ["+0.074 pu", "-1+1", "+1e5", "--1", "+", "+1.2.3", "+1\n=2"])
def test_what_only_begins_as_a_number_is_defused(text: str) -> None:
    assert _read(render_csv([_table((text, 1.0))]))[2][0] == f"'{text}"


@pytest.mark.parametrize(("descending", "order"), [(False, "bca-"), (True, "acb-")])
def test_rows_without_a_value_come_last_whichever_way_a_table_is_sorted(descending: bool, order: str) -> None:
    table = _table(("-", None), ("a", 1.05), ("b", 0.9), ("c", 1.0))
    assert "".join(str(row[0]) for row in sort_table(table, "vm_pu", descending).rows) == order


def test_a_cell_is_rounded_for_people_only() -> None:
    column = COLUMNS[1]
    assert column.text(0.98765) == "0.988"
    assert column.text(None) == "–"
    assert column.heading == "Voltage (pu)"
    assert Column("feeder", "Feeder").text("feeder_00") == "feeder_00"
