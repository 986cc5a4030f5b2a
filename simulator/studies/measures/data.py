"""Hosting capacities with each measure, declared."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel

from simulator.answers.declared import Figures, Of, data_of
from simulator.answers.quantity import Quantity
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.studies.by_technology import each_adoption
from simulator.studies.data import WAS_STEPS, AnswerOut, LimitsOut
from simulator.studies.measures.measures import Measure, Measures
from simulator.studies.sweep.data import CapacityOut

MeasureName = Literal["tap", "absorbing", "cable", "batteries"]
GAIN = Quantity(
    label="Gain of a measure",
    unit="kWp",
    meaning="Hosting capacity with one thing changed (tap, power factor, cable, batteries), less that "
    "without.",
)


class MeasureOut(BaseModel):
    """One measure: what changes or why it is not possible, and the capacity then.

    ``gain_kwp`` counts no more than the potential, ``gain_beyond_potential_kwp`` all that was found.
    """

    measure: Annotated[MeasureName, Of("key")]
    title: str
    possible: Annotated[bool, Of(lambda measure: measure.outcome is not None)]
    change: str
    gain_kwp: float | None
    gain_beyond_potential_kwp: Annotated[float | None, GAIN, Of("gain")]
    worsens_baseline: Annotated[bool, Of("worsens")]
    capacity: Annotated[CapacityOut | None, Of("outcome")]


def _measures(answer: Measures, _feeder: Feeder) -> list[dict[str, Any]]:
    return [data_of(MeasureOut, each, gain_kwp=_gain_within(answer, each)) for each in answer.measures]


def _gain_within(answer: Measures, measure: Measure) -> float | None:
    """Return the gain where nobody asks for more than the potential."""
    if measure.outcome is None:
        return None
    after, before = (
        answer.capacity(sweep).within_potential.installed for sweep in (measure.outcome, answer.base)
    )
    return after - before


def _gains(rows: Any) -> Iterator[tuple[Quantity, float | None]]:
    for row in rows:
        gain_kwp = row.get(
            "gain_beyond_potential_kwp", row["gain_kwp"]
        )  # older answers have the latter alone
        yield replace(GAIN, label=f"Gain by {row['measure']}"), gain_kwp


@each_adoption("pv", "base.adoption")
class MeasuresOut(AnswerOut):
    """The feeder as it is and with each measure alone; no measures where nothing binds."""

    steps: Annotated[list[int], Of("base.steps")]
    hours: Annotated[list[int], Of("base.steps"), WAS_STEPS]
    times: Annotated[list[str], Of(lambda answer, _: [time_of(step) for step in answer.base.steps])]
    limits: Annotated[LimitsOut, Of("base.limits")]
    pv_potential_kwp: Annotated[float, Of("base.potential")]
    base: CapacityOut
    gains_count_pv_caused_only: Annotated[bool, Of("caused_only")]
    best: Annotated[MeasureName | None, Of("best.key")]
    measures: Annotated[list[MeasureOut], Figures(_gains), Of(_measures)]
