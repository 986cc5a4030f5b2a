"""Town feeders: short cables, many households, houses 25 to 45 m apart."""

from simulator.grid.synthesis.plan import SERVICE, Homes, Plan, Run

_DETACHED = Homes(households=(3, 5), kw_each=(1.2, 1.5), kwp_each=(5.8, 7.6))
MILL_LANE = Plan(
    number=0,
    name="Mill Lane",
    archetype="suburban cable",
    description=(
        "A ring road of detached houses, run as two half rings with the joint at the far side left open. "
        "Evenings are easy, but on sunny noons the two ends of the open ring are where voltage climbs first."
    ),
    lat=50.012,
    lon=7.962,
    source_vm_pu=1.01,
    runs=(
        Run(0, 10, 270, (36, 45), _DETACHED, bend=18),
        Run(0, 10, 90, (36, 45), _DETACHED, bend=-18),
        *(Run(k, 1, 180 + 18 * k, (25, 34), _DETACHED, SERVICE) for k in (2, 4, 6, 8)),
        *(Run(10 + k, 1, 180 - 18 * k, (25, 34), _DETACHED, SERVICE) for k in (1, 3, 5, 7, 9)),
    ),
)

_FLATS = Homes(households=(9, 14), kw_each=(0.85, 1.0), kwp_each=(2.2, 2.9))
HARBOUR_STREET = Plan(
    number=1,
    name="Harbour Street",
    archetype="dense urban cable",
    description=(
        "Blocks of flats around a crossing, with short strong cables in all four streets. "
        "Demand is high and roofs are shared by many, so only the transformer sets a limit to PV."
    ),
    lat=49.995,
    lon=8.004,
    runs=(
        *(Run(0, 5, heading, (25, 35), _FLATS) for heading in (12, 102, 192, 282)),
        *(Run(start, 3, heading, (25, 33), _FLATS) for start, heading in ((3, 102), (8, 192), (13, 282))),
    ),
)

_SHOPS = Homes(households=(3, 6), kw_each=(2.9, 3.8), kwp_each=(7.2, 9.4), power_factor=(0.95, 0.96))
MARKET_STREET = Plan(
    number=7,
    name="Market Street",
    archetype="shopping street",
    description=(
        "Shops with flats above them on both pavements of one street, fed by a cable along each. "
        "Lights, ovens and chillers bring the peak at half past six, close to what the transformer may carry."
    ),
    lat=50.004,
    lon=8.038,
    runs=(
        *(Run(0, 1, heading, (25, 28), _SHOPS, parallel=2) for heading in (348, 168)),
        *(Run(1, 7, heading, (25, 34), _SHOPS) for heading in (78, 258)),
        Run(2, 7, 78, (25, 34), _SHOPS),
        Run(2, 6, 258, (25, 34), _SHOPS),
    ),
)

_HEATED = Homes(households=(10, 14), kw_each=(1.4, 1.65), kwp_each=(1.1, 1.6), power_factor=(0.97, 0.98))
STATION_TERRACES = Plan(
    number=8,
    name="Station Terraces",
    archetype="electrically heated blocks",
    description=(
        "Rows of flats that changed from gas to electric heating behind a transformer of the old days. "
        "It is overloaded every winter evening before a single roof has PV."
    ),
    lat=49.978,
    lon=7.975,
    runs=(
        Run(0, 3, 115, (32, 44), _HEATED, parallel=2),
        Run(0, 3, 295, (32, 44), _HEATED, parallel=2),
        *(Run(k, 2, 25, (25, 34), _HEATED) for k in (1, 2, 3, 4, 5, 6)),
        *(Run(k, 2, 205, (25, 34), _HEATED) for k in (1, 2, 3, 4, 5)),
        Run(6, 1, 205, (25, 34), _HEATED),
    ),
)

_LISTED = Homes(households=(5, 8), kw_each=(0.9, 1.1), kwp_each=(1.2, 1.8))
ABBEY_CLOSE = Plan(
    number=9,
    name="Abbey Close",
    archetype="old town, listed roofs",
    description=(
        "An old town of narrow closes off one lane, recabled with two mains in the trench. "
        "Few roofs may carry PV, and all that they can carry is welcome."
    ),
    lat=49.999,
    lon=7.93,
    runs=(
        Run(0, 5, 350, (30, 40), _LISTED, parallel=2),
        *(Run(k, 2, 80, (25, 32), _LISTED, SERVICE) for k in (1, 2, 3, 4, 5)),
        *(Run(k, 2, 260, (25, 32), _LISTED, SERVICE) for k in (1, 2, 3, 4, 5)),
        Run(0, 4, 170, (28, 40), _LISTED),
    ),
)
