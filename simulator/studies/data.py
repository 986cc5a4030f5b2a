"""What several answers are made of, declared: their JSON, and the API's description of it."""

from typing import Annotated, Any

from pydantic import BaseModel

from simulator.answers.declared import Of, data_of
from simulator.assessment.violations import Violation
from simulator.assessment.wording import explain
from simulator.grid.caveats import About
from simulator.grid.clock import time_of
from simulator.grid.limits import Limits
from simulator.studies.adoption import adoption_data
from simulator.studies.scenario import Scenario
from simulator.studies.sweep.hosting_capacity import HostingCapacity
from simulator.studies.sweep.levels import MOST_TIMES


class CaveatOut(BaseModel):
    """What to know before an answer is used, and what it is about."""

    about: About
    words: str


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


class ScenarioOut(BaseModel):
    """A scenario's quarter-hour with its limits."""

    feeder_id: str
    hour: Annotated[int, Of("step")]
    time: str
    pv_adoption: float
    battery_adoption: float
    limits: LimitsOut


class ViolationOut(BaseModel):
    """A violation; ``value`` and ``limit`` in pu for voltage, as a share for rise, line and transformer."""

    kind: str
    element: str
    hour: Annotated[int, Of("step")]
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


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario with its limits."""
    return data_of(ScenarioOut, scenario, **adoption_data(scenario.adoption))


def limits_data(limits: Limits) -> dict[str, Any]:
    """Return a limit set."""
    return data_of(LimitsOut, limits)


def violation_data(violation: Violation) -> dict[str, Any]:
    """Return a violation, with its sentence."""
    return data_of(ViolationOut, violation)


def beyond_data(capacity: HostingCapacity) -> dict[str, Any] | None:
    """Return how far beyond the potential nothing is violated, and what binds then; None below it."""
    if not capacity.all_of_it:
        return None
    return {
        "hosting_capacity": capacity.adoption,
        "hosting_capacity_kwp": capacity.kwp,
        "binding": binding_data(capacity),
        "searched_to": float(MOST_TIMES),
    }


def binding_data(capacity: HostingCapacity) -> dict[str, Any] | None:
    """Return what binds, or None."""
    return None if capacity.binding is None else violation_data(capacity.binding)
