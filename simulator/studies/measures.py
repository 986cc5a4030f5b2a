"""What would help: the first rungs of reinforcement, each tried alone against the same question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from simulator.grid.catalogue import kind_of, next_larger
from simulator.grid.changes import lower_position, with_line_type, with_lower_taps
from simulator.grid.errors import ChangeError
from simulator.grid.limits import Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.studies.cable import first_bad_level, section_to_reinforce
from simulator.studies.demand import customer_day
from simulator.studies.hosting_capacity import HostingCapacity, Sweep, sweep, sweep_all
from simulator.studies.levels import Levels
from simulator.studies.wording import percent

ABSORBING = 0.95  # power factor
BATTERIES = 0.5  # adoption
WORSE = 1e-9  # relative
IDLE_KW = 1e-6


@dataclass(frozen=True)
class Measure:
    """One thing changed, and what the feeder hosts then; no ``outcome`` where it cannot be done.

    ``title`` heads a row, ``phrase`` stands in a sentence; ``change`` says what exactly changes, or why it
    is not possible. ``gain_kwp`` compares with the base, by what ``Measures.caused_only`` says; None as well
    where there is no PV potential. ``worsens`` what is violated before any PV. ``idle``: batteries that
    charge nothing when the next constraint binds.
    """

    key: str
    title: str
    phrase: str
    change: str
    outcome: Sweep | None
    gain_kwp: float | None
    worsens: bool
    idle: bool = False

    @property
    def mends(self) -> bool:
        """Whether nothing is violated before any PV then."""
        return self.outcome is not None and not self.outcome.baseline_violation

    @property
    def helps(self) -> bool:
        """Whether there is a gain, and nothing that was wrong before gets worse."""
        return not self.worsens and (self.gain_kwp or 0) > 0


@dataclass(frozen=True)
class Measures:
    """The base and the measures; none where nothing binds within the potential: nothing needs help then.

    ``caused_only``: the base is violated before any PV, and no measure mends that. Gains then count only
    what PV causes or worsens.
    """

    base: Sweep
    caused_only: bool
    measures: tuple[Measure, ...]

    @property
    def best(self) -> Measure | None:
        """The measure that gains most, None where none gains; one that makes things worse is none."""
        helping = (measure for measure in self.measures if measure.helps)
        return max(helping, key=lambda measure: measure.gain_kwp or 0, default=None)

    def capacity(self, sweep: Sweep) -> HostingCapacity:
        """Return the hosting capacity that gains are counted by."""
        return sweep.caused if self.caused_only else sweep.capacity


@dataclass(frozen=True)
class _Tried:
    title: str
    phrase: str
    change: str
    outcome: Sweep | None = None
    idle: bool = False


def measures(
    feeder: Feeder, profiles: Profiles, *, hours: Sequence[int], battery_adoption: float, limits: Limits
) -> Measures:
    """Find the hosting capacity with each measure alone: tap, absorbing PV, larger cable, batteries.

    Power factor 0.95 takes inverters that are rated for it, S = P / 0.95: their power is not curtailed.
    """
    levels = Levels(feeder, profiles, hours, battery_adoption)
    (base,) = sweep_all(levels, [limits])
    if base.capacity.binding is None or base.capacity.all_of_it:
        return Measures(base, caused_only=False, measures=())
    host = partial(_host, profiles, base)
    tried = {
        "tap": _lower_taps(feeder, host),
        "absorbing": _absorb(feeder, host),
        "cable": _reinforce(levels, base, host),
        "batteries": _add_batteries(levels, base, host),
    }
    mended = any(t.outcome and not t.outcome.baseline_violation for t in tried.values())
    answer = Measures(base, base.baseline_violation and not mended, ())
    return Measures(base, answer.caused_only, tuple(_measure(answer, key, t) for key, t in tried.items()))


Host = Callable[..., Sweep]


def _host(
    profiles: Profiles,
    base: Sweep,
    feeder: Feeder,
    battery: float | None = None,
    pv_power_factor: float = 1.0,
) -> Sweep:
    battery_adoption = base.battery_adoption if battery is None else battery
    return sweep(feeder, profiles, base.hours, battery_adoption, base.limits, pv_power_factor)


def _lower_taps(feeder: Feeder, host: Host) -> _Tried:
    title, phrase = "Tap one step down", "the tap one step down"
    try:
        outcome = host(with_lower_taps(feeder))
    except ChangeError as error:
        return _Tried(title, phrase, str(error))
    moves = [
        f"{t.id} from position {t.tap.pos} to {lower_position(t.tap)} at the {t.tap.side.upper()} side"
        for t in feeder.transformers
        if t.tap
    ]
    return _Tried(title, phrase, f"{', '.join(moves)} (less voltage at LV)", outcome)


def _absorb(feeder: Feeder, host: Host) -> _Tried:
    change = f"PV at power factor {ABSORBING}, absorbing; inverters rated for it, S = P / {ABSORBING}"
    outcome = host(feeder, pv_power_factor=ABSORBING)
    return _Tried("PV that absorbs reactive power", "PV that absorbs reactive power", change, outcome)


def _reinforce(levels: Levels, base: Sweep, host: Host) -> _Tried:
    title, phrase = "Next larger cable", "the next larger cable"
    try:
        line_id = section_to_reinforce(levels, base)
    except ChangeError as error:
        return _Tried(title, phrase, str(error))
    line = next(line for line in levels.feeder.lines if line.id == line_id)
    if kind_of(line) == "overhead":
        title, phrase = "Next larger conductor", "the next larger overhead conductor"
    larger = next_larger(line)
    length = f"{line.length_km * 1000:.0f} m"
    if larger is None:
        words = (
            f"{line_id} ({length}) is {line.std_type}, and the catalogue has no larger {kind_of(line)} type"
        )
        return _Tried(title, phrase, words)
    outcome = host(with_line_type(levels.feeder, line_id, larger))
    parallel = f"{line.parallel} x " if line.parallel > 1 else ""
    change = f"{line_id} ({length}) from {parallel}{line.std_type} to {parallel}{larger.name}"
    return _Tried(title, f"{phrase} for {line_id}", change, outcome)


def _add_batteries(levels: Levels, base: Sweep, host: Host) -> _Tried:
    share = percent(BATTERIES)
    title, phrase = f"Batteries at {share}", f"battery adoption of {share}"
    if base.battery_adoption >= BATTERIES:
        return _Tried(title, phrase, f"the question has {percent(base.battery_adoption)} already")
    change = f"battery adoption from {percent(base.battery_adoption)} to {share}"
    outcome = host(levels.feeder, battery=BATTERIES)
    return _Tried(title, phrase, change, outcome, _idle(levels, outcome))


def _idle(levels: Levels, outcome: Sweep) -> bool:
    """Tell whether the batteries charge nothing in the case that binds."""
    binding = outcome.capacity.binding
    if binding is None:
        return False
    adoption = first_bad_level(outcome) / 1000
    day = customer_day(levels.feeder, levels.profiles, [adoption], outcome.battery_adoption)
    return bool(day.battery_kw[0, :, binding.step].min() > -IDLE_KW)


def _measure(answer: Measures, key: str, tried: _Tried) -> Measure:
    outcome, gain, worsens = tried.outcome, None, False
    if outcome and answer.base.asked:
        gain = answer.capacity(outcome).kwp - answer.capacity(answer.base).kwp
    if outcome:
        worsens = answer.base.baseline_violation and _worse(answer.base, outcome)
    return Measure(key, tried.title, tried.phrase, tried.change, outcome, gain, worsens, tried.idle)


def _worse(base: Sweep, outcome: Sweep) -> bool:
    """Tell whether what is violated before any PV is further beyond its limit than in the base."""
    return outcome.baseline_violation and _excess(outcome) > _excess(base) + WORSE


def _excess(sweep: Sweep) -> float:
    """Return how far the worst violation before any PV is beyond its limit, relatively."""
    binding = sweep.capacity.binding
    if binding is None or binding.value is None or binding.limit is None:
        return float("inf")  # no solution
    excess = binding.value / binding.limit - 1
    return -excess if binding.kind == "undervoltage" else excess
