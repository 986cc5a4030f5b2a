"""What saved answers are compared by: the figures that they declare, and the limits that they meet."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from simulator.answers.declared import figures
from simulator.answers.quantity import Quantity

Answer = Mapping[str, Any]


def key_figures(
    model: type[BaseModel], answer: Answer
) -> dict[tuple[str, str], tuple[Quantity, float | None]]:
    """Return an answer's figures by label and unit, with values as people read them.

    Answers of different studies share some. A value is None where the answer says that there is none.
    """
    return {(q.label, q.unit): (q, q.shown(value)) for q, value in figures(model, answer)}


def limits_met(answer: Answer) -> list[tuple[str, str]]:
    """Return what is violated or binds in an answer, as (what, where, when and by how much)."""
    found = [(v["kind"], v["text"]) for v in answer.get("violations", ()) if isinstance(v, Mapping)]
    base = answer.get("base") if isinstance(answer.get("base"), Mapping) else answer
    for place in (answer, base):
        for key in ("binding", "worst", "tightest", "baseline_violation"):
            violation = place.get(key) if place else None
            if isinstance(violation, Mapping) and (violation["kind"], violation["text"]) not in found:
                found.append((violation["kind"], violation["text"]))
    return found
