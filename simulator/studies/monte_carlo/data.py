"""The answer of Monte Carlo, declared."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel

from simulator.answers.declared import Figures, Of, data_of
from simulator.answers.quantity import CAPACITY, CAPACITY_KWP, Heading, Quantity
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.studies.by_technology import each_adoption
from simulator.studies.data import AnswerOut, LimitsOut, OldSteps, ViolationOut
from simulator.studies.monte_carlo.answer import MonteCarlo

QUANTILE = Quantity(
    label="P5, P50, P95",
    unit="kWp",
    meaning="Hosting capacities that 95 %, half and 5 % of the placements reach; the band beside each holds "
    "it with 95 % confidence (binomial ranks). P5 and P95 need 59 placements.",
    card_digits=0,
)
PASS_RATE = Quantity(
    label="Placements within limits",
    unit="%",
    meaning="The pass rate: the share of random placements that break no limit when so many customers, each "
    "whole, have PV.",
)


class QuantileOut(BaseModel):
    """A quantile of the capacity in kWp, with the band that holds it with 95 % confidence."""

    share: float
    kwp: Annotated[float, QUANTILE, Of("value")]
    low_kwp: Annotated[float, Of("low")]
    high_kwp: Annotated[float, Of("high")]


class PassRateOut(BaseModel):
    """The share of placements within limits when so many customers have adopted, and their PV on average."""

    adoption: Annotated[float, Quantity("Customers with PV", "%", 0)]
    customers: Annotated[int, Quantity("Customers with PV", digits=0)]
    mean_kwp: Annotated[float, Quantity("Installed PV on average", "kWp")]
    pass_rate: Annotated[float, PASS_RATE]


class BindingShareOut(BaseModel):
    """In what share of placements a constraint is met first; null where all customers can adopt."""

    kind: Annotated[str | None, Heading("What binds first")]
    element: Annotated[str | None, Heading("Element")]
    share: Annotated[float, Quantity("Share of placements", "%", bar=True)]


class KindShareOut(BaseModel):
    """In what share of placements a kind of limit is met first; null where all customers can adopt."""

    kind: str | None
    share: float


class CustomerShareOut(BaseModel):
    """In what share of placements a customer's voltage is beyond a limit when the first limit is met."""

    customer: Annotated[str, Heading("Customer")]
    bus: Annotated[str, Heading("Bus")]
    violated_share: Annotated[float, Quantity("Voltage beyond a limit in", "% of placements", bar=True)]


def pass_rates(found: MonteCarlo, _feeder: Feeder | None = None) -> list[dict[str, Any]]:
    """Return the pass rate level by level, as PassRateOut."""
    everyone = max(found.customers, 1)
    return [
        {
            "adoption": count / everyone,
            "customers": int(count),
            "mean_kwp": found.potential * int(count) / everyone,
            "pass_rate": float(rate),
        }
        for count, rate in zip(found.adopters, found.pass_rate, strict=True)
    ]


def binding_shares(found: MonteCarlo, _feeder: Feeder) -> list[dict[str, Any]]:
    """Return what binds in what share of placements, the most frequent first, as BindingShareOut."""
    return [
        {**dict(zip(("kind", "element"), key or (None, None), strict=True)), "share": n / found.placements}
        for key, n in found.bindings.most_common()
    ]


def _kinds(found: MonteCarlo, _feeder: Feeder) -> list[dict[str, Any]]:
    return [{"kind": kind, "share": n / found.placements} for kind, n in found.kinds.most_common()]


def customer_shares(found: MonteCarlo, feeder: Feeder) -> list[dict[str, Any]]:
    """Return the customers in the feeder's order, as CustomerShareOut."""
    return [
        {"customer": customer.id, "bus": customer.bus, "violated_share": float(share)}
        for customer, share in zip(feeder.customers, found.violated, strict=True)
    ]


def _quantiles(rows: Any) -> Iterator[tuple[Quantity, float | None]]:
    for row in rows:
        yield replace(CAPACITY_KWP, label=f"{CAPACITY.label}, P{row['share'] * 100:.0f}"), row["kwp"]


def _asked(read: Callable[[MonteCarlo], Any], otherwise: Any = None) -> Of:
    """Read what there is only where there is a PV potential."""
    return Of(lambda found, _: read(found) if found.asked else otherwise)


class PlacementsOut(BaseModel):
    """The placements' capacities in the order drawn; fewer than 59 give P50 alone.

    Without any PV potential there are no capacities, and no even spread.
    """

    quantiles: Annotated[list[QuantileOut], Figures(_quantiles), _asked(MonteCarlo.quantiles, ())]
    points: Annotated[list[PassRateOut], Of(pass_rates)]
    hosting_capacity_kwp: Annotated[list[float], _asked(lambda f: f.installed.round(6).tolist(), [])]
    hosting_capacity_customers: Annotated[list[int], _asked(lambda found: found.capacity.tolist(), [])]
    bindings: Annotated[list[BindingShareOut], Of(binding_shares)]
    binding_kinds: Annotated[list[KindShareOut], Of(_kinds)]
    customers: Annotated[list[CustomerShareOut], Of(customer_shares)]
    even_spread: Annotated[float | None, CAPACITY, _asked(lambda found: found.even.adoption)]
    even_spread_kwp: Annotated[float | None, CAPACITY_KWP, _asked(lambda found: found.even.installed)]


def _pv_caused(found: MonteCarlo, feeder: Feeder) -> dict[str, Any] | None:
    return data_of(PlacementsOut, found.caused, feeder) if found.caused and found.asked else None


@each_adoption("pv")
class MonteCarloOut(AnswerOut, PlacementsOut):
    """What the placements host.

    Where limits are violated before any PV, that is nothing: ``pv_caused`` then counts only what PV causes or
    worsens.
    """

    placements: int
    seed: int
    limits: LimitsOut
    steps: list[int]
    hours: OldSteps
    times: Annotated[list[str], Of(lambda found, _: [time_of(step) for step in found.steps])]
    flows: int
    pv_potential_kwp: Annotated[float, Of("potential")]
    baseline_violation: Annotated[ViolationOut | None, Of("baseline")]
    pv_caused: Annotated[PlacementsOut | None, Figures(lambda _: ()), Of(_pv_caused)]
