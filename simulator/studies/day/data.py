"""A day as plain data."""

from math import isfinite, isnan
from typing import Any

import numpy as np

from simulator.assessment.en50160 import BAND_PU, outside_shares
from simulator.grid.clock import STEPS_PER_DAY, time_of
from simulator.grid.schema import Feeder
from simulator.studies.adoption import adoption_data
from simulator.studies.data import limits_data, violation_data
from simulator.studies.day.day import KINDS, Day
from simulator.studies.day.guidance import day_findings
from simulator.studies.day.tables import step_states


def day_data(feeder: Feeder, day: Day) -> dict[str, Any]:
    """Return a day: hours outside limits, energies, EN 50160, every quarter-hour and every bus."""
    energy = day.energy
    return {
        "feeder_id": feeder.feeder_id,
        "date": day.date,
        **adoption_data(day.adoption),
        "limits": limits_data(day.limits),
        "converged": day.solved,
        "hours_outside": day.hours_outside,
        "hours_outside_by_kind": {kind: day.hours_of(kind) for kind in KINDS},
        "worst": violation_data(day.worst),
        "energy": vars(energy),
        "self_consumption": energy.self_consumption,
        "self_sufficiency": energy.self_sufficiency,
        "battery_capacity_kwh": day.power.capacity_kwh,
        "en50160": None if day.en50160 is None else {**vars(day.en50160), "met": day.en50160.met},
        "quarter_hours": [_step(feeder, day, step) for step in range(STEPS_PER_DAY)],
        "buses": _buses(feeder, day),
        "findings": [
            {"rule": f.key, "severity": f.severity, "title": f.title, "reason": f.reason}
            for f in day_findings(day)
        ],
    }


def _step(feeder: Feeder, day: Day, step: int) -> dict[str, Any]:
    flow, power = day.flow, day.power
    vm_pu, solved = flow.vm_pu[step], bool(flow.converged[step])
    low, high = (int(pick(vm_pu)) for pick in (np.argmin, np.argmax))

    def found(value: Any) -> Any:
        return value if solved else None

    return {
        "hour": step,
        "time": time_of(step),
        "min_voltage_pu": found(float(vm_pu[low])),
        "min_voltage_bus": found(feeder.buses[low].id),
        "max_voltage_pu": found(float(vm_pu[high])),
        "max_voltage_bus": found(feeder.buses[high].id),
        "transformer_loading": found(None if isnan(peak := flow.transformer_peak[step]) else float(peak)),
        "import_kw": found(max(float(flow.source_kw[step]), 0.0)),
        "reverse_power_kw": found(max(-float(flow.source_kw[step]), 0.0)),
        **{f"{key}_kw": float(kw[step]) for key, kw in power.kw.items()},
        "stored_kwh": float(power.stored_kwh[step]),
        "loss_kw": found(float(flow.loss_kw[step])),
        "violated": bool(day.assessment.violated[step]),
        "state": ", ".join(step_states(day, step)),
    }


def _buses(feeder: Feeder, day: Day) -> list[dict[str, Any]]:
    vm_pu = day.flow.vm_pu
    found = zip(
        feeder.buses,
        vm_pu.T.tolist(),
        day.bus_hours_outside.tolist(),
        outside_shares(vm_pu, BAND_PU).tolist(),
        strict=True,
    )
    return [
        {
            "bus": bus.id,
            "min_voltage_pu": min(voltages) if day.solved else None,
            "max_voltage_pu": max(voltages) if day.solved else None,
            "hours_outside": hours,
            "outside_10_percent": share if day.solved else None,
            "vm_pu": [v if isfinite(v) else None for v in voltages],
        }
        for bus, voltages, hours, share in found
    ]
