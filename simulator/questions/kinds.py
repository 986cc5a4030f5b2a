"""The kinds of values that fields of a question hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from annotated_types import Ge, GroupedMetadata, Le


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1."""

    accepts: ClassVar[str] = "a number from 0 to 1"


@dataclass(frozen=True)
class Moment:
    """A quarter-hour."""

    accepts: ClassVar[str] = "a whole number from 0 to 95, the quarter-hour"


@dataclass(frozen=True)
class Moments:
    """A set of quarter-hours."""

    accepts: ClassVar[str] = "a list of 1 to 96 whole numbers from 0 to 95, the quarter-hours"


@dataclass(frozen=True)
class Day:
    """A day of an uploaded year, or nothing."""

    accepts: ClassVar[str] = "null, or a day of an uploaded year as YYYY-MM-DD"


@dataclass(frozen=True)
class BusId:
    """A bus of the feeder, or nothing for the binding one."""

    accepts: ClassVar[str] = "the id of a bus of the feeder, or null for the binding one"


@dataclass(frozen=True)
class OneOf:
    """One of a few words, each with its meaning."""

    choices: tuple[tuple[str, str], ...]

    @property
    def accepts(self) -> str:
        """The words."""
        return f"one of {', '.join(word for word, _ in self.choices)}"


class Bounded(GroupedMetadata):
    """What has bounds: a field that is annotated with it holds nothing beyond them."""

    lowest: float
    highest: float | None

    def __iter__(self) -> Iterator[Ge | Le]:
        """Yield the bounds."""
        yield Ge(self.lowest)
        if self.highest is not None:
            yield Le(self.highest)


@dataclass(frozen=True)
class Count(Bounded):
    """A whole number from ``lowest`` to ``highest``, to which None sets no bound."""

    lowest: int
    highest: int | None = None

    @property
    def accepts(self) -> str:
        """The bounds."""
        return f"a whole number from {self.lowest} {'on' if self.highest is None else f'to {self.highest}'}"


@dataclass(frozen=True)
class Number(Bounded):
    """A number from ``lowest`` to ``highest``, or nothing; a ``percent`` is typed, and kept as a share."""

    what: str
    lowest: float
    highest: float
    example: str
    percent: bool = False

    @property
    def accepts(self) -> str:
        """The bounds."""
        return f"null, or a number from {self.lowest:g} to {self.highest:g}"


FieldKind = Share | Moment | Moments | Day | BusId | OneOf | Count | Number
