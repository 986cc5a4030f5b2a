"""How a profile file is to be read, and the question where a file can be read in more than one way."""

import re
from dataclasses import dataclass
from datetime import date

from simulator.grid.errors import QuestionError
from simulator.importing.profiles.series import ProfileKind, Unit

FIRST_YEAR, LAST_YEAR = 1990, 2100
MAX_HOURS = 14
BEGINS = (
    f"Year or first day: enter a year from {FIRST_YEAR} to {LAST_YEAR}, for example 2023, "
    "or a day as 2023-01-31, or nothing."
)
HOURS = f"Hours ahead of UTC: enter a number from -{MAX_HOURS} to {MAX_HOURS}, for example 1, or nothing."


@dataclass(frozen=True)
class Wanted:
    """What people say of a file: what it holds, in which unit, and what the file itself leaves open.

    ``begins`` is a year or a first day; ``numbers`` and ``column`` are keys of options that a question
    named; ``hours_ahead`` is how far local standard time is ahead of UTC, for files in UTC.
    """

    kind: ProfileKind
    unit: Unit
    begins: date | int | None = None
    numbers: str = ""
    column: str = ""
    hours_ahead: float | None = None

    def __post_init__(self) -> None:
        if self.begins is not None:
            _within(
                date(max(1, self.begins), 1, 1) if isinstance(self.begins, int) else self.begins, self.begins
            )
        if self.hours_ahead is not None and not -MAX_HOURS <= self.hours_ahead <= MAX_HOURS:
            raise QuestionError("hours_ahead", HOURS)


@dataclass(frozen=True)
class Option:
    """A way to read a file: its key, what it means, and lines of the file as (number, text, as read)."""

    key: str
    words: str
    lines: tuple[tuple[int, str, str], ...]

    def __str__(self) -> str:
        shown = "; ".join(f"line {number} {text!r} is {value}" for number, text, value in self.lines)
        return f"{self.key} ({self.words}): {shown}"


class ProfileQuestionError(QuestionError):
    """A file that can be read in more than one way: which field decides, and what there is to choose."""

    def __init__(self, field: str, message: str, options: tuple[Option, ...]) -> None:
        super().__init__(field, message)
        self.options = options

    def __str__(self) -> str:
        return " ".join([self.message, *(f"[{option}]" for option in self.options)])


def read_begins(text: str) -> date | int | None:
    """Return a year, a first day, or None for nothing.

    Raises: QuestionError saying what is accepted.
    """
    text = text.strip()
    if not text:
        return None
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return _within(date(max(1, int(text)), 1, 1), int(text))
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise QuestionError("year", BEGINS) from error
    return _within(day, day)


def _within(day: date, found: date | int) -> date | int:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise QuestionError("year", BEGINS)
    return found
