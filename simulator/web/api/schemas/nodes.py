"""What ``/api/nodes`` takes and gives."""

from ninja import Schema

from simulator.questions.values import Share, When
from simulator.studies.data import AnswerOut, LimitsOut, ViolationOut
from simulator.web.api.schemas.parts import Adoption, Hour, StudyIn


class NodesIn(StudyIn):
    """A scenario to add one more PV plant or load to, at its ``hour`` or over the whole day."""

    pv_adoption: Adoption
    battery_adoption: Share = 0.0
    hour: Hour
    when: When = "time"


class NodeOut(Schema):
    """A bus: the kW that may be added there, and the violation just above.

    ``pv_kw`` is fed in at that moment, or the plant's kWp where ``when`` is day. Unity power factor.
    """

    bus: str
    pv_kw: float | None
    pv_binding: ViolationOut
    load_kw: float | None
    load_binding: ViolationOut


class NodesOut(AnswerOut):
    """The room at every bus; ``baseline_violation`` is there before anything is added, then all is 0.

    Where the scenario itself has no solution, the rooms are null. ``violated_hours`` are all quarter-hours
    in violation then, and ``room_up_to_pv_adoption`` is where there is room, at and below it; 0 where limits
    are violated without any PV; null where there is room, or no PV potential.
    """

    hour: int
    time: str
    when: When
    pv_adoption: float
    battery_adoption: float
    limits: LimitsOut
    baseline_violation: ViolationOut | None
    violated_hours: list[int]
    room_up_to_pv_adoption: float | None
    room_up_to_pv_kwp: float | None
    nodes: list[NodeOut]
