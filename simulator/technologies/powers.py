"""Powers: what every technology draws and feeds in, by customer and quarter-hour, at levels of adoption."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.ports import Ports
from simulator.technologies.registry import TECHNOLOGIES
from simulator.technologies.technology import Technology

Adoption = Mapping[str, float]  # share of 1 by technology; what is not named stands at 0
NONE: Adoption = {}


@dataclass(frozen=True, eq=False)
class Powers:
    """The one table of powers, by technology: positive feeds in; never clamped.

    Shape: ``kw`` and ``kvar`` (levels, customers, steps); ``stored_kwh`` (levels, customers, steps + 1) of
    those that store; ``sizes`` (levels, customers), in each technology's unit, and what adoption ``added``
    of that.
    """

    kw: Mapping[str, np.ndarray]
    kvar: Mapping[str, np.ndarray]
    stored_kwh: Mapping[str, np.ndarray]
    sizes: Mapping[str, np.ndarray]
    added: Mapping[str, np.ndarray]

    @cached_property
    def net_kw(self) -> np.ndarray:
        """What each customer feeds in, (levels, customers, steps)."""
        return self._net(self.kw)

    @cached_property
    def net_kvar(self) -> np.ndarray:
        """What each customer feeds in, (levels, customers, steps)."""
        return self._net(self.kvar)

    def only(self, keys: Collection[str]) -> "Powers":
        """Return the table of some technologies alone."""
        parts = (self.kw, self.kvar, self.stored_kwh, self.sizes, self.added)
        return Powers(*({key: values for key, values in part.items() if key in keys} for part in parts))

    def at(self, steps: Sequence[int]) -> "Powers":
        """Return the table at some quarter-hours alone; what is stored keeps its whole day."""
        kw, kvar = (
            {key: values[..., list(steps)] for key, values in part.items()} for part in (self.kw, self.kvar)
        )
        return replace(self, kw=kw, kvar=kvar)

    def inject(self, ports: Ports) -> tuple[np.ndarray, np.ndarray]:
        """Return kW and kvar fed in at ports, (levels x steps, ports), level by level."""
        if ports.pv_shares is None:
            return ports.inject(self.net_kw), ports.inject(self.net_kvar)
        return _by_technology(self.kw, ports), _by_technology(self.kvar, ports)

    def _net(self, power: Mapping[str, np.ndarray]) -> np.ndarray:
        """Sum what is installed anywhere."""
        parts = [power[key] for key, sizes in self.sizes.items() if sizes.any()]
        return sum(parts[1:], parts[0]) if parts else next(iter(power.values()))


def _by_technology(power: Mapping[str, np.ndarray], ports: Ports) -> np.ndarray:
    """Sum what technologies feed in, each at ports of its own, (levels x steps, ports)."""
    parts = [ports.inject(each, on_pv_phases=TECHNOLOGIES[key].on_pv_phases) for key, each in power.items()]
    summed: np.ndarray = np.sum(parts, axis=0)
    return summed


def read_powers(
    feeder: Feeder,
    profiles: Profiles,
    levels: Sequence[Adoption],
    power_factors: Mapping[str, float] = NONE,
    steps: Sequence[int] | None = None,
) -> Powers:
    """Return what all customers draw and feed in at each level of adoption, all day or at some ``steps``.

    ``power_factors`` takes the place of technologies' own. Below 1, Q = -P tan(acos pf) at generation:
    inverters absorb and are rated for it, P stays what the roof gives, S = P / pf.
    """
    added = read_added(feeder, levels)
    sizes = added | {
        key: added[key] + each.existing(feeder) for key, each in TECHNOLOGIES.items() if each.existing
    }
    if steps is not None and any(each.dispatch and sizes[key].any() for key, each in TECHNOLOGIES.items()):
        whole = read_powers(feeder, profiles, levels, power_factors)  # a day is dispatched as one
        return whole.at(steps)
    day = profiles.load_pu.shape[-1]
    shape = (len(levels), len(feeder.customers), day if steps is None else len(steps))
    kw: dict[str, np.ndarray] = {}
    kvar, stored = dict(kw), dict(kw)
    surplus_kw = np.zeros(shape)
    for key, technology in TECHNOLOGIES.items():
        if technology.dispatch:
            stored[key] = np.broadcast_to(0.0, (*shape[:2], day + 1))
        if not sizes[key].any():
            kw[key] = kvar[key] = np.broadcast_to(0.0, shape)
            continue
        if technology.dispatch:
            kw[key], stored[key] = technology.dispatch(surplus_kw, sizes[key])
        else:
            kw[key] = _follow(technology, profiles, sizes[key], steps)
        surplus_kw = surplus_kw + kw[key]
        kvar[key] = _absorbed(technology, feeder, kw[key], power_factors)
    return Powers(kw, kvar, stored, sizes, added)


def read_added(feeder: Feeder, levels: Sequence[Adoption]) -> dict[str, np.ndarray]:
    """Return what each level of adoption installs of each technology, (levels, customers), in its unit."""
    added: dict[str, np.ndarray] = {}
    for key, technology in TECHNOLOGIES.items():
        shares = np.array([level.get(key, 0.0) if technology.adopted else 1.0 for level in levels])
        sizes = shares[:, None] * technology.size(feeder, added)
        added[key] = np.broadcast_to(sizes, (len(levels), len(feeder.customers)))
    return added


def _follow(
    technology: Technology, profiles: Profiles, size: np.ndarray, steps: Sequence[int] | None
) -> np.ndarray:
    if technology.profile is None:
        raise ValueError(f"the technology {technology.key!r} has neither profile nor dispatch")
    profile = technology.profile(profiles)
    followed: np.ndarray = size[..., None] * (profile if steps is None else profile[..., list(steps)])
    return followed


def _absorbed(
    technology: Technology, feeder: Feeder, kw: np.ndarray, power_factors: Mapping[str, float]
) -> np.ndarray:
    factor = technology.power_factor(feeder)
    if technology.key in power_factors:
        factor = np.full_like(factor, power_factors[technology.key])
    if (factor == 1).all():
        return np.broadcast_to(0.0, kw.shape)
    absorbed: np.ndarray = -np.abs(kw) * np.tan(np.arccos(factor))[:, None]
    return absorbed
