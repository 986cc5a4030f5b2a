"""EN 50160's two rules on slow voltage variations, read off one day."""

from dataclasses import dataclass

import numpy as np

from simulator.grid.schema import Feeder

BAND_PU = (0.90, 1.10)
WIDE_PU = (0.85, 1.10)
SHARE_MAX = 0.05


@dataclass(frozen=True)
class En50160:
    """How far the worst bus of a day keeps to EN 50160; what it is worth is said by ``day_reading``.

    ``bus`` has the largest ``outside_band``, the share of quarter-hours outside 0.90 to 1.10 pu;
    ``outside_wide`` is the largest share outside 0.85 to 1.10 pu of any bus.
    """

    bus: str
    outside_band: float
    outside_wide: float

    @property
    def met(self) -> bool:
        """Whether at most 5 % lie outside the band, and nothing outside the wide band."""
        return self.outside_band <= SHARE_MAX and self.outside_wide == 0


def day_reading(feeder: Feeder, vm_pu: np.ndarray) -> En50160 | None:
    """Hold a day's voltages against EN 50160; None where a quarter-hour has no solution.

    An approximation: the standard counts the 10-minute means of a week, this one day's quarter-hours. Of
    buses outside equally often, the one that strays furthest counts as the worst.

    Shape: (96, buses). Units: pu of nominal.
    Source: EN 50160, supply voltage variations: 95 % of a week's 10-minute means within 230 V +-10 %, all of
    them within +10/-15 %.
    """
    if not np.isfinite(vm_pu).all():
        return None
    shares = outside_shares(vm_pu, BAND_PU)
    worst = int(np.lexsort((np.abs(vm_pu - 1).max(axis=0), shares))[-1])
    wide = outside_shares(vm_pu, WIDE_PU)
    return En50160(feeder.buses[worst].id, float(shares[worst]), float(wide.max()))


def outside_shares(vm_pu: np.ndarray, band_pu: tuple[float, float]) -> np.ndarray:
    """Return the share of quarter-hours that each bus spends outside a band; (buses,) from (96, buses)."""
    low, high = band_pu
    shares: np.ndarray = ((vm_pu < low) | (vm_pu > high)).mean(axis=0)
    return shares
