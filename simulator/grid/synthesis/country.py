"""Country feeders: farms and long lines, houses up to 175 m apart."""

from simulator.grid.synthesis.plan import OVERHEAD, SERVICE, Homes, Plan, Run

_ROADSIDE = Homes(households=(1, 2), kw_each=(0.85, 1.1), kwp_each=(5.6, 7.8))
LONG_MEADOW_ROAD = Plan(
    number=3,
    name="Long Meadow Road",
    archetype="long rural overhead",
    description=(
        "Houses strung along one country road on wooden poles, each yard on a short cable from the pole. "
        "Line resistance rules here: what sags in the evening soars at noon."
    ),
    lat=50.09,
    lon=8.005,
    runs=(
        Run(0, 7, 62, (44, 62), _ROADSIDE, bend=3),
        Run(7, 10, 83, (36, 50), _ROADSIDE, OVERHEAD, bend=2),
        *(Run(k, 1, 350, (25, 45), _ROADSIDE, SERVICE) for k in (2, 5, 8, 11, 14, 17)),
        *(Run(k, 1, 170, (25, 45), _ROADSIDE, SERVICE) for k in (3, 6, 9, 12, 15, 16)),
    ),
)

_FARMHOUSE = Homes(households=(1, 1), kw_each=(2.0, 3.0), kwp_each=(8.0, 12.0))
_BARN = Homes(households=(1, 1), kw_each=(4.0, 6.0), kwp_each=(44.0, 62.0), power_factor=(0.95, 0.97))
ORCHARD_FARMS = Plan(
    number=4,
    name="Orchard Farms",
    archetype="branched farm feeder",
    description=(
        "Scattered farms on a cable that forks at every lane, up to 175 m from one yard to the next. "
        "Four barn roofs hold half of all the PV, and they lie at the very tips of the branches."
    ),
    lat=50.075,
    lon=8.14,
    runs=(
        Run(0, 4, 10, (90, 120), None),
        Run(2, 4, 300, (110, 175), _FARMHOUSE, bend=6),
        Run(3, 4, 75, (110, 175), _FARMHOUSE, bend=-6),
        Run(4, 4, 335, (100, 160), _FARMHOUSE),
        Run(4, 4, 35, (100, 160), _FARMHOUSE),
        *(
            Run(k, 1, heading, (60, 110), _BARN, SERVICE)
            for k, heading in ((8, 260), (12, 110), (16, 290), (20, 80))
        ),
        *(
            Run(k, 1, heading, (60, 110), _FARMHOUSE, SERVICE)
            for k, heading in ((1, 100), (6, 215), (10, 0), (14, 250), (18, 120))
        ),
    ),
)

_MARSH = Homes(households=(1, 1), kw_each=(0.9, 1.2), kwp_each=(5.0, 7.5))
HERON_MARSH = Plan(
    number=11,
    name="Heron Marsh",
    archetype="stress outlier, long thin line",
    description=(
        "One thin overhead line winds along the dyke to the last house in the marsh. "
        "At the evening peak its end falls below the voltage limit, and at noon little PV lifts it above."
    ),
    lat=49.93,
    lon=7.9,
    tap_pos=-1,
    runs=(
        Run(0, 10, 200, (40, 62), _MARSH, OVERHEAD, bend=10),
        Run(10, 10, 290, (40, 62), _MARSH, OVERHEAD, bend=-12),
        Run(20, 9, 180, (40, 62), _MARSH, OVERHEAD, bend=9),
    ),
)
