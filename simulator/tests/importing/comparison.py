"""A source's tables beside those of the pandapower net that the file was made of, cell by cell."""

from typing import Any

import pandas as pd

from simulator.importing.columns import COLUMNS
from simulator.importing.source import Cell, Source


def differences(net: Any, source: Source, *, relative: float = 0.0) -> list[str]:
    """Return where a cell is not the net's, or one of the net's is missing; of the columns that are read."""
    found = []
    for table, columns in COLUMNS.items():
        if table == "parameters" or table not in net:
            continue
        frame, rows = net[table], {row["index"]: row for row in source.tables.get(table, ())}
        if list(frame.index) != list(rows):
            found.append(f"{table}: rows {list(rows)[:5]} for {list(frame.index)[:5]}")
            continue
        for column in columns.keys() & set(frame.columns):
            for index, value in frame[column].items():
                read = rows[index].get(column)
                if not _same(value, read, relative):
                    found.append(f"{table} {index} {column}: {read!r} for {value!r}")
    return found


def _same(value: Any, read: Cell, relative: float) -> bool:
    if value is None or (not isinstance(value, str) and pd.isna(value)) or value == "":
        return read in (None, "")
    if isinstance(read, str):
        return read == str(value)
    if isinstance(read, bool) or read is None:
        return read is not None and read == bool(value)
    return bool(abs(read - value) <= relative * abs(value))
