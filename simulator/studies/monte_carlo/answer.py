"""What Monte Carlo answers: how much each of many random placements hosts, and what stops the next."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from simulator.assessment.violations import Violation
from simulator.grid.limits import Limits
from simulator.studies.monte_carlo.first_limits import Binding
from simulator.studies.monte_carlo.quantiles import MIN_FOR_TAILS, Quantile, read_quantile
from simulator.studies.sweep.hosting_capacity import HostingCapacity
from simulator.technologies.powers import Adoption
from simulator.technologies.registry import Over


@dataclass(frozen=True, eq=False)
class MonteCarlo(Over):
    """N placements; in each, customers adopt in random order, each its whole potential.

    ``adopters`` (levels,) customers that have adopted at each of the 21 levels, ``pass_rate`` (levels,) the
    share of placements then within limits. ``capacity`` (placements,) the most customers that may have
    adopted, at and below which the placement breaks no limit; ``installed`` what they have, in its unit.
    ``bindings`` counts what each placement meets first. ``violated`` (customers,) is the share of placements
    in which a customer's voltage is then beyond its limits; ``sizes`` (customers,) is what each can install.
    ``even`` is the capacity when all customers adopt alike. Where ``baseline`` is violated before anybody
    adopts, no placement hosts any; ``caused`` is then the same that counts only what adoption causes or
    worsens.
    """

    placements: int
    seed: int
    adoption: Adoption
    over: str
    limits: Limits
    steps: tuple[int, ...]
    flows: int
    adopters: np.ndarray
    pass_rate: np.ndarray
    capacity: np.ndarray
    installed: np.ndarray
    bindings: Counter[Binding]
    violated: np.ndarray
    even: HostingCapacity
    sizes: np.ndarray
    baseline: Violation | None = None
    caused: "MonteCarlo | None" = None

    @property
    def counted(self) -> "MonteCarlo":
        """What there is to tell: of what adoption causes where limits are violated before any."""
        return self.caused or self

    @property
    def potential(self) -> float:
        """What all customers can install, in its unit."""
        return float(sum(self.sizes.tolist()))

    @property
    def asked(self) -> bool:
        """Whether there is any potential to ask about."""
        return self.potential > 0

    @property
    def kinds(self) -> Counter[str | None]:
        """In how many placements each kind of limit is met first; None where all customers can adopt."""
        kinds: Counter[str | None] = Counter()
        for key, count in self.bindings.items():
            kinds[key and key[0]] += count
        return kinds

    def quantiles(self, placements: int | None = None) -> tuple[Quantile, ...]:
        """Return P5, P50 and P95 of the capacity in its unit over the first placements, all by default.

        Fewer than 59 pin neither tail down: then P50 alone.
        """
        values = self.installed[:placements]
        shares = (0.05, 0.5, 0.95) if len(values) >= MIN_FOR_TAILS else (0.5,)
        return tuple(read_quantile(values, share, 0.0, self.potential) for share in shares)

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.violated)
