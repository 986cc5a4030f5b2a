"""A profile as a CSV file, which can be uploaded again in per unit."""

import csv
import io
from datetime import timedelta

from simulator.importing.profiles.series import MINUTES_PER_DAY, Series


def render_profile(series: Series) -> str:
    """Return a profile as CSV: time, then a column a customer, or one for all; values are exact."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    heads = [f"'{c}" if c.startswith("-") else c for c in series.customers]  # no formula for a spreadsheet
    writer.writerow(["time", *(heads or ["value_pu"])])
    a_day = MINUTES_PER_DAY // series.minutes
    for row, values in enumerate(series.values.tolist()):
        day, interval = divmod(row, a_day)
        minute = interval * series.minutes
        date = f"{series.first_day + timedelta(days=day)} " if series.first_day else ""
        writer.writerow([f"{date}{minute // 60:02d}:{minute % 60:02d}", *values])
    return file.getvalue()
