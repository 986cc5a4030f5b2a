"""What the API's routes take, from the fields of each study's question."""

from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field, create_model

from simulator.questions import values
from simulator.questions.fields import Asked, fields_of
from simulator.questions.kinds import BusId, Count, Day, Moment, Moments, Number, OneOf, Share
from simulator.questions.question import Question
from simulator.studies.day.question import DayQuestion
from simulator.studies.monte_carlo.question import MonteCarloQuestion
from simulator.studies.nodes.question import NodesQuestion
from simulator.studies.run.question import RunQuestion
from simulator.studies.standards.question import StandardsQuestion
from simulator.studies.sweep.question import SweepQuestion
from simulator.studies.why.question import WhyQuestion
from simulator.web.api.schemas.parts import (
    AskedIn,
    BusName,
    IsoDate,
    StepIn,
    StepsIn,
    StudyIn,
)


def body_of(
    name: str,
    question: type[Question],
    words: str,
    required: Collection[str] = (),
    base: type[AskedIn] = StudyIn,
    **defaults: Any,
) -> type[AskedIn]:
    """Return what a route takes that asks a question; ``defaults`` are those that its form has otherwise."""
    fields: dict[str, Any] = {}
    for each in fields_of(question):
        if each.place not in ("limits", "own"):
            given = ... if each.key in required else defaults.get(each.key, _usual(each))
            names = AliasChoices(each.key, each.was) if each.was else None
            fields[each.key] = (_type_of(each), Field(given, validation_alias=names))
    body = create_model(name, __base__=base, __doc__=words, **fields)
    body.counts_over = question.counts_over
    body.renamed = {each.key: each.was for each in fields_of(question) if each.was}
    return body


def _usual(asked: Asked) -> Any:
    """Return what a field is where it is left out: nobody has adopted anything then."""
    if isinstance(asked.kind, Share):
        return 0.0
    if asked.usual is not None:
        return asked.usual
    return list(asked.initial) if isinstance(asked.kind, Moments) else asked.initial


def _type_of(asked: Asked) -> Any:  # noqa: C901, PLR0911 - one for each kind
    match asked.kind:
        case Share():
            return Annotated[values.Share, Field(examples=[asked.initial])]
        case Moment():
            return StepIn
        case Moments():
            return StepsIn
        case Day():
            return IsoDate | None
        case BusId():
            return BusName | None
        case OneOf(choices):
            return Literal[tuple(word for word, _ in choices)]
        case Count() as bounds:
            return Annotated[int, bounds]
        case Number() as bounds:
            return Annotated[float, bounds] | None


SIMULATE_IN = body_of(
    "SimulateIn",
    RunQuestion,
    "A scenario; ``step`` is the quarter-hour index 0..95 (48 is 12:00).",
    ("pv_adoption", "battery_adoption", "step"),
)
DAY_IN = body_of(
    "DayIn",
    DayQuestion,
    "A scenario; the day's 96 quarter-hours are all solved. ``date`` is a day of an uploaded year.",
    ("pv_adoption",),
)
SWEEP_IN = body_of(
    "SweepIn", SweepQuestion, "Quarter-hours (a set: repeats count once) to sweep PV adoption over."
)
STANDARDS_IN = body_of(
    "StandardsIn",
    StandardsQuestion,
    "Quarter-hours (a set: repeats count once), at which to ask for the capacity under every limit set.",
    base=AskedIn,
)
MONTE_CARLO_IN = body_of(
    "MonteCarloIn",
    MonteCarloQuestion,
    "How many orders of adoption to draw, and from which seed; the same seed gives the same answer.",
)
NODES_IN = body_of(
    "NodesIn",
    NodesQuestion,
    "A scenario to add one more PV plant or load to, at its ``step`` or over the whole day.",
    ("pv_adoption", "step"),
    when="time",
)
WHY_IN = body_of(
    "WhyIn",
    WhyQuestion,
    'A scenario and a bus, null for the binding one; ``when`` "day" finds the binding quarter-hour too.',
    ("pv_adoption",),
)
MEASURES_IN = body_of(
    "MeasuresIn", SweepQuestion, "Quarter-hours (a set: repeats count once) at which to try each measure."
)
