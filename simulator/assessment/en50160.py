"""EN 50160's two rules on slow voltage variations, read off one day."""

from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict

from simulator.answers.quantity import Quantity
from simulator.grid.schema import Feeder

BAND_PU = (0.90, 1.10)
WIDE_PU = (0.85, 1.10)
SHARE_MAX = 0.05


OUTSIDE_BAND = Quantity(
    label="Outside \N{PLUS-MINUS SIGN}10 % (EN 50160)",
    unit="%",
    meaning="Share of a bus's quarter-hours outside 230 V \N{PLUS-MINUS SIGN}10 %. The standard counts the "
    "10-minute means of a week and allows 5 % of them; quarter-hour means of one day only approximate that.",
)


class En50160(BaseModel):
    """How far the worst bus of a day keeps to EN 50160; what it is worth is said by ``day_reading``.

    ``bus`` has the largest ``outside_band``, the share of quarter-hours outside 0.90 to 1.10 pu;
    ``outside_wide`` is the largest share outside 0.85 to 1.10 pu of any bus. It is ``met`` where at most 5 %
    lie outside the band, and nothing outside the wide band.
    """

    model_config = ConfigDict(frozen=True)

    bus: str
    outside_band: Annotated[float, OUTSIDE_BAND]
    outside_wide: float
    met: bool


def day_reading(feeder: Feeder, low_pu: np.ndarray, high_pu: np.ndarray) -> En50160 | None:
    """Hold a day's voltages against EN 50160; None where a quarter-hour has no solution.

    An approximation: the standard counts the 10-minute means of a week, this one day's quarter-hours. Of
    buses outside equally often, the one that strays furthest counts as the worst.

    Shape: (96, buses) each, the lowest and the highest of a bus's phases. Units: pu of nominal.
    Source: EN 50160, supply voltage variations: 95 % of a week's 10-minute means within 230 V +-10 %, all of
    them within +10/-15 %.
    """
    if not (np.isfinite(low_pu).all() and np.isfinite(high_pu).all()):
        return None
    shares = outside_shares(low_pu, high_pu, BAND_PU)
    furthest = np.maximum(np.abs(low_pu - 1), np.abs(high_pu - 1)).max(axis=0)
    worst = int(np.lexsort((furthest, shares))[-1])
    wide = outside_shares(low_pu, high_pu, WIDE_PU)
    share, widest = float(shares[worst]), float(wide.max())
    met = share <= SHARE_MAX and widest == 0
    return En50160(bus=feeder.buses[worst].id, outside_band=share, outside_wide=widest, met=met)


def outside_shares(low_pu: np.ndarray, high_pu: np.ndarray, band_pu: tuple[float, float]) -> np.ndarray:
    """Return the share of quarter-hours in which any phase of each bus is outside a band, (buses,)."""
    low, high = band_pu
    shares: np.ndarray = ((low_pu < low) | (high_pu > high)).mean(axis=0)
    return shares
