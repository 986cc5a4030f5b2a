"""A voltage's parts as plain data."""

from dataclasses import asdict
from typing import Any

import numpy as np

from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.studies.adoption import adoption_data
from simulator.studies.data import limits_data, violation_data
from simulator.studies.why.cause import find_cause
from simulator.studies.why.ledger import Ledger
from simulator.studies.why.parts import Section
from simulator.studies.why.wording import ledger_sentence
from simulator.technologies.registry import by_technology


def ledger_data(feeder: Feeder, ledger: Ledger) -> dict[str, Any]:
    """Return a voltage with its parts, each with every customer's share; null without a solution.

    Of lines, customers' shares are null where customers times sections are too many.
    """
    parts = ledger.parts
    return {
        "feeder_id": feeder.feeder_id,
        "hour": ledger.step,
        "time": time_of(ledger.step),
        "when": ledger.when,
        **adoption_data(ledger.adoption),
        "limits": limits_data(ledger.limits),
        "bus": ledger.bus,
        "converged": ledger.solved,
        "tightest": violation_data(ledger.tightest),
        "violated": ledger.violated if parts else None,
        "text": ledger_sentence(feeder, ledger),
        "voltage_pu": parts.voltage_pu if parts else None,
        "source_pu": parts.source_pu if parts else None,
        "transformer": _section(feeder, parts.transformer) if parts else None,
        "sections": [_section(feeder, line) for line in parts.lines] if parts else None,
        "customers": _shares(feeder, parts.customers_pu) if parts else None,
        "cause": _cause(feeder, ledger),
    }


def _section(feeder: Feeder, section: Section) -> dict[str, Any]:
    return {
        "element": section.element,
        "from_bus": section.from_bus,
        "to_bus": section.to_bus,
        "no_load_pu": section.no_load_pu,
        **by_technology("pu", section.kinds_pu.tolist()),
        "total_pu": section.total_pu,
        "customers": None if section.shares_pu is None else _shares(feeder, section.shares_pu),
    }


def _shares(feeder: Feeder, shares_pu: np.ndarray) -> list[dict[str, Any]]:
    return [
        {"customer": customer.id, **by_technology("pu", shares)}
        for customer, shares in zip(feeder.customers, shares_pu.tolist(), strict=True)
    ]


def _cause(feeder: Feeder, ledger: Ledger) -> dict[str, Any] | None:
    if ledger.parts is None:
        return None
    cause = asdict(find_cause(feeder, ledger.parts))
    del cause["beside"]
    return cause
