"""Line types and the transformer of the synthetic feeders: nameplate values, each with its source."""

from dataclasses import dataclass
from typing import Literal

from simulator.grid.elements import Line

OVERHEAD_OHM_PER_KM = 0.2  # reactance: conductors that hang apart have more, those of a cable less

PANDAPOWER = "pandapower basic standard types, lines, 0.4 kV"
PROJECT_LINE = "this project; pandapower's basic standard type, resistance rounded to three digits"


@dataclass(frozen=True)
class LineType:
    """A cable or overhead conductor: positive-sequence values per km and thermal current rating."""

    name: str
    kind: Literal["cable", "overhead"]
    r_ohm_per_km: float
    x_ohm_per_km: float
    c_nf_per_km: float
    max_i_ka: float
    source: str


@dataclass(frozen=True)
class TransformerType:
    """A distribution transformer's nameplate, with its off-load tap changer on the high-voltage side."""

    name: str
    sn_kva: float
    vn_hv_kv: float
    vn_lv_kv: float
    vk_percent: float
    vkr_percent: float
    pfe_kw: float
    i0_percent: float
    shift_degree: float
    tap_min: int
    tap_max: int
    tap_step_percent: float
    source: str


# Ascending by rating within each kind: the next of the same kind is the next larger.
LINE_TYPES: tuple[LineType, ...] = (
    LineType("NAYY 4x50 SE", "cable", 0.642, 0.083, 210, 0.142, PANDAPOWER),
    LineType("NAYY 4x120 SE", "cable", 0.225, 0.080, 264, 0.242, PANDAPOWER),
    LineType("NAYY 4x150 SE", "cable", 0.208, 0.080, 261, 0.270, PANDAPOWER),
    LineType("48-AL1/8-ST1A 0.4", "overhead", 0.594, 0.300, 12.2, 0.210, PROJECT_LINE),
    LineType("94-AL1/15-ST1A 0.4", "overhead", 0.306, 0.290, 13.2, 0.350, PANDAPOWER),
)

TRANSFORMER_500 = TransformerType(
    name="500 kVA 10/0.4 kV",
    sn_kva=500,
    vn_hv_kv=10.0,
    vn_lv_kv=0.4,
    vk_percent=4.0,
    vkr_percent=1.1,
    pfe_kw=0.73,
    i0_percent=0.2,
    shift_degree=150,
    tap_min=-2,
    tap_max=2,
    tap_step_percent=2.5,
    source="this project; losses near EN 50464-1 class C0 Ck for 500 kVA (720 W, 5500 W), Dyn5",
)


def line_type(name: str) -> LineType:
    """Return a line type by its name.

    Raises:
        KeyError: the catalogue has no such type.
    """
    for candidate in LINE_TYPES:
        if candidate.name == name:
            return candidate
    raise KeyError(f"{name!r} is not in the catalogue: {', '.join(t.name for t in LINE_TYPES)}")


def next_larger(line: Line) -> LineType | None:
    """Return the next larger type of a line's kind by rating, None where the catalogue has none.

    A line whose type the catalogue does not know is a cable, unless its reactance says overhead; what
    replaces it must have a higher rating and a lower resistance.
    """
    known = next((t for t in LINE_TYPES if t.name == line.std_type), None)
    if known:
        kind, rating_ka, r_ohm_per_km = known.kind, known.max_i_ka, known.r_ohm_per_km
    else:
        kind, rating_ka, r_ohm_per_km = kind_of(line), line.max_i_ka, line.r_ohm_per_km
    same_kind = [t for t in LINE_TYPES if t.kind == kind]
    larger = [t for t in same_kind if t.max_i_ka > rating_ka and t.r_ohm_per_km < r_ohm_per_km]
    return min(larger, key=lambda t: t.max_i_ka, default=None)


def kind_of(line: Line) -> Literal["cable", "overhead"]:
    """Return whether a line is a cable or overhead, by its type or else by its reactance."""
    for candidate in LINE_TYPES:
        if candidate.name == line.std_type:
            return candidate.kind
    return "overhead" if line.x_ohm_per_km > OVERHEAD_OHM_PER_KM else "cable"
