"""Phases: where customers connect, what lines and transformers are made of beyond the positive sequence.

Everything here is optional: what is absent is balanced, and neither written nor hashed.
"""

from math import hypot
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from simulator.grid.frozen import Frozen, Real
from simulator.grid.physical import bounded, counted

PHASES = "abc"
Phase = Literal["a", "b", "c"]
LinePhases = Literal["abc", "ab", "bc", "ca", "a", "b", "c"]
CustomerPhases = Literal["abc", "ab", "bc", "ca", "a", "b", "c", "unknown"]
VectorGroup = Literal["Dyn", "Yzn", "Yyn"]
Earthing = Annotated[Real, bounded("transformer.star_point_ohm")] | Literal["isolated"]
Count = Annotated[int, counted("customer.supplies")]
Supplies = Count | tuple[Count, Count, Count]
Row = Annotated[tuple[Real, ...], Field(min_length=3, max_length=4)]
Matrix = Annotated[tuple[Row, ...], Field(min_length=3, max_length=4)]


class ZeroSequence(Frozen):
    """A line's zero sequence per km, the neutral's return folded in."""

    r0_ohm_per_km: Annotated[Real, bounded("line.r0_ohm_per_km")]
    x0_ohm_per_km: Annotated[Real, bounded("line.x0_ohm_per_km")]
    c0_nf_per_km: Annotated[Real, bounded("line.c0_nf_per_km")] = 0.0


class Neutral(Frozen):
    """A line's neutral conductor per km, its coupling to the phases included: Z0 = Z1 + 3 Zn, folded in."""

    rn_ohm_per_km: Annotated[Real, bounded("line.rn_ohm_per_km")]
    xn_ohm_per_km: Annotated[Real, bounded("line.xn_ohm_per_km")]


class Conductors(Frozen):
    """A line's matrices per km: 3 x 3, or 4 x 4 with the neutral, a conductor of its own, last."""

    r_ohm_per_km: Matrix
    x_ohm_per_km: Matrix
    c_nf_per_km: Matrix | None = None

    @model_validator(mode="after")
    def _square(self) -> Self:
        size = len(self.r_ohm_per_km)
        for name in ("r_ohm_per_km", "x_ohm_per_km", "c_nf_per_km"):
            matrix: Any = getattr(self, name)
            if matrix is None:
                continue
            if len(matrix) != size or any(len(row) != size for row in matrix):
                raise ValueError(f"{name} must have {size} rows of {size} values, as r_ohm_per_km has rows")
            for i in range(size):
                for j in range(i):
                    if abs(matrix[i][j] - matrix[j][i]) > 1e-9 * max(abs(matrix[i][j]), 1e-9):
                        raise ValueError(f"{name} must be symmetric; rows {j + 1} and {i + 1} are not")
        return self


def agree(wires: Conductors, r_ohm_per_km: float, x_ohm_per_km: float) -> None:
    """Refuse matrices whose positive sequence is not a line's r and x; 1e-6 of their size may differ."""
    found = positive_sequence(wires)
    given = complex(r_ohm_per_km, x_ohm_per_km)
    if abs(found - given) > 1e-6 * abs(given):
        raise ValueError(
            f"the positive sequence of its wires' matrices is {found.real:.9g} + {found.imag:.9g}j ohm/km, "
            f"not r_ohm_per_km + x_ohm_per_km j = {r_ohm_per_km:.9g} + {x_ohm_per_km:.9g}j"
        )


def positive_sequence(wires: Conductors) -> complex:
    """Return the positive-sequence impedance in ohm per km; a neutral carries its share.

    Source: the mean of the phases' own impedances less the mean of those between them; a neutral is
    eliminated by Kron's reduction before.
    """
    impedance = np.array(wires.r_ohm_per_km) + 1j * np.array(wires.x_ohm_per_km)
    if len(impedance) == 4:
        impedance = impedance[:3, :3] - np.outer(impedance[:3, 3], impedance[3, :3]) / impedance[3, 3]
    own, mutual = np.trace(impedance) / 3, (impedance.sum() - np.trace(impedance)) / 6
    return complex(own - mutual)


Wires = ZeroSequence | Neutral | Conductors


class ShortCircuit(Frozen):
    """The source's impedance: its short-circuit power, R/X, and its zero sequence X0/X and R0/X0."""

    s_sc_mva: Annotated[Real, bounded("source.s_sc_mva")]
    rx: Annotated[Real, bounded("source.rx")]
    x0x: Annotated[Real, bounded("source.x0x")] = 1.0
    r0x0: Annotated[Real, bounded("source.r0x0")] | None = None

    @property
    def positive(self) -> complex:
        """The positive-sequence impedance in pu on 1 MVA."""
        x_pu = 1 / self.s_sc_mva / hypot(self.rx, 1)
        return complex(self.rx * x_pu, x_pu)

    @property
    def zero(self) -> complex:
        """The zero-sequence impedance in pu on 1 MVA; R0/X0 is R/X where it is not given."""
        x_pu = self.positive.imag * self.x0x
        return complex((self.rx if self.r0x0 is None else self.r0x0) * x_pu, x_pu)
