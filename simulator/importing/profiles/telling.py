"""What was recognised in a file, in sentences for people."""

from collections.abc import Sequence

from simulator.importing.profiles.choosing import Reading
from simulator.importing.profiles.columns import COUNTER, REACTIVE
from simulator.importing.profiles.table import Table
from simulator.importing.profiles.values import Values

MAX_NAMED = 5


def about_table(reading: Reading, chosen: Sequence[int]) -> list[str]:
    """Return what is above and below the table, which columns are taken, and which are not."""
    table, columns = reading.table, reading.columns
    told = _around(table)
    aside = [column for column in range(table.width) if column not in (*columns.times, *chosen)]
    if not aside:
        return told
    taken = ", ".join(_names(table, [*columns.times, *chosen[:3]]))
    more = f" and {len(aside) - MAX_NAMED} more" if len(aside) > MAX_NAMED else ""
    rest = ", ".join(_names(table, aside[:MAX_NAMED])) + more
    told.append(f"Taken: {taken}{' and further' if len(chosen) > 3 else ''}; not needed: {rest}.")
    if any(REACTIVE.search(table.head(column)) for column in aside):
        told.append("Reactive power follows each customer's power factor, not the file.")
    if any(COUNTER.search(table.head(column)) for column in aside):
        told.append("A counter's readings are not power, and are left out.")
    return told


def _around(table: Table) -> list[str]:
    """Return where the table begins and ends, where that is not the whole file."""
    begins = table.first - bool(table.header)
    above, last = begins - 1, len(table.text.lines)
    told = []
    if above > bool(table.text.separator):
        told.append(f"The table begins at line {begins}; above it {_lines(1, above)} of words.")
    if table.last < last:
        told.append(f"The table ends at line {table.last}; below it {_lines(table.last + 1, last)} of words.")
    return told


def _lines(first: int, last: int) -> str:
    count = last - first + 1
    return f"{'is' if count == 1 else 'are'} {count:,} line{'s' if count > 1 else ''}"


def _names(table: Table, columns: Sequence[int]) -> list[str]:
    return [table.named(column) for column in columns]


def about_values(reading: Reading, values: Values) -> list[str]:
    """Return how numbers are read where a comma is in them, and how many are missing."""
    told = []
    if reading.form.decimal == "," or reading.form.thousands:
        told.append(f"Numbers: {reading.form.words}.")
    elif reading.key.startswith("columns"):
        told.append(f"Numbers: {reading.words}.")
    if values.missing:
        told.append(f"{values.missing:,} line{'s' if values.missing > 1 else ''} without a value.")
    return told
