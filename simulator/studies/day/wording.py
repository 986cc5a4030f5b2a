"""Times of a day in words."""

import numpy as np

from simulator.grid.clock import STEPS_PER_DAY, time_of

STRETCHES = 3  # as many stretches of time are told one by one


def stretches(chosen: np.ndarray) -> str:
    """Return stretches of the day as ``10:30 to 14:15 and 18:00 to 20:30``; first and last where many."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(int)))
    pairs = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    if pairs == [(0, STEPS_PER_DAY)]:
        return "all day"
    if len(pairs) > STRETCHES:
        return f"{len(pairs)} stretches between {time_of(pairs[0][0])} and {time_of(pairs[-1][1])}"
    *first, last = (f"{time_of(start)} to {time_of(end)}" for start, end in pairs)
    return f"{', '.join(first)} and {last}" if first else last


def hours_words(hours: float) -> str:
    """Return a duration as ``3.5 h``."""
    return f"{hours:g} h"
