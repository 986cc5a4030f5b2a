"""How unbalanced solved cases are: negative sequence, neutral voltages, currents that flow back."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from simulator.powerflow.compiled import CompiledFeeder
from simulator.powerflow.superposition import solve_phasors


@dataclass(frozen=True, eq=False)
class Unbalance:
    """What phases bring beside their voltages; NaN where a case has no solution.

    Shape: ``share`` (cases, buses), |V2| / |V1|, NaN where a bus lacks a phase; ``neutral_v`` (cases, buses),
    the neutral's voltage to earth, 0 where it is earthed or folded in; ``returning_a`` (cases, lines), the
    sum of the phase currents, which the neutral, or neutral and earth, carry back. Units: a share of 1,
    volts, amperes. Source: IEC 61000-4-30, supply voltage unbalance by symmetrical components.
    """

    share: np.ndarray
    neutral_v: np.ndarray
    returning_a: np.ndarray


def read_unbalance(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> Unbalance:
    """Solve cases by phase and return how unbalanced they are.

    Shape: ``p_kw`` and ``q_kvar`` (cases, ports). Units: kW, kvar; positive feeds in.
    """
    current = solve_phasors(compiled, p_kw, q_kvar).current_pu
    names = ("positive", "negative", "neutral", "returning")
    with np.errstate(invalid="ignore", divide="ignore"):  # cases without a solution, buses that lack a phase
        found = (np.abs(compiled.equations.quantity(name, current)) for name in names)
        positive, negative, neutral, returning = found
        share = negative / np.where(positive > 0, positive, np.nan)
    base_kv = compiled.feeder.base_kv
    return Unbalance(share, neutral * base_kv * 1000 / sqrt(3), returning * 1000 * sqrt(3) / base_kv)
