"""Fields of declared answers that there are for each technology, or only where they are asked for."""

from collections.abc import Callable
from operator import attrgetter
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, SerializerFunctionWrapHandler, create_model, model_serializer

from simulator.answers.declared import ELSEWHERE, Of
from simulator.questions.rare import rare_fields
from simulator.technologies.registry import TECHNOLOGIES, adopted
from simulator.technologies.technology import Technology

M = TypeVar("M", bound=type[BaseModel])


def each_technology(unit: str, *marks: Callable[[Technology], object]) -> Callable[[M], M]:
    """Give an answer a number for each technology, such as ``pv_kw``, with the marks that it takes."""
    return _with(
        {
            f"{key}_{unit}": Annotated[(float, None, *(mark(each) for mark in marks))]
            for key, each in TECHNOLOGIES.items()
        }
    )


def each_adoption(over: str = "", at: str = "adoption") -> Callable[[M], M]:
    """Give an answer the share of each technology, such as ``pv_adoption``, but for what it is asked over.

    They are read ``at`` a place in what was found.
    """
    return _with(
        {
            f"{each.key}_adoption": Annotated[float, Of(_share(at, each.key))]
            for each in adopted()
            if each.key != over
        }
    )


def rarely_asked(base: M) -> M:
    """Give an answer what few questions set; where one does not, it is absent."""
    rare = {each.key for each in rare_fields()}

    class Answer(base):  # type: ignore[misc, valid-type]
        @model_serializer(mode="wrap")  # a type of what is returned would take the fields from OpenAPI
        def _without_what_is_absent(self, write: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def]
            written: dict[str, Any] = write(self)
            return {key: value for key, value in written.items() if value is not None or key not in rare}

    name, words, place = base.__name__, base.__doc__, base.__module__
    fields = dict.fromkeys(sorted(rare), (Annotated[float | None, ELSEWHERE], None))
    return create_model(name, __base__=Answer, __doc__=words, __module__=place, **fields)  # type: ignore[no-any-return, call-overload]


def _share(at: str, key: str) -> Callable[..., float]:
    return lambda found, *_: float(attrgetter(at)(found).get(key, 0.0))


def _with(fields: dict[str, Any]) -> Callable[[M], M]:
    """Return what adds required fields to a declaration, which keeps its name."""
    fields = {name: (kind, ...) for name, kind in fields.items()}

    def add(base: M) -> M:
        name, words, place = base.__name__, base.__doc__, base.__module__
        return create_model(name, __base__=base, __doc__=words, __module__=place, **fields)  # type: ignore[return-value]

    return add
