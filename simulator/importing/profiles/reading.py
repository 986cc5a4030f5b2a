"""Profile files: CSV as meters, tools and people write it, or a refusal, or a question."""

from dataclasses import dataclass, replace

import numpy as np

from simulator.grid.schema import Feeder
from simulator.importing.profiles.choosing import Chosen, Reading, choose_column, choose_reading
from simulator.importing.profiles.columns import told_unit
from simulator.importing.profiles.customers import customer_columns
from simulator.importing.profiles.day_types import is_day, unroll
from simulator.importing.profiles.finding import find_tables
from simulator.importing.profiles.laid import Laid, lay_out, quarter_hours
from simulator.importing.profiles.period import by_length, dated, local
from simulator.importing.profiles.registers import one_direction
from simulator.importing.profiles.series import Series, sizes
from simulator.importing.profiles.stamps import StampError, Times, read_times
from simulator.importing.profiles.table import Table
from simulator.importing.profiles.telling import about_table, about_values
from simulator.importing.profiles.text import read_text, shorten
from simulator.importing.profiles.units import (
    MAX_PU,
    Scale,
    doubt,
    likelier,
    limit_words,
    per_unit,
    scale_of,
)
from simulator.importing.profiles.values import Values, read_values, without_negatives
from simulator.importing.profiles.wanted import Wanted

CALENDAR_YEAR = 2023  # stands for a year of 365 days where a file names none


@dataclass(frozen=True, eq=False)
class Found:
    """A profile read from a file: what was done, line by line, and what speaks against the result."""

    series: Series
    told: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Source:
    """What a profile is made of."""

    reading: Reading
    feeder: Feeder
    wanted: Wanted
    chosen: Chosen
    order: tuple[int, ...]
    values: Values

    @property
    def table(self) -> Table:
        return self.reading.table


def read_profile_file(content: bytes, file: str, feeder: Feeder, wanted: Wanted) -> Found:
    """Read a profile and make it per unit of the feeder's customers.

    A single column is all customers together: load in kW is shared by their peaks, PV in kW is that of all
    potential built.
    Raises: ProfileFileError naming line and column; ProfileQuestionError where the file can be read in more
    than one way; QuestionError for a first day or unit that does not fit.
    """
    text = read_text(content, file)
    reading = choose_reading(find_tables(text, {customer.id for customer in feeder.customers}), wanted)
    table, columns = reading.table, reading.columns
    order = customer_columns(table, columns, feeder)
    chosen = Chosen(order) if order else choose_column(reading, wanted)
    values = read_values(table, columns, chosen.columns, reading.form)
    told = [*text.told, *about_table(reading, chosen.columns), *about_values(reading, values)]
    if columns.register is not None and not order:
        values, words = one_direction(table, columns.register, values, wanted.kind)
        told.append(words)
    numbers, words = without_negatives(table, chosen.columns, values)
    told.append(words)
    source = _Source(
        reading, feeder, wanted, chosen, tuple(range(len(order))), replace(values, numbers=numbers)
    )
    laid = _lay(source)
    return _finish(source, laid, told)


def _lay(source: _Source) -> Laid:
    """Return the values as whole days, dated where there is more than one."""
    table, columns, values, wanted = source.table, source.reading.columns, source.values, source.wanted
    try:
        if columns.by_calendar:
            laid, utc, hours = _by_calendar(values, wanted), False, wanted.hours_ahead
        elif columns.times:
            times = read_times(values.times)
            laid, utc, hours = (
                lay_out(times, values.numbers),
                times.utc or bool(values.local),
                wanted.hours_ahead,
            )
            hours = _ahead(times, values) if hours is None and values.local else hours
        else:
            laid, utc, hours = by_length(table, values.numbers), False, wanted.hours_ahead
    except StampError as error:
        row = min(error.row, len(values.lines) - 1)
        place = table.place(int(values.lines[row]), columns.times[0])
        about = " ".join(about_table(source.reading, source.chosen.columns))
        words = f"{shorten(values.times[row])!r} {error.reason}{f'. {about}' if about else ''}"
        raise table.text.error(place, words.rstrip(".")) from error
    if source.chosen.types:
        if not is_day(laid) or not isinstance(wanted.begins, int):
            raise table.text.error(
                "whole file", "is a table of standard days, which have 96 quarter-hours each"
            )
        return unroll(laid, list(source.chosen.types), wanted.begins)
    return dated(local(laid, hours, utc=utc), wanted.begins)


def _by_calendar(values: Values, wanted: Wanted) -> Laid:
    """Return values of a year by month, day and hour, which names no year."""
    year = wanted.begins if isinstance(wanted.begins, int) else CALENDAR_YEAR
    stamps = []
    for row, cell in enumerate(values.times):
        month, day, hour = cell.split(" ")[:3]
        if not (month + day + hour).isdecimal() or int(hour) > 24:
            raise StampError(row, "is not a month, day and hour")
        stamps.append(f"{year}-{month}-{day} {hour}:00")
    laid = lay_out(read_times(stamps), values.numbers)
    return laid if wanted.begins is not None else replace(laid, first=None)


def _ahead(times: Times, values: Values) -> float:
    """Return how many hours local standard time is ahead of UTC, where a file has both."""
    return float((read_times(values.local).clock - times.clock).min()) / 3600


def _finish(source: _Source, laid: Laid, told: list[str]) -> Found:
    """Return the profile in per unit, with what was done and what is doubtful."""
    table, wanted, feeder = source.table, source.wanted, source.feeder
    scale = scale_of(
        table, told_unit(table, source.reading.columns, source.chosen.columns[0]), wanted.kind, wanted.unit
    )
    numbers = source.values.numbers.reshape(-1, 1 if source.chosen.types else len(source.chosen.columns))
    made = per_unit(table, numbers, source.order, feeder, wanted.kind, (scale, laid.seconds))
    _refuse_beyond(source, numbers * made, scale, laid.seconds)
    minutes, means, words = quarter_hours(laid)
    values = means * made
    values.setflags(write=False)
    customers = tuple(customer.id for customer in feeder.customers) if source.order else ()
    series = Series(minutes, laid.first if laid.days > 1 else None, customers, values)
    doubts = [doubt(series, feeder, wanted.kind, scale, laid.seconds)]
    if doubts[0] and _never_falls(source):
        doubts.append("The values never fall, as a counter's readings do; of these, give the differences.")
    return Found(
        series, tuple(filter(None, (*told, *laid.told, words, scale.told))), tuple(filter(None, doubts))
    )


def _never_falls(source: _Source) -> bool:
    numbers = source.values.numbers
    return bool((np.diff(numbers, axis=0) >= 0).all() and (numbers[-1] > numbers[0]).all())


def _refuse_beyond(source: _Source, found: np.ndarray, scale: Scale, seconds: int) -> None:
    """Refuse the first value beyond 100 per unit, with the unit that is likelier.

    Raises: ProfileFileError.
    """
    if not (beyond := found > MAX_PU).any():
        return
    kind, wide = source.wanted.kind, found.shape[1]
    row, column = (int(i) for i in np.argwhere(beyond)[0])
    line, at = divmod(row * wide + column, len(source.chosen.columns))
    size = sizes(source.feeder, kind)
    limit = float(size[column] if source.order else size.sum())
    hint = likelier(float(found.max()), kind, scale, None if source.order else limit, seconds)
    hint = f"; plausible: {hint}" if hint else ""
    if _never_falls(source):
        hint += "; the values never fall, as a counter's readings do"
    place = source.table.place(int(source.values.lines[line]), source.chosen.columns[at])
    value = float(source.values.numbers[line, at])
    raise source.table.text.error(
        place, f"{value:g} is above {limit_words(limit, kind, scale)}; check the unit{hint}"
    )
