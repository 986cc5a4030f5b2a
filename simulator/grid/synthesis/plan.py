"""The vocabulary of a synthetic feeder: runs of line, the homes along them, the transformer's setting."""

from dataclasses import dataclass

from simulator.grid.catalogue import LineType, line_type

MAIN = line_type("NAYY 4x150 SE")
SERVICE = line_type("NAYY 4x50 SE")
OVERHEAD = line_type("48-AL1/8-ST1A 0.4")

Range = tuple[float, float]


@dataclass(frozen=True)
class Homes:
    """Customers at each bus of a run; every range is drawn from evenly.

    ``households`` a bus, ``kw_each`` their after-diversity peak and ``kwp_each`` their roof's PV potential.
    """

    households: Range
    kw_each: Range
    kwp_each: Range
    power_factor: Range = (0.96, 0.98)


@dataclass(frozen=True)
class Run:
    """Buses one after another along a street, leaving the bus with number ``start``.

    ``heading`` is in degrees clockwise from north, ``bend`` is added to it after each span. Without
    ``homes`` the buses are joints that serve nobody.
    """

    start: int
    buses: int
    heading: float
    spacing_m: Range
    homes: Homes | None
    line: LineType = MAIN
    bend: float = 0.0
    parallel: int = 1


@dataclass(frozen=True)
class Plan:
    """A feeder to be: who it is, where it lies, what its runs are. Buses are numbered run by run."""

    number: int
    name: str
    archetype: str
    description: str
    lat: float
    lon: float
    runs: tuple[Run, ...]
    source_vm_pu: float = 1.0
    tap_pos: int = 0

    @property
    def feeder_id(self) -> str:
        """The feeder's id, which is also its file's name."""
        return f"feeder_{self.number:02d}"
