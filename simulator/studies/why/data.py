"""A voltage's parts, declared."""

from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel

from simulator.answers.declared import Figures, Of, data_of
from simulator.answers.quantity import BUS_VOLTAGE, Quantity
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.questions.values import When
from simulator.studies.by_technology import each_adoption, each_technology
from simulator.studies.data import AnswerOut, LimitsOut, OldStep, ViolationOut
from simulator.studies.why.cause import Cause, find_cause
from simulator.studies.why.parts import Section
from simulator.studies.why.why import Why
from simulator.studies.why.wording import why_sentence
from simulator.technologies.registry import by_technology

PART = Quantity(
    label="Part of a voltage",
    unit="pu",
    digits=5,
    meaning="What source, transformer, each line section and each customer's load, PV and battery add on the "
    "way to a bus. Voltages are linear in the settled currents: the parts sum to the voltage.",
)


@each_technology("pu")
class ShareOut(BaseModel):
    """What one customer's load, PV and battery change, in pu."""

    customer: str


@each_technology("pu")
class SectionOut(BaseModel):
    """A difference of two voltages on the way, in pu: without load, by kind, and by customer.

    Without load, load, PV and battery sum to ``total_pu``; the customers' shares sum to each kind. They are
    null for lines where customers times sections exceed 50,000; the way's sums by customer stand in any case.
    """

    element: str
    from_bus: str
    to_bus: str
    no_load_pu: float
    total_pu: Annotated[float, PART]
    customers: list[ShareOut] | None


class CauseOut(BaseModel):
    """What makes most of the deviation from 1 pu; ``customers`` by ``kind`` make ``share`` of the change."""

    place: str
    change_pu: float
    elements: list[str]
    kind: str | None
    customers: list[str]
    share: float | None


def _shares(shares_pu: np.ndarray | None, feeder: Feeder) -> list[dict[str, Any]] | None:
    if shares_pu is None:
        return None
    return [
        {"customer": customer.id, **by_technology("pu", shares)}
        for customer, shares in zip(feeder.customers, shares_pu.tolist(), strict=True)
    ]


def _section(section: Section, feeder: Feeder) -> dict[str, Any]:
    kinds = by_technology("pu", section.kinds_pu.tolist())
    return data_of(SectionOut, section, **kinds, customers=_shares(section.shares_pu, feeder))


def _transformer(why: Why, feeder: Feeder) -> dict[str, Any] | None:
    return _section(why.parts.transformer, feeder) if why.parts else None


def _sections(why: Why, feeder: Feeder) -> list[dict[str, Any]] | None:
    return [_section(line, feeder) for line in why.parts.lines] if why.parts else None


def _customers(why: Why, feeder: Feeder) -> list[dict[str, Any]] | None:
    return _shares(why.parts.customers_pu, feeder) if why.parts else None


def _cause(why: Why, feeder: Feeder) -> Cause | None:
    return find_cause(feeder, why.parts) if why.parts else None


@each_adoption()
class WhyOut(AnswerOut):
    """A bus's voltage; source, transformer and sections sum to it; null where there is no solution."""

    step: int
    hour: OldStep
    time: Annotated[str, Of(lambda why, _: time_of(why.step))]
    when: When
    limits: LimitsOut
    bus: str | None
    converged: Annotated[bool, Of("solved")]
    tightest: ViolationOut
    violated: Annotated[bool | None, Of(lambda why, _: why.violated if why.parts else None)]
    text: Annotated[str, Of(lambda why, feeder: why_sentence(feeder, why))]
    voltage_pu: Annotated[float | None, BUS_VOLTAGE, Of("parts.voltage_pu")]
    source_pu: Annotated[float | None, Quantity("Voltage of the source", "pu", 4), Of("parts.source_pu")]
    transformer: Annotated[SectionOut | None, Figures(lambda _: ()), Of(_transformer)]
    sections: Annotated[list[SectionOut] | None, Of(_sections)]
    customers: Annotated[list[ShareOut] | None, Of(_customers)]
    cause: Annotated[CauseOut | None, Of(_cause)]
