"""The day in quarter-hours: step 0 is 00:00, step 48 is 12:00, step 95 is 23:45."""

import re

STEPS_PER_DAY = 96
HOURS_PER_STEP = 0.25

_TIME = re.compile(r"([01]?\d|2[0-3]):(00|15|30|45)", re.ASCII)


def time_of(step: int) -> str:
    """Return ``HH:MM`` of a quarter-hour index 0..95."""
    return f"{step // 4:02d}:{step % 4 * 15:02d}"


def step_of(time: str) -> int:
    """Return the quarter-hour index of ``HH:MM``; ``7:00`` is 07:00.

    Raises:
        ValueError: the text is not a quarter-hour of a day.
    """
    match = _TIME.fullmatch(time.strip())
    if match is None:
        raise ValueError(
            f"{time!r} is not a quarter-hour: write HH:MM from 00:00 to 23:45 in steps of 15 minutes"
        )
    return int(match[1]) * 4 + int(match[2]) // 15
