"""The room at every bus, declared."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, Field

from simulator.answers.declared import Figures, Of, data_of
from simulator.answers.quantity import Quantity
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.questions.values import When
from simulator.studies.by_technology import each_adoption
from simulator.studies.data import AnswerOut, LimitsOut, OldStep, ViolationOut
from simulator.studies.nodes.nodes import Nodes

ROOM = Quantity(
    label="Room at a bus",
    unit="kW",
    meaning="What one more PV plant, at the power factor of the question, or one more load, of unity power "
    "factor, may add at that bus alone before a violation; kWp where the whole day is asked for.",
)


class NodeOut(BaseModel):
    """A bus: the kW that may be added there, and the violation just above.

    ``pv_kw`` is fed in at that moment, or the plant's kWp where ``when`` is day, at the power
    factor of the question; a load is of unity power factor.
    """

    bus: str
    pv_kw: Annotated[float | None, ROOM, Of("plant.kw")]
    pv_binding: Annotated[ViolationOut, Of("plant.binding")]
    load_kw: Annotated[float | None, ROOM, Of("load.kw")]
    load_binding: Annotated[ViolationOut, Of("load.binding")]


def _nodes(answer: Nodes, _feeder: Feeder) -> list[dict[str, Any]]:
    unsolved = answer.baseline is not None and answer.baseline.kind == "no_solution"
    rooms = {"pv_kw": None, "load_kw": None} if unsolved else {}
    return [data_of(NodeOut, place, **rooms) for place in answer.nodes]


def _extremes(rows: Any) -> Iterator[tuple[Quantity, float | None]]:
    for key, what in (("pv_kw", "PV"), ("load_kw", "load")):
        rooms = [row[key] for row in rows if row[key] is not None]
        for most, pick in (("Least", min), ("Most", max)):
            yield replace(ROOM, label=f"{most} room for {what}"), pick(rooms, default=None)


def _up_to(what: str) -> Of:
    """Read the adoption up to which there is room; None where no PV was asked about."""
    return Of(lambda answer, _: getattr(answer.room_up_to, what, None) if answer.potential else None)


@each_adoption()
class NodesOut(AnswerOut):
    """The room at every bus; ``baseline_violation`` is there before anything is added, then all is 0.

    Where the scenario itself has no solution, the rooms are null. ``violated_quarter_hours``
    are all in violation then, and ``room_up_to_pv_adoption`` is where there is room, at and below it; 0 where
    limits are violated without any PV; null where there is room, or no PV potential.
    """

    step: int
    hour: OldStep
    time: Annotated[str, Of(lambda answer, _: time_of(answer.step))]
    when: When
    limits: LimitsOut
    baseline_violation: Annotated[ViolationOut | None, Of("baseline")]
    violated_quarter_hours: Annotated[list[int], Of("violated")]
    violated_hours: Annotated[
        list[int], Of("violated"), Field(description="The same as violated_quarter_hours.", deprecated=True)
    ]
    room_up_to_pv_adoption: Annotated[float | None, _up_to("adoption")]
    room_up_to_pv_kwp: Annotated[float | None, _up_to("installed")]
    nodes: Annotated[list[NodeOut], Figures(_extremes), Of(_nodes)]
