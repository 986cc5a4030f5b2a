"""Meters with several registers: day and night are added, the other direction is left out."""

from dataclasses import replace

import numpy as np

from simulator.importing.profiles.columns import GIVES, TAKES
from simulator.importing.profiles.series import ProfileKind
from simulator.importing.profiles.table import Table
from simulator.importing.profiles.text import shorten
from simulator.importing.profiles.values import Values

MAX_REGISTERS = 12


def one_direction(table: Table, column: int, values: Values, kind: ProfileKind) -> tuple[Values, str]:
    """Return the values of load's registers, or of PV's, with one line a time, and what was done.

    Raises: ProfileFileError where no register is of the kind, or one is of no known direction.
    """
    names = sorted(set(values.registers))
    if len(names) == 1 and not _has_direction(names[0]):
        return values, ""
    chosen = _chosen(table, column, names, kind)
    rows, sums = _added(values, chosen)
    told = f"Registers added: {', '.join(map(shorten, chosen))}"
    left = [shorten(name) for name in names if name not in chosen]
    told += f"; left out: {', '.join(left)}." if left else "."
    if kind == "pv":
        told += " What is fed in is PV less the household's own use at that time, not all of the PV."
    found = replace(
        values,
        numbers=np.array(sums),
        lines=values.lines[rows],
        times=[values.times[row] for row in rows],
        local=[values.local[row] for row in rows] if values.local else [],
        registers=[],
    )
    return found, told


def _has_direction(name: str) -> bool:
    return bool(TAKES.search(name) or GIVES.search(name))


def _chosen(table: Table, column: int, names: list[str], kind: ProfileKind) -> list[str]:
    """Return the registers of load's direction, or of PV's."""
    place = f"lines {table.first} to {table.last} {table.named(column)}"
    if len(names) > MAX_REGISTERS:
        raise table.text.error(place, f"holds {len(names):,} registers; at most {MAX_REGISTERS} are read")
    few = ", ".join(map(shorten, names[:6]))
    if not all(map(_has_direction, names)):
        raise table.text.error(place, f"holds {few}: keep the lines of one register")
    wanted, other = (TAKES, GIVES) if kind == "load" else (GIVES, TAKES)
    chosen = [name for name in names if wanted.search(name) and not other.search(name)]
    if not chosen:
        what = "what is drawn" if kind == "load" else "what is fed in"
        raise table.text.error(place, f"holds {few}, of which none is {what}")
    return chosen


def _added(values: Values, chosen: list[str]) -> tuple[list[int], list[np.ndarray]]:
    """Return a row for each time, and the sum of the registers at it."""
    slots: dict[tuple[str, int], int] = {}
    seen: dict[tuple[str, str], int] = {}
    rows: list[int] = []
    sums: list[np.ndarray] = []
    for row, name in enumerate(values.registers):
        if name not in chosen:
            continue
        time = values.times[row]
        again = seen[name, time] = seen.get((name, time), -1) + 1  # the hour that summer time's end repeats
        at = slots.setdefault((time, again), len(rows))
        if at == len(rows):
            rows.append(row)
            sums.append(values.numbers[row].copy())
        else:
            sums[at] += values.numbers[row]
    return rows, sums
