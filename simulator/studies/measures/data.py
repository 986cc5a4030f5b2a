"""Hosting capacities with each measure, as plain data."""

from typing import Any

from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.studies.adoption import adoption_data
from simulator.studies.data import limits_data
from simulator.studies.measures.measures import Measure, Measures
from simulator.studies.sweep.data import capacity_data


def measures_data(feeder: Feeder, answer: Measures) -> dict[str, Any]:
    """Return the base, and each measure with its gain and what binds next."""
    base = answer.base
    return {
        "feeder_id": feeder.feeder_id,
        "hours": list(base.hours),
        "times": [time_of(hour) for hour in base.hours],
        **adoption_data(base.adoption, base.over),
        "limits": limits_data(base.limits),
        "pv_potential_kwp": feeder.pv_potential_kwp,
        "base": capacity_data(base),
        "gains_count_pv_caused_only": answer.caused_only,
        "best": answer.best.key if answer.best else None,
        "measures": [_measure(answer, measure) for measure in answer.measures],
    }


def _measure(answer: Measures, measure: Measure) -> dict[str, Any]:
    return {
        "measure": measure.key,
        "title": measure.title,
        "possible": measure.outcome is not None,
        "change": measure.change,
        "gain_kwp": _gain_within_potential(answer, measure),
        "gain_beyond_potential_kwp": measure.gain_kwp,
        "worsens_baseline": measure.worsens,
        "capacity": capacity_data(measure.outcome) if measure.outcome else None,
    }


def _gain_within_potential(answer: Measures, measure: Measure) -> float | None:
    """Return the gain where nobody asks for more than the potential."""
    if measure.outcome is None:
        return None
    after, before = (answer.capacity(sweep).within_potential.kwp for sweep in (measure.outcome, answer.base))
    return after - before
