"""The admittance matrix eliminated bus by bus, in an order that fills in next to nothing on streets.

On a tree the two passes over the factors are the backward and forward sweep of currents and voltages, with
shunts and taps exact; a mesh adds a neighbour here and there. Buses where no power enters and that join two
others at most go first: no current ever starts at them, so that a sweep may leave them out.
"""

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np

SAME = 1e-13  # a factor this near 1 is 1: a line without charging hands all its current on


@dataclass(frozen=True, eq=False)
class Elimination:
    """The factors of a matrix, by place in the order of elimination.

    ``bus`` gives the row of each place, and places from ``first`` on are those that sweeps visit. Place k
    hands its current, times ``up``, to its ``neighbour`` places start[k] to start[k + 1], which come later,
    and takes their voltages times ``down`` and its own current times ``own``. ``plain`` factors are 1.

    Shape: (buses,), ``start`` (buses + 1,), and (links,) for ``neighbour``, ``up``, ``down``, ``plain``.
    Units: pu on 1 MVA.
    """

    first: int
    bus: np.ndarray
    start: np.ndarray
    neighbour: np.ndarray
    up: np.ndarray
    down: np.ndarray
    own: np.ndarray
    plain: np.ndarray


def eliminate(matrix: Any, ports: np.ndarray) -> Elimination:
    """Return the factors of a sparse complex matrix; power enters at the rows ``ports`` alone.

    Each bus is eliminated when it has fewest neighbours left. Nothing is pivoted: the diagonal of an
    admittance matrix outweighs its row. Raises: ZeroDivisionError for a singular matrix.
    """
    rows = _rows(matrix)
    active = set(ports.tolist())
    places: list[int] = []
    links: list[list[tuple[int, complex, complex]]] = []
    own: list[complex] = []
    first, keys = 0, [_key(bus, row, active) for bus, row in enumerate(rows)]
    waiting = list(keys)
    heapq.heapify(waiting)
    while waiting:
        key = heapq.heappop(waiting)
        bus = key[-1]
        if key != keys[bus]:
            continue  # it has lost or gained a neighbour since, and waits under another key
        if key[0] == 0 and first == len(places):
            first += 1
        keys[bus] = (2, 0, bus)
        pivot = rows[bus].pop(bus)
        places.append(bus)
        own.append(1 / pivot)
        links.append([(to, -rows[to].pop(bus) / pivot, -value / pivot) for to, value in rows[bus].items()])
        for to, up, _ in links[-1]:
            for column, value in rows[bus].items():
                rows[to][column] = rows[to].get(column, 0) + up * value
            keys[to] = _key(to, rows[to], active)
            heapq.heappush(waiting, keys[to])
    return _lay(first, places, links, own)


def _rows(matrix: Any) -> list[dict[int, complex]]:
    """Return each row's entries by column; every entry has one across the diagonal, which may be 0."""
    entries = matrix.tocoo()
    rows: list[dict[int, complex]] = [{} for _ in range(matrix.shape[0])]
    for row, column, value in zip(
        entries.row.tolist(), entries.col.tolist(), entries.data.tolist(), strict=True
    ):
        rows[row][column] = value
        rows[column].setdefault(row, 0j)
    return rows


def _key(bus: int, row: dict[int, complex], active: set[int]) -> tuple[int, int, int]:
    neighbours = len(row) - 1
    return int(bus in active or neighbours > 2), neighbours, bus


def _lay(
    first: int, places: list[int], links: list[list[tuple[int, complex, complex]]], own: list[complex]
) -> Elimination:
    bus = np.array(places, dtype=np.int64)
    place = np.empty(len(bus), dtype=np.int64)
    place[bus] = np.arange(len(bus))
    neighbour, up, down = (
        zip(*(link for each in links for link in each), strict=True) if any(links) else ((),) * 3
    )
    ups, downs = np.array(up, dtype=complex), np.array(down, dtype=complex)
    return Elimination(
        first=first,
        bus=bus,
        start=np.concatenate([[0], np.cumsum([len(each) for each in links])]).astype(np.int64),
        neighbour=place[np.array(neighbour, dtype=np.int64)],
        up=ups,
        down=downs,
        own=np.array(own, dtype=complex),
        plain=(np.abs(ups - 1) < SAME) & (np.abs(downs - 1) < SAME),
    )
