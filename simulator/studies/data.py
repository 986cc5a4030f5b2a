"""What several answers are made of, declared: their JSON, and the API's description of it."""

from typing import Annotated

from pydantic import BaseModel, Field

from simulator.answers.declared import WHERE_TOLD, Of
from simulator.assessment.wording import explain
from simulator.grid.caveats import About
from simulator.grid.clock import time_of
from simulator.studies.by_technology import each_adoption, rarely_asked

WAS_STEPS = Field(deprecated=True, description="The old name of `steps`.")
OldSteps = Annotated[list[int], Of("steps"), WAS_STEPS]
OldStep = Annotated[int, Of("step"), Field(deprecated=True, description="The old name of `step`.")]


class CaveatOut(BaseModel):
    """What to know before an answer is used, and what it is about."""

    about: About
    words: str


@rarely_asked
class AnswerOut(BaseModel):
    """An answer on a feeder; ``caveats`` say what it leaves out that matters."""

    feeder_id: str
    caveats: list[CaveatOut]


class LimitsOut(BaseModel):
    """A limit set."""

    name: str
    vm_min_pu: float
    vm_max_pu: float
    rise_max: float | None
    loading_max: float
    source: str


@each_adoption("pv")
class OverStepsOut(BaseModel):
    """What was asked over a set of quarter-hours."""

    feeder_id: str
    steps: list[int]
    hours: OldSteps
    times: Annotated[list[str], Of(lambda found, *_: [time_of(step) for step in found.steps])]


@each_adoption()
class ScenarioOut(BaseModel):
    """A scenario's quarter-hour with its limits."""

    feeder_id: str
    step: int
    hour: OldStep
    time: str
    limits: LimitsOut


class ViolationOut(BaseModel):
    """A violation; ``value`` and ``limit`` in pu for voltage, as a share for rise, line and transformer.

    ``phase`` is a bus's, where phases are told apart.
    """

    kind: str
    element: str
    phase: Annotated[str | None, WHERE_TOLD] = None
    step: int
    hour: OldStep
    time: Annotated[str, Of(lambda violation: time_of(violation.step))]
    value: float | None
    limit: float | None
    text: Annotated[str, Of(explain)]


class FindingOut(BaseModel):
    """A rule of guidance that fired."""

    rule: Annotated[str, Of("key")]
    severity: str
    title: str
    reason: str
