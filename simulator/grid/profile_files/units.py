"""From a file's columns and units to per unit of each customer."""

import numpy as np

from simulator.grid.errors import ProfileFileError
from simulator.grid.profile_files.series import Kind, Unit, sizes
from simulator.grid.profile_files.text import Layout, shorten
from simulator.grid.schema import Feeder

MOST_PU = 100  # beyond this the unit is another one: watts, or kWh of a year
SIZES = {"load": "peak demand (peak_kw)", "pv": "PV potential (pv_kwp)"}


def customer_columns(layout: Layout, feeder: Feeder) -> tuple[int, ...]:
    """Return each customer's column among the values, in the feeder's order; empty for a single one for all.

    A single column is for all unless it is headed by a customer's id.
    Raises: ProfileFileError for columns that are no customers, named twice, or missing.
    """
    heads = layout.header[layout.has_time :]
    known = [customer.id for customer in feeder.customers]
    width = layout.width - layout.has_time
    if width == 0:
        raise layout.error("line 1", "has times and no values")
    if width == 1 and not (heads and heads[0] in known):
        return ()
    for column, head in enumerate(heads):
        if head not in known:
            raise _unknown(layout, column, feeder)
        if head in heads[:column]:
            words = f"{shorten(head)!r} heads two columns"
            raise layout.error(layout.place(1, column + layout.has_time), words)
    if missing := [customer for customer in known if customer not in heads]:
        words = f"no column is headed {_few(missing)}; each customer of {feeder.feeder_id} needs one"
        raise layout.error("line 1", words)
    return tuple(heads.index(customer) for customer in known)


def _unknown(layout: Layout, column: int, feeder: Feeder) -> ProfileFileError:
    place = layout.place(1, column + layout.has_time)
    head = shorten(layout.header[column + layout.has_time])
    if column == 0 and not layout.has_time and len(layout.lines) > 1:
        cell = layout.cells(2)[0]
        if any(sign in cell for sign in ":/-"):
            words = (
                f"{shorten(cell)!r} is no time; write 2024-01-31 00:15 or 31.01.2024 00:15, without a zone"
            )
            return layout.error(layout.place(2, 0), words)
    customers = _few([customer.id for customer in feeder.customers])
    return layout.error(place, f"{head!r} is no customer of {feeder.feeder_id}; it has {customers}")


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def per_unit(
    layout: Layout, values: np.ndarray, order: tuple[int, ...], feeder: Feeder, kind: Kind, unit: Unit
) -> np.ndarray:
    """Return the values in per unit, a column a customer in the feeder's order, or one for all.

    Raises: ProfileFileError for kW where there is nothing that they could be shared by, and for values
    beyond 100 per unit.
    """
    size = sizes(feeder, kind)
    base = (size if order else np.array([size.sum()])) if unit == "kw" else np.ones(len(order) or 1)
    chosen = values[:, list(order)] if order else values
    nothing = (base == 0) & (chosen > 0).any(axis=0)
    if nothing.any():
        who = feeder.customers[int(np.argmax(nothing))].id if order else f"{feeder.feeder_id} as a whole"
        words = f"{who} has no {SIZES[kind]}, so that its kW must be 0, or values in per unit"
        raise layout.error(f"column {who}" if order else "whole file", words)
    found = chosen / np.where(base == 0, 1.0, base)
    if (beyond := found > MOST_PU).any():
        row, column = (int(i) for i in np.argwhere(beyond)[0])
        at = order[column] if order else 0
        place = layout.place(layout.first_line + row, at + layout.has_time)
        limit = MOST_PU * base[column]
        what = f"{limit:g} kW, {MOST_PU} times the {SIZES[kind]}" if unit == "kw" else f"{MOST_PU} per unit"
        raise layout.error(place, f"{chosen[row, column]:g} is above {what}; check the unit")
    return np.asarray(found)
