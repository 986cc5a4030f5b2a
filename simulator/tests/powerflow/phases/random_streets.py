"""Random streets by phase for properties."""

from typing import Any

from hypothesis import strategies as st

from simulator.grid.schema import Feeder
from simulator.tests.feeders import changed
from simulator.tests.powerflow.phases.networks import FOLDED, FOUR, FOUR_BARE, THREE, ZERO
from simulator.tests.powerflow.phases.streets import ENDS, HOME, street

PHASES = ("a", "b", "c", "ab", "bc", "ca", "abc")
OWN_NEUTRAL = (FOUR, FOUR_BARE)
WIRES = (None, ZERO, FOLDED, THREE)


@st.composite
def streets(draw: st.DrawFn) -> Feeder:
    """Draw a street of any wires, transformer and earths, its customers on any phases.

    A neutral of its own reaches the star point: behind other wires it would hang in the air.
    """
    tap = {"side": draw(st.sampled_from(("hv", "lv"))), "pos": draw(st.integers(-2, 2)), "step_percent": 2.5}
    trafo = {
        "vector_group": draw(st.sampled_from(("Dyn", "Yzn", "Yyn"))),
        "vn_lv_kv": draw(st.sampled_from((0.4, 0.42))),
        "star_point_ohm": draw(st.sampled_from((0.0, 0.2))),
        "tap": {**tap, "neutral": 0, "min": -2, "max": 2},
    }
    impedance = {"s_sc_mva": draw(st.sampled_from((20.0, 500.0))), "rx": 0.3}
    wires: dict[str, Any] = {}
    for end, start in ENDS.items():
        own = start == "0" or wires[start] in OWN_NEUTRAL
        wires[end] = draw(st.sampled_from(WIRES + OWN_NEUTRAL * own))
    grounds = st.dictionaries(st.sampled_from(list(ENDS)), st.sampled_from((0.0, 2.0, 20.0)), max_size=3)
    feeder = street(
        "street",
        wires,
        trafo=trafo,
        earths=draw(grounds),
        source={"vn_kv": 10.0, "vm_pu": 1.0, "impedance": draw(st.none() | st.just(impedance))},
        lines={"1": {"parallel": draw(st.integers(1, 2))}},
    )
    return changed(feeder, feeder_id="street", customers=[draw(_customers(i)) for i in range(1, 9)])


@st.composite
def _customers(draw: st.DrawFn, i: int) -> dict[str, Any]:
    phases = draw(st.sampled_from(PHASES))
    own = {**HOME, "id": f"customer_{i}", "bus": f"bus_{draw(st.integers(0, len(ENDS)))}", "phases": phases}
    supplies = draw(st.none() | st.tuples(*[st.integers(0, 3)] * 2, st.integers(1, 3)))
    return {**own, "supplies": supplies} if phases == "abc" and supplies else own
