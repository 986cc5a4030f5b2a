"""The sweep's answer, declared, and the hosting capacity that other answers tell as well."""

from typing import Annotated, Any

from pydantic import BaseModel

from simulator.answers.declared import WHERE_TOLD, Figures, Of
from simulator.answers.quantity import (
    CAPACITY,
    CAPACITY_KWP,
    CAUSED,
    CAUSED_KWP,
    HIGHEST_VOLTAGE,
    LINE_LOADING,
    LOWEST_VOLTAGE,
    PV_ADOPTION,
    TRANSFORMER_LOADING,
)
from simulator.studies.data import AnswerOut, LimitsOut, OverStepsOut, ViolationOut
from simulator.studies.sweep.hosting_capacity import HostingCapacity, Sweep
from simulator.studies.sweep.levels import MAX_TIMES


class PointOut(BaseModel):
    """One level of PV adoption over all hours; ``violations`` counts the quarter-hours in violation.

    Voltages and loadings are null where any quarter-hour has no solution.
    """

    pv: Annotated[float, PV_ADOPTION, Of("share")]
    violations: int
    min_voltage_pu: Annotated[float | None, LOWEST_VOLTAGE]
    max_voltage_pu: Annotated[float | None, HIGHEST_VOLTAGE]
    transformer_loading: Annotated[float | None, TRANSFORMER_LOADING]
    line_loading: Annotated[float | None, LINE_LOADING]


class BeyondOut(BaseModel):
    """A capacity of 1, all of the PV potential, or more of it, and what binds just above; null: nothing does.

    The search ends at ``searched_to`` times the potential.
    """

    hosting_capacity: Annotated[float, CAPACITY, Of("adoption")]
    hosting_capacity_kwp: Annotated[float, CAPACITY_KWP, Of("installed")]
    binding: ViolationOut | None
    searched_to: Annotated[float, Of(lambda _: float(MAX_TIMES))]


def _within(counted: str, what: str) -> Of:
    """Read a capacity up to the potential; None where there is none."""
    return Of(
        lambda sweep, *_: getattr(getattr(sweep, counted).within_potential, what) if sweep.asked else None
    )


def _beyond(counted: str) -> Of:
    """Read a capacity that goes beyond the potential; None below it."""

    def read(sweep: Sweep, *_: Any) -> HostingCapacity | None:
        capacity: HostingCapacity = getattr(sweep, counted)
        return capacity if capacity.all_of_it else None

    return Of(read)


def _caused(beyond: Any) -> Any:
    return (CAUSED, beyond["hosting_capacity"]), (CAUSED_KWP, beyond["hosting_capacity_kwp"])


class CapacityOut(BaseModel):
    """A hosting capacity and what binds just above it; beside it, that which counts what PV causes.

    At most 1, all of the PV potential: what lies beyond stands apart. Null where there is no PV potential.
    """

    hosting_capacity: Annotated[float | None, CAPACITY, _within("capacity", "adoption")]
    hosting_capacity_kwp: Annotated[float | None, CAPACITY_KWP, _within("capacity", "installed")]
    binding: Annotated[ViolationOut | None, Of("capacity.within_potential.binding")]
    baseline_violation: bool
    hosting_capacity_pv_caused: Annotated[float | None, CAUSED, _within("caused", "adoption")]
    hosting_capacity_pv_caused_kwp: Annotated[float | None, CAUSED_KWP, _within("caused", "installed")]
    binding_pv_caused: Annotated[ViolationOut | None, Of("caused.within_potential.binding")]
    hosting_capacity_balanced_kwp: Annotated[float | None, WHERE_TOLD, Of("balanced.installed")] = None
    beyond_potential: Annotated[BeyondOut | None, _beyond("capacity")]
    beyond_potential_pv_caused: Annotated[BeyondOut | None, Figures(_caused), _beyond("caused")]


class SweptOut(OverStepsOut, CapacityOut):
    """A sweep beside other figures of its feeder."""

    limits: LimitsOut
    pv_potential_kwp: Annotated[float, Of("potential")]
    points: list[PointOut]
    points_beyond_potential: Annotated[list[PointOut], Of("beyond")]


class SweepOut(AnswerOut, SweptOut):
    """A sweep: 21 points, the hosting capacity, and what binds just above it.

    ``points_beyond_potential`` go on above the potential, up to the first violation.
    """
