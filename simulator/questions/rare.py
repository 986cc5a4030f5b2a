"""What few questions set: how the feeder is supplied, what inverters absorb, another technology."""

from collections.abc import Mapping
from typing import Any

from simulator.questions.fields import Asked, fields_of
from simulator.questions.kinds import OneOf
from simulator.questions.over import over_of
from simulator.questions.question import Question
from simulator.technologies.registry import TECHNOLOGIES, USUAL

Rare = Mapping[str, Any]  # by the API's names; what is not set is absent


def stands_already(question: Question) -> dict[str, float]:
    """Return what stands at customers beside what is adopted, where there is any."""
    return {"existing_pv_kwp": kwp} if (kwp := question.feeder.existing_kwp) else {}


def standing_rows(question: Question) -> tuple[tuple[str, str], ...]:
    """Return the same as (label, value) pairs."""
    told = stands_already(question).values()
    return tuple(("PV that stands already", f"{kwp:.4g} kWp, at any adoption") for kwp in told)


def rare_of(question: Question) -> Rare:
    """Return what a question sets."""
    factors = {f"{key}_power_factor": value for key, value in question.power_factors.items()}
    over = over_of(question) if over_of(question) != USUAL else None
    recorded = question.feeder.phases_recorded
    phases = ("recorded" if question.by_phase else "balanced") if recorded else None
    given = {"source_pu": question.source_pu, "tap": question.tap, **factors, "phases": phases, "over": over}
    return {key: value for key, value in given.items() if value is not None}


def rare_rows(rare: Rare) -> tuple[tuple[str, str], ...]:
    """Return what is set as (label, value) pairs."""
    given = [each for each in rare_fields() if rare.get(each.key) is not None]
    rows = [(each.label, _words(each, rare[each.key])) for each in given]
    over = rare.get("over", USUAL)
    return (*rows, *([] if over == USUAL else [("Technology", TECHNOLOGIES[over].plural)]))


def _words(asked: Asked, value: Any) -> str:
    if isinstance(asked.kind, OneOf):
        return dict(asked.kind.choices)[value].lower()
    return f"{value:g}"


def rare_fields() -> tuple[Asked, ...]:
    """Return the fields that every question has and few set."""
    return tuple(each for each in fields_of(Question) if each.place == "more")
