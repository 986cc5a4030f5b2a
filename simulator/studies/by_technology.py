"""Fields of declared answers that there are for each technology, or only where they are asked for."""

from collections.abc import Callable
from operator import attrgetter
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, create_model

from simulator.answers.declared import ELSEWHERE, Of
from simulator.questions.rare import rare_fields
from simulator.technologies.registry import TECHNOLOGIES, adopted
from simulator.technologies.technology import Technology

M = TypeVar("M", bound=type[BaseModel])


def each_technology(unit: str, *marks: Callable[[Technology], object]) -> Callable[[M], M]:
    """Give an answer a number for each technology, such as ``pv_kw``, with the marks that it takes."""
    fields = {
        f"{key}_{unit}": (Annotated[(float, None, *(mark(each) for mark in marks))], ...)
        for key, each in TECHNOLOGIES.items()
    }
    return lambda base: _extended(base, fields)


def each_adoption(over: str = "", at: str = "adoption") -> Callable[[M], M]:
    """Give an answer the share of each technology, such as ``pv_adoption``, but for what it is asked over.

    They are read ``at`` a place in what was found.
    """
    shares = {each.key: Annotated[float, Of(_share(at, each.key))] for each in adopted() if each.key != over}
    return lambda base: _extended(base, {f"{key}_adoption": (kind, ...) for key, kind in shares.items()})


def rarely_asked(base: M) -> M:
    """Give an answer what few questions set; where one does not, it is absent."""
    names = ("existing_pv_kwp", *(each.key for each in rare_fields()))
    rare: dict[str, Any] = dict.fromkeys(names, (Annotated[float | None, ELSEWHERE], None))
    rare["phases"] = (Annotated[Literal["recorded", "balanced"] | None, ELSEWHERE], None)
    return _extended(base, rare)


def _share(at: str, key: str) -> Callable[..., float]:
    return lambda found, *_: float(attrgetter(at)(found).get(key, 0.0))


def _extended(base: M, fields: dict[str, Any]) -> M:
    """Return a declaration with more fields under the same name."""
    name, words, place = base.__name__, base.__doc__, base.__module__
    return create_model(name, __base__=base, __doc__=words, __module__=place, **fields)  # type: ignore[return-value]
