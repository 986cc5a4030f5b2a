"""Two networks that are large in their own way: a chain of buses, and lines that all join the same two."""

from functools import cache

from simulator.grid.schema import Feeder
from simulator.tests.feeders import small_feeder_data


@cache
def chain_of(count: int) -> Feeder:
    """Return buses in a row, 0.5 m apart, each with a customer of 100 W but the first."""
    data = small_feeder_data()
    bus, line, customer = (data[kind][0] for kind in ("buses", "lines", "customers"))
    buses = range(count)
    return Feeder.model_validate(
        {
            **data,
            "feeder_id": "chain",
            "buses": [{**bus, "id": f"bus_{i}", "x": 0.5 * i, "lat": 50 + i / 1e5} for i in buses],
            "lines": [
                {**line, "id": f"line_{i}", "from": f"bus_{i - 1}", "to": f"bus_{i}", "length_km": 0.0005}
                for i in buses[1:]
            ],
            "customers": [
                {**customer, "id": f"customer_{i}", "bus": f"bus_{i}", "peak_kw": 0.1, "pv_kwp": 0.1}
                for i in buses[1:]
            ],
        }
    )


@cache
def parallel_lines(count: int) -> Feeder:
    """Return three buses in a row, of which the first two are joined by so many lines."""
    data = small_feeder_data()
    line = data["lines"][0]
    lines = [{**line, "id": f"beside_{i}"} for i in range(1, count)]
    return Feeder.model_validate({**data, "feeder_id": "parallel", "lines": [*data["lines"], *lines]})
