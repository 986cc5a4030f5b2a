"""Where a file can be read in more than one way: what decides, or the question with its options."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.grid.errors import ProfileFileError, QuestionError
from simulator.importing.profiles.columns import A_LINE, COUNTER, REACTIVE, Columns, heading, read_columns
from simulator.importing.profiles.day_types import YEAR, Type, day_types, named
from simulator.importing.profiles.numbers import Format, formats
from simulator.importing.profiles.table import Table
from simulator.importing.profiles.text import shorten
from simulator.importing.profiles.wanted import Option, ProfileQuestionError, Wanted

MAX_OPTIONS = 40
SPLIT = "columns"


@dataclass(frozen=True, eq=False)
class Reading:
    """A table with what its columns are and how its numbers are written."""

    table: Table
    columns: Columns
    form: Format
    key: str

    @property
    def words(self) -> str:
        """What it means."""
        between = "a comma stands between columns" if self.key.startswith(SPLIT) else self.form.words
        return between if self.key in (SPLIT, self.form.key) else f"{between}; {self.form.words}"

    def shown(self, number: int) -> tuple[int, str, str]:
        """Return a line as it stands and as it would be read."""
        line = self.table.text.lines[number - 1]
        cells = self.table.cells(number)
        values = []
        for column in self.columns.values[:4]:
            try:
                values.append(f"{self.form.value(cells[column]):g}")
            except ValueError:
                values.append("no number")
        time = " ".join(cells[column].strip() for column in self.columns.times)
        more = f" and {len(self.columns.values) - 4} more" if len(self.columns.values) > 4 else ""
        return number, shorten(line), f"{f'{shorten(time)}: ' if time else ''}{' and '.join(values)}{more}"


def choose_reading(tables: Sequence[Table], wanted: Wanted) -> Reading:
    """Return how points and commas are read.

    Raises: ProfileQuestionError where more than one reading is possible and none is chosen.
    """
    found = _readings(tables)
    for reading in found:
        if reading.key == wanted.numbers or (len(found) == 1 and not wanted.numbers):
            return reading
    if len(found) == 1:
        words = f"every line allows {found[0].key} alone ({found[0].words}); leave the choice out"
        raise QuestionError("numbers", f"Numbers: {words}.")
    options = _options(found)
    words = "Numbers: points and commas in this file can be read in more than one way; choose one:"
    if wanted.numbers:
        words = f"Numbers: choose one of {', '.join(option.key for option in options)}:"
    raise ProfileQuestionError("numbers", words, options)


def _readings(tables: Sequence[Table]) -> list[Reading]:
    found: list[Reading] = []
    for table in tables:
        columns = read_columns(table)
        numbers = columns.values or columns.aside
        try:
            forms = formats(table, numbers)
        except ProfileFileError:
            if len(tables) == 1:
                raise
            continue
        parts = len(tables) > 1 and table.separator == "," and table.splits < 0
        for form in forms:
            own = SPLIT if parts and len(forms) == 1 else f"{SPLIT}-{form.key}" if parts else form.key
            found.append(Reading(table, columns, form, own))
    if not found:  # every way contradicts itself: say so of the first
        formats(tables[0], read_columns(tables[0]).values)
    return found


def _options(found: list[Reading]) -> tuple[Option, ...]:
    """Return the readings, each on the same three lines: the first on which they differ, and two others."""
    table = found[0].table
    looked = range(table.first, min(table.last, table.first + 2_000) + 1)
    differing = [number for number in looked if _differs(found, number)]
    alike = [number for number in looked if number not in set(differing[:1_000])][:1]
    lines = sorted({*differing[:1], *differing[-1:], *(alike or differing[1:2])})
    return tuple(Option(each.key, each.words, tuple(map(each.shown, lines))) for each in found)


def _differs(found: list[Reading], number: int) -> bool:
    return len({reading.shown(number)[2] for reading in found}) > 1


@dataclass(frozen=True)
class Chosen:
    """Columns of values; ``types`` are those of standard days of which a year is made."""

    columns: tuple[int, ...]
    types: tuple[Type, ...] = ()


def choose_column(reading: Reading, wanted: Wanted) -> Chosen:
    """Return the one column of values for all customers, or those of standard days that make a year.

    Raises: ProfileFileError where there is none; ProfileQuestionError where there are several.
    """
    table, columns = reading.table, reading.columns
    types = day_types(heading(table), table.header)
    if types and (wanted.column == YEAR or (isinstance(wanted.begins, int) and not wanted.column)):
        if not isinstance(wanted.begins, int):
            raise QuestionError(
                "year", "Year: enter the year that is made of the standard days, for example 2023."
            )
        return Chosen(tuple(types), tuple(types.values()))
    every = (*columns.values, *columns.aside)
    if wanted.column:
        chosen = next((c for c in every if wanted.column in (str(c + 1), table.head(c))), None)
        if chosen is None:
            raise _question(reading, every, types)
        return Chosen((chosen,))
    if not columns.values:
        raise _no_values(table, columns)
    if len(columns.values) > 1:
        raise _question(reading, columns.values, types)
    return Chosen(columns.values)


def _no_values(table: Table, columns: Columns) -> ProfileFileError:
    number = table.first - bool(table.header)
    for column in columns.aside:
        if COUNTER.search(table.head(column)):
            words = (
                "is a counter's reading, which only grows; give the power, or the energy, of each interval"
            )
            return table.text.error(table.place(number, column), words)
        if REACTIVE.search(table.head(column)):
            words = "is reactive power; a profile is of active power, reactive follows the power factors"
            return table.text.error(table.place(number, column), words)
    return table.text.error(f"line {number}", "has times and no values")


def _question(reading: Reading, columns: Sequence[int], types: dict[int, Type]) -> ProfileQuestionError:
    """Return the question which column is meant.

    Raises: ProfileFileError for more columns than anybody would choose from.
    """
    table = reading.table
    if len(columns) > MAX_OPTIONS:
        raise table.text.error(f"line {table.first}", f"has {len(columns)} columns of numbers; {A_LINE}")
    lines = sorted({table.first, (table.first + table.last) // 2, table.last})
    options = []
    if types:
        words = f"a whole year, made of these {len(types)} days; its year is asked for"
        options.append(Option(YEAR, words, tuple(map(reading.shown, lines))))
    for column in columns:
        one = Reading(table, _only(reading.columns, column), reading.form, reading.key)
        options.append(Option(str(column + 1), _what(table, column, types), tuple(map(one.shown, lines))))
    words = (
        f"Column: the file has {len(columns)} columns of numbers, none headed by a customer's id; choose the "
        "one that all customers share, or head each by its customer:"
    )
    if types:
        words = (
            "Column: this is a table of standard days; choose the year that they make, or one of the days:"
        )
    return ProfileQuestionError("column", words, tuple(options))


def _only(columns: Columns, column: int) -> Columns:
    return Columns(times=columns.times, by_calendar=columns.by_calendar, values=(column,))


def _what(table: Table, column: int, types: dict[int, Type]) -> str:
    if column in types:
        return f"column {column + 1}, {' '.join(named(types[column]))}"
    head = table.head(column)
    return f"column {column + 1}, {shorten(head)}" if head else f"column {column + 1}, without heading"
