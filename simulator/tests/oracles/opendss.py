"""OpenDSS (by dss-python): a fixed-point solver in phase coordinates, with its own element models."""

from typing import Any

import numpy as np
from dss import DSS

from simulator.grid.elements import Line, Transformer
from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.tests.feeders import customer_buses


def solve_opendss(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    """Solve cases one by one, with balanced three-phase elements.

    The transformer's own magnetising branch is left out and put as a shunt of one half at each side, as the
    pi model has it. Its windings are wye on both sides: the vector group turns the angles behind every
    transformer alike, and no quantity here holds an angle.

    Shape: (cases, injection buses). Units: kW, kvar; positive feeds in.
    Raises: RuntimeError, if OpenDSS does not converge.
    """
    dss = DSS.NewContext()
    for command in _commands(feeder):
        dss.Text.Command = command
    rows = [_solve_case(dss.ActiveCircuit, feeder, p, q) for p, q in zip(p_kw, q_kvar, strict=True)]
    columns = {key: np.array([row[key] for row in rows]) for key in rows[0]}
    return PowerFlow(**columns, phases=None, converged=np.ones(len(rows), dtype=bool), algorithm="OpenDSS")


def _commands(feeder: Feeder) -> list[str]:
    node = {bus.id: f"b{position}" for position, bus in enumerate(feeder.buses)}
    source = feeder.source
    lines = [_line(f"line{i}", line, node) for i, line in enumerate(feeder.lines)]
    trafos = [text for i, t in enumerate(feeder.transformers) for text in _transformer(f"t{i}", t, node)]
    loads = [
        f"new load.load{i} bus1={node[bus]} phases=3 conn=wye kv={feeder.base_kv} model=1 kw=0 kvar=0"
        " vminpu=0.05 vmaxpu=5 vlowpu=0.01"
        for i, bus in enumerate(customer_buses(feeder))
    ]
    return [
        "clear",
        "set defaultbasefrequency=50",
        f"new circuit.feeder bus1=source basekv={source.vn_kv} pu={source.vm_pu} z1=[0, 1e-9] z0=[0, 1e-9]",
        *lines,
        *trafos,
        *loads,
        f"set voltagebases=[{source.vn_kv}, {feeder.base_kv}]",
        "calcvoltagebases",
        "set tolerance=1e-10 maxiterations=1000 controlmode=off",
    ]


def _line(name: str, line: Line, node: dict[str, str]) -> str:
    r, x = line.r_ohm_per_km / line.parallel, line.x_ohm_per_km / line.parallel
    c = line.c_nf_per_km * line.parallel
    return (
        f"new line.{name} bus1={node[line.from_bus]} bus2={node[line.to_bus]} phases=3 units=km"
        f" length={line.length_km} r1={r} x1={x} c1={c} r0={r} x0={x} c0={c}"
    )


def _transformer(name: str, t: Transformer, node: dict[str, str]) -> list[str]:
    """Return the series branch, and the shunts at its two sides."""
    kv = {"hv": t.vn_hv_kv, "lv": t.vn_lv_kv}
    if t.tap:
        kv[t.tap.side] *= 1 + (t.tap.pos - t.tap.neutral) * t.tap.step_percent / 100
    reactance = np.sqrt(t.vk_percent**2 - t.vkr_percent**2)
    bus = {"hv": "source", "lv": node[t.lv_bus]}
    series = (
        f"new transformer.{name} phases=3 windings=2 buses=[{bus['hv']} {bus['lv']}] conns=[wye wye]"
        f" kvs=[{kv['hv']} {kv['lv']}] kvas=[{t.sn_kva} {t.sn_kva}] xhl={reactance}"
        f" %loadloss={t.vkr_percent} %noloadloss=0 %imag=0 ppm_antifloat=0"
    )
    magnetising_kva = complex(t.pfe_kw, np.sqrt(max((t.i0_percent / 100 * t.sn_kva) ** 2 - t.pfe_kw**2, 0)))
    if not magnetising_kva:
        return [series]
    shunts = []
    for side in ("hv", "lv"):
        ohm = 1000 * kv[side] ** 2 / np.conj(magnetising_kva / 2)
        shunts.append(f"new reactor.{name}{side} bus1={bus[side]} phases=3 r={ohm.real} x={ohm.imag}")
    return [series, *shunts]


def _solve_case(circuit: Any, feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> dict[str, Any]:
    for position, (p, q) in enumerate(zip(p_kw, q_kvar, strict=True)):
        circuit.Loads.Name = f"load{position}"
        circuit.Loads.kW, circuit.Loads.kvar = -p, -q
    circuit.Solution.Solve()
    if not circuit.Solution.Converged:
        raise RuntimeError("OpenDSS did not converge")
    volts = dict(zip(circuit.AllNodeNames, circuit.AllBusVmag, strict=True))
    high = [f"transformer.t{i}" for i in range(len(feeder.transformers))]
    shunts = [name for name in circuit.AllElementNames if name.lower().startswith("reactor.")]
    power = sum(_power(circuit, name) for name in [*high, *(name for name in shunts if name.endswith("hv"))])
    return {
        "vm_pu": [volts[f"b{i}.1"] * np.sqrt(3) / 1000 / feeder.base_kv for i in range(len(feeder.buses))],
        "line_loading": [_line_loading(circuit, i, line) for i, line in enumerate(feeder.lines)],
        "transformer_loading": [_trafo_loading(circuit, i, t) for i, t in enumerate(feeder.transformers)],
        "loss_kw": circuit.Losses[0] / 1000 + sum(_power(circuit, name).real for name in shunts),
        "source_kw": power.real,
        "source_kvar": power.imag,
        "iterations": circuit.Solution.Iterations,
    }


def _power(circuit: Any, element: str) -> complex:
    """Return kW and kvar of all phases into the element's first terminal.

    The source's own power would suffer from cancellation in its tiny impedance; the circuit's losses leave
    shunts out.
    """
    circuit.SetActiveElement(element)
    phases = np.asarray(circuit.ActiveCktElement.Powers).reshape(-1, 2)[:3]
    return complex(*phases.sum(axis=0))


def _currents(circuit: Any, element: str) -> np.ndarray:
    """Return the complex currents of phase 1 into each terminal, in A."""
    circuit.SetActiveElement(element)
    pairs = np.asarray(circuit.ActiveCktElement.Currents).reshape(circuit.ActiveCktElement.NumTerminals, -1)
    return np.array([complex(*terminal[:2]) for terminal in pairs])


def _line_loading(circuit: Any, position: int, line: Line) -> float:
    return float(
        np.abs(_currents(circuit, f"line.line{position}")).max() / (line.max_i_ka * line.parallel * 1000)
    )


def _trafo_loading(circuit: Any, position: int, t: Transformer) -> float:
    ampere = _currents(circuit, f"transformer.t{position}")
    if t.pfe_kw or t.i0_percent:
        ampere += [_currents(circuit, f"reactor.t{position}{side}")[0] for side in ("hv", "lv")]
    rated = t.sn_kva / np.sqrt(3) / np.array([t.vn_hv_kv, t.vn_lv_kv])
    return float((np.abs(ampere) / rated).max())
