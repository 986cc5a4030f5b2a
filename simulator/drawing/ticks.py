"""Axis ticks at numbers people like, and distances in the unit people say."""

from collections.abc import Sequence
from math import ceil, floor, log10


def nice_step(span: float, count: int = 5) -> float:
    """Return the 1, 2 or 5 x 10^n that divides ``span`` into at most about ``count`` parts."""
    if span <= 0:
        return 1.0
    raw = span / count
    power: float = 10.0 ** floor(log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * (1 - 1e-9))


def nice_ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return the multiples of a nice step from ``low`` to ``high``, both included when they are multiples."""
    step = nice_step(high - low, count)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]


def decimals(step: float) -> int:
    """Return how many decimals tell multiples of a nice step apart."""
    return max(0, -floor(log10(step) + 1e-9))


def kwp_numbers(values: Sequence[float]) -> list[str]:
    """Return values of an axis in a second unit, with as few decimals as tell the first two apart."""
    places = decimals(nice_step(values[1] - values[0], 1)) if len(values) > 1 else 0
    return [f"{value:.{places}f}" for value in values]


def distance_unit(longest_km: float) -> tuple[str, float]:
    """Return the unit to show distances in and how many of it make a kilometre: metres up to 1.5 km."""
    return ("m", 1000.0) if longest_km <= 1.5 else ("km", 1.0)
