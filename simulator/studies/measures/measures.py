"""What would help: the first rungs of reinforcement, each tried alone against the same question."""

from dataclasses import dataclass
from functools import partial

from simulator.studies.measures.rungs import Tried, absorb, add_batteries, host_with, lower_taps, reinforce
from simulator.studies.sizes import measures_size
from simulator.studies.sweep.hosting_capacity import SWEEP, HostingCapacity, Sweep
from simulator.studies.sweep.levels import Levels
from simulator.studies.sweep.question import SweepQuestion
from simulator.studies.task import ALONE, Asking, Task
from simulator.technologies.technology import Technology

WORSE = 1e-9  # relative
IDLE_KW = 1e-6


@dataclass(frozen=True)
class Measure:
    """One thing changed, and what the feeder hosts then; no ``outcome`` where it cannot be done.

    ``title`` heads a row, ``phrase`` stands in a sentence; ``change`` says what exactly changes, or why it
    is not possible. ``gain`` compares with the base, by what ``Measures.caused_only`` says; None as well
    where there is no potential. ``worsens`` what is violated before anything is adopted. ``idle``: batteries
    that charge nothing when the next constraint binds.
    """

    key: str
    title: str
    phrase: str
    change: str
    outcome: Sweep | None
    gain: float | None
    worsens: bool
    idle: bool = False

    @property
    def mends(self) -> bool:
        """Whether nothing is violated before anything is adopted then."""
        return self.outcome is not None and not self.outcome.baseline_violation

    @property
    def helps(self) -> bool:
        """Whether there is a gain, and nothing that was wrong before gets worse."""
        return not self.worsens and (self.gain or 0) > 0


@dataclass(frozen=True)
class Measures:
    """The base and the measures; none where nothing binds within the potential: nothing needs help then.

    ``caused_only``: the base is violated before anything is adopted, and no measure mends that. Gains then
    count only what adoption causes or worsens.
    """

    base: Sweep
    caused_only: bool
    measures: tuple[Measure, ...]

    @property
    def asked(self) -> bool:
        """Whether there is any potential to ask about."""
        return self.base.asked

    @property
    def technology(self) -> Technology:
        """What is adopted."""
        return self.base.technology

    @property
    def done(self) -> tuple[Measure, ...]:
        """The measures that can be done."""
        return tuple(measure for measure in self.measures if measure.outcome)

    @property
    def best(self) -> Measure | None:
        """The measure that gains most, None where none gains; one that makes things worse is none."""
        helping = (measure for measure in self.measures if measure.helps)
        return max(helping, key=lambda measure: measure.gain or 0, default=None)

    def capacity(self, sweep: Sweep) -> HostingCapacity:
        """Return the hosting capacity that gains are counted by."""
        return sweep.caused if self.caused_only else sweep.capacity


def measures(question: SweepQuestion, asking: Asking = ALONE) -> Measures:
    """Find the hosting capacity with each measure alone: tap, absorbing PV, larger cable, batteries.

    Power factor 0.95 takes inverters that are rated for it, S = P / 0.95: their power is not curtailed.
    """
    base, levels = asking.ask(SWEEP, question), Levels(question)
    if base.capacity.binding is None or base.capacity.all_of_it:
        return Measures(base, caused_only=False, measures=())
    host = partial(host_with, question)
    tried = {
        "tap": lower_taps(question.feeder, host),
        "absorbing": absorb(question, host),
        "cable": reinforce(levels, base, host),
        "batteries": add_batteries(levels, base, host),
    }
    mended = any(t.outcome and not t.outcome.baseline_violation for t in tried.values())
    answer = Measures(base, base.baseline_violation and not mended, ())
    return Measures(base, answer.caused_only, tuple(_measure(answer, key, t) for key, t in tried.items()))


MEASURES = Task("measures", measures, measures_size, needs=(SWEEP,))


def _measure(answer: Measures, key: str, tried: Tried) -> Measure:
    outcome, gain, worsens = tried.outcome, None, False
    if outcome and answer.base.asked:
        gain = answer.capacity(outcome).installed - answer.capacity(answer.base).installed
    if outcome:
        worsens = answer.base.baseline_violation and _worse(answer.base, outcome)
    return Measure(key, tried.title, tried.phrase, tried.change, outcome, gain, worsens, tried.idle)


def _worse(base: Sweep, outcome: Sweep) -> bool:
    """Tell whether what is violated as it is comes further beyond its limit than in the base."""
    return outcome.baseline_violation and _excess(outcome) > _excess(base) + WORSE


def _excess(sweep: Sweep) -> float:
    """Return how far the worst violation before any PV is beyond its limit, relatively."""
    binding = sweep.capacity.binding
    if binding is None or binding.value is None or binding.limit is None:
        return float("inf")  # no solution
    excess = binding.value / binding.limit - 1
    return -excess if binding.kind == "undervoltage" else excess
