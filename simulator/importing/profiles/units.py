"""From a file's units to per unit of each customer, and whether the result can be what was meant."""

import re
from dataclasses import dataclass

import numpy as np

from simulator.grid.errors import QuestionError
from simulator.grid.schema import Feeder
from simulator.importing.profiles.series import ProfileKind, Series, Unit, sizes
from simulator.importing.profiles.table import Table

MAX_PU = 100  # beyond this the unit is another one: watts, or kWh of a year
SIZES = {"load": "peak demand (peak_kw)", "pv": "PV potential (pv_kwp)"}
UNITS: dict[Unit, str] = {"kw": "kW", "w": "W", "kwh": "kWh", "pu": "pu", "shape": "shape"}
LABELS: dict[Unit, str] = {
    "kw": "kW",
    "w": "W",
    "kwh": "kWh of each interval",
    "pu": "per unit of peak or kWp",
    "shape": "shape (highest = 1)",
}
# what the highest of all customers together may be without doubt (of a day, and of four weeks or more), and
# within what other units are proposed
DOUBTLESS = {"load": (0.05, 3.0), "pv": (0.03, 1.3)}
MIN_OF_WEEKS = {"load": 0.1, "pv": 0.3}
LIKELY = {"load": (0.05, 2.0), "pv": (0.1, 1.3)}
USUAL = {
    "load": "a street's highest load is mostly 0.3 to 1.5 times the sum of its peaks",
    "pv": "PV gives at most about 1.1 times its kWp",
}
_PLANT = re.compile(
    r"(?:nominal power|dc system size|\"capacity\")[^\n]{0,60}?[:,\t\"] *\"?(\d+(?:\.\d+)?)", re.IGNORECASE
)


@dataclass(frozen=True)
class Scale:
    """How numbers become power: ``unit`` as it holds, and why, where the file itself names it.

    ``plant_kwp`` is the plant that a file is of; ``by_plant`` says that per unit is of that.
    """

    unit: str
    told: str = ""
    plant_kwp: float | None = None
    by_plant: bool = False

    def kw(self, seconds: int) -> float:
        """Return what 1 is in kW, for intervals of some seconds."""
        factor = {"W": 1e-3, "kW": 1.0, "MW": 1e3, "Wh": 1e-3, "kWh": 1.0, "MWh": 1e3}[self.unit]
        return factor * 3600 / seconds if self.unit.endswith("h") else factor


def scale_of(table: Table, told: tuple[str, str] | None, kind: ProfileKind, unit: Unit) -> Scale:
    """Return the unit that holds: the file's own, where it names one of power or energy.

    Raises: QuestionError where file and choice contradict each other, per unit against kW.
    """
    given = UNITS[unit]
    plant = _plant_kwp(table) if kind == "pv" else None
    if unit == "shape":
        return Scale(given, "Only the shape counts: the highest value is 1 per unit.")
    if told is None or told[0] == given:
        return Scale(given, plant_kwp=plant)
    name, where = told
    if name == "pu":
        raise QuestionError("unit", f"Unit: {where} says per unit; choose per unit, or shape.")
    if unit != "pu":
        words = f"The file says {name} ({where}): read as {name}, not as the {given} that were chosen."
        return Scale(name, words, plant)
    if plant is None:
        choose = name if name in UNITS.values() else "kW"
        words = f"{where} says {name}; choose {choose}, or shape, or change the heading"
        raise QuestionError("unit", f"Unit: {words}.")
    words = f"The file says {name} ({where}) and a plant of {plant:g} kWp: per unit of that."
    return Scale(name, words, plant, by_plant=True)


def _plant_kwp(table: Table) -> float | None:
    """Return the size of the plant that the lines above a table name."""
    above = "\n".join(line[:500] for line in table.text.lines[: min(table.first - 1, 60)])
    match = _PLANT.search(above)
    size = float(match[1]) if match else 0.0
    return size or None


def per_unit(
    table: Table,
    numbers: np.ndarray,
    order: tuple[int, ...],
    feeder: Feeder,
    kind: ProfileKind,
    scale: tuple[Scale, int],
) -> np.ndarray:
    """Return each column's factor from numbers as written to per unit; ``scale`` comes with seconds.

    Raises: ProfileFileError for kW where there is nothing that they could be shared by.
    """
    unit, seconds = scale
    ones = np.ones(len(order) or 1)
    if unit.unit == "shape":
        highest = numbers.max(axis=0)
        return np.asarray(ones / np.where(highest == 0, 1.0, highest))
    if unit.unit == "pu":
        return ones
    if unit.by_plant and unit.plant_kwp:
        return np.asarray(ones * unit.kw(seconds) / unit.plant_kwp)
    size = sizes(feeder, kind)
    base = size if order else np.array([size.sum()])
    nothing = (base == 0) & (numbers > 0).any(axis=0)
    if nothing.any():
        who = feeder.customers[int(np.argmax(nothing))].id if order else f"{feeder.feeder_id} as a whole"
        words = f"{who} has no {SIZES[kind]}, so that its kW must be 0, or values in per unit"
        raise table.text.error(f"column {who}" if order else "whole file", words)
    return np.asarray(unit.kw(seconds) / np.where(base == 0, 1.0, base))


def limit_words(base_kw: float, kind: ProfileKind, scale: Scale) -> str:
    """Return the most that is accepted, in words."""
    if scale.unit in ("pu", "shape"):
        return f"{MAX_PU} per unit"
    return f"{MAX_PU * base_kw:g} kW, {MAX_PU} times the {SIZES[kind]}"


def doubt(series: Series, feeder: Feeder, kind: ProfileKind, scale: Scale, seconds: int) -> str:
    """Return what speaks against a profile's highest value, with likelier units, or nothing."""
    highest = float(series.total(feeder, kind).max())
    low, high = DOUBTLESS[kind]
    low = MIN_OF_WEEKS[kind] if series.days >= 28 else low
    if scale.unit == "shape" or low <= highest <= high:
        return ""
    if highest == 0:
        return "All values are 0."
    words = (
        f"The highest is {highest:.3g} per unit of all customers' {SIZES[kind]}, "
        f"read as {_name(scale.unit)}; {USUAL[kind]}."
    )
    if scale.plant_kwp and not scale.by_plant and scale.unit != "pu":
        return f"{words} The file is of a plant of {scale.plant_kwp:g} kWp: choose per unit."
    base = None if series.customers else float(sizes(feeder, kind).sum())
    likely = likelier(highest, kind, scale, base, seconds)
    if likely:
        words += f" Plausible: {likely}."
    return f"{words} If the file is of another feeder, or of one house or plant, choose the unit shape."


def likelier(highest: float, kind: ProfileKind, scale: Scale, base: float | None, seconds: int) -> str:
    """Return the units under which a highest value would be likely, with what it would be.

    ``base`` is the kW of 1 per unit of all customers together, None where each customer has a column.
    """
    low, high = LIKELY[kind]
    unit = scale.unit
    if scale.told:  # the file itself names its unit
        return ""
    if unit == "pu":
        others = {
            "per cent (divide by 100)": 0.01,
            "kW": 1 / base if base else 0,
            "W": 1e-3 / base if base else 0,
        }
    else:
        own = Scale(unit).kw(seconds)
        others = {name: Scale(name).kw(seconds) / own for name in ("W", "kW", "MW", "kWh") if name != unit}
        others["per unit"] = base / own if base else 0
        if seconds == 3600:
            others.pop("kWh", None)
    found = [f"the numbers are {name} (then {highest * f:.3g} per unit)" for name, f in others.items()
             if low <= highest * f <= high]  # fmt: skip
    return ", or ".join(found)


def _name(unit: str) -> str:
    return "per unit" if unit == "pu" else unit
