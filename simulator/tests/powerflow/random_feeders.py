"""Random feeders for properties: trees and meshes of real cables, one to three transformers."""

from typing import Any

from hypothesis import strategies as st

from simulator.grid.schema import Feeder
from simulator.tests.feeders import small_feeder_data

CABLES = (
    {
        "std_type": "NAYY 4x150 SE",
        "r_ohm_per_km": 0.208,
        "x_ohm_per_km": 0.08,
        "c_nf_per_km": 261,
        "max_i_ka": 0.27,
    },
    {
        "std_type": "NAYY 4x50 SE",
        "r_ohm_per_km": 0.642,
        "x_ohm_per_km": 0.083,
        "c_nf_per_km": 210,
        "max_i_ka": 0.142,
    },
    {
        "std_type": "48-AL1/8-ST1A 0.4",
        "r_ohm_per_km": 0.594,
        "x_ohm_per_km": 0.3,
        "c_nf_per_km": 0,
        "max_i_ka": 0.21,
    },
)
SIZES_KVA = (160.0, 250.0, 400.0, 630.0)


@st.composite
def feeders(draw: st.DrawFn, *, shunts: bool = True, taps: bool = True) -> Feeder:
    """Draw a feeder; without shunts it has no line capacitance and no magnetising branch."""
    count = draw(st.integers(min_value=2, max_value=10))
    parents = [draw(st.integers(min_value=0, max_value=child - 1)) for child in range(1, count)]
    loops = draw(
        st.lists(st.tuples(*[st.integers(0, count - 1)] * 2).filter(lambda e: e[0] != e[1]), max_size=2)
    )
    edges = [(parent, child) for child, parent in enumerate(parents, start=1)] + loops
    lines = [draw(_lines(f"line_{i}", edge, shunts)) for i, edge in enumerate(edges)]
    places = draw(st.lists(st.integers(0, count - 1), max_size=2))
    trafos = [draw(_transformers(f"trafo_{i}", bus, shunts, taps)) for i, bus in enumerate([0, *places])]
    homes = sorted(draw(st.sets(st.integers(0, count - 1), min_size=1)))
    template = small_feeder_data()
    return Feeder.model_validate(
        {
            **template,
            "source": {"vn_kv": 10.0, "vm_pu": draw(st.sampled_from((0.96, 1.0, 1.04)))},
            "transformers": trafos,
            "transformer_kva": sum(trafo["sn_kva"] for trafo in trafos),
            "buses": [{**template["buses"][0], "id": f"bus_{i}"} for i in range(count)],
            "lines": lines,
            "customers": [
                {**template["customers"][0], "id": f"customer_{b}", "bus": f"bus_{b}"} for b in homes
            ],
        }
    )


@st.composite
def _lines(draw: st.DrawFn, name: str, edge: tuple[int, int], shunts: bool) -> dict[str, Any]:
    cable = draw(st.sampled_from(CABLES))
    return {
        "id": name,
        "from": f"bus_{edge[0]}",
        "to": f"bus_{edge[1]}",
        "length_km": draw(st.integers(min_value=5, max_value=200)) / 1000,
        **cable,
        "c_nf_per_km": cable["c_nf_per_km"] if shunts else 0,
        "parallel": draw(st.integers(min_value=1, max_value=3)),
    }


@st.composite
def _transformers(draw: st.DrawFn, name: str, bus: int, shunts: bool, taps: bool) -> dict[str, Any]:
    tap = {
        "side": draw(st.sampled_from(("hv", "lv"))),
        "pos": draw(st.integers(min_value=-2, max_value=2)),
        "neutral": 0,
        "min": -2,
        "max": 2,
        "step_percent": 2.5,
    }
    iron = {"pfe_kw": 0.5, "i0_percent": 0.3} if shunts else {"pfe_kw": 0, "i0_percent": 0}
    template = {**small_feeder_data()["transformers"][0], **iron}
    size = draw(st.sampled_from(SIZES_KVA))
    return {**template, "id": name, "lv_bus": f"bus_{bus}", "sn_kva": size, "tap": tap if taps else None}
