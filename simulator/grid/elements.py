"""What a feeder is made of: source, transformers, buses, lines, customers; each checked at birth."""

from math import hypot, isclose
from operator import not_
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, computed_field, model_validator

from simulator.grid.frozen import Frozen, Id, Real
from simulator.grid.phases import (
    PHASES,
    Conductors,
    CustomerPhases,
    Earthing,
    LinePhases,
    ShortCircuit,
    Supplies,
    VectorGroup,
    Wires,
    agree,
)
from simulator.grid.physical import LINE_OHM, TAP_RATIO, TRANSFORMER_OHM, Span, bounded, counted


def _absent(value: Any) -> bool:
    """Tell that an optional field is not given: it is then not written."""
    return value is None


def _three(phases: Any) -> bool:
    return bool(phases == PHASES)


class Source(Frozen):
    """The medium-voltage grid as a voltage source, ideal where no ``impedance`` is given.

    It feeds the transformers; where there are none, the low-voltage ``bus`` at the feeder's head.
    """

    vn_kv: Annotated[Real, bounded("source.vn_kv")]
    vm_pu: Annotated[Real, bounded("source.vm_pu")] = 1.0
    impedance: Annotated[ShortCircuit | None, Field(exclude_if=_absent)] = None
    bus: Annotated[Id | None, Field(exclude_if=_absent)] = None

    @model_validator(mode="after")
    def _behind_its_impedance(self) -> Self:
        if self.bus is not None and self.impedance is None:
            raise ValueError("a source at a low-voltage bus needs its impedance: s_sc_mva and rx")
        return self


def _whole_if_it_is(place: Any) -> Any:
    """Return 2.0 as 2, so that a position has one form."""
    return int(place) if isinstance(place, float) and place.is_integer() else place


Position = Annotated[int | Annotated[float, Field(allow_inf_nan=False)], BeforeValidator(_whole_if_it_is)]


class Tap(Frozen):
    """A ratio tap changer; ``pos`` counts steps of ``step_percent`` from ``neutral``.

    Regulators stand between two positions, too.
    """

    side: Literal["hv", "lv"]
    pos: Annotated[Position, bounded("tap.pos")]
    neutral: Annotated[Position, bounded("tap.neutral")] = 0
    min: Annotated[Position, bounded("tap.min")]
    max: Annotated[Position, bounded("tap.max")]
    step_percent: Annotated[Real, bounded("tap.step_percent")]

    @model_validator(mode="after")
    def _within_range(self) -> Self:
        if not self.min <= self.pos <= self.max:
            raise ValueError(f"tap pos {self.pos} is outside {self.min} to {self.max}")
        _check(
            TAP_RATIO, 1 + (self.pos - self.neutral) * self.step_percent / 100, "its ratio at this position"
        )
        return self


class Transformer(Frozen):
    """An MV/LV transformer between the source and one LV busbar; nameplate values.

    One that is not ``rated`` stands where a file has none: its ``sn_kva`` is a basis, and nothing is held
    against it.
    """

    id: Id
    lv_bus: Id
    sn_kva: Annotated[Real, bounded("transformer.sn_kva")]
    vn_hv_kv: Annotated[Real, bounded("transformer.vn_hv_kv")]
    vn_lv_kv: Annotated[Real, bounded("transformer.vn_lv_kv")]
    vk_percent: Annotated[Real, bounded("transformer.vk_percent")]
    vkr_percent: Annotated[Real, bounded("transformer.vkr_percent")]
    pfe_kw: Annotated[Real, bounded("transformer.pfe_kw")]
    i0_percent: Annotated[Real, bounded("transformer.i0_percent")]
    shift_degree: Annotated[Real, bounded("transformer.shift_degree")] = 150
    tap: Tap | None = None
    rated: Annotated[bool, Field(exclude_if=bool)] = True  # transformers are: written as they always were
    vector_group: Annotated[VectorGroup | None, Field(exclude_if=_absent)] = None
    vk0_percent: Annotated[
        Annotated[Real, bounded("transformer.vk0_percent")] | None, Field(exclude_if=_absent)
    ] = None
    vkr0_percent: Annotated[
        Annotated[Real, bounded("transformer.vkr0_percent")] | None, Field(exclude_if=_absent)
    ] = None
    star_point_ohm: Annotated[Earthing | None, Field(exclude_if=_absent)] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.vkr_percent > self.vk_percent:
            raise ValueError(f"vkr_percent {self.vkr_percent} exceeds vk_percent {self.vk_percent}")
        if (self.vk0_percent is None) != (self.vkr0_percent is None):
            raise ValueError("give vk0_percent and vkr0_percent, or neither")
        if self.vk0_percent is not None and (self.vkr0_percent or 0) > self.vk0_percent:
            raise ValueError(f"vkr0_percent {self.vkr0_percent} exceeds vk0_percent {self.vk0_percent}")
        _check(TRANSFORMER_OHM, self.lv_ohm, "vk_percent of vn_lv_kv squared by sn_kva")
        return self

    @property
    def lv_ohm(self) -> float:
        """Short-circuit impedance at the low-voltage side in ohm."""
        return self.vk_percent / 100 * self.vn_lv_kv**2 / (self.sn_kva / 1000)


class Bus(Frozen):
    """A low-voltage node; x and y in metres on a local plan, lat and lon in degrees (WGS 84).

    Both are None where nobody knows the place: then only the plan can be drawn.
    """

    id: Id
    x: Annotated[Real, bounded("bus.x")]
    y: Annotated[Real, bounded("bus.y")]
    lat: Annotated[Real, bounded("bus.lat")] | None = None
    lon: Annotated[Real, bounded("bus.lon")] | None = None
    earth_ohm: Annotated[Annotated[Real, bounded("bus.earth_ohm")] | None, Field(exclude_if=_absent)] = (
        None  # of the neutral
    )


class Line(Frozen):
    """A cable or overhead line; ``r_ohm`` and ``x_ohm`` are totals derived from the values per km.

    ``phases`` are those it has, ``wires`` what it is made of beyond the positive sequence. One that is not
    ``rated`` stands where a file has no rating: nothing is held against it, and its ``max_i_ka`` is a basis.
    """

    id: Id
    from_bus: Id = Field(alias="from")
    to_bus: Id = Field(alias="to")
    length_km: Annotated[Real, bounded("line.length_km")]
    std_type: str
    r_ohm_per_km: Annotated[Real, bounded("line.r_ohm_per_km")]
    x_ohm_per_km: Annotated[Real, bounded("line.x_ohm_per_km")]
    c_nf_per_km: Annotated[Real, bounded("line.c_nf_per_km")] = 0
    max_i_ka: Annotated[Real, bounded("line.max_i_ka")]
    parallel: Annotated[int, counted("line.parallel")] = 1
    rated: Annotated[bool, Field(exclude_if=bool)] = True
    phases: Annotated[LinePhases, Field(exclude_if=_three)] = "abc"
    wires: Annotated[Wires | None, Field(exclude_if=_absent)] = None

    @model_validator(mode="before")
    @classmethod
    def _totals_agree(cls, data: Any) -> Any:
        """Drop the derived totals from the input, after checking that they are what they derive from."""
        if not isinstance(data, dict) or not {"r_ohm", "x_ohm"} & data.keys():
            return data
        rest = {key: value for key, value in data.items() if key not in ("r_ohm", "x_ohm")}
        for total in ("r_ohm", "x_ohm"):
            try:
                derived = rest[f"{total}_per_km"] * rest["length_km"] / rest.get("parallel", 1)
            except (KeyError, TypeError, ZeroDivisionError, OverflowError):
                continue  # the fields themselves are wrong, and say so
            given = data.get(total, derived)
            if not isinstance(given, int | float) or not isclose(given, derived, rel_tol=1e-6, abs_tol=1e-9):
                raise ValueError(
                    f"{total} {given} is not {total}_per_km x length_km / parallel = {derived:.9g}"
                )
        return rest

    @model_validator(mode="after")
    def _carries(self) -> Self:
        _check(LINE_OHM, self.ohm, "its impedance in all")
        if isinstance(self.wires, Conductors) and self.phases == "abc":
            agree(self.wires, self.r_ohm_per_km, self.x_ohm_per_km)
        return self

    @property
    def ohm(self) -> float:
        """Magnitude of the whole line's series impedance in ohm."""
        return hypot(self.r_ohm_per_km, self.x_ohm_per_km) * self.length_km / self.parallel

    @computed_field  # type: ignore[prop-decorator]
    @property
    def r_ohm(self) -> float:
        """Resistance of the whole line in ohm."""
        return round(self.r_ohm_per_km * self.length_km / self.parallel, 9)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def x_ohm(self) -> float:
        """Reactance of the whole line in ohm."""
        return round(self.x_ohm_per_km * self.length_km / self.parallel, 9)

    @property
    def rating_ka(self) -> float:
        """Thermal current rating of all parallel conductors in kA."""
        return self.max_i_ka * self.parallel


class Customer(Frozen):
    """A group of households at one bus: after-diversity peak demand, rooftop PV potential.

    ``existing_kwp`` is PV that stands already, beside the potential; absent where there is none. ``phases``
    are those it is connected to, ``pv_phases`` those of its PV where they differ. A group has ``supplies`` of
    one phase each: how many, or how many on a, b and c.
    """

    id: Id
    bus: Id
    households: Annotated[int, counted("customer.households")]
    peak_kw: Annotated[Real, bounded("customer.peak_kw")]
    power_factor: Annotated[Real, bounded("customer.power_factor")]
    pv_kwp: Annotated[Real, bounded("customer.pv_kwp")]
    existing_kwp: Annotated[Real, bounded("customer.existing_kwp"), Field(exclude_if=not_)] = 0.0
    phases: Annotated[CustomerPhases, Field(exclude_if=_three)] = "abc"
    pv_phases: Annotated[CustomerPhases | None, Field(exclude_if=_absent)] = None
    supplies: Annotated[Supplies | None, Field(exclude_if=_absent)] = None

    @model_validator(mode="after")
    def _shared_out(self) -> Self:
        if isinstance(self.supplies, tuple):
            if self.phases != "abc":
                raise ValueError(f"supplies on a, b and c go with phases abc, not {self.phases}")
            if not sum(self.supplies):
                raise ValueError("supplies on a, b and c must be one at least")
        return self


def _check(span: Span, value: float, what: str) -> None:
    try:
        span.check(value)
    except ValueError as error:
        raise ValueError(f"{what}: {error}") from None
