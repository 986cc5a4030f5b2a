"""A figure of an answer as it is declared, once, beside its field: `Annotated[float, Quantity(...)]`."""

from dataclasses import dataclass, replace
from typing import Literal

Limit = Literal["voltage", "loading", "rise"]


@dataclass(frozen=True)
class Quantity:
    """A figure's name, unit and meaning, the limits that it is held against, and its decimals.

    ``digits`` are those of tables and comparisons, ``card_digits`` those of its card where it has fewer;
    ``short`` is the name where what stands beside it tells the rest. The help tells each ``meaning``. What
    people read in percent is a share of 1 in JSON.
    """

    label: str
    unit: str = ""
    digits: int = 1
    meaning: str = ""
    limit: Limit | None = None
    card_digits: int | None = None
    short: str = ""

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
    """That a figure has a card; ``at`` is the field that tells where it was found, else ``place`` says it."""

    at: str = ""
    place: str = ""


@dataclass(frozen=True)
class Heading:
    """What a column of words is called."""

    label: str


LOWEST_VOLTAGE, HIGHEST_VOLTAGE = (
    Quantity(
        label=f"{which} voltage",
        unit="pu",
        digits=4,
        meaning="The extremes over all low-voltage buses; 1 pu is 230 V from line to neutral.",
        limit="voltage",
        card_digits=3,
    )
    for which in ("Lowest", "Highest")
)
BUS_VOLTAGE = Quantity("Voltage of the bus", "pu", 4, "", "voltage", card_digits=3, short="Voltage")
TRANSFORMER_LOADING = Quantity(
    label="Transformer loading",
    unit="%",
    meaning="Current over rated current, the higher of both sides, on nameplate voltages; "
    "with its direction.",
    limit="loading",
)
LINE_LOADING = Quantity(
    label="Most loaded line",
    unit="%",
    meaning="The highest current over rating of any line, at the more loaded of its ends.",
    limit="loading",
)
RISE = Quantity(label="Largest rise by PV", unit="%", digits=2, limit="rise")
LOSSES = Quantity(
    label="Losses",
    unit="kW",
    digits=2,
    meaning="Heat in lines and transformer, no-load losses included.",
    card_digits=1,
)
IMPORT, EXPORT = (
    Quantity(
        label=label,
        unit="kW",
        meaning="Power from or to the medium-voltage grid. Surplus PV flows back and is never clamped.",
    )
    for label in ("Import", "Export")
)
VIOLATIONS = Quantity(
    label="Violations",
    digits=0,
    meaning="Buses that leave the voltage limits, and elements that exceed their rating.",
)
PV_ADOPTION = Quantity(
    label="PV adoption",
    unit="%",
    digits=0,
    meaning="Share of each customer's rooftop potential that is built; PV profile, unity power factor.",
)
CAPACITY, CAPACITY_KWP = (
    Quantity(
        label="Hosting capacity",
        unit=unit,
        meaning="The largest PV adoption at and below which no quarter-hour of the day, or of those chosen, "
        "has a violation, to 0.1 %. Where all of the potential fits, the search goes on to ten times it. "
        "Without any potential nothing was asked, and no capacity is told.",
    )
    for unit in ("% PV", "kWp")
)
CAUSED, CAUSED_KWP = (
    replace(capacity, label="Hosting capacity counting what PV causes", meaning="")
    for capacity in (CAPACITY, CAPACITY_KWP)
)
HOURS_OUTSIDE = Quantity(
    label="Hours outside limits",
    short="Outside limits",
    unit="h",
    digits=2,
    meaning="How long anything is beyond a limit, or has no solution.",
)
