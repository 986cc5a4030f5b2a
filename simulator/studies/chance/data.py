"""Chance as plain data."""

from typing import Any

from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.studies.adoption import adoption_data
from simulator.studies.chance.answer import MonteCarlo
from simulator.studies.data import limits_data, violation_data


def monte_carlo_data(feeder: Feeder, found: MonteCarlo) -> dict[str, Any]:
    """Return the placements' capacities, their quantiles, and what binds how often.

    Where limits are violated before any PV, ``pv_caused`` is the same counting what PV causes or worsens.
    Capacities are left out where there is no PV potential.
    """
    return {
        "feeder_id": feeder.feeder_id,
        "placements": found.placements,
        "seed": found.seed,
        **adoption_data(found.adoption, found.over),
        "limits": limits_data(found.limits),
        "hours": list(found.steps),
        "times": [time_of(step) for step in found.steps],
        "flows": found.flows,
        "pv_potential_kwp": found.potential_kwp,
        **_found_data(feeder, found),
        "baseline_violation": violation_data(found.baseline) if found.baseline else None,
        "pv_caused": _found_data(feeder, found.caused) if found.caused and found.asked else None,
    }


def _found_data(feeder: Feeder, found: MonteCarlo) -> dict[str, Any]:
    asked = found.asked
    return {
        "quantiles": [_quantile(q) for q in found.quantiles()] if asked else [],
        "points": [
            {
                "adoption": count / max(found.customers, 1),
                "customers": int(count),
                "mean_kwp": found.potential_kwp * int(count) / max(found.customers, 1),
                "pass_rate": float(rate),
            }
            for count, rate in zip(found.adopters, found.pass_rate, strict=True)
        ],
        "hosting_capacity_kwp": found.capacity_kwp.round(6).tolist() if asked else [],
        "hosting_capacity_customers": found.capacity.tolist() if asked else [],
        "bindings": [
            {
                "kind": key[0] if key else None,
                "element": key[1] if key else None,
                "share": n / found.placements,
            }
            for key, n in found.bindings.most_common()
        ],
        "binding_kinds": [
            {"kind": kind, "share": n / found.placements} for kind, n in found.kinds.most_common()
        ],
        "customers": [
            {"customer": customer.id, "bus": customer.bus, "violated_share": float(share)}
            for customer, share in zip(feeder.customers, found.violated, strict=True)
        ],
        "even_spread": found.even.adoption if asked else None,
        "even_spread_kwp": found.even.kwp if asked else None,
    }


def _quantile(quantile: Any) -> dict[str, float]:
    return {
        "share": quantile.share,
        "kwp": quantile.value,
        "low_kwp": quantile.low,
        "high_kwp": quantile.high,
    }
