"""How much PV customers may build, where a person says so and no file does."""

from dataclasses import dataclass

from simulator.grid.elements import Customer

MAX_KWP_PER_KW = 20
MAX_KWP_PER_CUSTOMER = 1_000


@dataclass(frozen=True)
class Potential:
    """A PV potential in kWp for each kW of a customer's peak load, or for each customer; 0 is none.

    With ``replace`` it takes the place of every customer's potential, else of those that have none.
    """

    kwp_per_kw: float = 0.0
    kwp_per_customer: float = 0.0
    replace: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.kwp_per_kw <= MAX_KWP_PER_KW:
            raise ValueError(f"{self.kwp_per_kw:g} kWp for each kW is not from 0 to {MAX_KWP_PER_KW}")
        if not 0 <= self.kwp_per_customer <= MAX_KWP_PER_CUSTOMER:
            most = f"{MAX_KWP_PER_CUSTOMER:,}"
            raise ValueError(f"{self.kwp_per_customer:g} kWp a customer is not from 0 to {most}")
        if self.kwp_per_kw and self.kwp_per_customer:
            raise ValueError("a potential is given for each kW of load or for each customer, not both")

    def __bool__(self) -> bool:
        return bool(self.kwp_per_kw or self.kwp_per_customer)

    def of(self, customer: Customer) -> float:
        """Return a customer's potential in kWp."""
        if customer.pv_kwp and not self.replace:
            return customer.pv_kwp
        return round(customer.peak_kw * self.kwp_per_kw + self.kwp_per_customer, 3)
