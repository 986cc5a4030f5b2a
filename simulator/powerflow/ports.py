"""Ports: where devices connect to a feeder, and where its power flow takes injections."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.grid.schema import Feeder


@dataclass(frozen=True, eq=False)
class Ports:
    """One balanced port at each bus with customers, in the feeder's order of buses.

    Shape: ``bus`` (ports,), positions of buses; ``of_customer`` (customers,), positions of ports.
    """

    bus: np.ndarray
    of_customer: np.ndarray

    @cached_property
    def _groups(self) -> tuple[np.ndarray, np.ndarray]:
        """The customers port by port, and where each port's begin."""
        by_port = np.argsort(self.of_customer, kind="stable")
        return by_port, np.searchsorted(self.of_customer[by_port], np.arange(len(self.bus)))

    @cached_property
    def _sums(self) -> np.ndarray:
        """The 0/1 matrix (customers, ports)."""
        sums: np.ndarray = np.equal.outer(self.of_customer, np.arange(len(self.bus))).astype(float)
        return sums

    def sum(self, customers: np.ndarray) -> np.ndarray:
        """Sum what customers feed in, (cases, customers), at the ports: (cases, ports)."""
        summed: np.ndarray = customers @ self._sums
        return summed

    def inject(self, customers: np.ndarray) -> np.ndarray:
        """Sum what customers feed in, (levels, customers, steps), at the ports: (levels x steps, ports)."""
        levels, _, steps = customers.shape
        by_port, first = self._groups
        rows = np.moveaxis(customers, 1, 2).reshape(levels * steps, len(by_port))[:, by_port]
        return np.add.reduceat(rows, first, axis=1) if len(first) else rows


def ports_of(feeder: Feeder) -> Ports:
    """Return a feeder's ports."""
    occupied = {customer.bus for customer in feeder.customers}
    at = [position for position, bus in enumerate(feeder.buses) if bus.id in occupied]
    port = {feeder.buses[position].id: i for i, position in enumerate(at)}
    return Ports(np.array(at, dtype=int), np.array([port[c.bus] for c in feeder.customers], dtype=int))
