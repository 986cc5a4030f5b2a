"""A voltage's exact parts from the source to the bus: what each section changes, and each customer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

NOMINAL_PU = 1.0
MAX_OF_LINES = 0.8  # of the lines' change, which the shortest run of sections must make
MAX_SHARES = 50_000  # of customers in sections: beyond, sections keep their sums alone


@dataclass(frozen=True, eq=False)
class Section:
    """Where voltage changes between two buses: without load, and by load, PV and battery.

    Shape: ``kinds_pu`` (3,): load, PV, battery of all customers; ``shares_pu`` (customers, 3), each one's,
    None for lines where customers times sections are too many to keep. Units: pu; positive raises the
    voltage.
    """

    element: str
    from_bus: str
    to_bus: str
    no_load_pu: float
    kinds_pu: np.ndarray
    shares_pu: np.ndarray | None

    @property
    def by_customers_pu(self) -> float:
        """What all customers' currents change together."""
        return float(self.kinds_pu.sum())

    @property
    def total_pu(self) -> float:
        """The whole change."""
        return self.no_load_pu + self.by_customers_pu


@dataclass(frozen=True, eq=False)
class Parts:
    """A bus's voltage as a sum: the source, the transformer, then each line section on the way.

    The transformer's part without load comes from its ratio, its tap and its own current.
    ``run`` are the positions of the lines that make most of the lines' change, as ``shortest_run`` has them.

    Shape: ``customers_pu`` (customers, 3): what each customer's load, PV and battery change along the whole
    way; ``run_pu`` the same along ``run``. Units: pu.
    """

    source_pu: float
    transformer: Section
    lines: tuple[Section, ...]
    voltage_pu: float
    customers_pu: np.ndarray
    run: slice
    run_pu: np.ndarray

    @property
    def sections(self) -> tuple[Section, ...]:
        """The transformer and the lines, in the order of the way."""
        return (self.transformer, *self.lines)

    @property
    def lines_pu(self) -> float:
        """What the lines change together."""
        return sum(line.total_pu for line in self.lines)


def section(element: str, from_bus: str, to_bus: str, no_load_pu: float, shares_pu: np.ndarray) -> Section:
    """Return a section with every customer's share in it."""
    return Section(element, from_bus, to_bus, no_load_pu, shares_pu.sum(axis=0), shares_pu)


def add_up(
    source_pu: float, transformer: Section, count: int, line: Callable[[int], Section], voltage_pu: float
) -> Parts:
    """Return the parts of a voltage, from as many lines as there are on the way.

    ``line`` makes the line at a position with every customer's share; never are all in memory together, where
    they are many.
    """
    customers_pu = _shares(transformer).copy()
    kept = count * len(customers_pu) <= MAX_SHARES
    lines = []
    for position in range(count):
        each = line(position)
        customers_pu += _shares(each)
        lines.append(each if kept else replace(each, shares_pu=None))
    run = shortest_run([each.total_pu for each in lines], -1.0 if voltage_pu < NOMINAL_PU else 1.0)
    run_pu = np.zeros_like(customers_pu)
    for position in range(run.start, run.stop):
        run_pu += _shares(lines[position] if kept else line(position))
    return Parts(source_pu, transformer, tuple(lines), voltage_pu, customers_pu, run, run_pu)


def _shares(section: Section) -> np.ndarray:
    if section.shares_pu is None:
        raise ValueError(f"{section.element} must have every customer's share")
    return section.shares_pu


def shortest_run(totals_pu: Sequence[float], sign: float) -> slice:
    """Return the shortest run of lines that makes 80 % of all lines' change; of equal ones the strongest."""
    summed = np.cumsum([0.0, *(sign * total for total in totals_pu)])
    for length in range(1, len(totals_pu)):
        runs = summed[length:] - summed[:-length]
        start = int(np.argmax(runs))
        if runs[start] >= MAX_OF_LINES * summed[-1]:
            return slice(start, start + length)
    return slice(0, len(totals_pu))
