"""Quantiles of a sample with confidence bands that assume nothing of its distribution."""

from dataclasses import dataclass
from math import ceil

import numpy as np

CONFIDENCE = 0.95
# The smallest of n values lies below the 5th percentile with 95 % confidence from n = 59 on: 0.95**59 < 0.05.
MIN_FOR_TAILS = 59


@dataclass(frozen=True)
class Quantile:
    """A quantile's estimate and the band that holds the true one with 95 % confidence."""

    share: float
    value: float
    low: float
    high: float


def read_quantile(values: np.ndarray, share: float, lowest: float, highest: float) -> Quantile:
    """Return a quantile of a sample by its ranks.

    The number of values below the true quantile is binomial, so that two ranks enclose it. Where no rank is
    far enough out, the band ends at ``lowest`` or ``highest``, which bound every value.

    Shape: ``values`` (n,), in any order; n at least 1. Units: those of the values.
    Source: W. J. Conover, Practical Nonparametric Statistics (1999), section 3.2.
    """
    ordered, n = np.sort(values), len(values)
    below = _binomial_cdf(n, share)  # [k]: probability that at most k values lie below the quantile
    tail = (1 - CONFIDENCE) / 2
    first = int(np.searchsorted(below, tail, side="right"))  # ranks 1..first: surely not above
    last = int(np.searchsorted(below, 1 - tail, side="left")) + 1
    return Quantile(
        share,
        float(ordered[max(ceil(share * n - 1e-9), 1) - 1]),
        float(ordered[first - 1]) if first else lowest,
        float(ordered[last - 1]) if last <= n else highest,
    )


def _binomial_cdf(n: int, share: float) -> np.ndarray:
    from scipy.special import bdtr

    return np.asarray(bdtr(np.arange(n + 1.0), n, share))
