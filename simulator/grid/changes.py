"""Feeders with one thing changed, each checked anew at birth."""

from typing import Any

from simulator.grid.catalogue import LineType
from simulator.grid.elements import Customer, Line, Source, Tap, Transformer
from simulator.grid.errors import ChangeError
from simulator.grid.potential import Potential
from simulator.grid.schema import Feeder


def with_lower_taps(feeder: Feeder) -> Feeder:
    """Return the feeder with every transformer's tap one step towards lower voltage on the LV side.

    Raises: ChangeError naming the first transformer without a tap changer, or without a step left.
    """
    return _changed(feeder, transformers=tuple(map(_lower_tap, feeder.transformers)))


def with_line_type(feeder: Feeder, line_id: str, line_type: LineType) -> Feeder:
    """Return the feeder with one line of another type, as many in parallel as before."""
    lines = tuple(_retyped(line, line_type) if line.id == line_id else line for line in feeder.lines)
    return _changed(feeder, lines=lines)


def with_pv_potential(feeder: Feeder, potential: Potential) -> Feeder:
    """Return the feeder with the PV potential that a person gives its customers."""
    customers = tuple(
        Customer(**{**_fields(customer), "pv_kwp": potential.of(customer)}) for customer in feeder.customers
    )
    return _changed(feeder, customers=customers)


def with_supply(feeder: Feeder, source_pu: float | None, tap: float | None) -> Feeder:
    """Return the feeder at a source voltage in pu and with every tap at a position; None leaves its own."""
    changes: dict[str, Any] = {}
    if source_pu is not None:
        changes["source"] = Source(**{**_fields(feeder.source), "vm_pu": source_pu})
    if tap is not None:
        changes["transformers"] = tuple(_tapped(each, tap) for each in feeder.transformers)
    return _changed(feeder, **changes)


def lower_position(tap: Tap) -> float:
    """Return the position that lowers the LV voltage by a step; more turns at HV do, or fewer at LV."""
    return round(tap.pos + (1 if tap.side == "hv" else -1), 9)


def _lower_tap(transformer: Transformer) -> Transformer:
    tap = transformer.tap
    if tap is None:
        raise ChangeError(f"{transformer.id} has no tap changer")
    if not tap.min <= lower_position(tap) <= tap.max:
        where = f"position {tap.pos} of {tap.min} to {tap.max} at the {tap.side.upper()} side"
        raise ChangeError(f"{transformer.id}'s tap is at the end of its range, {where}")
    return _tapped(transformer, lower_position(tap))


def _tapped(transformer: Transformer, position: float) -> Transformer:
    if transformer.tap is None:
        raise ChangeError(f"{transformer.id} has no tap changer")
    moved = Tap(**{**_fields(transformer.tap), "pos": position})
    return Transformer(**{**_fields(transformer), "tap": moved})


def _retyped(line: Line, line_type: LineType) -> Line:
    values = ("r_ohm_per_km", "x_ohm_per_km", "c_nf_per_km", "max_i_ka")
    nameplate = {name: getattr(line_type, name) for name in values}
    return Line(**{**_fields(line), "std_type": line_type.name, **nameplate})


def _changed(feeder: Feeder, **changes: Any) -> Feeder:
    """Return a new feeder: a copy would keep the old one's content hash."""
    return Feeder(**{**_fields(feeder), **changes})


def _fields(record: Customer | Feeder | Line | Source | Tap | Transformer) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}
