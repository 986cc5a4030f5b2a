"""Village and edge-of-town feeders: a church green, a new estate, a ferry landing, a craft yard."""

from simulator.grid.synthesis.plan import SERVICE, Homes, Plan, Run

_VILLAGE = Homes(households=(2, 4), kw_each=(1.2, 1.6), kwp_each=(6.0, 8.6))
CHURCH_GREEN = Plan(
    number=2,
    name="Church Green",
    archetype="village star",
    description=(
        "A village whose five lanes meet at the church, where the transformer stands. "
        "Every lane is a cable of its own, and the longest one decides how much PV the village can take."
    ),
    lat=50.058,
    lon=7.905,
    source_vm_pu=1.01,
    runs=(
        Run(0, 10, 15, (44, 66), _VILLAGE, bend=3),
        Run(0, 5, 85, (38, 58), _VILLAGE, bend=-4),
        Run(0, 5, 160, (38, 58), _VILLAGE, bend=5),
        Run(0, 5, 230, (38, 58), _VILLAGE, bend=-3),
        Run(0, 4, 305, (38, 58), _VILLAGE, SERVICE, bend=4),
    ),
)

_NEW = Homes(households=(3, 5), kw_each=(1.4, 1.8), kwp_each=(11.2, 14.8))
SUNFIELD_ESTATE = Plan(
    number=5,
    name="Sunfield Estate",
    archetype="new estate, heavy rooftop PV",
    description=(
        "A new estate of parallel streets, where every house was built with a roof full of PV in mind. "
        "The cables were laid double for it, the transformer was not."
    ),
    lat=50.043,
    lon=8.03,
    runs=(
        Run(0, 3, 95, (36, 44), _NEW, parallel=2),
        Run(0, 3, 275, (36, 44), _NEW, parallel=2),
        *(Run(start, 4, 5, (25, 34), _NEW) for start in (1, 2, 3, 4, 5)),
        Run(6, 3, 5, (25, 34), _NEW),
    ),
)

_CLUSTER = Homes(households=(3, 5), kw_each=(1.1, 1.4), kwp_each=(4.0, 6.0))
_COTTAGES = Homes(households=(1, 2), kw_each=(1.0, 1.3), kwp_each=(9.0, 13.0))
FERRY_COTTAGES = Plan(
    number=6,
    name="Ferry Cottages",
    archetype="weak end of line",
    description=(
        "A compact hamlet from which a thin old cable follows the bank to a row of cottages at the ferry. "
        "The hamlet could host far more, but the last cottages reach their voltage limit long before it."
    ),
    lat=49.952,
    lon=8.051,
    runs=(
        Run(0, 5, 320, (30, 42), _CLUSTER, bend=10),
        Run(0, 5, 220, (30, 42), _CLUSTER, bend=-8),
        Run(0, 5, 100, (30, 42), _CLUSTER),
        Run(15, 14, 90, (38, 52), _COTTAGES, SERVICE, bend=4),
    ),
)

_WORKSHOP = Homes(households=(1, 2), kw_each=(4.0, 7.0), kwp_each=(20.0, 32.0), power_factor=(0.95, 0.96))
KILN_YARD = Plan(
    number=10,
    name="Kiln Yard",
    archetype="craft and workshop yard",
    description=(
        "Workshops with wide flat roofs along two aisles, each aisle on one main cable. "
        "Voltage stays calm on the short run, so the first section of the mains is what fills up at noon."
    ),
    lat=50.028,
    lon=8.085,
    runs=(
        Run(0, 8, 70, (30, 42), _WORKSHOP),
        Run(0, 2, 340, (32, 40), None),
        Run(10, 6, 70, (30, 42), _WORKSHOP),
        *(Run(k, 1, 160, (25, 36), _WORKSHOP, SERVICE) for k in (1, 2, 3, 4, 5, 6, 7)),
        *(Run(k, 1, 340, (25, 36), _WORKSHOP, SERVICE) for k in (11, 12, 13, 14, 15, 16)),
    ),
)
