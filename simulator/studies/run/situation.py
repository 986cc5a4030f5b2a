"""What guidance looks at: a snapshot, and what other studies say of the same scenario."""

from simulator.assessment.violations import VOLTAGE_KINDS
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.studies.feeders.day_status import day_status
from simulator.studies.guidance import Situation
from simulator.studies.measures.measures import Measures
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.studies.why.ledger import explain_voltage


def read_situation(
    feeder: Feeder, profiles: Profiles, snapshot: Snapshot, swept: Sweep | None, measures: Measures | None
) -> Situation:
    """Return the situation of a snapshot; sweep and measures come from their own studies."""
    scenario = snapshot.scenario
    pv, battery, limits = scenario.pv_adoption, scenario.battery_adoption, scenario.limits
    worst = next((v.element for v in snapshot.violations if v.kind in VOLTAGE_KINDS), None)
    ledger = None
    if worst:
        ledger = explain_voltage(
            feeder,
            profiles,
            pv_adoption=pv,
            battery_adoption=battery,
            hour=scenario.hour,
            when="time",
            bus=worst,
            limits=limits,
        )
    return Situation(
        feeder,
        snapshot,
        swept,
        day_status(feeder, profiles, pv, battery, limits),
        ledger,
        measures,
    )
