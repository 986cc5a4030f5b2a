"""Figures that look a thousand times off: taken as they stand, but doubted before anything is stored.

A doubt names the first element, its value, the value that would fit, and the slip of units that leads from
the one to the other; nothing is changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.grid.caveats import Caveat
from simulator.grid.elements import Customer, Line, Transformer
from simulator.grid.schema import Feeder
from simulator.importing.import_log import Item
from simulator.importing.source import Format

OWN_UNITS: Format = "feeder JSON"  # counts in kW and kVA, all others in MW and MVA

Element = Line | Transformer | Customer


@dataclass(frozen=True)
class Doubt:
    """A figure's usual range at low voltage, and the slip that a value far beyond it may come from.

    ``factor`` turns the value into the one that was meant; a value is doubted where it is beyond ``usual``
    and the meant one within ``meant``. A slip names the unit typed and the one that belongs there, in a file
    that counts in MW and, where that differs, in our own.
    """

    table: str
    column: str
    unit: str
    usual: tuple[float, float]
    meant: tuple[float, float]
    factor: float
    slip: tuple[str, str]
    own_slip: tuple[str, str] = ("", "")

    def fits(self, value: float, transformer_kva: float) -> bool:
        """Whether a value is beyond what is usual behind a transformer, and its reading within."""
        (least, most), (low, high) = self.usual, self.meant
        if self.column in _OF_CUSTOMERS:
            most = min(most, 2 * transformer_kva) if self.factor < 1 else most
        return not least <= value <= most and low <= value * self.factor <= high


PLANT = "existing_kwp"  # what a file's plants become
_THOUSANDTH, _THOUSAND = 1e-3, 1e3
NOWHERE = ("", "")  # no unit that anybody types
DOUBTS = (
    Doubt("line", "max_i_ka", "kA", (0.0, 5.0), (0.015, 3.0), _THOUSANDTH, ("A", "kA")),
    Doubt("line", "max_i_ka", "kA", (0.003, 1e9), (0.015, 3.0), _THOUSAND, NOWHERE),
    Doubt("line", "length_km", "km", (0.0, 10.0), (0.001, 10.0), _THOUSANDTH, ("m", "km")),
    Doubt("line", "r_ohm_per_km", "ohm/km", (0.0, 30.0), (0.03, 15.0), _THOUSANDTH, ("mohm", "ohm")),
    Doubt("line", "r_ohm_per_km", "ohm/km", (0.003, 1e9), (0.03, 15.0), _THOUSAND, ("ohm/m", "ohm/km")),
    Doubt("line", "x_ohm_per_km", "ohm/km", (0.0, 10.0), (0.03, 1.0), _THOUSANDTH, ("mohm", "ohm")),
    Doubt("line", "c_nf_per_km", "nF/km", (0.0, 5_000.0), (5.0, 1_500.0), _THOUSANDTH, ("pF", "nF")),
    Doubt(
        "trafo", "sn_kva", "kVA", (0.0, 20_000.0), (4.0, 5_000.0), _THOUSANDTH, ("kVA", "MVA"), ("VA", "kVA")
    ),
    Doubt("trafo", "sn_kva", "kVA", (2.0, 1e9), (4.0, 5_000.0), _THOUSAND, NOWHERE, ("MVA", "kVA")),
    Doubt("trafo", "vk_percent", "%", (0.3, 1e9), (1.0, 20.0), 100.0, ("pu", "%")),
    Doubt("trafo", "pfe_kw", "kW", (0.0, 40.0), (0.02, 20.0), _THOUSANDTH, ("W", "kW")),
    Doubt("load", "peak_kw", "kW", (0.0, 2_000.0), (0.05, 2_000.0), _THOUSANDTH, ("kW", "MW"), ("W", "kW")),
    Doubt("load", "peak_kw", "kW", (0.02, 1e9), (0.1, 20.0), _THOUSAND, NOWHERE, ("MW", "kW")),
    Doubt(
        "sgen", "existing_kwp", "kWp", (0.0, 2_000.0), (0.05, 2_000.0), _THOUSANDTH, ("kW", "MW"), ("W", "kW")
    ),
    Doubt("sgen", PLANT, "kWp", (0.02, 1e9), (0.5, 20.0), _THOUSAND, NOWHERE, ("MW", "kW")),
)
_OF_CUSTOMERS = ("peak_kw", PLANT)  # small ones among others are usual: doubted only where all are


def doubt(feeder: Feeder, source: Format) -> tuple[Feeder, tuple[Item, ...]]:
    """Return a feeder that says which of its figures are doubted, and the items that tell of them."""
    items = tuple(_items(feeder, source))
    if not items or any(caveat.about == "units" for caveat in feeder.caveats):
        return feeder, items
    first = "; ".join(item.words.partition(": was ")[0] for item in items[:2])
    words = f"Figures look a thousand times off; every result follows them as they stand. {first}."
    said = Caveat(about="units", words=words[:600])
    return feeder.model_copy(update={"caveats": (*feeder.caveats, said)}), items


def _items(feeder: Feeder, source: Format) -> Iterator[Item]:
    elements: dict[str, Sequence[Element]] = {
        "line": [line for line in feeder.lines if line.std_type != "switch"],
        "trafo": [each for each in feeder.transformers if each.rated],
        "load": feeder.customers,
        "sgen": feeder.customers,
    }
    for each in DOUBTS:
        values = {element.id: float(getattr(element, each.column)) for element in elements[each.table]}
        known = {name: value for name, value in values.items() if value}
        found = {name: value for name, value in known.items() if each.fits(value, feeder.transformer_kva)}
        if each.column in _OF_CUSTOMERS and each.factor > 1 and len(found) < len(known):
            continue
        if found:
            yield _item(each, found, source)


def _item(each: Doubt, found: dict[str, float], source: Format) -> Item:
    names, value = tuple(found), next(iter(found.values()))
    typed, belongs = each.own_slip if source == OWN_UNITS and each.own_slip[0] else each.slip
    slip = (
        f"was {typed} typed where {belongs} belongs"
        if typed
        else "was it divided by a thousand once too often"
    )
    more = f", and {len(names) - 1} more like it" if len(names) > 1 else ""
    words = (
        f"{names[0]}: {value:,.6g} {each.unit}{more}; {value * each.factor:.4g} {each.unit} would be usual "
        f"at low voltage: {slip}? Taken as it stands"
    )
    return Item("read", each.table, names, words, "changes_results")
