"""Meters with several registers: day and night are added, the other direction is left out."""

from dataclasses import replace

import numpy as np

from simulator.grid.profile_files.columns import GIVES, TAKES
from simulator.grid.profile_files.series import Kind
from simulator.grid.profile_files.table import Table
from simulator.grid.profile_files.values import Values


def one_direction(table: Table, column: int, values: Values, kind: Kind) -> tuple[Values, str]:
    """Return the values of load's registers, or of PV's, with one line a time, and what was done.

    Raises: ProfileFileError where no register is of the kind, or one is of no known direction.
    """
    names = sorted(set(values.registers))
    place = f"lines {table.first} to {table.last} {table.named(column)}"
    wanted, other = (TAKES, GIVES) if kind == "load" else (GIVES, TAKES)
    unknown = [name for name in names if not TAKES.search(name) and not GIVES.search(name)]
    if len(names) == 1 and unknown:
        return values, ""
    if unknown:
        raise table.text.error(place, f"holds {', '.join(names[:6])[:120]}: keep the lines of one register")
    chosen = [name for name in names if wanted.search(name) and not other.search(name)]
    if not chosen:
        what = "what is drawn" if kind == "load" else "what is fed in"
        raise table.text.error(place, f"holds {', '.join(names[:6])[:120]}, of which none is {what}")
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
    told = f"Registers added: {', '.join(chosen)}"
    left = [name for name in names if name not in chosen]
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
