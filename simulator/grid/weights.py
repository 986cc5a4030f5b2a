"""How many bytes a feeder and what belongs to it take in memory, about; measured on chains of 30 to 2,000."""

from simulator.grid.schema import Feeder

_ELEMENT, _ROW, _NET, _PLACE = 1_200, 700, 550_000, 100


def feeder_bytes(feeder: Feeder) -> int:
    """Return the bytes of a feeder."""
    return _ELEMENT * elements(feeder)


def network_bytes(feeder: Feeder) -> int:
    """Return the bytes of its pandapower net, solved once."""
    return _NET + _ROW * elements(feeder)


def places_bytes(feeder: Feeder) -> int:
    """Return the bytes of a tree or a layout, which hold a few words and numbers an element."""
    return _PLACE * elements(feeder)


def elements(feeder: Feeder) -> int:
    """Return how many elements a feeder has."""
    return len(feeder.buses) + len(feeder.lines) + len(feeder.transformers) + len(feeder.customers)
