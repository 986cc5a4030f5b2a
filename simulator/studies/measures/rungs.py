"""The first rungs of reinforcement: each changes one thing, and finds what the feeder hosts then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulator.assessment.wording import percent
from simulator.grid.catalogue import kind_of, next_larger
from simulator.grid.changes import lower_position, with_line_type, with_lower_taps
from simulator.grid.errors import ChangeError
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.studies.measures.cable import first_bad_level, section_to_reinforce
from simulator.studies.sweep.hosting_capacity import Sweep, sweep
from simulator.studies.sweep.levels import Levels
from simulator.studies.sweep.question import SweepQuestion

ABSORBING = 0.95  # power factor
BATTERIES = 0.5  # adoption
IDLE_KW = 1e-6

Host = Callable[..., Sweep]


@dataclass(frozen=True)
class Tried:
    """A measure tried: its words, what exactly changes or why it cannot, and the sweep with it."""

    title: str
    phrase: str
    change: str
    outcome: Sweep | None = None
    idle: bool = False


def host_with(question: SweepQuestion, feeder: Feeder, **changed: Mapping[str, float]) -> Sweep:
    """Return the sweep of another feeder, with other adoption, or with other power factors."""
    subject = Subject(feeder, question.profiles)
    return sweep(question.model_copy(update={"subject": subject, **changed}))


def lower_taps(feeder: Feeder, host: Host) -> Tried:
    """Try every tap one step towards less voltage at LV."""
    title, phrase = "Tap one step down", "the tap one step down"
    try:
        outcome = host(with_lower_taps(feeder))
    except ChangeError as error:
        return Tried(title, phrase, str(error))
    moves = [
        f"{t.id} from position {t.tap.pos} to {lower_position(t.tap)} at the {t.tap.side.upper()} side"
        for t in feeder.transformers
        if t.tap
    ]
    return Tried(title, phrase, f"{', '.join(moves)} (less voltage at LV)", outcome)


def absorb(question: SweepQuestion, host: Host) -> Tried:
    """Try PV that absorbs reactive power."""
    words, asked = "PV that absorbs reactive power", question.power_factors.get("pv", 1.0)
    if asked <= ABSORBING:
        return Tried(words, words, f"the question has power factor {asked:g} already")
    change = f"PV at power factor {ABSORBING}, absorbing; inverters rated for it, S = P / {ABSORBING}"
    outcome = host(question.feeder, power_factors={**question.power_factors, "pv": ABSORBING})
    return Tried(words, words, change, outcome)


def reinforce(levels: Levels, base: Sweep, host: Host) -> Tried:
    """Try the next larger type for the section that decides."""
    title, phrase = "Next larger cable", "the next larger cable"
    try:
        line_id = section_to_reinforce(levels, base)
    except ChangeError as error:
        return Tried(title, phrase, str(error))
    line = next(line for line in levels.question.feeder.lines if line.id == line_id)
    if kind_of(line) == "overhead":
        title, phrase = "Next larger conductor", "the next larger overhead conductor"
    larger = next_larger(line)
    length = f"{line.length_km * 1000:.0f} m"
    if larger is None:
        words = (
            f"{line_id} ({length}) is {line.std_type}, and the catalogue has no larger {kind_of(line)} type"
        )
        return Tried(title, phrase, words)
    outcome = host(with_line_type(levels.question.feeder, line_id, larger))
    parallel = f"{line.parallel} x " if line.parallel > 1 else ""
    change = f"{line_id} ({length}) from {parallel}{line.std_type} to {parallel}{larger.name}"
    return Tried(title, f"{phrase} for {line_id}", change, outcome)


def add_batteries(levels: Levels, base: Sweep, host: Host) -> Tried:
    """Try a battery adoption of 50 %."""
    share, adoption = percent(BATTERIES), levels.question.adoption
    before = adoption.get("battery", 0.0)
    title, phrase = f"Batteries at {share}", f"battery adoption of {share}"
    if levels.question.over == "battery":
        return Tried(title, phrase, "the answer is on batteries themselves")
    if before >= BATTERIES:
        return Tried(title, phrase, f"the question has {percent(before)} already")
    change = f"battery adoption from {percent(before)} to {share}"
    outcome = host(levels.question.feeder, adoption={**adoption, "battery": BATTERIES})
    return Tried(title, phrase, change, outcome, _idle(levels, outcome))


def _idle(levels: Levels, outcome: Sweep) -> bool:
    """Tell whether the batteries charge nothing in the case that binds."""
    binding = outcome.capacity.binding
    if binding is None:
        return False
    adoption = first_bad_level(outcome) / 1000
    asked = {**outcome.adoption, outcome.over: adoption}
    return bool(levels.question.powers([asked]).kw["battery"][0, :, binding.step].min() > -IDLE_KW)
