"""What lines and transformers are beyond the positive sequence: as they say, or else as their type has it."""

from simulator.grid.elements import Line, Transformer
from simulator.grid.phases import Conductors, Neutral, ZeroSequence

# Z0 / Z1 of four equal conductors, all equally far from each other: the return adds three neutrals.
FOUR_EQUAL = 4.0
# Z0 / Z1 by vector group, amid what IEC TR 60909-4 gives for distribution transformers with three limbs:
# 0.7 to 1 (Dyn), 0.1 to 0.15 (Yzn), 3 to 10 (Yyn).
BY_GROUP = {"Dyn": 1.0, "Yzn": 0.1, "Yyn": 10.0}
USUAL_GROUP = "Dyn"


def line_zero(line: Line) -> tuple[complex, float]:
    """Return a line's zero sequence: ohm per km and nF per km."""
    positive = complex(line.r_ohm_per_km, line.x_ohm_per_km)
    match line.wires:
        case ZeroSequence() as zero:
            return complex(zero.r0_ohm_per_km, zero.x0_ohm_per_km), zero.c0_nf_per_km
        case Neutral() as neutral:
            zn = complex(neutral.rn_ohm_per_km, neutral.xn_ohm_per_km)
            return positive + 3 * zn, line.c_nf_per_km
        case Conductors() | None:
            return FOUR_EQUAL * positive, line.c_nf_per_km


def transformer_zero(transformer: Transformer) -> complex:
    """Return a transformer's zero-sequence impedance in pu on its rating, seen from low voltage."""
    vk, vkr = transformer.vk_percent, transformer.vkr_percent
    ratio = BY_GROUP[transformer.vector_group or USUAL_GROUP]
    if transformer.vk0_percent is not None:
        vk, vkr, ratio = transformer.vk0_percent, transformer.vkr0_percent or 0.0, 1.0
    return ratio * complex(vkr, (vk**2 - vkr**2) ** 0.5) / 100
