"""Quantiles and their bands: ranks by the binomial distribution, summed here term by term."""

from math import comb

import numpy as np
import pytest

from simulator.studies.monte_carlo.quantiles import MIN_FOR_TAILS, read_quantile


def _at_most(k: int, n: int, share: float) -> float:
    """The chance that at most k of n values lie below the quantile."""
    return sum(comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k + 1))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
@pytest.mark.parametrize("n", [1, 10, 59, 72, 200, 1000])
def test_the_band_s_ranks_are_the_innermost_that_leave_a_fortieth_on_either_side(
    n: int, share: float
) -> None:
    found = read_quantile(np.arange(1.0, n + 1), share, 0.0, n + 1.0)  # each value is its own rank
    low, high = int(found.low), int(found.high)
    assert low == 0 or _at_most(low - 1, n, share) <= 0.025
    assert _at_most(low, n, share) > 0.025
    assert high == n + 1 or 1 - _at_most(high - 1, n, share) <= 0.025 + 1e-12
    assert 1 - _at_most(high - 2, n, share) > 0.025 - 1e-12


def test_known_quantiles_of_a_known_sample() -> None:
    values = np.array([30.0, 10.0, 20.0, 40.0])
    assert read_quantile(values, 0.5, 0, 99).value == 20
    assert read_quantile(values, 0.05, 0, 99).value == 10
    assert read_quantile(values, 0.95, 0, 99).value == 40


def test_a_sample_too_small_for_a_rank_leaves_the_band_open_to_the_bounds() -> None:
    found = read_quantile(np.full(5, 7.0), 0.05, 0.0, 100.0)
    assert (found.low, found.value, found.high) == (0.0, 7.0, 7.0)
    assert read_quantile(np.full(2, 7.0), 0.5, 0.0, 100.0).high == 100


def test_in_many_samples_the_band_holds_the_true_quantile_19_times_in_20() -> None:
    random = np.random.default_rng(7)
    for share in (0.05, 0.5):
        bands = [read_quantile(random.random(100), share, 0.0, 1.0) for _ in range(2000)]
        assert np.mean([band.low <= share <= band.high for band in bands]) > 0.94


def test_59_is_the_first_sample_whose_least_value_lies_below_p5_in_19_of_20() -> None:
    assert 1 - 0.95**MIN_FOR_TAILS > 0.95 > 1 - 0.95 ** (MIN_FOR_TAILS - 1)
