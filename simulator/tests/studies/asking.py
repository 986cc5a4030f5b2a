"""Questions as tests ask them: a feeder, shares of PV and batteries, and a study's own fields."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulator.grid.profiles import Profiles, read_profiles
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.questions.question import Question
from simulator.technologies.powers import Powers


def asking(
    feeder: Feeder, profiles: Profiles | None = None, pv: float = 0.0, battery: float = 0.0, **own: Any
) -> Question:
    """Return a question with the standard profiles, or others."""
    subject = Subject(feeder, profiles or read_profiles())
    return Question(subject=subject, adoption={"pv": pv, "battery": battery}, **own)


def powers(feeder: Feeder, profiles: Profiles, pv: Sequence[float], battery: float) -> Powers:
    """Return the table of powers at levels of PV."""
    question = asking(feeder, profiles, battery=battery)
    return question.powers(question.adopting("pv", pv))


def injections(
    feeder: Feeder, profiles: Profiles, pv: Sequence[float], battery: float, steps: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return kW and kvar at the feeder's ports."""
    return powers(feeder, profiles, pv, battery).inject(asking(feeder, profiles).ports, steps)
