"""A feeder, and a block of its cases, as the compiled sweep reads them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from simulator.grid.schema import Feeder
from simulator.powerflow.admittances import Admittances
from simulator.powerflow.network import SOURCE_BUS
from simulator.powerflow.ports import ports_of
from simulator.powerflow.sweep.elimination import SAME, eliminate

USUAL_ITERATIONS = 8

# The rows of a block's key figures; extremes, squared, are followed by positions.
MIN_PU, MAX_PU, LINE, TRANSFORMER = 0, 2, 4, 6
RISE, SOURCE_KW, SOURCE_KVAR, ITERATIONS, KPIS = 8, 9, 10, 11, 12

LINE_SIDES, TRANSFORMER_SIDES = ("line_from", "line_to"), ("transformer_hv", "transformer_lv")


class Grid(NamedTuple):
    """A feeder as the sweep reads it, in pu on 1 MVA; complex numbers as real and imaginary columns.

    ``first``, ``start``, ``neighbour`` and ``plain`` are an ``Elimination``'s; ``link`` holds its up and
    down, ``own`` its own factor and the no-load voltage. ``port`` is each place's port or -1, ``place`` each
    bus's place. ``line`` holds the four factors that the voltages at the places ``ends`` have in the
    currents at either end, as shares of its rating; ``even`` lines carry one current. ``transformer`` holds
    the currents on both sides, as a base and the factors of the voltages at the places ``windings``;
    ``source`` the source's current as a base, then the factor of the voltage at each of the places ``fed``.
    """

    first: int
    start: np.ndarray
    neighbour: np.ndarray
    plain: np.ndarray
    link: np.ndarray
    own: np.ndarray
    port: np.ndarray
    place: np.ndarray
    ends: np.ndarray
    line: np.ndarray
    even: np.ndarray
    windings: np.ndarray
    transformer: np.ndarray
    fed: np.ndarray
    source: np.ndarray
    source_pu: float
    extreme_pu: float

    @property
    def columns(self) -> int:
        """How many buses, lines and transformers there are."""
        return len(self.place) + len(self.ends) + len(self.windings)

    @property
    def work(self) -> int:
        """How many links and places a case visits: in each iteration, and once more in all."""
        links = len(self.neighbour) - int(self.start[self.first])
        return USUAL_ITERATIONS * (links + len(self.port) - self.first) + 3 * self.columns

    @property
    def size_bytes(self) -> int:
        """How much memory its arrays take."""
        return sum(part.nbytes for part in self if isinstance(part, np.ndarray))


class Block(NamedTuple):
    """What a block of cases is worked on in: power, current, fall of voltage, voltage; then rows."""

    p: np.ndarray
    q: np.ndarray
    ir: np.ndarray
    ii: np.ndarray
    dr: np.ndarray
    di: np.ndarray
    vr: np.ndarray
    vi: np.ndarray
    moved: np.ndarray
    before: np.ndarray
    going: np.ndarray
    iterations: np.ndarray


def grid_of(
    feeder: Feeder,
    admittances: Admittances,
    shares: Mapping[str, Any],
    no_load: np.ndarray,
    extreme_pu: float,
) -> Grid:
    """Lay a feeder out for the sweep.

    ``shares`` are sparse matrices: of what is linear in all voltages, what each row of an element makes of
    them. ``no_load`` are the voltages of its rows after the source's, in order, without any load.
    Raises: ZeroDivisionError where the admittance matrix is singular.
    """
    rows, source = admittances.order[1:], admittances.order[SOURCE_BUS]
    ports = ports_of(feeder).bus
    found = eliminate(admittances.bus[rows][:, rows], ports)
    place = np.empty(len(rows), dtype=np.int64)
    place[found.bus] = np.arange(len(rows))
    port = np.full(len(rows), -1, dtype=np.int64)
    port[place[ports]] = np.arange(len(ports))
    at = {bus.id: i for i, bus in enumerate(feeder.buses)}
    ends = np.array([[at[line.from_bus], at[line.to_bus]] for line in feeder.lines], dtype=np.int64)
    ends = ends.reshape(-1, 2)
    line = [_entries(shares[side], rows[ends[:, end]]) for side in LINE_SIDES for end in (0, 1)]
    lv = np.array([at[each.lv_bus] for each in feeder.transformers], dtype=np.int64)
    behind = len(rows) > len(feeder.buses)  # of the source's impedance the transformers have a bus, the last
    hv = np.full(len(lv), rows[-1] if behind else source)
    sides = [(shares[side], column) for side in TRANSFORMER_SIDES for column in (hv, rows[lv])]
    factors = np.array([_entries(matrix, column) for matrix, column in sides])
    pu = feeder.source.vm_pu
    fixed, free = (0.0, 1.0) if behind else (pu, 0.0)
    fed = np.flatnonzero(admittances.bus[rows][:, [source]].toarray())
    drawn = _entries(shares["source"], np.array([source, *rows[fed]]), row=0)
    return Grid(
        first=found.first,
        start=found.start,
        neighbour=found.neighbour,
        plain=found.plain,
        link=_columns(found.up, found.down),
        own=_columns(found.own, no_load[found.bus]),
        port=port,
        place=place[: len(feeder.buses)],
        ends=place[ends],
        line=_columns(*line),
        even=_even(*line),
        windings=np.column_stack([place[np.full(len(lv), -1)] if behind else place[lv], place[lv]]),
        transformer=_columns(
            *(part for hv, lv in factors.reshape(2, 2, -1) for part in (hv * fixed, hv * free, lv))
        ),
        fed=place[fed],
        source=_columns(drawn * [pu, *np.ones(len(fed))]),
        source_pu=pu,
        extreme_pu=extreme_pu,
    )


def _entries(matrix: Any, columns: np.ndarray, row: int | None = None) -> np.ndarray:
    """Return a matrix's entries at a column for each row, or at all columns of one row."""
    if not len(columns):
        return np.zeros(0, dtype=complex)
    rows = np.arange(len(columns)) if row is None else np.full(len(columns), row)
    return np.asarray(matrix.tocsr()[rows, columns], dtype=complex).ravel()


def _columns(*factors: np.ndarray) -> np.ndarray:
    """Return complex factors as real and imaginary columns, side by side."""
    parts = [part for each in factors for part in (each.real, each.imag)]
    return np.ascontiguousarray(np.column_stack(parts))


def _even(*factors: np.ndarray) -> np.ndarray:
    """Tell which lines carry the same current at both ends: those without charging."""
    at_from, from_to, to_from, at_to = factors
    charging = np.abs(at_from + from_to) + np.abs(at_to + to_from)
    even: np.ndarray = charging < SAME * np.abs(at_from)
    return even
