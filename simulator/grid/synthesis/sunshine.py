"""The PV profile: a clear midsummer day at 50 degrees north, computed."""

from math import cos, exp, pi, radians, sin

from simulator.grid.clock import STEPS_PER_DAY, time_of
from simulator.grid.profiles import COLUMNS

LATITUDE_DEGREES = 50.0
DECLINATION_DEGREES = 23.44  # the sun's at the June solstice
STANDARD_IRRADIANCE_W_M2 = 1000.0  # at which a module gives its rated kWp
PERFORMANCE = 1.0  # what a tilted roof gains over the horizontal and what heat and inverter lose cancel


def clear_sky_w_m2(cos_zenith: float) -> float:
    """Return the global irradiance on the horizontal under a clear sky in W/m2; 0 when the sun is down.

    Source: B. Haurwitz, "Insolation in relation to cloudiness and cloud density", Journal of Meteorology 2
    (1945) 154-166: 1098 cos(z) exp(-0.059 / cos(z)).
    """
    return 1098.0 * cos_zenith * exp(-0.059 / cos_zenith) if cos_zenith > 0 else 0.0


def pv_pu(step: int) -> float:
    """Return PV in per unit of rated kWp in the middle of a quarter-hour; clock time is solar time."""
    hour_angle = (step + 0.5 - STEPS_PER_DAY / 2) / STEPS_PER_DAY * 2 * pi
    latitude, declination = radians(LATITUDE_DEGREES), radians(DECLINATION_DEGREES)
    cos_zenith = sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hour_angle)
    return PERFORMANCE * clear_sky_w_m2(cos_zenith) / STANDARD_IRRADIANCE_W_M2


def render_pv_profile() -> str:
    """Return the text of ``pv_profile.csv``, values to four decimals."""
    rows = [f"{step},{time_of(step)},{pv_pu(step):.4f}" for step in range(STEPS_PER_DAY)]
    return "\n".join([",".join(COLUMNS), *rows]) + "\n"
