"""What ``/api/monte-carlo`` takes and gives."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from simulator.questions.values import Share
from simulator.studies.chance.question import DEFAULT_PLACEMENTS, DEFAULT_SEED
from simulator.studies.data import AnswerOut, LimitsOut, ViolationOut
from simulator.web.api.schemas.parts import StudyIn


class MonteCarloIn(StudyIn):
    """How many orders of adoption to draw, and from which seed; the same seed gives the same answer."""

    placements: Annotated[int, Field(ge=1)] = DEFAULT_PLACEMENTS
    seed: Annotated[int, Field(ge=0, lt=2**32)] = DEFAULT_SEED
    battery_adoption: Share = 0.0
    quarter_hours: Literal["binding", "all"] = "binding"


class QuantileOut(Schema):
    """A quantile of the capacity in kWp, with the band that holds it with 95 % confidence."""

    share: float
    kwp: float
    low_kwp: float
    high_kwp: float


class PassRateOut(Schema):
    """The share of placements within limits when so many customers have adopted, and their PV on average."""

    adoption: float
    customers: int
    mean_kwp: float
    pass_rate: float


class BindingShareOut(Schema):
    """In what share of placements a constraint is met first; null where all customers can adopt."""

    kind: str | None
    element: str | None
    share: float


class KindShareOut(Schema):
    """In what share of placements a kind of limit is met first; null where all customers can adopt."""

    kind: str | None
    share: float


class CustomerShareOut(Schema):
    """In what share of placements a customer's voltage is beyond a limit when the first limit is met."""

    customer: str
    bus: str
    violated_share: float


class PlacementsOut(Schema):
    """The placements' capacities in the order drawn; fewer than 59 give P50 alone.

    Without any PV potential there are no capacities, and no even spread.
    """

    quantiles: list[QuantileOut]
    points: list[PassRateOut]
    hosting_capacity_kwp: list[float]
    hosting_capacity_customers: list[int]
    bindings: list[BindingShareOut]
    binding_kinds: list[KindShareOut]
    customers: list[CustomerShareOut]
    even_spread: float | None
    even_spread_kwp: float | None


class MonteCarloOut(AnswerOut, PlacementsOut):
    """What the placements host.

    Where limits are violated before any PV, that is nothing: ``pv_caused`` then counts only what PV causes or
    worsens.
    """

    placements: int
    seed: int
    battery_adoption: float
    limits: LimitsOut
    hours: list[int]
    times: list[str]
    flows: int
    pv_potential_kwp: float
    baseline_violation: ViolationOut | None
    pv_caused: PlacementsOut | None
