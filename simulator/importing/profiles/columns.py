"""What a table's columns are: times, values, registers and units, by their headings and first lines."""

import re
from dataclasses import dataclass, field

from simulator.importing.profiles.stamps import ACCEPTED, holds
from simulator.importing.profiles.table import NUMBER, TIME, WORDS, Table
from simulator.importing.profiles.text import shorten, split

CALENDAR = ("month", "day", "hour")
NAMES = re.compile(r"ean\b|ean-|\bmeter$|^lclid|\bprm\b|mpan|serial|^id$|_id$|\bzähler(nummer|punkt)", re.I)
REACTIVE = re.compile(r"reactive|blind|kvar|\bvar\b|^q$|^q[ _(\[]|r[ée]actif", re.I)
COUNTER = re.compile(r"z(ä|ae)hlerstand|stand$|stand[ _(\[]|counter|meter.?reading|meterstand|^index$|"
                     r"register.?value|cumul", re.I)  # fmt: skip
OTHERS = re.compile(
    r"^g[a-z]?\(|irradiance|radiation|h_sun|^t2m|^ws10m|^int$|temp|wind|albedo|^dc |^step$|^nr\.?$|^no\.?$|"
    r"volt|spannung|\bprice|tari|humid|quality|status|^#$|^(month|day|hour|minute|year)$|^i[_ (\[]|current|"
    r"frequen|cos", re.I)  # fmt: skip
REGISTER = re.compile(r"^register$|richting|richtung|direction", re.I)
TAKES = re.compile(r"afname|verbruik|consum|import|bezug|prélev|soutir|from grid", re.I)
GIVES = re.compile(r"injecti|teruglever|produ|export|einspeis|lieferung|to grid", re.I)
_UNIT = re.compile(r"(?<![A-Za-z])(MWh|kWh|KWH|kwh|Wh|MW|kW|KW|kw|W|W\.|watts?|Watts?)(?![A-Za-z])(?! ?/ ?m)")
_PER_UNIT = re.compile(r"(?<![a-z])(pu|p\.u\.|per.unit)(?![a-z])", re.I)
A_LINE = "where a line holds a whole day, turn the table, so that each line is one time"
UNIT_HEADS = ("eenheid", "unit", "einheit", "unite", "unité", "units")


@dataclass(frozen=True)
class Columns:
    """Columns by what they hold, counted from 0.

    ``times`` is one column, or a date and a clock, or month, day and hour (``by_calendar``); ``local`` is a
    second time, which a file in UTC has beside its first. ``values`` are the numbers that may be a profile.
    """

    times: tuple[int, ...] = ()
    by_calendar: bool = False
    local: int | None = None
    values: tuple[int, ...] = ()
    aside: tuple[int, ...] = ()
    register: int | None = None
    meter: int | None = None
    unit: int | None = None
    told: list[str] = field(default_factory=list)


def read_columns(table: Table) -> Columns:
    """Return what a table's columns hold.

    Raises: ProfileFileError for dates without times of day.
    """
    heads = [table.head(column).lower() for column in range(table.width)]
    calendar = tuple(heads.index(name) for name in CALENDAR if name in heads)
    by_calendar = len(calendar) == len(CALENDAR)
    times, local = (calendar, None) if by_calendar else _times(table)
    rest = [c for c in range(table.width) if c not in times and c != local]
    numbers = [c for c in rest if table.classes[c] == NUMBER and not NAMES.search(heads[c])]
    words = [c for c in rest if table.classes[c] in (WORDS, NUMBER) and c not in numbers]
    aside = [c for c in numbers if _is_aside(heads[c])]
    values = [c for c in numbers if c not in aside]
    if not values and len(numbers) == 1 and not _is_no_power(heads[numbers[0]]):
        values = numbers
    return Columns(
        times=times,
        by_calendar=by_calendar,
        local=local,
        values=tuple(values),
        aside=tuple(c for c in aside if c not in values),
        register=next((c for c in words if REGISTER.search(heads[c])), None),
        meter=next((c for c in words if NAMES.search(heads[c])), None),
        unit=next((c for c in words if heads[c] in UNIT_HEADS), None),
    )


def _is_aside(head: str) -> bool:
    return bool(OTHERS.search(head)) or _is_no_power(head)


def _is_no_power(head: str) -> bool:
    return bool(REACTIVE.search(head) or COUNTER.search(head))


def _times(table: Table) -> tuple[tuple[int, ...], int | None]:
    """Return the columns of the time, and that of local time where the time is in UTC."""
    columns = [column for column, kind in enumerate(table.classes) if kind == TIME]
    if not columns:
        return (), None
    cells = table.cells(table.first)
    has = {column: holds(cells[column]) for column in columns}
    whole = [column for column in columns if has[column] == (True, True)]
    if whole:
        local = next((c for c in whole[1:] if "local" in table.head(c).lower()), None)
        return (whole[0],), local
    dates = [column for column in columns if has[column] == (True, False)]
    clocks = [column for column in columns if has[column] == (False, True)]
    if dates and clocks:
        return (dates[0], clocks[0]), None
    if dates:
        words = "has dates and no times of day; one value a day is no profile, give one for each quarter-hour"
        if table.classes.count(NUMBER) >= 23:
            words = f"has a date and {table.classes.count(NUMBER)} numbers; {A_LINE}"
        raise table.text.error(f"line {table.first}", words)
    if clocks:
        return (clocks[0],), None
    words = f"{shorten(cells[columns[0]])!r} is not a time; write {ACCEPTED}"
    raise table.text.error(table.place(table.first, columns[0]), words)


def told_unit(table: Table, columns: Columns, value: int) -> tuple[str, str] | None:
    """Return the unit that a file itself names for a column, and where; None where it names none."""
    if found := unit_of(table.head(value)):
        return found, f"the heading {shorten(table.head(value))!r}"
    if columns.unit is not None:
        cell = table.cells(table.first)[columns.unit]
        if found := unit_of(cell):
            return found, f"{table.named(columns.unit)}"
    return _around(table, value)


def _around(table: Table, value: int) -> tuple[str, str] | None:
    """Return a unit from the lines above or below: a legend (P: power (W)), or a column of its own."""
    lines, head = table.text.lines, table.head(value)
    outside = [*range(1, table.first - bool(table.header)), *range(table.last + 1, len(lines) + 1)]
    for number in outside[:200]:
        line = lines[number - 1]
        if head and line.strip().startswith(f"{head}:") and (found := unit_of(line)):
            return found, f"line {number}"
        if (
            head
            and (json := re.search(rf'"{re.escape(head)}": ?"(\w+)"', line))
            and (found := unit_of(json[1]))
        ):
            return found, f"line {number}"
        cells = [cell.strip().lower() for cell in line.split(table.separator or ";")]
        at = next((index for index, cell in enumerate(cells) if cell in UNIT_HEADS), None)
        if at is not None and number < len(lines):
            below = lines[number].split(table.separator or ";")
            if at < len(below) and (found := unit_of(below[at])):
                return found, f"line {number + 1}"
    first = table.header[0] if table.header else ""
    found = unit_of(first)
    return (found, f"the heading {shorten(first)!r}") if found else None


def unit_of(words: str) -> str:
    """Return the unit that some words name: W, kW, MW, Wh, kWh, MWh, pu, or nothing."""
    if _PER_UNIT.search(words) or words.endswith("_pu"):
        return "pu"
    match = _UNIT.search(words.replace("_", " "))
    if match is None:
        return ""
    name = match[1].lower().rstrip(".")
    return {"watt": "W", "watts": "W", "w": "W", "kw": "kW", "wh": "Wh", "kwh": "kWh", "mw": "MW",
            "mwh": "MWh"}[name]  # fmt: skip


def heading(table: Table) -> tuple[str, ...]:
    """Return the cells of the line above a table's heading, where it may be a part of it."""
    number = table.first - 2 if table.header else table.first - 1
    if number < 1 or not table.text.lines[number - 1].strip():
        return ()
    return tuple(split(table.text.file, number, table.text.lines[number - 1], table.separator, table.splits))
