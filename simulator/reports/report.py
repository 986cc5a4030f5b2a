"""What every answer is shown as: a sentence, key figures, pictures, findings and tables.

A page, a PDF and a CSV file are three renderings of one ``Report``.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from simulator.grid.caveats import UNSURE, Caveat
from simulator.grid.profiles import Profiles
from simulator.studies.guidance import Finding

State = Literal["ok", "high", "violated", "unknown", "plain"]
STATE_WORDS: dict[State, str] = {
    "ok": "within limits",
    "high": "near its limit",
    "violated": "beyond its limit",
    "unknown": "no solution",
    "plain": "",
}

WIDE = 9  # columns
LONGEST_WORD = 16  # characters
PROFILES = "Profiles"

CellValue = str | float | int | None


@dataclass(frozen=True)
class Kpi:
    """A key figure: its value and unit in words, where it was found, its limit, and how the two stand.

    ``number`` is the value as it was computed, in the same unit; None where it is a word, or there is none.
    """

    key: str
    label: str
    value: str
    unit: str = ""
    place: str = ""
    limit: str = ""
    state: State = "plain"
    bar: str = ""
    number: float | None = None

    @property
    def state_words(self) -> str:
        """The state in words, since colour alone tells too little."""
        return STATE_WORDS[self.state]


@dataclass(frozen=True)
class Figure:
    """A picture with its caption; drawn when it is shown, since CSV and JSON show none."""

    key: str
    title: str
    caption: str
    draw: Callable[[], str]
    draw_narrow: Callable[[], str] | None = None

    @property
    def svg(self) -> str:
        """The picture's markup."""
        return self.draw()

    @property
    def narrow_svg(self) -> str:
        """The markup for a telephone; empty where the wide picture serves there too."""
        return self.draw_narrow() if self.draw_narrow else ""


@dataclass(frozen=True)
class Column:
    """A table's column; ``digits`` is None for text. ``bar`` draws values from 0 to (limit, maximum)."""

    key: str
    label: str
    unit: str = ""
    digits: int | None = None
    bar: tuple[float | None, float] | None = None

    @property
    def heading(self) -> str:
        """Label with unit, as a CSV header has it."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    @property
    def long(self) -> bool:
        """Whether the label, which may be a name that people gave, has a word that may be broken."""
        return any(len(word) > LONGEST_WORD for word in self.label.split())

    def text(self, value: CellValue) -> str:
        """Return a cell as people read it; a dash where there is no value."""
        if value is None:
            return "\N{EN DASH}"
        return str(value) if self.digits is None else f"{value:z.{self.digits}f}"


def texts(**labels: str) -> tuple[Column, ...]:
    """Return columns of text, each with its label."""
    return tuple(Column(key, label) for key, label in labels.items())


@dataclass(frozen=True)
class Table:
    """A titled table of raw values.

    ``row_digits``, where there, are the decimals of each row's numbers; ``states`` is how each row stands
    against its limits, shown by colour and shape in the column ``state``.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    row_digits: tuple[int, ...] = ()
    states: tuple[State, ...] = ()


@dataclass(frozen=True)
class Report:
    """One answer, ready to be shown; ``question`` holds the scenario as (label, value) pairs.

    ``caveats`` are what a reader must know first; they stand directly under the sentence.
    """

    title: str
    sentence: str
    state: State
    question: tuple[tuple[str, str], ...]
    kpis: tuple[Kpi, ...] = ()
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: tuple[Table, ...] = ()
    caveats: tuple[Caveat, ...] = ()

    def asking(self, rows: tuple[tuple[str, str], ...]) -> "Report":
        """Return the report with more of what was asked in its question."""
        return replace(self, question=(*self.question, *rows))

    def following(self, profiles: Profiles) -> "Report":
        """Return the report with the profiles that its figures follow in its question."""
        return self.asking(((PROFILES, profiles.words),))

    @property
    def follows(self) -> str:
        """The profiles that the figures follow; empty where the question names none."""
        return dict(self.question).get(PROFILES, "")

    @property
    def unsure(self) -> bool:
        """Whether an answer that finds nothing wrong has not checked all that the street is."""
        return any(caveat.about in UNSURE for caveat in self.caveats)

    @property
    def wide(self) -> bool:
        """Whether a table needs paper on its side."""
        return any(len(table.columns) > WIDE for table in self.tables)
