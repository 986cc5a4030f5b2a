"""How slow this machine is at present: bounds on seconds hold for a usual one."""

import time

STEPS, USUAL_S = 1_000_000, 0.05  # of adding up numbers, on a usual machine


def seconds_here(usual_s: float) -> float:
    """Return how long something may take here and now that may take so long on a usual machine."""
    start, total = time.process_time(), 0
    for number in range(STEPS):
        total += number
    return usual_s * max(1.0, (time.process_time() - start) / USUAL_S)
