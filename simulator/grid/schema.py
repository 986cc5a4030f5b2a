"""The feeder: a coherent network of elements, with a hash of all that its numbers depend on."""

import hashlib
import json
from collections.abc import Iterable
from functools import cached_property
from math import isclose
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    field_validator,
    model_serializer,
    model_validator,
)

from simulator.grid.caveats import TAKEN_AS_BALANCED, Caveat
from simulator.grid.elements import Bus, Customer, Line, Source, Transformer
from simulator.grid.frozen import Frozen, Id, Real
from simulator.grid.physical import LARGEST_TO_SMALLEST, NO_LOAD_PU, bounded, plain

USUAL_HZ = 50.0
OPTIONAL: dict[str, tuple[Any, ...]] = {
    "caveats": ([], ()),
    "f_hz": (USUAL_HZ,),
}  # left out where they are just this
WORDS = {"name", "archetype", "description", "caveats"}  # what no number depends on


class Feeder(Frozen):
    """A low-voltage feeder, radial or meshed; every bus is fed by some transformer."""

    schema_version: Literal[1]
    feeder_id: Id
    name: Annotated[str, Field(min_length=1, max_length=120)]
    archetype: Annotated[str, Field(max_length=80)]
    description: str
    base_kv: Annotated[Real, bounded("feeder.base_kv")]
    transformer_kva: Annotated[Real, bounded("feeder.transformer_kva")]
    source: Source
    transformers: tuple[Transformer, ...]
    buses: Annotated[tuple[Bus, ...], Field(min_length=1)]
    lines: tuple[Line, ...]
    customers: tuple[Customer, ...]
    f_hz: Annotated[Real, bounded("feeder.f_hz")] = USUAL_HZ
    caveats: tuple[Caveat, ...] = ()

    @model_serializer(mode="wrap")
    def _without_what_is_absent(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out optional fields at their defaults: a feeder without them is written as it always was."""
        written: dict[str, Any] = write(self)
        return {name: value for name, value in written.items() if value not in OPTIONAL.get(name, ())}

    @field_validator("transformers")
    @classmethod
    def _fed_once(cls, transformers: tuple[Transformer, ...], given: ValidationInfo) -> Any:
        source = given.data.get("source")
        if source is not None and bool(transformers) == (source.bus is not None):
            raise ValueError("at least 1 item, or else source.bus, a low-voltage bus that the source feeds")
        return transformers

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        for kind in ("transformers", "buses", "lines", "customers"):
            _refuse_repeats(kind, (item.id for item in getattr(self, kind)))
        known = {bus.id for bus in self.buses}
        ends = [("source", self.source.bus)] if self.source.bus is not None else []
        ends += [(t.id, t.lv_bus) for t in self.transformers] + [(c.id, c.bus) for c in self.customers]
        ends += [(line.id, bus) for line in self.lines for bus in (line.from_bus, line.to_bus)]
        for element, bus in ends:
            if bus not in known:
                raise ValueError(f"{element} is at {bus}, which is not a bus of this feeder")
        for line in self.lines:
            if line.from_bus == line.to_bus:
                raise ValueError(f"{line.id} begins and ends at {line.from_bus}")
        if islanded := known - self._fed_buses():
            raise ValueError(f"no transformer feeds {', '.join(sorted(islanded)[:5])}")
        total_kva = sum(t.sn_kva for t in self.transformers)
        if not isclose(self.transformer_kva, total_kva, rel_tol=1e-6):
            raise ValueError(
                f"transformer_kva {self.transformer_kva} is not the transformers' total {total_kva}"
            )
        return self

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if len({place is None for bus in self.buses for place in (bus.lat, bus.lon)}) > 1:
            raise ValueError("give lat and lon for every bus or for none")
        return self

    @model_validator(mode="after")
    def _solvable(self) -> Self:
        for each in self.transformers:
            no_load_pu = self.source.vm_pu * self.source.vn_kv / each.vn_hv_kv * each.vn_lv_kv / self.base_kv
            try:
                NO_LOAD_PU.check(no_load_pu)
            except ValueError as error:
                raise ValueError(f"{each.id} turns the source's voltage into {error}") from None
        ohms = {each.id: each.lv_ohm for each in self.transformers} | {
            line.id: line.ohm for line in self.lines
        }
        least, most = min(ohms, key=ohms.__getitem__), max(ohms, key=ohms.__getitem__)
        if ohms[most] > LARGEST_TO_SMALLEST * ohms[least]:
            raise ValueError(
                f"{least} has {ohms[least]:.3g} ohm and {most} {ohms[most]:.3g}; at most "
                f"{plain(LARGEST_TO_SMALLEST)} times as much can be computed together"
            )
        return self

    def _fed_buses(self) -> set[str]:
        neighbours: dict[str, list[str]] = {}
        for line in self.lines:
            neighbours.setdefault(line.from_bus, []).append(line.to_bus)
            neighbours.setdefault(line.to_bus, []).append(line.from_bus)
        fed, todo = set(), self.heads
        while todo:
            bus = todo.pop()
            if bus not in fed:
                fed.add(bus)
                todo.extend(neighbours.get(bus, ()))
        return fed

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of everything that numbers depend on: the feeder without its words."""
        content = self.model_dump(mode="json", by_alias=True, exclude=WORDS)
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @property
    def unknown_phases(self) -> list[str]:
        """The customers of whom nobody knows on which phases they are."""
        every = ((each.id, each.phases, each.pv_phases) for each in self.customers)
        return [customer for customer, *phases in every if "unknown" in phases]

    @cached_property
    def phases_recorded(self) -> bool:
        """Whether it is known which phases its customers are on, and not all are on three alike."""
        if self.unknown_phases:
            return False
        return any(
            c.phases not in ("abc", "unknown") or isinstance(c.supplies, tuple) for c in self.customers
        )

    @property
    def all_caveats(self) -> tuple[Caveat, ...]:
        """Its caveats, and that answers take its recorded phases as balanced."""
        if not self.phases_recorded or any(caveat.about == "unbalanced" for caveat in self.caveats):
            return self.caveats
        return (*self.caveats, TAKEN_AS_BALANCED)

    @property
    def heads(self) -> list[str]:
        """The buses where it is fed: its transformers', or the source's own."""
        return [t.lv_bus for t in self.transformers] or [str(self.source.bus)]

    @property
    def rated(self) -> tuple[bool, ...]:
        """Whether each transformer has a rating."""
        return tuple(transformer.rated for transformer in self.transformers)

    @property
    def rated_lines(self) -> tuple[bool, ...]:
        """Whether each line has a rating."""
        return tuple(line.rated for line in self.lines)

    @property
    def rated_kva(self) -> float | None:
        """The transformers' ratings together; None where none has one."""
        return sum(t.sn_kva for t in self.transformers if t.rated) or None

    @property
    def located(self) -> bool:
        """Whether it is known where on the globe the feeder lies."""
        return self.buses[0].lat is not None

    @property
    def households(self) -> int:
        """Number of households of all customers."""
        return sum(customer.households for customer in self.customers)

    @property
    def existing_kwp(self) -> float:
        """PV of all customers that stands already, in kWp."""
        return sum(customer.existing_kwp for customer in self.customers)

    @property
    def pv_potential_kwp(self) -> float:
        """Rooftop PV potential of all customers in kWp."""
        return sum(customer.pv_kwp for customer in self.customers)


def _refuse_repeats(kind: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for element in ids:
        if element in seen:
            raise ValueError(f"{kind} name {element} twice")
        seen.add(element)
