"""Networks of any shape for pictures: trees, meshes and several transformers, of up to a thousand buses."""

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
from hypothesis import strategies as st

from simulator.drawing.diagram import render_diagram
from simulator.grid.schema import Feeder
from simulator.tests.feeders import small_feeder_data
from simulator.tests.reports.pictures import parse

Edges = Sequence[tuple[int, int, float]]


def network(edges: Edges, roots: Sequence[int] = (0,), **changes: Any) -> Feeder:
    """Return a feeder of lines (bus, bus, length in km) with a transformer at each of ``roots``."""
    data = small_feeder_data()
    line, transformer = data["lines"][0], data["transformers"][0]
    count = 1 + max((bus for edge in edges for bus in edge[:2]), default=0)
    return Feeder.model_validate(
        {
            **data,
            "transformers": [
                {**transformer, "id": f"trafo_{i}", "lv_bus": f"bus_{bus}"} for i, bus in enumerate(roots)
            ],
            "transformer_kva": transformer["sn_kva"] * len(roots),
            "buses": [{**data["buses"][0], "id": f"bus_{i}"} for i in range(count)],
            "lines": [
                {**line, "id": f"line_{i}", "from": f"bus_{a}", "to": f"bus_{b}", "length_km": km}
                for i, (a, b, km) in enumerate(edges, start=1)
            ],
            "customers": [],
            **changes,
        }
    )


@st.composite
def networks(draw: st.DrawFn, most: int = 40) -> Feeder:
    """Draw a network; lengths repeat often, so that buses stand at equal distances."""
    count = draw(st.integers(1, most))
    lengths = st.sampled_from((0.01, 0.02, 0.03, 0.05)) | st.floats(0.001, 0.3)
    edges = [(draw(st.integers(0, bus - 1)), bus, draw(lengths)) for bus in range(1, count)]
    buses = st.integers(0, count - 1)
    loops = draw(st.lists(st.tuples(buses, buses, lengths).filter(lambda e: e[0] != e[1]), max_size=3))
    more = draw(st.lists(buses, max_size=2))
    return network([*edges, *loops], [0, *more])


def drawn(feeder: Feeder, seed: int = 0) -> Element:
    """Draw a feeder in a random state that has violations of every kind."""
    random = np.random.default_rng(seed)
    vm_pu = random.uniform(0.9, 1.1, len(feeder.buses))
    line_loading = random.uniform(0, 1.2, len(feeder.lines))
    return parse(
        render_diagram(feeder, vm_pu, line_loading, random.uniform(0, 1.2, len(feeder.transformers)))
    )


SHAPES: dict[str, Feeder] = {
    "one bus": network([]),
    "chain of 1000": network([(i, i + 1, 0.03) for i in range(999)]),
    "star of 1000": network([(0, i, 0.01 + i / 5000) for i in range(1, 1000)]),
    "comb of 1000": network(
        [(max(0, i - 2), i, 0.03) if i % 2 == 0 else (i - 1, i, 0.2) for i in range(1, 1000)]
    ),
    "binary tree of 511": network([((i - 1) // 2, i, 0.02) for i in range(1, 511)]),
    "parallel lines": network([(0, 1, 0.1), (0, 1, 0.1), (0, 1, 0.1), (1, 2, 0.05)]),
    "two transformers on one bus": network([(0, 1, 0.1), (0, 2, 0.1)], [0, 0]),
    "ring between two stations": network([(0, 1, 0.1), (1, 2, 0.1), (2, 3, 0.1)], [0, 3]),
}
