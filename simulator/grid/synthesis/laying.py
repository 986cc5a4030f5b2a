"""Lays a plan out: the same plan gives the same feeder on every machine, to the last digit."""

from collections.abc import Iterator
from math import cos, radians, sin
from random import Random

from simulator.grid.catalogue import TRANSFORMER_500
from simulator.grid.elements import Bus, Customer, Line, Source, Tap, Transformer
from simulator.grid.schema import Feeder
from simulator.grid.synthesis.plan import Homes, Plan, Range, Run

METRES_PER_DEGREE = 111_320.0  # of latitude, and of longitude at the equator
WANDER_DEGREES = 4.0  # streets are not drawn with a ruler

Point = tuple[float, float]


def lay(plan: Plan) -> Feeder:
    """Return the feeder of a plan, drawn with the plan's number as the seed."""
    points, lines, customers = _draw(plan)
    return Feeder(
        schema_version=1,
        feeder_id=plan.feeder_id,
        name=plan.name,
        archetype=plan.archetype,
        description=plan.description,
        base_kv=TRANSFORMER_500.vn_lv_kv,
        transformer_kva=TRANSFORMER_500.sn_kva,
        source=Source(vn_kv=TRANSFORMER_500.vn_hv_kv, vm_pu=plan.source_vm_pu),
        transformers=(_transformer(plan.tap_pos),),
        buses=tuple(_bus(plan, number, x, y) for number, (x, y) in enumerate(points)),
        lines=tuple(lines),
        customers=tuple(customers),
    )


def _draw(plan: Plan) -> tuple[list[Point], list[Line], list[Customer]]:
    """Walk along the runs, one bus, line and customer a span.

    Only ``Random.random`` is drawn from, the one method whose sequence Python keeps for good; every value
    is rounded at once, so that the last bit of a sine cannot show.
    """
    rng = Random(plan.number)
    points, lines, customers = [(0.0, 0.0)], [], []
    for run in plan.runs:
        for start, end, heading in _spans(run, first=len(points)):
            metres = round(_between(rng, run.spacing_m))
            angle = radians(heading + _between(rng, (-WANDER_DEGREES, WANDER_DEGREES)))
            x, y = points[start]
            points.append((round(x + metres * sin(angle), 1), round(y + metres * cos(angle), 1)))
            lines.append(_line(run, start, end, metres))
            if run.homes:
                customers.append(_customer(rng, run.homes, end))
    return points, lines, customers


def _spans(run: Run, first: int) -> Iterator[tuple[int, int, float]]:
    """Yield from-bus, to-bus and heading of each span of a run whose first new bus is ``first``."""
    for i in range(run.buses):
        yield (first + i - 1 if i else run.start), first + i, run.heading + i * run.bend


def _between(rng: Random, limits: Range) -> float:
    low, high = limits
    return low + (high - low) * rng.random()


def _bus(plan: Plan, number: int, x: float, y: float) -> Bus:
    """Place a point of the local plan on the globe, on a flat earth around the transformer."""
    lat = plan.lat + y / METRES_PER_DEGREE
    lon = plan.lon + x / (METRES_PER_DEGREE * cos(radians(plan.lat)))
    return Bus(id=f"bus_{number}", x=x, y=y, lat=round(lat, 6), lon=round(lon, 6))


def _line(run: Run, start: int, end: int, metres: int) -> Line:
    return Line(
        id=f"line_{end}",
        from_bus=f"bus_{start}",
        to_bus=f"bus_{end}",
        length_km=metres / 1000,
        std_type=run.line.name,
        r_ohm_per_km=run.line.r_ohm_per_km,
        x_ohm_per_km=run.line.x_ohm_per_km,
        c_nf_per_km=run.line.c_nf_per_km,
        max_i_ka=run.line.max_i_ka,
        parallel=run.parallel,
    )


def _customer(rng: Random, homes: Homes, bus: int) -> Customer:
    households = round(_between(rng, homes.households))
    return Customer(
        id=f"customer_{bus}",
        bus=f"bus_{bus}",
        households=households,
        peak_kw=round(households * _between(rng, homes.kw_each), 1),
        pv_kwp=round(households * _between(rng, homes.kwp_each), 1),
        power_factor=round(_between(rng, homes.power_factor), 3),
    )


def _transformer(tap_pos: int) -> Transformer:
    kind = TRANSFORMER_500
    return Transformer(
        id="trafo_0",
        lv_bus="bus_0",
        sn_kva=kind.sn_kva,
        vn_hv_kv=kind.vn_hv_kv,
        vn_lv_kv=kind.vn_lv_kv,
        vk_percent=kind.vk_percent,
        vkr_percent=kind.vkr_percent,
        pfe_kw=kind.pfe_kw,
        i0_percent=kind.i0_percent,
        shift_degree=kind.shift_degree,
        tap=Tap(
            side="hv", pos=tap_pos, min=kind.tap_min, max=kind.tap_max, step_percent=kind.tap_step_percent
        ),
    )
