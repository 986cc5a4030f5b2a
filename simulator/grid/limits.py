"""Named limit sets: what voltage and loading a feeder may have, and who says so."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Limits(BaseModel):
    """A voltage band in pu of nominal, thermal limits as a share of rating, and a voltage-rise rule.

    ``rise_max`` bounds V with generation less V without, as a share of nominal voltage; None if unbounded.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    vm_min_pu: Annotated[float, Field(gt=0, lt=2)]
    vm_max_pu: Annotated[float, Field(gt=0, lt=2)]
    rise_max: Annotated[float, Field(gt=0, lt=1)] | None = None
    loading_max: Annotated[float, Field(gt=0)] = 1.0
    source: str

    @model_validator(mode="after")
    def _band(self) -> Self:
        if self.vm_min_pu >= self.vm_max_pu:
            raise ValueError(f"vm_min_pu {self.vm_min_pu} is not below vm_max_pu {self.vm_max_pu}")
        return self

    @property
    def band(self) -> str:
        """The limits in words, for a select box or a table; loading only where it is not 100 %."""
        words = f"{edge_words(self.vm_min_pu)} to {edge_words(self.vm_max_pu)} pu"
        rise = "" if self.rise_max is None else f", rise at most {exact_percent(self.rise_max)}"
        loading = "" if self.loading_max == 1 else f", loading at most {exact_percent(self.loading_max)}"
        return words + rise + loading


def own_limits(**bounds: float) -> Limits | None:
    """Return limits that a person typed in, None where there are no bounds."""
    return Limits(name="own", title="Own limits", source="typed in", **bounds) if bounds else None


def edge_words(vm_pu: float) -> str:
    """Return a voltage limit in pu with two decimals, or with as many as it was typed in with."""
    return max(f"{vm_pu:.2f}", f"{vm_pu:.10g}", key=len)


def exact_percent(share: float) -> str:
    """Return a limit in percent with as many decimals as it was typed in with."""
    return f"{share * 100:.10g} %"


LIMIT_SETS: dict[str, Limits] = {
    limits.name: limits
    for limits in (
        Limits(name="twin", title="Twin", vm_min_pu=0.94, vm_max_pu=1.06, source="this project"),
        Limits(
            name="en50160",
            title="EN 50160",
            vm_min_pu=0.90,
            vm_max_pu=1.10,
            source="EN 50160, supply voltage 230 V \N{PLUS-MINUS SIGN}10 %",
        ),
        Limits(
            name="uk",
            title="UK",
            vm_min_pu=0.94,
            vm_max_pu=1.10,
            source="UK ESQCR 2002, 230 V +10/-6 %",
        ),
        Limits(
            name="ansi_c84_a",
            title="ANSI C84.1 A",
            vm_min_pu=0.95,
            vm_max_pu=1.05,
            source="ANSI C84.1, range A service voltage",
        ),
        Limits(
            name="vde_4105",
            title="VDE-AR-N 4105",
            vm_min_pu=0.90,
            vm_max_pu=1.10,
            rise_max=0.03,
            source="VDE-AR-N 4105, rise by generation at most 3 % at every bus; EN 50160 band",
        ),
    )
}
DEFAULT_LIMITS = LIMIT_SETS["twin"]
