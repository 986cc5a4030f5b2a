"""What is derived from an answer's declaration alone: its JSON, and the figures to be read from that."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from simulator.answers.quantity import Quantity

T = TypeVar("T")
Writer = Callable[[Any], Any]


@dataclass(frozen=True)
class Of:
    """How a field is read where not by its own name: by another, dotted where it lies deeper, or a function.

    Where there is None on the way, it is None. A function takes all that was found.
    """

    read: str | Callable[..., Any]


@dataclass(frozen=True)
class Figures:
    """How the figures of a part or of a list are read from its JSON, where their fields alone do not tell."""

    read: Callable[[Any], Iterable[tuple[Quantity, float | None]]]


WHERE_TOLD = "where told"  # marks a field that is left out where it is None
ELSEWHERE = "elsewhere"  # marks a field that who knows the question writes, where it is asked for


def data_of(model: type[BaseModel], *found: Any, **given: Any) -> dict[str, Any]:
    """Return an answer as the plain data that its declaration describes.

    A field is one of ``given``, or read from the first that has it of what was ``found``.
    """
    told = {
        name: write(given[name] if name in given else _read(name, of, found))
        for name, of, write in _plan(model)
    }
    absent = {name for name in _where_told(model) if told[name] is None}
    return {name: value for name, value in told.items() if name not in absent} if absent else told


def read_field(model: type[BaseModel], name: str, *found: Any) -> Any:
    """Return what one field of an answer holds."""
    return _read(name, marked(model, name, Of), found)


def read(path: str, *found: Any) -> Any:
    """Return what a name, dotted where it lies deeper, is in the first that has it of what was found."""
    return _read(path, None, found)


def marked(model: type[BaseModel], name: str, kind: type[T]) -> T | None:
    """Return what a field is marked with of one kind."""
    return next((mark for mark in model.model_fields[name].metadata if isinstance(mark, kind)), None)


def figures(model: type[BaseModel], answer: Mapping[str, Any]) -> Iterator[tuple[Quantity, float | None]]:
    """Yield the figures that an answer's JSON holds, as they stand there; a list counts.

    Answers that were kept before a figure was declared are without it.
    """
    for name, field in model.model_fields.items():
        value, quantity, part = answer.get(name), marked(model, name, Quantity), _model(field.annotation)
        own = marked(model, name, Figures)
        if own and value is not None:
            yield from own.read(value)
        elif quantity and isinstance(value, list):
            yield quantity, len(value) if answer.get("converged", True) else None
        elif quantity and name in answer:
            yield quantity, value
        elif part and isinstance(value, Mapping):
            yield from figures(part, value)


def quantities(model: type[BaseModel]) -> Iterator[Quantity]:
    """Yield the figures that an answer declares, those of its parts and lists among them."""
    for name, field in model.model_fields.items():
        if quantity := marked(model, name, Quantity):
            yield quantity
        if part := part_of(field.annotation):
            yield from quantities(part)


def part_of(kind: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, or holds a list of."""
    alone = bare(kind)
    return _model(get_args(alone)[0] if get_origin(alone) is list else alone)


def bare(kind: Any) -> Any:
    """Return a kind without the None that it may be."""
    kinds = get_args(kind) if get_origin(kind) in (UnionType, Union) else ()
    return next((each for each in kinds if each is not type(None)), kind)


@cache
def _where_told(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name, field in model.model_fields.items() if WHERE_TOLD in field.metadata)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, Of | None, Writer], ...]:
    fields = model.model_fields.items()
    return tuple(
        (name, marked(model, name, Of), _writer(field.annotation) or (lambda value: value))
        for name, field in fields
        if ELSEWHERE not in field.metadata
    )


def _read(name: str, of: Of | None, found: tuple[Any, ...]) -> Any:
    path = of.read if of else name
    if not isinstance(path, str):
        return path(*found)
    first, *deeper = path.split(".")
    value = getattr(next((each for each in found if hasattr(each, first)), None), first)
    for part in deeper:
        value = None if value is None else getattr(value, part)
    return value


def _writer(kind: Any) -> Writer | None:
    """Return what turns a field's value into plain data; None where it always is such."""
    if model := _model(kind):
        return lambda value: value if value is None or isinstance(value, dict) else data_of(model, value)
    if get_origin(bare(kind)) is list:
        each = _writer(get_args(bare(kind))[0])
        return lambda values: None if values is None else list(map(each, values) if each else values)
    return None


def _model(kind: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, or may hold."""
    alone = bare(kind)
    return alone if isinstance(alone, type) and issubclass(alone, BaseModel) else None
