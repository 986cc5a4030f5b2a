"""What a technology is: devices at customers, how large they are, and what they draw or feed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder

Sizes = Mapping[str, np.ndarray]  # (levels, customers) by technology: what is installed, in its unit
Dispatch = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def unity(feeder: Feeder) -> np.ndarray:
    """Return power factors of 1, (customers,)."""
    return np.ones(len(feeder.customers))


@dataclass(frozen=True)
class Technology:
    """A kind of device at customers; ``key`` names it in fields and columns, ``label`` in words.

    ``plural`` says all of them, in the middle of a sentence: load, PV, batteries.

    ``size`` gives what a share of 1 installs, (customers,) or (levels, customers), in ``unit``; it is given
    what the technologies before it add. ``existing`` is what stands beside that already, in the same unit.
    Its power is ``profile``, (steps,) or (customers, steps) per unit of size, positive feeds in; or what
    ``dispatch`` makes of the surplus that all before it leave, (levels, customers, steps), and of the sizes:
    kW, and kWh stored before each step and after the last. Reactive power is absorbed at ``power_factor``,
    (customers,). ``adopted`` ones come in shares that a question gives, others always stand. What
    ``generates`` is off in the state that a voltage rise is measured from. An ``inverter`` may absorb at a
    power factor that a question gives. What is ``on_pv_phases`` connects where the customer's PV does. Where
    nobody can adopt any, no potential ``none`` and ``remedy`` say so, and what to do.
    """

    key: str
    label: str
    unit: str
    size: Callable[[Feeder, Sizes], np.ndarray]
    plural: str
    profile: Callable[[Profiles], np.ndarray] | None = None
    dispatch: Dispatch | None = None
    existing: Callable[[Feeder], np.ndarray] | None = None
    power_factor: Callable[[Feeder], np.ndarray] = unity
    generates: bool = False
    adopted: bool = True
    inverter: bool = False
    on_pv_phases: bool = False
    default: float = 0.0
    none: str = "is there"
    remedy: str = "ask about a feeder where customers can have some"

    @property
    def adoption(self) -> str:
        """The label of its share."""
        return f"{self.label} adoption"

    @property
    def word(self) -> str:
        """The label in the middle of a sentence."""
        return self.label if self.label[:2].isupper() else self.label.lower()

    @property
    def flow(self) -> str:
        """What ``shown`` is, in words: Load, PV; a battery gives and takes."""
        return f"{self.label}, discharging" if self.dispatch else self.label

    @property
    def device(self) -> str:
        """One of it, in the middle of a sentence: PV plant, battery."""
        return f"{self.word} plant" if self.plural == self.label else self.word

    def does(self, *verbs: str) -> str:
        """Return that it does something, one thing or another: PV causes, batteries cause or worsen."""
        ending = "s" if self.plural == self.label else ""
        return f"{self.plural} {' or '.join(verb + ending for verb in verbs)}"

    @property
    def potential(self) -> str:
        """What a share of 1 installs, in the middle of a sentence."""
        return f"{self.word} potential"

    def amount(self, size: float) -> str:
        """Return a size with its unit, ``454 kWp``, with a decimal below 10."""
        return f"{size:.{1 if 0 < size < 9.95 else 0}f} {self.unit}"

    def shown(self, kw: np.ndarray) -> np.ndarray:
        """Return the power as people speak of it: what is drawn is positive where nothing generates."""
        return kw if self.generates else -kw
