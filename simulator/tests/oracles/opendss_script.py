"""A feeder as an OpenDSS script, conductor by conductor: its own lines, transformers and reactors."""

from typing import Any

import numpy as np

from simulator.grid.elements import Customer, Line, Transformer
from simulator.grid.phases import Conductors, Neutral, ZeroSequence
from simulator.grid.schema import Feeder

# What stands in IEC TR 60909-4 and for a cable of four equal cores: where a feeder says nothing.
Z0_TO_Z1 = {"Dyn": 1.0, "Yzn": 0.1, "Yyn": 10.0}
LINE_Z0_TO_Z1 = 4.0
STIFF_OHM = 1e-6  # of an ideal source; less loses its current's digits


def commands(feeder: Feeder) -> list[str]:
    """Return the feeder as an OpenDSS script; node 4 is a neutral of its own, node 0 the earth."""
    places = {bus.id: _nodes(feeder, bus.id, f"b{i}") for i, bus in enumerate(feeder.buses)}
    earths = [
        f"new reactor.earth{i} phases=1 bus1=b{i}.4 bus2=b{i}.0 r={bus.earth_ohm} x=0"
        for i, bus in enumerate(feeder.buses)
        if bus.earth_ohm and places[bus.id]["n"] == 4
    ]
    return [
        "clear",
        f"set defaultbasefrequency={feeder.f_hz}",
        _circuit(feeder, places),
        *(text for i, line in enumerate(feeder.lines) for text in _lines(i, line, places)),
        *(text for i, t in enumerate(feeder.transformers) for text in _transformer(feeder, i, t, places)),
        *earths,
        *(text for i, c in enumerate(feeder.customers) for text in _loads(feeder, i, c, places)),
        f"set voltagebases=[{feeder.source.vn_kv}, {feeder.base_kv}]",
        "calcvoltagebases",
        "set tolerance=1e-11 maxiterations=2000 controlmode=off",
    ]


def _nodes(feeder: Feeder, bus: str, name: str) -> dict[str, Any]:
    """Return a bus's name, earth and nodes; its neutral is node 4, or 0 where it is earth itself."""
    own = any(bus in (line.from_bus, line.to_bus) for line in feeder.lines if _four(line))
    solid = any(t.lv_bus == bus and t.star_point_ohm in (None, 0) for t in feeder.transformers)
    earth_ohm = next(each.earth_ohm for each in feeder.buses if each.id == bus)
    solid |= earth_ohm == 0 or (feeder.source.bus == bus and earth_ohm is None)
    neutral = 4 if own and not solid else 0
    return {"bus": name, "earth_ohm": earth_ohm, "n": neutral, "a": 1, "b": 2, "c": 3}


def _four(line: Line) -> bool:
    return isinstance(line.wires, Conductors) and len(line.wires.r_ohm_per_km) == 4


def _at(place: dict[str, Any], conductors: str) -> str:
    return ".".join([place["bus"], *(str(place[each]) for each in conductors)])


def _circuit(feeder: Feeder, places: dict[str, dict[str, Any]]) -> str:
    source = feeder.source
    bus, kv = (places[source.bus]["bus"], feeder.base_kv) if source.bus else ("source", source.vn_kv)
    z1, z0 = STIFF_OHM * 1j, STIFF_OHM * 1j
    if source.impedance is not None:
        z1, z0 = source.impedance.positive * kv**2, source.impedance.zero * kv**2
    return (
        f"new circuit.feeder bus1={bus} basekv={kv} pu={source.vm_pu}"
        f" z1=[{z1.real}, {z1.imag}] z0=[{z0.real}, {z0.imag}]"
    )


def _lines(i: int, line: Line, places: dict[str, dict[str, Any]]) -> list[str]:
    conductors = line.phases + "n" * _four(line)
    ends = f"bus1={_at(places[line.from_bus], conductors)} bus2={_at(places[line.to_bus], conductors)}"
    head = f"{ends} phases={len(conductors)} length={line.length_km} units=km {_code(line, conductors)}"
    return [f"new line.line{i}_{twin} {head}" for twin in range(line.parallel)]


def _code(line: Line, conductors: str) -> str:
    """Return what a line is made of; OpenDSS leaves out the zero sequence of lines of one phase."""
    if isinstance(line.wires, Conductors):
        nothing = np.zeros((4, 4)) if line.wires.c_nf_per_km is None else line.wires.c_nf_per_km
        matrices = [np.array(m) for m in (line.wires.r_ohm_per_km, line.wires.x_ohm_per_km, nothing)]
        rows = ["abcn".index(each) for each in conductors]
        r, x, c = (m[np.ix_(rows, rows)] for m in matrices)
        return f"rmatrix={_matrix(r)} xmatrix={_matrix(x)} cmatrix={_matrix(c)}"
    z1, c1 = complex(line.r_ohm_per_km, line.x_ohm_per_km), line.c_nf_per_km
    z0, c0 = LINE_Z0_TO_Z1 * z1, c1
    if isinstance(line.wires, ZeroSequence):
        z0, c0 = complex(line.wires.r0_ohm_per_km, line.wires.x0_ohm_per_km), line.wires.c0_nf_per_km
    if isinstance(line.wires, Neutral):
        z0 = z1 + 3 * complex(line.wires.rn_ohm_per_km, line.wires.xn_ohm_per_km)
    if len(conductors) == 3:
        return f"r1={z1.real} x1={z1.imag} r0={z0.real} x0={z0.imag} c1={c1} c0={c0}"
    full = np.ones((len(conductors), len(conductors)))
    z, c = (np.diag(len(full) * [one]) + full * (zero - one) / 3 for one, zero in ((z1, z0), (c1, c0)))
    return f"rmatrix={_matrix(z.real)} xmatrix={_matrix(z.imag)} cmatrix={_matrix(c)}"


def _matrix(rows: np.ndarray) -> str:
    return f"[{' | '.join(' '.join(repr(float(value)) for value in row) for row in rows)}]"


def _transformer(feeder: Feeder, i: int, t: Transformer, places: dict[str, dict[str, Any]]) -> list[str]:
    """Return the series branch, what zero sequence meets, the star point's earth, and the shunts.

    Zero sequence passes OpenDSS's own delta and wye as all else does; what it meets beyond that stands
    between star point and neutral (Dyn). Or a star is not connected, and it passes an earthing transformer
    beside (Yzn, Yyn).
    """
    kv = {"hv": t.vn_hv_kv, "lv": t.vn_lv_kv}
    if t.tap:
        kv[t.tap.side] *= 1 + (t.tap.pos - t.tap.neutral) * t.tap.step_percent / 100
    place, group = places[t.lv_bus], t.vector_group or "Dyn"
    z1 = _percent(t.vk_percent, t.vkr_percent)
    z0 = Z0_TO_Z1[group] * z1
    if t.vk0_percent is not None and t.vkr0_percent is not None:
        z0 = _percent(t.vk0_percent, t.vkr0_percent)
    base_ohm = 10 * kv["lv"] ** 2 / t.sn_kva
    star, earth = _star(t, place, i)
    odd, apart = round(t.shift_degree / 30) % 2 == 1, 20 + i
    if group == "Dyn":
        beyond = _in_star(i, place, star, (z0 - z1) * base_ohm / 3)
        low = apart if beyond else star
    else:
        beyond = _beside(i, t, kv["lv"], place, star, z0)
        low = apart if odd else star
    series = (
        f"new transformer.t{i} phases=3 windings=2 buses=[source.1.2.3{'' if odd else f'.{9 + i}'}"
        f" {_at(place, 'abc')}.{low}] conns=[{'delta' if odd else 'wye'} wye] kvs=[{kv['hv']} {kv['lv']}]"
        f" kvas=[{t.sn_kva} {t.sn_kva}] xhl={z1.imag} %loadloss={z1.real}"
        " %noloadloss=0 %imag=0 ppm_antifloat=0"
    )
    return [series, *beyond, *earth, *_magnetising(i, t, kv, place)]


def _percent(vk: float, vkr: float) -> complex:
    return complex(vkr, np.sqrt(vk**2 - vkr**2))


def _star(t: Transformer, place: dict[str, Any], i: int) -> tuple[int, list[str]]:
    """Return the node of the star point, and its earth: the bus's own neutral where it has one."""
    solid = t.star_point_ohm in (None, 0) or place["earth_ohm"] == 0
    node, bus = place["n"] or (0 if solid else 40 + i), place["bus"]
    ohms = {"star": t.star_point_ohm, "busstar": None if place["n"] else place["earth_ohm"]}
    return node, [
        f"new reactor.{name}{i} phases=1 bus1={bus}.{node} bus2={bus}.0 r={ohm} x=0"
        for name, ohm in ohms.items()
        if node and ohm not in (None, "isolated")
    ]


def _in_star(i: int, place: dict[str, Any], star: int, ohm: complex) -> list[str]:
    if abs(ohm) < 1e-12:
        return []
    bus = place["bus"]
    return [f"new reactor.zero{i} phases=1 bus1={bus}.{20 + i} bus2={bus}.{star} r={ohm.real} x={ohm.imag}"]


def _beside(i: int, t: Transformer, kv: float, place: dict[str, Any], star: int, z0: complex) -> list[str]:
    """Return an earthing transformer: wye, and an idle delta, one corner of it earthed."""
    return [
        (
            f"new transformer.zero{i} phases=3 windings=2 buses=[{_at(place, 'abc')}.{star} idle{i}.1.2.0]"
            f" conns=[wye delta] kvs=[{kv} {kv}] kvas=[{t.sn_kva} {t.sn_kva}]"
            f" xhl={z0.imag} %loadloss={z0.real} %noloadloss=0 %imag=0 ppm_antifloat=0"
        )
    ]


def _magnetising(i: int, t: Transformer, kv: dict[str, float], place: dict[str, Any]) -> list[str]:
    """Return one half at each side, in delta: zero sequence has none of it."""
    kva = complex(t.pfe_kw, np.sqrt(max((t.i0_percent / 100 * t.sn_kva) ** 2 - t.pfe_kw**2, 0)))
    if not kva:
        return []
    halves = []
    for side, bus in (("hv", "source"), ("lv", place["bus"])):
        ohm = 3 * 1000 * kv[side] ** 2 / np.conj(kva / 2)
        halves.append(f"new reactor.t{i}{side} bus1={bus} phases=3 conn=delta r={ohm.real} x={ohm.imag}")
    return halves


def _loads(feeder: Feeder, i: int, customer: Customer, places: dict[str, dict[str, Any]]) -> list[str]:
    """Return a customer's loads: of one phase each, between two phases, or of three; without power yet."""
    place, kv = places[customer.bus], feeder.base_kv
    common = "model=1 kw=0 kvar=0 vminpu=0.01 vmaxpu=10 vlowpu=0.005"
    if customer.phases == "abc" and not isinstance(customer.supplies, tuple):
        return [f"new load.load{i}_abc bus1={_at(place, 'abcn')} phases=3 conn=wye kv={kv} {common}"]
    if len(customer.phases) == 2:
        return [
            f"new load.load{i}_{customer.phases} bus1={_at(place, customer.phases)} phases=1 kv={kv} {common}"
        ]
    return [
        f"new load.load{i}_{phase} bus1={_at(place, phase + 'n')} phases=1 kv={kv / np.sqrt(3)} {common}"
        for phase in customer.phases
    ]
