"""Answers over another technology than PV: what their figures and the fields of their JSON are called."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, Literal, get_origin

from pydantic import BaseModel, Field, create_model

from simulator.answers.declared import Figures, bare, part_of
from simulator.answers.quantity import Heading, Quantity
from simulator.questions.over import over_of
from simulator.questions.question import Question
from simulator.technologies.registry import TECHNOLOGIES, USUAL, adopted
from simulator.technologies.technology import Technology

Rename = Callable[[type[BaseModel], Mapping[str, Any], str], dict[str, Any]]


def said(words: str, technology: Technology) -> str:
    """Return words on PV as they are said of a technology."""
    of_it = {
        "PV causes or worsens": technology.does("cause", "worsen"),
        "PV causes": technology.does("cause"),
        "PV adoption": technology.adoption,
        "PV": technology.plural,
        "kWp": technology.unit,
    }
    for of_pv, other in of_it.items():
        words = words.replace(of_pv, other)
    return words


def figure_of(quantity: Quantity, technology: Technology) -> Quantity:
    """Return a figure on PV as that on a technology."""
    names = ("label", "unit", "meaning", "short")
    words: dict[str, Any] = {name: said(getattr(quantity, name), technology) for name in names}
    return replace(quantity, **words)


@cache
def declared_over(model: type[BaseModel], over: str) -> type[BaseModel]:
    """Return an answer's declaration as it is over a technology: itself where nothing in it is on PV."""
    names, technology = _names(model, over), TECHNOLOGIES[over]
    kinds = {name: _kind_over(field.annotation, over) for name, field in model.model_fields.items()}
    whole = "caveats" in names  # not a part of an answer
    same = all(name == other for name, other in names.items())
    if over == USUAL or (
        same and kinds == {n: f.annotation for n, f in model.model_fields.items()} and not whole
    ):
        return model
    fields: dict[str, Any] = {"over": (Literal[over], ...)} if whole else {}
    for name, field in model.model_fields.items():
        marks = [_mark_over(mark, part_of(field.annotation), over) for mark in field.metadata]
        usual = ... if field.is_required() else field.default
        told = Field(usual, description=field.description, deprecated=field.deprecated)
        fields[names[name]] = (Annotated[(kinds[name], *marks)] if marks else kinds[name], told)
    name, words = f"{model.__name__}Over{over.capitalize()}", said(model.__doc__ or "", technology)
    return create_model(name, __doc__=words, __module__=model.__module__, **fields)


def over_technology(model: type[BaseModel], data: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an answer's JSON over what the question is about, with the share of PV that is asked."""
    over, own = over_of(question), f"{over_of(question)}_adoption"
    if over == USUAL:
        return data
    if question.counts_over:
        data = {**data, own: question.adoption.get(USUAL, 0.0)}
    return in_its_names(model, data, over)


def in_its_names(model: type[BaseModel], data: Mapping[str, Any], over: str) -> dict[str, Any]:
    """Return an answer's JSON in the names that it has over a technology: ``hosting_capacity_kwh``."""
    names = _names(model, over)
    return {names.get(name, name): _parts(model, name, data[name], over, in_its_names) for name in data}


def in_names_of_pv(model: type[BaseModel], data: Mapping[str, Any], over: str) -> dict[str, Any]:
    """Return it in the names that are declared."""
    names = {other: name for name, other in _names(model, over).items()}
    return {
        (name := names.get(other, other)): _parts(model, name, data[other], over, in_names_of_pv)
        for other in data
    }


def _names(model: type[BaseModel], over: str) -> dict[str, str]:
    """Return the fields' names over a technology; a share that is not asked gives way to that of PV."""
    shares = {f"{each.key}_adoption" for each in adopted()}
    kept = shares | {f"{key}_power_factor" for key in TECHNOLOGIES} | {"existing_pv_kwp"}
    parts = {USUAL: over, "kwp": TECHNOLOGIES[over].unit.lower()}
    names = {
        name: name if name in kept else "_".join(parts.get(part, part) for part in name.split("_"))
        for name in model.model_fields
    }
    if shares - set(names):
        names |= {f"{over}_adoption": f"{USUAL}_adoption"} if f"{over}_adoption" in names else {}
    return names


def _parts(model: type[BaseModel], name: str, value: Any, over: str, rename: Rename) -> Any:
    """Return a field's value with the names of its parts, or of the rows of its list, changed."""
    field = model.model_fields.get(name)
    part = part_of(field.annotation) if field else None
    return _renamed(part, value, over, rename) if part else value


def _renamed(part: type[BaseModel], value: Any, over: str, rename: Rename) -> Any:
    if value is None:
        return value
    if isinstance(value, list):
        return [rename(part, row, over) for row in value]
    return rename(part, value, over)


def _kind_over(kind: Any, over: str) -> Any:
    """Return the kind of a field, whose part or rows are on a technology."""
    part = part_of(kind)
    if part is None:
        return kind
    changed: Any = declared_over(part, over)
    if get_origin(bare(kind)) is list:
        changed = list[changed]
    return changed if bare(kind) is kind else changed | None


def _mark_over(mark: Any, part: type[BaseModel] | None, over: str) -> Any:
    technology = TECHNOLOGIES[over]
    if isinstance(mark, Heading):
        return Heading(said(mark.label, technology))
    if isinstance(mark, Figures) and part:
        return Figures(lambda value: _figures(mark, _renamed(part, value, over, in_names_of_pv), technology))
    return figure_of(mark, technology) if isinstance(mark, Quantity) else mark


def _figures(
    declared: Figures, value: Any, technology: Technology
) -> Iterator[tuple[Quantity, float | None]]:
    for quantity, number in declared.read(value):
        yield figure_of(quantity, technology), number
