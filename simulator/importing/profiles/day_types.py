"""Tables of standard load profiles: a day of each type, by season or month, and the year they make.

Seasons: summer 15 May to 14 September, winter 1 November to 20 March, between them the transition; Saturdays
and Sundays apart, 24 and 31 December as Saturdays. Source: VDEW/BDEW, representative load profiles, 1999.
"""

import re
from datetime import date, timedelta

import numpy as np

from simulator.importing.profiles.clock import QUARTER
from simulator.importing.profiles.laid import Laid
from simulator.importing.profiles.series import days_from
from simulator.importing.profiles.stamps import DAY

SEASONS = {"winter": r"^win", "summer": r"^s(o|u)m", "transition": r"(ü|ue|u|.)berg|transition|^ügz"}
MONTHS = [
    r"^jan|^jän", r"^feb", r"^m(ä|ae|a|.)r", r"^apr", r"^ma[iy]", r"^jun", r"^jul", r"^aug", r"^sep",
    r"^o[kc]t", r"^nov", r"^de[zc]",
]  # fmt: skip
DAYS = {
    "saturday": r"^sa(mstag|turday|\.)?\b",
    "sunday": r"^(so(nntag)?|su(nday)?|ft|feiertag)\b",
    "workday": r"^(we?rktag|wt|work(ing)?[ -_]?day|weekday|mo)",
}
YEAR = "year"

Type = tuple[str, str]


def day_types(upper: tuple[str, ...], lower: tuple[str, ...]) -> dict[int, Type]:
    """Return each column's season or month, and its day, from one line of headings or two.

    Empty where they are none. A heading of the upper line holds until the next one.
    """
    found: dict[int, Type] = {}
    season = ""
    for column, head in enumerate(lower):
        if column < len(upper) and upper[column].strip():
            season = upper[column]
        words = re.split(r"[\s_/;-]+", head.strip().lower())
        day = next((d for word in words if (d := _first(DAYS, word))), "")
        part = next((p for word in words if (p := _season(word))), "") or _season(season.strip().lower())
        if day and part:
            found[column] = (part, day)
    parts = {part for part, _ in found.values()}
    whole = len(set(found.values())) == len(found) == len(parts) * len(DAYS)
    complete = parts == set(SEASONS) or parts == {str(month) for month in range(1, 13)}
    return found if whole and complete else {}


def _first(forms: dict[str, str], word: str) -> str:
    return next((name for name, form in forms.items() if re.search(form, word)), "")


def _season(word: str) -> str:
    if not word:
        return ""
    month = next((str(n) for n, form in enumerate(MONTHS, 1) if re.search(form, word)), "")
    return _first({"winter": SEASONS["winter"], "summer": SEASONS["summer"]}, word) or month or (
        "transition" if re.search(SEASONS["transition"], word) else "")  # fmt: skip


def named(kind: Type) -> tuple[str, str]:
    """Return a day's type in words."""
    part, day = kind
    month = date(2023, int(part), 1).strftime("%B") if part.isdecimal() else part
    return month, "working day" if day == "workday" else day.capitalize()


def unroll(days: Laid, types: list[Type], year: int) -> Laid:
    """Return a year of which each day is that of its type; ``types`` are those of the columns of a day."""
    start = date(year, 1, 1)
    by_month = types[0][0].isdecimal()
    columns = []
    for number in range(days_from(start)):
        day = start + timedelta(days=number)
        part = str(day.month) if by_month else _season_of(day)
        columns.append(types.index((part, _type_of(day))))
    values = days.values[:, columns].T.reshape(-1, 1)
    parts = "of each month" if by_month else "of summer, winter and the transition between them"
    told = (
        *days.told,
        f"Of {len(types)} days by type, {year} is made: Saturdays, Sundays and working days {parts}.",
        "24 and 31 December are taken as Saturdays unless Sundays; other holidays count as their weekday.",
        "Households' profiles are not made dynamic over the year.",
    )
    return Laid(days.seconds, start, np.ascontiguousarray(values), told)


def _season_of(day: date) -> str:
    at = (day.month, day.day)
    if (5, 15) <= at <= (9, 14):
        return "summer"
    return "winter" if at >= (11, 1) or at <= (3, 20) else "transition"


def _type_of(day: date) -> str:
    if day.weekday() == 6:
        return "sunday"
    eve = day.month == 12 and day.day in (24, 31)
    return "saturday" if eve or day.weekday() == 5 else "workday"


def is_day(laid: Laid) -> bool:
    """Tell whether a table holds one day of quarter-hours."""
    return laid.seconds == QUARTER and len(laid.values) == DAY // QUARTER
