"""A feeder's computed state by element, and how each element is drawn and told in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, isnan

import numpy as np

from simulator.assessment.wording import NOT_RATED, sided
from simulator.drawing.scales import Look, loading_look, voltage_look
from simulator.grid.elements import Transformer
from simulator.grid.limits import Limits
from simulator.grid.schema import Feeder

Values = np.ndarray | Sequence[float] | None


@dataclass(frozen=True)
class FeederState:
    """Voltage in pu by bus, loading as a share of rating by line and transformer; empty if not computed.

    A transformer without a rating has no loading.
    """

    limits: Limits
    vm_pu: dict[str, float]
    line_loading: dict[str, float]
    transformer_loading: dict[str, float]

    def bus_look(self, bus: str) -> Look:
        """Return how a bus is drawn."""
        return voltage_look(self.vm_pu.get(bus), self.limits)

    def line_look(self, line: str) -> Look:
        """Return how a line is drawn."""
        return loading_look(self.line_loading.get(line), self.limits)

    def transformer_look(self, transformer: str) -> Look:
        """Return how a transformer is drawn."""
        return loading_look(self.transformer_loading.get(transformer), self.limits)

    def voltage_words(self, bus: str) -> str:
        """Return a bus's voltage with its limit where it leaves it: ``1.071 pu, limit 1.06``."""
        look = self.bus_look(bus)
        if look.key in ("plain", "v-none"):
            return look.words
        limit = {"v-above": self.limits.vm_max_pu, "v-below": self.limits.vm_min_pu}.get(look.key)
        words = f"{voltage_digits(self.vm_pu[bus], self.limits)} pu"
        return words if limit is None else f"{words}, limit {limit:g}"

    def bus_words(self, bus: str) -> str:
        """Return what a picture tells of a bus, the number it is coloured by first."""
        return self.voltage_words(bus)

    def loading_words(self, loading: float) -> str:
        """Return a loading in percent, with as many decimals as show whether it exceeds its limit."""
        if isnan(loading):
            return "no solution"
        return f"{sided(100 * loading, (100 * self.limits.loading_max,), 0)} %"

    def outside(self, bus: str) -> bool:
        """Tell whether a bus is beyond a voltage limit."""
        return self.bus_look(bus).key in ("v-above", "v-below")

    @property
    def extremes(self) -> list[str]:
        """The buses with the highest and the lowest voltage, first the one further beyond its limit."""
        solved = {bus: value for bus, value in self.vm_pu.items() if isfinite(value)}
        if not solved:
            return []
        high, low = max(solved, key=solved.__getitem__), min(solved, key=solved.__getitem__)
        above, below = solved[high] - self.limits.vm_max_pu, self.limits.vm_min_pu - solved[low]
        return list(dict.fromkeys((high, low) if above >= below else (low, high)))

    @property
    def most_loaded_line(self) -> str | None:
        """The line with the highest loading, if any was computed."""
        solved = {line: value for line, value in self.line_loading.items() if isfinite(value)}
        return max(solved, key=solved.__getitem__) if solved else None

    @property
    def unsolved(self) -> bool:
        """Whether voltages were asked for and the power flow found none."""
        return bool(self.vm_pu) and all(isnan(value) for value in self.vm_pu.values())


def read_state(
    feeder: Feeder,
    limits: Limits,
    vm_pu: Values,
    line_loading: Values = None,
    transformer_loading: Values = None,
) -> FeederState:
    """Return the state that arrays in the feeder's order describe; None where nothing was computed.

    Raises:
        ValueError: an array has another length than the feeder has such elements.
    """
    transformers = _by_id("transformer_loading", [t.id for t in feeder.transformers], transformer_loading)
    rated = {transformer.id for transformer in feeder.transformers if transformer.rated}
    return FeederState(
        limits,
        _by_id("vm_pu", [bus.id for bus in feeder.buses], vm_pu),
        _by_id("line_loading", [line.id for line in feeder.lines], line_loading),
        {each: loading for each, loading in transformers.items() if each in rated},
    )


def voltage_digits(vm_pu: float, limits: Limits) -> str:
    """Return a voltage with three decimals, or as many as show on which side of each limit it is."""
    edges = (limits.vm_min_pu, limits.vm_max_pu)
    return sided(vm_pu, edges, 3)


def rating_words(transformer: Transformer) -> str:
    """Return a transformer's rating, or that it has none."""
    return f"{transformer.sn_kva:g} kVA" if transformer.rated else NOT_RATED


def _by_id(name: str, ids: list[str], values: Values) -> dict[str, float]:
    if values is None:
        return {}
    if len(values) != len(ids):
        raise ValueError(f"{name} must have {len(ids)} values, one an element; got {len(values)}")
    return {element: float(value) for element, value in zip(ids, values, strict=True)}
