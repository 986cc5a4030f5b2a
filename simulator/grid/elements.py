"""What a feeder is made of: source, transformers, buses, lines, customers; each checked at birth."""

from math import isclose
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, computed_field, model_validator

Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_.-]*$")]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False, strict=True)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
Finite = Annotated[float, Field(allow_inf_nan=False, strict=True)]


class Frozen(BaseModel):
    """An immutable record that takes no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Source(Frozen):
    """The medium-voltage grid as an ideal voltage source."""

    vn_kv: Positive
    vm_pu: Annotated[float, Field(ge=0.8, le=1.2)] = 1.0


def _whole_if_it_is(place: Any) -> Any:
    """Return 2.0 as 2, so that a position has one form."""
    return int(place) if isinstance(place, float) and place.is_integer() else place


Position = Annotated[int | Annotated[float, Field(allow_inf_nan=False)], BeforeValidator(_whole_if_it_is)]


class Tap(Frozen):
    """A ratio tap changer; ``pos`` counts steps of ``step_percent`` from ``neutral``.

    Regulators stand between two positions, too.
    """

    side: Literal["hv", "lv"]
    pos: Position
    neutral: Position = 0
    min: Position
    max: Position
    step_percent: NotNegative

    @model_validator(mode="after")
    def _within_range(self) -> Self:
        if not self.min <= self.pos <= self.max:
            raise ValueError(f"tap pos {self.pos} is outside {self.min} to {self.max}")
        return self


class Transformer(Frozen):
    """An MV/LV transformer between the source and one LV busbar; nameplate values."""

    id: Id
    lv_bus: Id
    sn_kva: Positive
    vn_hv_kv: Positive
    vn_lv_kv: Positive
    vk_percent: Positive
    vkr_percent: NotNegative
    pfe_kw: NotNegative
    i0_percent: NotNegative
    shift_degree: Finite = 150
    tap: Tap | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.vkr_percent > self.vk_percent:
            raise ValueError(f"vkr_percent {self.vkr_percent} exceeds vk_percent {self.vk_percent}")
        return self


class Bus(Frozen):
    """A low-voltage node; x and y in metres on a local plan, lat and lon in degrees (WGS 84).

    Both are None where nobody knows the place: then only the plan can be drawn.
    """

    id: Id
    x: Finite
    y: Finite
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None


class Line(Frozen):
    """A cable or overhead line; ``r_ohm`` and ``x_ohm`` are totals derived from the values per km."""

    id: Id
    from_bus: Id = Field(alias="from")
    to_bus: Id = Field(alias="to")
    length_km: Positive
    std_type: str
    r_ohm_per_km: Positive
    x_ohm_per_km: NotNegative
    c_nf_per_km: NotNegative = 0
    max_i_ka: Positive
    parallel: Annotated[int, Field(ge=1)] = 1

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
            except (KeyError, TypeError, ZeroDivisionError):
                continue  # the fields themselves are wrong, and say so
            given = data.get(total, derived)
            if not isinstance(given, int | float) or not isclose(given, derived, rel_tol=1e-6, abs_tol=1e-9):
                raise ValueError(
                    f"{total} {given} is not {total}_per_km x length_km / parallel = {derived:.9g}"
                )
        return rest

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
    """A group of households at one bus: after-diversity peak demand and rooftop PV potential."""

    id: Id
    bus: Id
    households: Annotated[int, Field(ge=0)]
    peak_kw: NotNegative
    power_factor: Annotated[float, Field(gt=0, le=1)]
    pv_kwp: NotNegative
