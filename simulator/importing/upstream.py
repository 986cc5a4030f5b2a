"""What stands at the upper side of each transformer: a source's voltage, or what one power flow gives there.

The power flow is of the file as it is, with all its loads, plants and stores, and with the controllers that
hold a voltage by a tap; whoever imports a file brings what solves it.
"""

from cmath import rect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import radians
from statistics import fmean

from simulator.importing.controls import TapControl, read_controls
from simulator.importing.merging import Nodes
from simulator.importing.plates import Plate
from simulator.importing.source import Cell, Row
from simulator.importing.supply import Area, Supply
from simulator.importing.tables import Tables
from simulator.importing.taps import read_kind

SPREAD_PU = 1e-7  # upper sides that differ by more are told apart
SPREAD_DEGREE = 1e-5


@dataclass(frozen=True)
class WholeGrid:
    """All that a power flow of a file needs: pandapower's tables, with transformers as their taps leave them.

    Rows of transformers hold a plain ratio tap at most; ``controls`` move it.
    """

    tables: Mapping[str, tuple[Row, ...]]
    controls: tuple[TapControl, ...]


@dataclass(frozen=True)
class GridState:
    """The voltage at each bus in pu and degrees, and where each controlled transformer's tap stands."""

    vm_pu: Mapping[Cell, float]
    va_degree: Mapping[Cell, float]
    tap_pos: Mapping[Cell, float]


SolveGrid = Callable[[WholeGrid], GridState | None]


@dataclass(frozen=True)
class Upstream:
    """The voltage at the upper side of each transformer in pu, by its index, and the transformers' plates.

    ``far`` are those that stand at no source's bus; their voltages, and the taps of the ``controls``, come
    from the file's power flow where that was ``solved``. ``before`` are the plates as the file has them.
    """

    vm_pu: Mapping[Cell, float]
    va_degree: Mapping[Cell, float]
    plates: Mapping[Cell, Plate]
    before: Mapping[Cell, Plate]
    far: frozenset[Cell]
    controls: tuple[TapControl, ...]
    solved: bool

    def voltage(self, area: Area) -> float:
        """Return the voltage in pu that an area is fed with.

        Several transformers at different voltages are fed with their mean; ``plates_of`` gives each its own.
        """
        if area.source:
            return area.source.vm_pu
        low, high = self.span(area)
        if high - low <= SPREAD_PU:
            return low
        return round(fmean(self.vm_pu[row["index"]] for row in area.transformers), 6)

    def plates_of(self, area: Area) -> Mapping[Cell, Plate]:
        """Return the plates of an area's transformers as one source feeds them all.

        Where their upper sides stand at other voltages than the source, their rated upper voltages are scaled
        by as much and their shifts turned, so that each gives its own voltage below.
        """
        if not area.transformers or self.alike(area):
            return self.plates
        source, first = self.voltage(area), self.va_degree.get(area.transformers[0]["index"], 0.0)
        found = {}
        for row in area.transformers:
            index = row["index"]
            turn = radians(first - self.va_degree.get(index, first))
            found[index] = self.plates[index].scaled("hv", rect(source / self.vm_pu[index], turn))
        return found

    def alike(self, area: Area) -> bool:
        """Whether an area's transformers all stand at one voltage."""
        low, high = self.span(area)
        turns = {self.va_degree.get(row["index"], 0.0) for row in area.transformers}
        return high - low <= SPREAD_PU and max(turns) - min(turns) <= SPREAD_DEGREE

    def span(self, area: Area) -> tuple[float, float]:
        """Return the lowest and the highest voltage at the upper sides of an area's transformers, in pu."""
        found = [self.vm_pu[row["index"]] for row in area.transformers]
        return min(found), max(found)


def find_upstream(
    tables: Tables, nodes: Nodes, supply: Supply, plates: Mapping[Cell, Plate], solve: SolveGrid | None
) -> Upstream:
    """Return what stands above each area."""
    controls = read_controls(tables, plates)
    vm_pu = _at_sources(nodes, supply)
    far = {row["index"]: row for row in supply.transformers if row["index"] not in vm_pu}
    state = None
    if solve and (far or controls):
        state = solve(WholeGrid(_tables(tables, plates), controls))
    if state and not all(state.vm_pu.get(row["hv_bus"]) for row in far.values()):
        state = None
    for index, row in far.items():
        vm_pu[index] = round(state.vm_pu[row["hv_bus"]], 9) if state else supply.sources[0].vm_pu
    ends = {row["index"]: row["hv_bus"] for row in supply.transformers}
    turned = {index: state.va_degree.get(bus, 0.0) for index, bus in ends.items()} if state else {}
    moved = {c.trafo: plates[c.trafo].standing_at(state.tap_pos[c.trafo]) for c in controls} if state else {}
    return Upstream(vm_pu, turned, {**plates, **moved}, plates, frozenset(far), controls, state is not None)


def _at_sources(nodes: Nodes, supply: Supply) -> dict[Cell, float]:
    """Return the voltages of the transformers whose upper side is a source's bus."""
    held: dict[int | None, set[float]] = {}
    for each in supply.sources:
        held.setdefault(each.node, set()).add(each.vm_pu)
    ends = [(row["index"], held.get(nodes.at(row, "hv_bus"), set())) for row in supply.transformers]
    return {index: next(iter(found)) for index, found in ends if len(found) == 1}


def _tables(tables: Tables, plates: Mapping[Cell, Plate]) -> dict[str, tuple[Row, ...]]:
    """Return the file's tables with what each tap does in plain numbers."""
    found = dict(tables.source.tables)
    found["trafo"] = tuple(_plain_trafo(row, plates[row["index"]]) for row in tables.rows("trafo"))
    found["trafo3w"] = tuple(
        {**row, "tap_changer_type": read_kind(tables, row, "") or None} for row in tables.rows("trafo3w")
    )
    return found


def _plain_trafo(row: Row, plate: Plate) -> Row:
    kept = ("index", "hv_bus", "lv_bus", "in_service", "parallel", "sn_mva")
    values: Row = {name: row[name] for name in kept if name in row}
    values |= {name: value for name, value in plate.values.items() if name != "sn_kva"}
    if plate.tap:
        values |= {f"tap_{name}": value for name, value in plate.tap.items()}
        values["tap_changer_type"] = "Ratio"
    return values
