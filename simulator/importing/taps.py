"""A file's tap changers as pandapower reads them, release by release."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Literal

from simulator.importing.source import Row
from simulator.importing.tables import Tables, number, text

Effect = Literal["ratio", "ideal", "table"]
SIDES = ("hv", "lv")


@dataclass(frozen=True)
class Changer:
    """One of a transformer's tap changers; ``steps`` from its neutral position, None where that is unknown.

    ``effect`` is what its position changes, None where it changes nothing; ``kind`` what the file calls it.
    """

    which: str
    kind: str
    side: str
    effect: Effect | None
    pos: float | None
    neutral: float | None
    step_percent: float
    step_degree: float

    @property
    def steps(self) -> float | None:
        """How far the tap stands from its neutral position."""
        return None if self.pos is None or self.neutral is None else self.pos - self.neutral

    @property
    def factor(self) -> complex:
        """What the rated voltage at the changer's side is multiplied by, and turned."""
        angle = radians(self.step_degree)
        return 1 + self.step_percent / 100 * (self.steps or 0.0) * complex(cos(angle), sin(angle))


def read_changers(tables: Tables, row: Row) -> Iterator[Changer]:
    """Yield the tap changers of a transformer that the file gives a position."""
    for which in ("", "2"):
        name = f"tap{which}_"
        if f"{name}pos" not in row and not row.get(f"{name}step_percent"):
            continue
        kind = read_kind(tables, row, which)
        side = row.get(f"{name}side")
        effect = _effect(row, which, kind) if side in SIDES else None
        yield Changer(
            which=which,
            kind=kind,
            side=str(side or ""),
            effect=effect,
            pos=maybe(row, f"{name}pos"),
            neutral=maybe(row, f"{name}neutral"),
            step_percent=number(row, f"{name}step_percent"),
            step_degree=number(row, f"{name}step_degree"),
        )


def maybe(row: Row, column: str) -> float | None:
    """Return a cell's number, or None where the cell is empty."""
    return None if row.get(column) is None else number(row, column)


def read_kind(tables: Tables, row: Row, which: str) -> str:
    """Return the kind of changer, which pandapower tells from the steps in files of releases before 3.0."""
    if tables.format_version >= (3,):
        column = f"tap{which}_changer_type"
        if column in row or tables.format_version < (3, 3) or f"tap{which}_phase_shifter" not in row:
            return text(row, column)
        return "Ideal" if row.get(f"tap{which}_phase_shifter") is True else "Ratio"
    percent, degree = (number(row, f"tap{which}_step_{unit}") for unit in ("percent", "degree"))
    if percent:
        return "Symmetrical" if degree == 90 else "Ratio"
    return "Ideal" if degree else ""


def _effect(row: Row, which: str, kind: str) -> Effect | None:
    if not which and row.get("tap_dependency_table") is True:
        return "table"
    if kind in ("Ratio", "Symmetrical"):
        return "ratio"
    return "ideal" if kind == "Ideal" else None
