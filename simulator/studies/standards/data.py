"""Hosting capacities under every limit set, declared."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from simulator.answers.declared import Figures, Of
from simulator.answers.quantity import CAPACITY, Quantity
from simulator.studies.data import AnswerOut, LimitsOut, OverStepsOut
from simulator.studies.sweep.data import CapacityOut


class StandardOut(CapacityOut):
    """The hosting capacity under one limit set."""

    limits: LimitsOut


def _by_limits(rows: Any) -> Iterator[tuple[Quantity, float | None]]:
    for row in rows:
        share = (row.get("beyond_potential") or row)["hosting_capacity"]
        yield replace(CAPACITY, label=f"{CAPACITY.label} by {row['limits']['name']}"), share


class StandardsOut(AnswerOut, OverStepsOut):
    """The hosting capacity under every named limit set, own limits last."""

    pv_potential_kwp: Annotated[float, Of("potential")]
    standards: Annotated[list[StandardOut], Figures(_by_limits), Of("sweeps")]
