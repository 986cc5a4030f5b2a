"""Key figures as cards: each against its limit, in words and shape as well as colour."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from simulator.answers.declared import WHERE_TOLD, marked, read, read_field
from simulator.answers.quantity import Card, Limit, Quantity
from simulator.assessment.wording import percent, sided
from simulator.drawing.bar import render_bar
from simulator.grid.limits import Limits
from simulator.reports.report import CellValue, Kpi, Report, State, Table, texts
from simulator.reports.standing import loading_state, rise_state, voltage_state

DASH = "\N{EN DASH}"
KEY = "kpis"


Stands = Callable[[float, Limits], State]


def _held(limit: Limit, limits: Limits) -> tuple[tuple[float, ...], str, Stands]:
    """Return where a kind of figure's limits lie, their words, and what tells how a value stands."""
    match limit:
        case "voltage":
            low, high = limits.vm_min_pu, limits.vm_max_pu
            return (low, high), f"{low:.2f} to {high:.2f} pu", voltage_state
        case "loading":
            return (limits.loading_max,), percent(limits.loading_max), loading_state
    rise = limits.rise_max or 0
    return (rise,), percent(rise), rise_state


def card(
    key: str, quantity: Quantity, value: float | None, place: str = "", limits: Limits | None = None
) -> Kpi:
    """Return a figure as a card, held against its limit where it has one; None has no solution.

    ``value`` is as JSON has it; in words it is never rounded onto its limit.
    """
    held = _held(quantity.limit, limits) if quantity.limit and limits else None
    edges, limit, stands = held or ((), "", None)
    if value is None:
        return Kpi(key, quantity.title, DASH, "", "" if held else place, limit, "unknown")
    bar, state = "", stands(value, limits) if stands and limits else "plain"
    if quantity.limit == "loading" and limits:
        bar = render_bar(value, limits.loading_max, 1.25 * limits.loading_max)
    digits = quantity.digits if quantity.card_digits is None else quantity.card_digits
    shown = value * quantity.scale
    text = sided(shown, tuple(edge * quantity.scale for edge in edges), digits)
    return Kpi(key, quantity.title, text, quantity.unit, place, limit, state, bar, shown)


def cards_of(
    model: type[BaseModel],
    *found: Any,
    own: Mapping[str, Iterable[Kpi]] = MappingProxyType({}),
    limits: Limits | None = None,
) -> tuple[Kpi, ...]:
    """Return the cards that an answer's declaration asks for, in its order.

    ``own`` are cards that a study words itself, by the field in whose place they stand.
    """
    return tuple(chain.from_iterable(own.get(n, _card(model, n, found, limits)) for n in model.model_fields))


def _card(model: type[BaseModel], name: str, found: tuple[Any, ...], limits: Limits | None) -> Iterator[Kpi]:
    quantity, has = marked(model, name, Quantity), marked(model, name, Card)
    if quantity and has:
        place = _place(model, has, found) if has.at else has.place
        value = read_field(model, name, *found)
        if value is not None or WHERE_TOLD not in model.model_fields[name].metadata:
            yield card(quantity.key(name), quantity, value, place or "", limits)


def _place(model: type[BaseModel], card: Card, found: tuple[Any, ...]) -> Any:
    return read_field(model, card.at, *found) if card.at in model.model_fields else read(card.at, *found)


def kpi_table(kpis: tuple[Kpi, ...]) -> Table:
    """Return the key figures against their limits, as people read them."""
    columns = texts(
        figure="Key figure", value="Value", unit="Unit", place="Where", limit="Limit", state="State"
    )
    rows = tuple((k.label, k.value, k.unit, k.place, k.limit, k.state_words) for k in kpis)
    return Table(KEY, "Key figures", columns, rows, states=tuple(k.state for k in kpis))


def raw_tables(report: Report) -> tuple[Table, ...]:
    """Return a report's tables for a file of numbers: key figures as they were computed, not as on cards."""
    return tuple(_raw(table, report.kpis) if table.key == KEY else table for table in report.tables)


def _raw(table: Table, kpis: tuple[Kpi, ...]) -> Table:
    rows = zip(table.rows, kpis, strict=True)
    return replace(table, rows=tuple((label, _number(kpi), *rest) for (label, _, *rest), kpi in rows))


def _number(kpi: Kpi) -> CellValue:
    if kpi.number is None:
        return None if kpi.value == DASH else kpi.value
    return repr(kpi.number)  # whole: a file's usual decimals could round it onto its limit
