"""The key figures of saved answers: by what name, from where in an answer, and in which unit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from simulator.answers.declared import figures

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """A number that an answer gives; None where the answer says that there is none."""

    label: str
    value: float | None
    unit: str
    digits: int


# Where a figure stands in an answer: the first path that the answer has counts.
PLACES: tuple[tuple[str, str, int, float, tuple[str, ...]], ...] = (
    ("Voltage of the bus", "pu", 4, 1, ("voltage_pu",)),
    ("Voltage of the source", "pu", 4, 1, ("source_pu",)),
)


def key_figures(model: type[BaseModel], answer: Answer) -> dict[tuple[str, str], Figure]:
    """Return an answer's figures by label and unit; answers of different studies share some."""
    declared = (Figure(q.label, q.shown(value), q.unit, q.digits) for q, value in figures(model, answer))
    found = [*declared, *_at_places(answer), *_of_lists(answer)]
    return {(figure.label, figure.unit): figure for figure in found}


def _at_places(answer: Answer) -> Iterator[Figure]:
    for label, unit, digits, scale, paths in PLACES:
        for path in paths:
            there, value = _look(answer, path)
            if there and (value is None or isinstance(value, int | float)):
                yield Figure(label, None if value is None else value * scale, unit, digits)
                break


def _look(answer: Answer, path: str) -> tuple[bool, Any]:
    value: Any = answer
    for key in path.split("."):
        if not isinstance(value, Mapping) or key not in value:
            return False, None
        value = value[key]
    return True, value


def _of_lists(answer: Answer) -> Iterator[Figure]:
    yield from _rooms(answer.get("nodes", ()))


def _rooms(nodes: Any) -> Iterator[Figure]:
    for key, what in (("pv_kw", "PV"), ("load_kw", "load")):
        rooms = [node[key] for node in nodes if node[key] is not None]
        if nodes:
            yield Figure(f"Least room for {what}", min(rooms, default=None), "kW", 1)
            yield Figure(f"Most room for {what}", max(rooms, default=None), "kW", 1)


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
