"""Chance as plain data."""

from typing import Any

from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.reports.data.parts import limits_data
from simulator.studies.monte_carlo import MonteCarlo


def monte_carlo_data(feeder: Feeder, found: MonteCarlo) -> dict[str, Any]:
    """Return the placements' capacities, their quantiles, and what binds how often."""
    return {
        "feeder_id": feeder.feeder_id,
        "placements": found.placements,
        "seed": found.seed,
        "battery_adoption": found.battery_adoption,
        "limits": limits_data(found.limits),
        "hours": list(found.steps),
        "times": [time_of(step) for step in found.steps],
        "flows": found.flows,
        "quantiles": [_quantile(q) for q in found.quantiles()],
        "points": [
            {"adoption": count / max(found.customers, 1), "customers": int(count), "pass_rate": float(rate)}
            for count, rate in zip(found.adopters, found.pass_rate, strict=True)
        ],
        "hosting_capacity_kwp": found.capacity_kwp.round(6).tolist(),
        "hosting_capacity_customers": found.capacity.tolist(),
        "bindings": [
            {
                "kind": key[0] if key else None,
                "element": key[1] if key else None,
                "share": n / found.placements,
            }
            for key, n in found.bindings.most_common()
        ],
        "customers": [
            {"customer": customer.id, "bus": customer.bus, "violated_share": float(share)}
            for customer, share in zip(feeder.customers, found.violated, strict=True)
        ],
        "even_spread": found.even.adoption,
        "even_spread_kwp": found.even.kwp,
    }


def _quantile(quantile: Any) -> dict[str, float]:
    return {
        "share": quantile.share,
        "kwp": quantile.value,
        "low_kwp": quantile.low,
        "high_kwp": quantile.high,
    }
