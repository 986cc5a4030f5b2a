"""The question: a feeder with its profiles, what stands at its customers, and the limits that hold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from simulator.grid.limits import DEFAULT_LIMITS, Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.grid.supply import supplied
from simulator.powerflow.compiled import CompiledFeeder, compile_feeder
from simulator.powerflow.ports import Ports, phase_ports_of, ports_of
from simulator.questions.fields import HIGH, LIMITS, LOADING, LOW, PHASES, RISE, Asked
from simulator.questions.kinds import Number
from simulator.questions.values import PowerFactor, Share
from simulator.technologies.powers import NONE, Adoption, Powers, read_added, read_powers
from simulator.technologies.registry import TECHNOLOGIES, adopted

SOURCE_PU = Number("a voltage in pu", 0.9, 1.1, "1.05")
TAP = "null, or a position that the feeder's tap changers have"


def _known(by_technology: Mapping[str, float]) -> Mapping[str, float]:
    if unknown := set(by_technology) - {each.key for each in adopted()}:
        raise ValueError(f"no technologies: {', '.join(sorted(unknown))}")
    return by_technology


def _given(by_technology: Mapping[str, float | None]) -> dict[str, float]:
    return {key: value for key, value in by_technology.items() if value is not None}


Other = TypeVar("Other", bound="Question")


class Question(BaseModel):
    """What every study is asked; each adds fields of its own.

    ``adoption`` is the share of each technology, and ``power_factors`` that of those whose inverters absorb;
    what they do not name stands at 0, or at 1. ``phases`` are told apart where they are recorded, and where
    the study can; else all customers are balanced. The subject's feeder has the source voltage and the tap
    position already; None leaves its own.
    """

    counts_over: ClassVar[bool] = False  # a technology, whose own share is then no part of what is asked
    may_be_by_phase: ClassVar[bool] = True
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    subject: Subject
    adoption: Annotated[Mapping[str, Share], AfterValidator(_known)] = NONE
    power_factors: Annotated[Mapping[str, PowerFactor], AfterValidator(_known)] = NONE
    source_pu: Annotated[
        float | None,
        Asked("source_pu", "Source voltage (pu)", SOURCE_PU, "more", f"{SOURCE_PU.accepts} pu"),
    ] = None
    tap: Annotated[
        float | None,
        Asked("tap", "Tap position", Number("a tap position", -100, 100, "2"), "more", TAP),
    ] = None
    phases: Annotated[Literal["recorded", "balanced"], PHASES] = "recorded"
    limits: Annotated[Limits, LIMITS, LOW, HIGH, RISE, LOADING] = DEFAULT_LIMITS

    @classmethod
    def read(cls, subject: Subject, given: Mapping[str, Any]) -> Self:
        """Return a question from flat names such as ``pv_adoption``; how a list is sorted is none of it."""
        adoption = {each.key: given.get(f"{each.key}_adoption") for each in adopted()}
        factors = {key: given.get(f"{key}_power_factor") for key in TECHNOLOGIES}
        own = {name: value for name, value in given.items() if name in cls.model_fields}
        feeder = supplied(subject.feeder, own.get("source_pu"), own.get("tap"))
        return cls(
            subject=subject if feeder is subject.feeder else replace(subject, feeder=feeder),
            adoption=_given(adoption),
            power_factors=_given(factors),
            **own,
        )

    @property
    def by_phase(self) -> bool:
        """Whether phases are told apart."""
        return self.may_be_by_phase and self.phases == "recorded" and self.feeder.phases_recorded

    @property
    def feeder(self) -> Feeder:
        """The feeder that is asked about."""
        return self.subject.feeder

    @property
    def profiles(self) -> Profiles:
        """The profiles that its customers follow."""
        return self.subject.profiles

    @property
    def compiled(self) -> CompiledFeeder:
        """The feeder, ready to be solved."""
        return compile_feeder(self.feeder, self.ports)

    @cached_property
    def ports(self) -> Ports:
        """Where its customers connect."""
        return phase_ports_of(self.feeder) if self.by_phase else ports_of(self.feeder)

    def asking(self, other: type[Other], **own: Any) -> Other:
        """Return another study's question of the same feeder, adoption and limits, with its own fields."""
        return other(**{name: getattr(self, name) for name in Question.model_fields}, **own)

    @property
    def limits_asked(self) -> tuple[Limits, ...]:
        """All limits that the answer is held against."""
        return (self.limits,)

    @property
    def plain(self) -> dict[str, Any]:
        """All that is asked of the subject, as plain data: equal questions are equal here."""
        asked = self.model_dump(exclude={"subject", "source_pu", "tap", "phases"})  # the feeder tells these
        phases = {"phases": self.phases} if self.by_phase else {}
        return {
            **asked,
            **phases,
            "adoption": {key: share for key, share in sorted(self.adoption.items()) if share},
        }

    @property
    def before_generation(self) -> Adoption:
        """The adoption before anything that generates is added."""
        return {key: share for key, share in self.adoption.items() if not TECHNOLOGIES[key].generates}

    def adopting(self, over: str, shares: Sequence[float]) -> list[Adoption]:
        """Return the adoption with each share of one technology."""
        return [{**self.adoption, over: share} for share in shares]

    def potential(self, technology: str) -> float:
        """Return what a share of 1 installs at all customers, in the technology's unit."""
        added = read_added(self.feeder, self.adopting(technology, [1.0]))
        return float(sum(added[technology][0].tolist()))

    def powers(self, levels: Sequence[Adoption] | None = None, steps: Sequence[int] | None = None) -> Powers:
        """Return what customers draw and feed in at levels of adoption, or at the question's own.

        All day, or at some ``steps`` alone.
        """
        asked = [self.adoption] if levels is None else levels
        return read_powers(self.feeder, self.profiles, asked, self.power_factors, steps)
