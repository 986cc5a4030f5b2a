"""The help's words: what each key figure means, and what the model leaves out."""

from collections.abc import Iterable
from itertools import chain

from pydantic import BaseModel

from simulator.answers.declared import quantities
from simulator.assessment.wording import lowered

Row = tuple[str, str, str]

TERMS: tuple[Row, ...] = (
    (
        "State",
        "",
        "Beyond a limit, near it (the outer tenth of the voltage band, 80 % of a rating and more) or within.",
    ),
    (
        "Battery adoption",
        "%",
        (
            "Share of the installed PV that has a battery: 1 kWh and 0.5 kW per kWp, "
            "round-trip efficiency 90 %. "
            "It stores the customer's own surplus, covers its own load, and ends the day as it began it."
        ),
    ),
    (
        "Profile",
        "pu",
        (
            "Load over the day on a customer's peak demand, PV on its rated kWp. A feeder's owner may upload "
            "a day or a year; without a date, studies take the day of the highest load and the sunniest day."
        ),
    ),
    (
        "No solution",
        "",
        "The power flow has no solution: the feeder cannot carry this. No figure is shown then.",
    ),
)
LEFT_OUT = (
    (
        "Unbalance",
        "All three phases are taken as equal; single-phase loads and inverters spread voltages further.",
    ),
    ("Time within the quarter-hour", "Loads and PV are means of 15 minutes; short peaks are higher."),
    (
        "Other days",
        (
            "Unless profiles are uploaded: one load day and one clear summer day; no winter, no clouds, no "
            "seasons of demand. Of an uploaded year, studies take one day of load and one of PV."
        ),
    ),
    (
        "Diversity",
        (
            "Unless profiles are uploaded for each customer, all follow the same one, scaled to their "
            "after-diversity peaks."
        ),
    ),
    (
        "Controls",
        (
            "No curtailment; reactive power only where What helps tries it; no tap changer that moves. A "
            "controller in an imported file sets its tap once, for the loads that the file holds."
        ),
    ),
    (
        "The medium-voltage grid",
        (
            "An ideal source of fixed voltage; what it does during the day is not modelled. Where an "
            "imported file has that grid, one power flow of the file gives the voltage."
        ),
    ),
    ("Protection and faults", "No short circuits, fuses or selectivity."),
)


def key_figures(models: Iterable[type[BaseModel]]) -> tuple[Row, ...]:
    """Return each figure that answers declare as (label, unit, meaning), then the other terms.

    Figures of one meaning share a row.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for quantity in chain.from_iterable(map(quantities, models)):
        if quantity.meaning:
            found.setdefault(quantity.meaning, []).append((quantity.label, quantity.unit))
    rows = (
        (_joined(label for label, _ in same), _joined(unit for _, unit in same), meaning)
        for meaning, same in found.items()
    )
    return (*rows, *TERMS)


def _joined(words: Iterable[str]) -> str:
    """Return ``Lowest and highest voltage`` of two labels that end alike."""
    first, *others = dict.fromkeys(words)
    *_, last = first.split(" ")
    if others and all(each.endswith(f" {last}") for each in others):
        first = first.removesuffix(f" {last}")
    return " and ".join([first, *map(lowered, others)])
