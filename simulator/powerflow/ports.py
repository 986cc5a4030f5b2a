"""Ports: where devices connect to a feeder, and where its power flow takes injections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

import numpy as np

from simulator.grid.schema import Feeder

# Between which conductors a port is: a, b, c and the neutral, or ground where there is none.
NEUTRAL = 3
Pair = tuple[int, int]
BETWEEN: dict[str, tuple[Pair, ...]] = {
    "a": ((0, NEUTRAL),),
    "b": ((1, NEUTRAL),),
    "c": ((2, NEUTRAL),),
    "ab": ((0, 1),),
    "bc": ((1, 2),),
    "ca": ((2, 0),),
    "abc": ((0, NEUTRAL), (1, NEUTRAL), (2, NEUTRAL)),
}


@dataclass(frozen=True, eq=False)
class Ports:
    """Where a feeder's customers connect: balanced at each bus with customers, or by phase.

    Shape: ``bus`` (ports,), positions of buses in the feeder's order; ``phases`` (ports, 2), the conductors
    that each is between, empty where ports are balanced. ``shares`` (customers, ports): which share of a
    customer's power each port takes; ``pv_shares`` the same for PV, None where it is alike.
    """

    bus: np.ndarray
    shares: np.ndarray
    phases: np.ndarray = field(default_factory=lambda: np.empty((0, 2), dtype=int))
    pv_shares: np.ndarray | None = None

    @property
    def by_phase(self) -> bool:
        """Whether each is of one phase, or between two."""
        return len(self.phases) > 0

    @property
    def key(self) -> str:
        """What tells ports of one feeder apart, apart from who is on them; empty for balanced ones."""
        if not self.by_phase:
            return ""
        return "-" + sha256(self.bus.tobytes() + self.phases.tobytes()).hexdigest()

    @property
    def of_customer(self) -> np.ndarray:
        """The port with the largest share of each customer, (customers,)."""
        at: np.ndarray = self.shares.argmax(axis=1) if self.shares.size else np.zeros(0, dtype=int)
        return at

    @cached_property
    def _groups(self) -> tuple[np.ndarray, np.ndarray]:
        """The customers port by port, and where each port's begin."""
        of_customer = self.of_customer
        by_port = np.argsort(of_customer, kind="stable")
        return by_port, np.searchsorted(of_customer[by_port], np.arange(len(self.bus)))

    def shares_of(self, *, on_pv_phases: bool) -> np.ndarray:
        """Return which share of what a customer has each port takes, of PV or of all else."""
        return self.shares if self.pv_shares is None or not on_pv_phases else self.pv_shares

    def sum(self, customers: np.ndarray, *, on_pv_phases: bool = False) -> np.ndarray:
        """Sum what customers feed in, (cases, customers), at the ports: (cases, ports)."""
        summed: np.ndarray = customers @ self.shares_of(on_pv_phases=on_pv_phases)
        return summed

    def inject(self, customers: np.ndarray, *, on_pv_phases: bool = False) -> np.ndarray:
        """Sum what customers feed in, (levels, customers, steps), at the ports: (levels x steps, ports)."""
        levels, many, steps = customers.shape
        rows = np.moveaxis(customers, 1, 2).reshape(levels * steps, many)
        if self.by_phase:
            return self.sum(rows, on_pv_phases=on_pv_phases)
        by_port, first = self._groups  # quicker than a product with shares that are all 0 or 1
        return np.add.reduceat(rows[:, by_port], first, axis=1) if len(first) else rows[:, by_port]


def ports_of(feeder: Feeder) -> Ports:
    """Return a feeder's balanced ports, one at each bus with customers."""
    occupied = {customer.bus for customer in feeder.customers}
    at = [position for position, bus in enumerate(feeder.buses) if bus.id in occupied]
    port = {feeder.buses[position].id: i for i, position in enumerate(at)}
    of_customer = np.array([port[c.bus] for c in feeder.customers], dtype=int)
    return Ports(np.array(at, dtype=int), np.equal.outer(of_customer, np.arange(len(at))).astype(float))


def phase_ports_of(feeder: Feeder) -> Ports:
    """Return the ports of the phases that customers are recorded on; one on three phases has three.

    Raises: ValueError naming a customer whose phases are unknown.
    """
    at = {bus.id: i for i, bus in enumerate(feeder.buses)}
    load = [_on(customer.id, customer.phases, customer.supplies) for customer in feeder.customers]
    pv = [
        own if customer.pv_phases is None else _on(customer.id, customer.pv_phases, None)
        for own, customer in zip(load, feeder.customers, strict=True)
    ]
    buses = [at[customer.bus] for customer in feeder.customers]
    places = sorted(
        {(bus, pair) for bus, *ways in zip(buses, load, pv, strict=True) for way in ways for pair in way}
    )
    port = {place: i for i, place in enumerate(places)}

    def shares(ways: Sequence[Mapping[Pair, float]]) -> np.ndarray:
        found = np.zeros((len(ways), len(places)))
        for row, (bus, way) in enumerate(zip(buses, ways, strict=True)):
            for pair, share in way.items():
                found[row, port[bus, pair]] = share
        return found

    return Ports(
        bus=np.array([bus for bus, _ in places], dtype=int),
        shares=shares(load),
        phases=np.array([pair for _, pair in places], dtype=int).reshape(-1, 2),
        pv_shares=shares(pv) if any(customer.pv_phases for customer in feeder.customers) else None,
    )


def _on(customer: str, phases: str, supplies: object) -> dict[Pair, float]:
    """Return between which conductors a customer is, and with which share of its power."""
    if phases == "unknown":
        raise ValueError(f"{customer}: its phases are unknown")
    between = BETWEEN[phases]
    weights = supplies if isinstance(supplies, tuple) else (1,) * len(between)
    return {pair: each / sum(weights) for pair, each in zip(between, weights, strict=True) if each}
