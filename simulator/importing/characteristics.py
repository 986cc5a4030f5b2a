"""What a file says that a tap's position does: tables of ratio and impedance, curves over positions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator.importing.objects import Described
from simulator.importing.source import Cell
from simulator.importing.tables import Tables, number, whole


@dataclass(frozen=True)
class Position:
    """What a transformer is at one position of its tap; ``impedance`` holds the percents that are given."""

    ratio: float
    angle_degree: float
    impedance: dict[str, float]


def table_at(tables: Tables, number_: int, pos: float | None) -> Position | None:
    """Return what the file's table of a number says of a position; None where it says nothing."""
    for row in tables.rows("trafo_characteristic_table"):
        if whole(row, "id_characteristic", -1) == number_ and row.get("step") == pos:
            given = [column for column in ("vk_percent", "vkr_percent") if row.get(column) is not None]
            impedance = {column: number(row, column) for column in given}
            return Position(number(row, "voltage_ratio", 1.0), number(row, "angle_deg"), impedance)
    return None


def at_position(tables: Tables, number_: Cell, pos: float) -> float | None:
    """Return a curve's value at a tap position: its own points, and straight lines between them."""
    for row in tables.rows("characteristic"):
        if row["index"] == number_:
            curve = Described.read(row.get("object"))
            points = curve.points() if curve else []
            return _between(points, pos)
    return None


def _between(points: Sequence[tuple[float, float]], at: float) -> float | None:
    if not points:
        return None
    if at <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= at <= x1 and x1 > x0:
            return y0 + (y1 - y0) * (at - x0) / (x1 - x0)
    return points[-1][1]
