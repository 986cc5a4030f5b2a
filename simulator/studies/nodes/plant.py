"""One more plant of a technology: what a kW of it feeds in at a bus."""

import numpy as np

from simulator.grid.schema import Feeder
from simulator.studies.nodes.question import NodesQuestion
from simulator.technologies.registry import TECHNOLOGIES
from simulator.technologies.technology import Technology


def added_plant(question: NodesQuestion) -> np.ndarray:
    """Return what 1 kW of what is asked over feeds in, kW + j kvar, (steps,); over a day 1 kW of its rating.

    It follows the technology's profile, the mean by size where each customer has its own.
    """
    technology = TECHNOLOGIES[question.over]
    kw = np.ones(1) if technology.generates else -np.ones(1)
    if question.when == "day" and technology.profile:
        kw = technology.profile(question.profiles)
        if kw.ndim > 1:
            sizes = question.powers(question.adopting(question.over, [1.0])).added[question.over][0]
            kw = np.average(kw, axis=0, weights=sizes if sizes.any() else None)
    factor = plant_power_factor(question.feeder, technology, question.power_factors.get(technology.key))
    return np.asarray(kw - 1j * np.abs(kw) * np.tan(np.arccos(factor)))


def plant_power_factor(feeder: Feeder, technology: Technology, asked: float | None) -> float:
    """Return the power factor at which a plant absorbs: that of the question, else the customers' mean."""
    usual = technology.power_factor(feeder)
    return asked or (float(usual.mean()) if len(usual) else 1.0)
