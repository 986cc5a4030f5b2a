"""What ``/api/day`` takes and gives."""

from ninja import Schema

from simulator.questions.values import Share
from simulator.studies.data import AnswerOut, FindingOut, LimitsOut, ViolationOut
from simulator.web.api.schemas.parts import Adoption, IsoDate, StudyIn


class DayIn(StudyIn):
    """A scenario; the day's 96 quarter-hours are all solved. ``date`` is a day of an uploaded year."""

    pv_adoption: Adoption
    battery_adoption: Share = 0.0
    date: IsoDate | None = None


class HoursOut(Schema):
    """Hours of the day with each kind of violation anywhere; null where the limits do not bound it."""

    undervoltage: float
    overvoltage: float
    rise: float | None
    line: float
    transformer: float
    no_solution: float


class EnergyOut(Schema):
    """Energies in kWh; import less export is demand with battery and network losses, less PV."""

    demand_kwh: float
    pv_kwh: float
    direct_kwh: float
    via_battery_kwh: float
    battery_loss_kwh: float
    surplus_kwh: float
    import_kwh: float | None
    export_kwh: float | None
    loss_kwh: float | None


class En50160Out(Schema):
    """Shares of the day outside 0.90 to 1.10 pu at the worst bus, and outside 0.85 to 1.10 pu at any.

    Quarter-hours of a day only approximate the standard's 10-minute means of a week.
    """

    bus: str
    outside_band: float
    outside_wide: float
    met: bool


class QuarterHourOut(Schema):
    """A quarter-hour; ``battery_kw`` is negative while charging, ``stored_kwh`` is at its beginning."""

    hour: int
    time: str
    min_voltage_pu: float | None
    min_voltage_bus: str | None
    max_voltage_pu: float | None
    max_voltage_bus: str | None
    transformer_loading: float | None
    import_kw: float | None
    reverse_power_kw: float | None
    load_kw: float
    pv_kw: float
    battery_kw: float
    stored_kwh: float
    loss_kw: float | None
    violated: bool
    state: str


class DayBusOut(Schema):
    """A bus over the day; ``vm_pu`` has its 96 voltages."""

    bus: str
    min_voltage_pu: float | None
    max_voltage_pu: float | None
    hours_outside: float
    outside_10_percent: float | None
    vm_pu: list[float | None]


class DayOut(AnswerOut):
    """A day; what the power flow decides is null where a quarter-hour has no solution."""

    date: str | None
    pv_adoption: float
    battery_adoption: float
    limits: LimitsOut
    converged: bool
    hours_outside: float
    hours_outside_by_kind: HoursOut
    worst: ViolationOut
    energy: EnergyOut
    self_consumption: float | None
    self_sufficiency: float | None
    battery_capacity_kwh: float
    en50160: En50160Out | None
    quarter_hours: list[QuarterHourOut]
    buses: list[DayBusOut]
    findings: list[FindingOut]
