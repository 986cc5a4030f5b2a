"""A file's content as plain, checked data."""

from dataclasses import dataclass, field
from typing import Literal

from simulator.grid.schema import Feeder
from simulator.importing.import_log import Item

Format = Literal["feeder JSON", "pandapower JSON", "pandapower Excel", "SimBench CSV"]
Cell = str | int | float | bool | None
Row = dict[str, Cell]


@dataclass(frozen=True)
class Source:
    """What a file holds: a feeder of our own, or tables with pandapower's names and units.

    Every row has "index", the element's number; missing values are None, never NaN. ``items`` tells which
    tables and columns were left out.
    """

    file: str
    format: Format
    feeder: Feeder | None = None
    tables: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A feeder that may be stored: the whole file, or one transformer's part of it."""

    key: str
    title: str
    feeder: Feeder
    items: tuple[Item, ...]
