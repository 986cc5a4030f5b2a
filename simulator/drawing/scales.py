"""Classes of voltage and loading: one colour, width and word for each, the same in every picture.

Blue for low, orange for high voltage, and darker for worse loading: told apart with any colour vision and in
grey print. Colour never tells a state alone: violated elements get another shape and a mark besides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from simulator.grid.limits import Limits


@dataclass(frozen=True)
class Look:
    """How a class is drawn: its key (also the CSS class), print colour, size (radius or width), words."""

    key: str
    colour: str
    size: float
    words: str


VOLTAGE: dict[str, Look] = {
    look.key: look
    for look in (
        Look("v-below", "#08519c", 7, "below the limit"),
        Look("v-low-edge", "#4292c6", 5, "near the lower limit"),
        Look("v-low", "#b3d3ea", 5, "lower part of the band"),
        Look("v-middle", "#f4f4f0", 5, "middle of the band"),
        Look("v-high", "#fdc692", 5, "upper part of the band"),
        Look("v-high-edge", "#f0731d", 5, "near the upper limit"),
        Look("v-above", "#a63603", 7, "above the limit"),
        Look("v-none", "#c3c9ce", 4, "no solution"),
    )
}
LOADING: dict[str, Look] = {
    look.key: look
    for look in (
        Look("l-light", "#86929d", 2, "lightly loaded"),
        Look("l-medium", "#b07a12", 3, "loaded"),
        Look("l-high", "#c2410c", 4.5, "nearly fully loaded"),
        Look("l-over", "#8b0a2a", 7, "overloaded"),
        Look("l-none", "#86929d", 2, "no solution"),
    )
}
PLAIN_BUS, PLAIN_LINE = (Look("plain", "#55616d", size, "not computed") for size in (4, 2))

_BAND_SHARES = {"v-low-edge": 0.10, "v-low": 0.35, "v-middle": 0.65, "v-high": 0.90}
_LOADING_STEPS = {"l-light": 0.5, "l-medium": 0.8}  # shares of the loading that the limits allow


def voltage_steps(limits: Limits) -> dict[str, float]:
    """Return the upper bound in pu of each class below the band's upper edge: shares of the limit band."""
    width = limits.vm_max_pu - limits.vm_min_pu
    return {key: round(limits.vm_min_pu + share * width, 6) for key, share in _BAND_SHARES.items()}


def voltage_class(vm_pu: float, limits: Limits) -> str:
    """Return the class of a voltage in pu; a voltage exactly at a limit is within it; NaN has no solution."""
    if not isfinite(vm_pu):
        return "v-none"
    if vm_pu < limits.vm_min_pu:
        return "v-below"
    if vm_pu > limits.vm_max_pu:
        return "v-above"
    return next((key for key, bound in voltage_steps(limits).items() if vm_pu < bound), "v-high-edge")


def loading_class(loading: float, limits: Limits) -> str:
    """Return the class of a loading as a share of rating; at the limit is within; NaN has no solution."""
    if not isfinite(loading):
        return "l-none"
    most = limits.loading_max
    if loading > most:
        return "l-over"
    return next((key for key, bound in _LOADING_STEPS.items() if loading < bound * most), "l-high")


def voltage_look(vm_pu: float | None, limits: Limits) -> Look:
    """Return how a bus is drawn; None is a bus that nobody computed."""
    return PLAIN_BUS if vm_pu is None else VOLTAGE[voltage_class(float(vm_pu), limits)]


def loading_look(loading: float | None, limits: Limits) -> Look:
    """Return how a line or transformer is drawn; None is one that nobody computed."""
    return PLAIN_LINE if loading is None else LOADING[loading_class(float(loading), limits)]


def voltage_legend(limits: Limits) -> list[tuple[Look, str]]:
    """Return the seven voltage classes with their ranges in pu, lowest first."""
    steps = [limits.vm_min_pu, *voltage_steps(limits).values(), limits.vm_max_pu]
    number = _shortest(steps)
    ranges = [f"{number(low)}–{number(high)}" for low, high in pairwise(steps)]
    words = [f"below {number(steps[0])}", *ranges, f"above {number(steps[-1])}"]
    return [(look, word) for look, word in zip(VOLTAGE.values(), words, strict=False)]


def loading_legend(limits: Limits) -> list[tuple[Look, str]]:
    """Return the four loading classes with their ranges in percent of rating, lightest first."""
    light, medium, most = (f"{100 * limits.loading_max * part:.4g}" for part in (*_LOADING_STEPS.values(), 1))
    words = [f"below {light} %", f"{light}–{medium} %", f"{medium}–{most} %", f"above {most} %"]
    return [(look, word) for look, word in zip(LOADING.values(), words, strict=False)]


def _shortest(values: list[float]) -> Callable[[float], str]:
    """Return a format with as few decimals as tell the values exactly, two at least."""
    places = next((n for n in (2, 3) if all(abs(round(v, n) - v) < 1e-9 for v in values)), 4)
    return lambda value: f"{value:.{places}f}"
