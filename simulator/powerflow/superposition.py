"""Settled power flows as complex voltages and currents: each current has its own part in each voltage."""

from dataclasses import dataclass

import numpy as np

from simulator.powerflow.batch import settle_kw
from simulator.powerflow.compiled import BASE_KVA, CompiledFeeder


@dataclass(frozen=True, eq=False)
class Phasors:
    """Settled cases in complex pu on 1 MVA; rows that found no solution hold NaN.

    Shape: ``bus_pu`` (cases, buses) in the feeder's order; ``injection_pu`` and ``current_pu`` (cases,
    injection buses). ``bus_pu`` is exactly the compiled feeder's linear map of ``current_pu``, and
    ``current_pu`` exactly what the powers draw at ``injection_pu``, which is within 3e-10 pu of ``bus_pu``.
    """

    bus_pu: np.ndarray
    injection_pu: np.ndarray
    current_pu: np.ndarray


def solve_phasors(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> Phasors:
    """Solve cases and return their complex voltages and currents.

    Shape: ``p_kw`` and ``q_kvar`` (cases, injection buses). Units: kW, kvar; positive feeds in.
    Raises: InjectionError for injections of the wrong shape or not finite.
    """
    parts, _ = settle_kw(compiled, p_kw, q_kvar)
    half = p_kw.shape[1]
    with np.errstate(invalid="ignore"):  # cases without a solution are NaN
        injection = compiled.maps.injection((parts[:half] + 1j * parts[half:-1]).T)
        current = injected_pu(p_kw, q_kvar, injection)
        return Phasors(compiled.maps.of("bus")(current), injection, current)


def injected_pu(p_kw: np.ndarray, q_kvar: np.ndarray, voltage_pu: np.ndarray) -> np.ndarray:
    """Return the currents conj(S / V) that powers feed in; they add up as the powers at one voltage do.

    Shape: alike, or such that they broadcast. Units: kW, kvar; complex pu.
    """
    current: np.ndarray = np.conj((p_kw + 1j * q_kvar) / BASE_KVA / voltage_pu)
    return current
