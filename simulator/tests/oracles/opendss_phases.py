"""OpenDSS (by dss-python) conductor by conductor, with its own element models."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from dss import DSS

from simulator.grid.elements import Customer, Line, Transformer
from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.tests.oracles.opendss_script import commands

ALLOWED = {"vm_pu": 1e-8, "line_loading": 1e-8, "transformer_loading": 1e-8, "source_kw": 1e-4}


@dataclass(frozen=True, eq=False)
class PhaseAnswer:
    """What OpenDSS found: phases' voltages to neutral (cases, buses, 3) in pu, NaN where there is no phase.

    ``line_loading`` (cases, lines) and ``transformer_loading`` (cases, transformers) are those of the most
    loaded phase at either side; ``source_kw`` (cases,).
    """

    vm_pu: np.ndarray
    line_loading: np.ndarray
    transformer_loading: np.ndarray
    source_kw: np.ndarray


def differing(flow: PowerFlow, expected: PhaseAnswer) -> list[str]:
    """Return what of a flow is further from OpenDSS than 1e-8 pu, 1e-8 of a rating or 1e-4 kW."""
    found = {
        "vm_pu": flow.phases.each if flow.phases else flow.vm_pu,
        "line_loading": flow.line_loading,
        "transformer_loading": flow.transformer_loading,
        "source_kw": flow.source_kw,
    }
    return [
        name
        for name, each in found.items()
        if not np.allclose(each, getattr(expected, name), atol=ALLOWED[name], rtol=0, equal_nan=True)
    ]


def solve_opendss_by_phase(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PhaseAnswer:
    """Solve cases one by one.

    Shape: (cases, customers). Units: kW, kvar; positive feeds in.
    Raises: RuntimeError, if OpenDSS does not converge.
    """
    dss = DSS.NewContext()
    for command in commands(feeder):
        dss.Text.Command = command
    cases = [_solve_case(dss.ActiveCircuit, feeder, p, q) for p, q in zip(p_kw, q_kvar, strict=True)]
    return PhaseAnswer(*(np.array(column) for column in zip(*cases, strict=True)))


def _solve_case(circuit: Any, feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> tuple[Any, ...]:
    for name in circuit.Loads.AllNames:
        i, phases = name.removeprefix("load").split("_")
        share = _share(feeder.customers[int(i)], phases)
        circuit.Loads.Name = name
        circuit.Loads.kW, circuit.Loads.kvar = -p_kw[int(i)] * share, -q_kvar[int(i)] * share
    circuit.Solution.Solve()
    if not circuit.Solution.Converged:
        raise RuntimeError("OpenDSS did not converge")
    volts = np.asarray(circuit.AllBusVolts).reshape(-1, 2) @ [1, 1j]
    at = dict(zip(circuit.AllNodeNames, volts, strict=True))
    return (
        np.array([_phases(at, i) for i in range(len(feeder.buses))]) * np.sqrt(3) / 1000 / feeder.base_kv,
        [_loading(circuit, i, line) for i, line in enumerate(feeder.lines)],
        [_transformer_loading(circuit, i, t) for i, t in enumerate(feeder.transformers)],
        _source_kw(circuit, feeder),
    )


def _source_kw(circuit: Any, feeder: Feeder) -> float:
    """Return what the source gives, what its own impedance loses included."""
    kv = feeder.base_kv if feeder.source.bus else feeder.source.vn_kv
    given = feeder.source.vm_pu * kv / np.sqrt(3) * np.exp(2j * np.pi / 3 * np.array([0, -1, 1]))
    circuit.SetActiveElement("vsource.source")
    currents = np.asarray(circuit.ActiveCktElement.Currents).reshape(-1, 2)[:3] @ [1, 1j]
    return float((given * -currents.conj()).sum().real)


def _share(customer: Customer, phases: str) -> float:
    if isinstance(customer.supplies, tuple):
        return customer.supplies["abc".index(phases)] / sum(customer.supplies)
    return 1.0


def _phases(at: dict[str, complex], i: int) -> list[float]:
    neutral = at.get(f"b{i}.4", 0)
    return [abs(at[f"b{i}.{n}"] - neutral) if f"b{i}.{n}" in at else np.nan for n in (1, 2, 3)]


def _loading(circuit: Any, i: int, line: Line) -> float:
    """Return the loading of the most loaded phase at either end; twins share alike."""
    if not line.rated:
        return float("nan")
    ends = _currents(circuit, f"line.line{i}_0", 2)[:, : len(line.phases)]
    return float(np.abs(ends).max() / (line.max_i_ka * 1000))


def _transformer_loading(circuit: Any, i: int, t: Transformer) -> float:
    ampere = _currents(circuit, f"transformer.t{i}", 2)[:, :3]
    if t.pfe_kw or t.i0_percent:
        ampere += [_currents(circuit, f"reactor.t{i}{side}", 1)[0, :3] for side in ("hv", "lv")]
    if f"Transformer.zero{i}" in circuit.AllElementNames:
        ampere[1] += _currents(circuit, f"transformer.zero{i}", 2)[0, :3]
    rated = t.sn_kva / np.sqrt(3) / np.array([[t.vn_hv_kv], [t.vn_lv_kv]])
    return float((np.abs(ampere) / rated).max())


def _currents(circuit: Any, element: str, terminals: int) -> np.ndarray:
    """Return the complex currents into each terminal, (terminals, conductors), in A."""
    circuit.SetActiveElement(element)
    currents: np.ndarray = np.asarray(circuit.ActiveCktElement.Currents).reshape(terminals, -1, 2) @ [1, 1j]
    return currents
