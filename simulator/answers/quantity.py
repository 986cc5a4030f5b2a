"""A figure of an answer as it is declared, once, beside its field: `Annotated[float, Quantity(...)]`."""

from dataclasses import dataclass, replace
from typing import Literal

Limit = Literal["voltage", "loading", "rise"]


@dataclass(frozen=True)
class Quantity:
    """A figure's name, unit and meaning, the limits that it is held against, and its decimals.

    ``digits`` are those of tables and comparisons, ``card_digits`` those of its card where it has fewer;
    ``short`` is the name where what stands beside it tells the rest; ``bar`` draws it in tables, a share of
    all. The help tells each ``meaning``. What people read in percent is a share of 1 in JSON.
    """

    label: str
    unit: str = ""
    digits: int = 1
    meaning: str = ""
    limit: Limit | None = None
    card_digits: int | None = None
    short: str = ""
    bar: bool = False

    @property
    def title(self) -> str:
        """What cards and columns call it."""
        return self.short or self.label

    @property
    def scale(self) -> float:
        """What a value in JSON is multiplied by for people."""
        return 100 if self.unit.startswith("%") else 1

    def key(self, name: str) -> str:
        """Return what cards and columns call a field, ``loss`` for ``loss_kw``."""
        return name.removesuffix(f"_{self.unit.lower()}")

    def shown(self, value: float | None) -> float | None:
        """Return a value of JSON in the unit that people read."""
        return None if value is None else value * self.scale


@dataclass(frozen=True)
class Card:
    """That a figure has a card; ``at`` names what tells where it was found, else ``place`` says it."""

    at: str = ""
    place: str = ""


@dataclass(frozen=True)
class Heading:
    """What a column of words is called."""

    label: str


EXTREMES = "The extremes over all low-voltage buses; 1 pu is 230 V from line to neutral."
LOWEST_VOLTAGE = Quantity("Lowest voltage", "pu", 4, EXTREMES, "voltage", card_digits=3)
HIGHEST_VOLTAGE = Quantity("Highest voltage", "pu", 4, EXTREMES, "voltage", card_digits=3)
BUS_VOLTAGE = Quantity("Voltage of the bus", "pu", 4, "", "voltage", card_digits=3, short="Voltage")
TRANSFORMER_LOADING = Quantity(
    "Transformer loading",
    "%",
    1,
    "Current over rated current, the higher of both sides, on nameplate voltages; with its direction.",
    "loading",
)
TRANSFORMER = replace(TRANSFORMER_LOADING, short="Transformer")  # in tables
LINE_LOADING = Quantity(
    "Most loaded line",
    "%",
    1,
    "The highest current over rating of any line, at the more loaded of its ends.",
    "loading",
)
UNBALANCE = Quantity(
    "Voltage unbalance",
    "%",
    2,
    "Negative over positive sequence of a bus's three voltages. Houses on single phases make it; "
    "EN 50160 allows 2 % in 95 % of a week.",
)
RETURNING = Quantity(
    "Neutral current",
    "A",
    1,
    "The sum of a line's three phase currents: what its neutral, or neutral and earth, carry back.",
)
NEUTRAL_VOLTAGE = Quantity(
    "Neutral voltage",
    "V",
    2,
    "Of a bus's neutral to earth, where the neutral is a conductor of its own. No standard limits it.",
)
LOADING = replace(LINE_LOADING, short="Loading")  # of an element, in tables
DISTANCE, LENGTH = Quantity("Distance", "m", 0), Quantity("Length", "m", 0)
HOUSEHOLDS = Quantity("Households", digits=0)
POTENTIAL = Quantity("PV potential", "kWp")
RISE = Quantity("Largest rise by PV", "%", 2, "", "rise")
LOSSES = Quantity("Losses", "kW", 2, "Heat in lines and transformer, no-load losses included.", card_digits=1)
CROSSING = "Power from or to the medium-voltage grid. Surplus PV flows back and is never clamped."
IMPORT, EXPORT = Quantity("Import", "kW", 1, CROSSING), Quantity("Export", "kW", 1, CROSSING)
VIOLATIONS = Quantity(
    "Violations", "", 0, "Buses that leave the voltage limits, and elements that exceed their rating."
)
HOURS_OUTSIDE = Quantity(
    "Hours outside limits",
    "h",
    2,
    "How long anything is beyond a limit, or has no solution.",
    short="Outside limits",
)
PV_ADOPTION = Quantity(
    "PV adoption",
    "%",
    0,
    "Share of each customer's rooftop potential that is built; PV profile, unity power factor.",
)
HOSTED = (
    "The largest PV adoption at and below which no quarter-hour of the day, or of those chosen, has a "
    "violation, to 0.1 %. Where all of the potential fits, the search goes on to ten times it. Without any "
    "potential nothing was asked, and no capacity is told."
)
CAPACITY, CAPACITY_KWP = (Quantity("Hosting capacity", unit, 1, HOSTED) for unit in ("% PV", "kWp"))
CAUSED, CAUSED_KWP = (Quantity("Hosting capacity counting what PV causes", unit) for unit in ("% PV", "kWp"))
