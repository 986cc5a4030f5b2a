"""A voltage's key figures: the voltage against its limit, and what makes it."""

import numpy as np

from simulator.answers.quantity import BUS_VOLTAGE
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.reports.cards import card
from simulator.reports.report import Kpi
from simulator.studies.run.cards import rise_card
from simulator.studies.why.parts import NOMINAL_PU, Parts
from simulator.studies.why.why import Why
from simulator.studies.why.wording import change_words
from simulator.technologies.registry import words

DIGITS = 4
CARDS = {
    "source": "Source",
    "transformer": "Transformer",
    "lines": "Lines",
    "customer": "Largest customer",
}


def why_cards(feeder: Feeder, why: Why) -> tuple[Kpi, ...]:
    """Return the voltage against its limits, then what source, transformer, lines and a customer make."""
    time = time_of(why.step)
    parts, place = why.parts, f"{why.bus} at {time}" if why.bus else f"at {time}"
    voltage_pu = parts.voltage_pu if parts else None
    voltage = card("voltage", BUS_VOLTAGE, voltage_pu, place, why.limits)
    rise = [rise_card(why.tightest, why.limits)] if why.tightest.kind == "rise" else []
    if parts is None:
        unknown = (Kpi(key, label, "\N{EN DASH}", state="unknown") for key, label in CARDS.items())
        return voltage, *unknown
    return (
        voltage,
        *rise,
        _card("source", parts.source_pu - NOMINAL_PU, f"at {parts.source_pu:.3f} pu"),
        _card("transformer", parts.transformer.total_pu, _transformer_words(parts)),
        _card("lines", parts.lines_pu, _way_words(parts)),
        _largest_customer(feeder, parts),
    )


def _card(key: str, change_pu: float, place: str) -> Kpi:
    return Kpi(key, CARDS[key], change_words(change_pu), "pu", place, number=change_pu)


def _transformer_words(parts: Parts) -> str:
    part = parts.transformer
    without, by_load = (change_words(pu, DIGITS) for pu in (part.no_load_pu, part.by_customers_pu))
    return f"{without} without load, {by_load} by load"


def _way_words(parts: Parts) -> str:
    if not parts.lines:
        return "none: the bus is the transformer's busbar"
    count = len(parts.lines)
    return f"{count} section{'s' * (count > 1)}, {parts.lines[0].from_bus} to {parts.lines[-1].to_bus}"


def _largest_customer(feeder: Feeder, parts: Parts) -> Kpi:
    """Return the customer who changes the voltage most, transformer and lines together."""
    totals = parts.customers_pu.sum(axis=1)
    if not len(totals):
        return Kpi("customer", CARDS["customer"], "\N{EN DASH}", "", "the feeder has no customers")
    largest = int(np.argmax(np.abs(totals)))
    by_kind = zip(words(), parts.customers_pu[largest].tolist(), strict=True)
    kinds = ", ".join(
        f"{kind} {change_words(share, DIGITS)}" for kind, share in by_kind if round(share, DIGITS)
    )
    return _card("customer", float(totals[largest]), f"{feeder.customers[largest].id}: {kinds or 'nothing'}")
