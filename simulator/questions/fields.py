"""How each field of a question is asked for, said once: forms, links, API and commands derive from it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from annotated_types import Ge, GroupedMetadata, Le

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS
from simulator.questions.kinds import Bounded, FieldKind, Number, OneOf, Share
from simulator.technologies.registry import TECHNOLOGIES, adopted

FormPlace = Literal["first", "shares", "when", "limits", "last", "own", "more"]  # in a form, in this order
PLACES: tuple[FormPlace, ...] = ("first", "shares", "when", "limits", "last", "own", "more")


@dataclass(frozen=True)
class Asked(GroupedMetadata):
    """How a field is asked for: its name in forms and addresses, its label, and what it accepts.

    ``api`` is its name in the API and in what is saved, ``was`` what that was before, ``option`` the
    command's. ``initial`` is what the form shows at first, by default what the question holds, ``usual``
    what the API takes where it is left out. Where the kind does not tell all, ``accepts`` is what the API's
    errors say.
    """

    name: str
    label: str
    kind: FieldKind
    place: FormPlace
    accepts: str = ""
    api: str = ""
    was: str = ""
    usual: Any = None
    option: str = ""
    initial: Any = None

    def __iter__(self) -> Iterator[Ge | Le]:
        """Yield the kind's bounds, unless it is but a part of what the field holds."""
        if isinstance(self.kind, Bounded) and self.place != "own":
            yield from self.kind

    @property
    def key(self) -> str:
        """Its name in the API and in what is saved."""
        return self.api or self.name

    @property
    def flag(self) -> str:
        """The command's option."""
        return self.option or f"--{self.name.replace('_', '-')}"

    @property
    def accepted(self) -> str:
        """What the API's errors say of it."""
        return f"accepts {self.accepts or self.kind.accepts}"


POWER_FACTOR = Number("a power factor", 0.8, 1.0, "0.95")


def adoption_fields() -> Iterator[Asked]:
    """Yield a share for each technology that is adopted."""
    for each in adopted():
        yield Asked(
            f"{each.key}_adoption",
            each.adoption,
            Share(),
            "shares",
            option=f"--{each.key}",
            initial=each.default,
        )


def power_factor_fields() -> Iterator[Asked]:
    """Yield a power factor for each technology whose inverters may absorb."""
    for each in TECHNOLOGIES.values():
        if each.inverter:
            yield Asked(
                f"{each.key}_power_factor",
                f"{each.label} power factor, absorbing",
                POWER_FACTOR,
                "more",
                f"{POWER_FACTOR.accepts} at which it absorbs",
            )


NAMED = tuple((limits.name, f"{limits.title}: {limits.band}") for limits in LIMIT_SETS.values())
BAND_ACCEPTS = "null, or vm_min_pu below vm_max_pu in pu, with rise_max and loading_max as shares"


def _own(name: str, words: str, what: str, highest: float, example: str) -> Asked:
    kind = Number(what, 0, highest, example, percent=what == "a percentage")
    return Asked(name, f"Own {words}", kind, "own", BAND_ACCEPTS, api="own")


PHASES = Asked(
    "phases",
    "Phases",
    OneOf((("recorded", "As recorded"), ("balanced", "Balanced"))),
    "more",
    "recorded, where it is known who is on which phase, or balanced, all three alike",
    usual="balanced",
)
LIMITS = Asked(
    "limits",
    "Limits",
    OneOf(NAMED),
    "limits",
    initial=DEFAULT_LIMITS.name,
)
LOW = _own("low", "lowest voltage (pu)", "a voltage in pu", 1.99, "0.92")
HIGH = _own("high", "highest voltage (pu)", "a voltage in pu", 1.99, "1.08")
RISE = _own("rise", "largest rise by generation (%)", "a percentage", 99, "3")
LOADING = _own("loading", "largest loading (%)", "a percentage", 1000, "80")


@cache
def fields_of(question: type[Any], over: str = "") -> tuple[Asked, ...]:
    """Return a question's fields in the order of its form.

    One that counts a technology has no share of the one that it is ``over``.
    """
    found: list[Asked] = []
    for name, field in question.model_fields.items():
        if name == "adoption":
            own = f"{over}_adoption" if question.counts_over else ""
            found += [each for each in adoption_fields() if each.name != own]
        elif name == "power_factors":
            found += power_factor_fields()
        elif name == "over":
            choices = tuple((each.key, each.label) for each in question.technologies())
            found.append(Asked("over", "Technology", OneOf(choices), "more", initial=field.default))
        asked = [each for each in field.metadata if isinstance(each, Asked)]
        if name == "phases" and not question.may_be_by_phase:
            continue
        found += [replace(each, initial=field.default) if each.initial is None else each for each in asked]
    return tuple(sorted(found, key=lambda each: PLACES.index(each.place)))
