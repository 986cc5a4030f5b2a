"""What each figure of a feeder can be: generous, but no further than anything that stands somewhere.

A figure beyond these is a slip or a trap, and makes sums overflow or equations that no computer solves; it
is refused by name wherever a feeder is born. What is merely unlikely, as 270 kA in a street, is taken, and
an import's account doubts it.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import AfterValidator, BeforeValidator


@dataclass(frozen=True)
class Span:
    """The magnitudes that a figure may have, both ends included, in ``unit``; ``why`` says what they rest on.

    ``zero`` tells whether it may be nothing at all, ``signed`` whether it may be negative.
    """

    low: float
    high: float
    unit: str
    why: str
    zero: bool = False
    signed: bool = False

    @property
    def words(self) -> str:
        """What is taken: ``0, or 0.000001 to 1,000,000 kW``."""
        nothing = "0, or " if self.zero else ""
        sign = " of either sign" if self.signed else ""
        return f"{nothing}{plain(self.low)} to {plain(self.high)} {self.unit}".rstrip() + sign

    def check(self, value: float) -> float:
        """Return the value.

        Raises: ValueError saying what is taken, and why.
        """
        size = abs(value) if self.signed else value
        if self.low <= size <= self.high or (self.zero and value == 0):
            return value
        shown = str(value)[:20] if isinstance(value, int) else f"{value:.6g}"
        given = f"{shown} {self.unit}".rstrip()
        raise ValueError(f"{given} is outside the accepted range: {self.words} ({self.why})")


def plain(value: float) -> str:
    """Return a number as people write it: ``0.000001`` or ``10,000,000``."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.9f}".rstrip("0").rstrip(".")


_POSITION = Span(1e-6, 1000, "", "regulators have 33 positions", zero=True, signed=True)
_METRES = Span(1e-6, 1e12, "m", "as far as two thousand lines of 10,000 km reach", zero=True, signed=True)
_DEGREES = "whole turns; less than a millionth turns nothing"
_KVA = "from a bell transformer to 99,999 MVA, which converted files write for no limit"
_KV = "from 50 V to the highest voltages of transmission"
_PERCENT = "on 99,999 MVA, which converted files write for no limit, 4 % of a small one is a million"
_EARTH = Span(1e-6, 1e6, "ohm", "from a bolted earth to dry rock", zero=True)
_RATIO = Span(1e-6, 1e3, "", "a ratio of two impedances", zero=True)
_KW = "from a milliwatt to more than any power station, for watts typed as kilowatts"

SPANS: dict[str, Span] = {
    "feeder.f_hz": Span(16, 400, "Hz", "from the railways' 16.7 Hz to the 400 Hz of ships"),
    "feeder.base_kv": Span(0.05, 50, "kV", "from 50 V to medium voltage"),
    "feeder.transformer_kva": Span(0.001, 1e12, "kVA", "the sum of the transformers' ratings", zero=True),
    "source.vn_kv": Span(0.05, 1500, "kV", _KV),
    "source.vm_pu": Span(0.8, 1.2, "pu", "a grid beyond it is disturbed"),
    "source.s_sc_mva": Span(1e-3, 1e6, "MVA", "from a garden's generator to an ideal source"),
    "source.rx": _RATIO,
    "source.x0x": _RATIO,
    "source.r0x0": _RATIO,
    "tap.pos": _POSITION,
    "tap.neutral": _POSITION,
    "tap.min": _POSITION,
    "tap.max": _POSITION,
    "tap.step_percent": Span(1e-6, 50, "%", "tap changers step by 0.5 to 5 %", zero=True),
    "transformer.sn_kva": Span(0.001, 1e8, "kVA", _KVA),
    "transformer.vn_hv_kv": Span(0.05, 1500, "kV", _KV),
    "transformer.vn_lv_kv": Span(0.05, 50, "kV", "from 50 V to medium voltage"),
    "transformer.vk_percent": Span(1e-6, 1e7, "%", _PERCENT),
    "transformer.vkr_percent": Span(1e-6, 1e7, "%", _PERCENT, zero=True),
    "transformer.pfe_kw": Span(1e-6, 1e6, "kW", "the largest transformers lose some 500 kW", zero=True),
    "transformer.i0_percent": Span(1e-6, 100, "%", "at 100 % it carries its rated current idle", zero=True),
    "transformer.shift_degree": Span(1e-6, 720, "degrees", _DEGREES, zero=True, signed=True),
    "transformer.vk0_percent": Span(1e-6, 1e7, "%", _PERCENT),
    "transformer.vkr0_percent": Span(1e-6, 1e7, "%", _PERCENT, zero=True),
    "transformer.star_point_ohm": _EARTH,
    "bus.earth_ohm": _EARTH,
    "bus.x": _METRES,
    "bus.y": _METRES,
    "bus.lat": Span(1e-9, 90, "degrees", "WGS 84, from pole to pole", zero=True, signed=True),
    "bus.lon": Span(1e-9, 180, "degrees", "WGS 84, once around", zero=True, signed=True),
    "line.length_km": Span(1e-6, 10_000, "km", "from a millimetre to metres typed as kilometres"),
    "line.r_ohm_per_km": Span(1e-9, 1e7, "ohm/km", "from a busbar to a bad contact a metre long"),
    "line.x_ohm_per_km": Span(1e-9, 1e7, "ohm/km", "as the resistance", zero=True),
    "line.c_nf_per_km": Span(1e-6, 1e6, "nF/km", "cables have some 300, lines some 10", zero=True),
    "line.r0_ohm_per_km": Span(1e-9, 1e7, "ohm/km", "as the positive sequence"),
    "line.x0_ohm_per_km": Span(1e-9, 1e7, "ohm/km", "as the positive sequence", zero=True),
    "line.c0_nf_per_km": Span(1e-6, 1e6, "nF/km", "as the positive sequence", zero=True),
    "line.rn_ohm_per_km": Span(1e-9, 1e7, "ohm/km", "as a phase's"),
    "line.xn_ohm_per_km": Span(1e-9, 1e7, "ohm/km", "as a phase's", zero=True),
    "line.max_i_ka": Span(1e-6, 1e6, "kA", "from a milliampere to 99,999 kA, which stands for no limit"),
    "line.parallel": Span(1, 1000, "conductors", "beside each other"),
    "customer.households": Span(1, 1e6, "households", "a city has no more", zero=True),
    "customer.peak_kw": Span(1e-6, 1e8, "kW", _KW, zero=True),
    "customer.power_factor": Span(1e-6, 1, "", "at 0 there is no active power to scale"),
    "customer.pv_kwp": Span(1e-6, 1e10, "kWp", "a hundred times what the load may be", zero=True),
    "customer.supplies": Span(1, 1e6, "supplies", "as households", zero=True),
    "customer.existing_kwp": Span(1e-6, 1e10, "kWp", "as the potential", zero=True),
}

LINE_OHM = Span(1e-8, 1e6, "ohm", "from a bolted joint to an insulator; nothing beyond can feed anybody")
TRANSFORMER_OHM = Span(1e-8, 1e6, "ohm", "its short-circuit impedance at the low-voltage side")
TAP_RATIO = Span(0.5, 2, "", "all steps of a tap changer together; most reach 0.8 to 1.2")
NO_LOAD_PU = Span(0.2, 5, "pu", "beyond it voltages are typed in another unit, or for another network")
LARGEST_TO_SMALLEST = 1e10  # of impedances that are solved together: double precision then keeps 1e-6 pu


def bounded(name: str) -> AfterValidator:
    """Return what checks a field by its name in the table, as ``line.length_km``."""
    return AfterValidator(SPANS[name].check)


def counted(name: str) -> BeforeValidator:
    """Return the same for a field that counts; what is not a number is left to its type."""

    def check(value: Any) -> Any:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return SPANS[name].check(value) if number else value

    return BeforeValidator(check)
