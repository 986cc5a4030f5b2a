"""Two saved scenarios side by side, the earlier first: what was asked otherwise, and what that did."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from pydantic import BaseModel

from simulator.assessment.wording import KIND_WORDS, lowered
from simulator.reports.figures import key_figures, limits_met
from simulator.reports.report import CellValue, Column, Report, Table, texts

Pairs = tuple[tuple[str, str], ...]
Sides = tuple[dict[str, str], dict[str, str]]


@dataclass(frozen=True)
class Kept:
    """A saved scenario: its number and name, what was asked, what the answer depended on, the answer.

    ``exact`` holds the question's fields unrounded, by the labels that they have in ``asked``; ``gives`` is
    what declares the answer.
    """

    pk: int
    name: str
    asked: Pairs
    exact: Pairs
    depends: Pairs
    sentence: str
    gives: type[BaseModel]
    answer: Mapping[str, Any]
    saved: str = ""

    @property
    def label(self) -> str:
        """The name with the number, since two may have one name."""
        return f"{self.name} ({self.pk})"


def kept_comparison(first: Kept, second: Kept) -> Report:
    """Return two scenarios side by side: question, key figures, and which limits are met.

    ``first`` is the earlier; differences are the later's figure minus the earlier's.
    """
    question = _asked(first, second)
    sides = (dict(first.depends), dict(second.depends))
    depends = _side_by_side("depends", "What the answers depend on", first, second, sides)
    figures, limits = _figures(first, second), _limits(first, second)
    return Report(
        title=f"{first.label} beside {second.label}",
        sentence=_sentence(first, second, question, figures),
        state="plain",
        question=(
            (f"Earlier: {first.label}", _told(first)),
            (f"Later: {second.label}", _told(second)),
            ("Differences", f"the later minus the earlier: {second.label} minus {first.label}"),
        ),
        tables=(question, figures, limits, depends),
    )


def _told(kept: Kept) -> str:
    return f"{kept.sentence} Saved {kept.saved}." if kept.saved else kept.sentence


def comparison_data(first: Kept, second: Kept) -> dict[str, Any]:
    """Return the comparison as plain data."""
    report = kept_comparison(first, second)
    question, figures, limits, depends = report.tables
    return {
        "scenarios": [
            {"id": each.pk, "name": each.name, "saved": each.saved, "sentence": each.sentence}
            for each in (first, second)
        ],
        "question": _changes(question),
        "depends_on": _changes(depends),
        "figures": [
            dict(zip(("figure", "unit", "first", "second", "difference"), row, strict=True))
            for row in figures.rows
        ],
        "limits_met": [dict(zip(("kind", "first", "second"), row, strict=True)) for row in limits.rows],
    }


def _changes(table: Table) -> list[dict[str, Any]]:
    rows = (dict(zip(("field", "first", "second", "changed"), row, strict=True)) for row in table.rows)
    return [{**row, "changed": row["changed"] == "changed"} for row in rows]


def _sentence(first: Kept, second: Kept, question: Table, figures: Table) -> str:
    fields = [str(row[0]) for row in question.rows if row[3] == "changed"]
    moved = sum(
        isinstance(row[4], float | int) and round(row[4], digits) != 0
        for row, digits in zip(figures.rows, figures.row_digits, strict=True)
    )
    asked = f"differ in {_list(fields)}" if fields else "ask the same"
    if not figures.rows:
        return f"{first.label} and {second.label} {asked}; they have no key figure in common."
    return (
        f"{first.label} and {second.label} {asked}; "
        f"{moved} of {len(figures.rows)} key figures that both have differ."
    )


def _list(fields: list[str]) -> str:
    """Return the fields' names, of many the first three and how many more."""
    words = [*map(lowered, fields)]
    if len(words) > 4:
        words = [*words[:3], f"{len(words) - 3} more"]
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def _asked(first: Kept, second: Kept) -> Table:
    """Return both questions; fields that words round alike are spelt out where they differ.

    Where both answers have a field unrounded, that decides whether it changed: studies word it their own way.
    """
    was, became = dict(first.exact), dict(second.exact)
    one, other = dict(first.asked), dict(second.asked)
    equal = {label for label in was.keys() & became.keys() if was[label] == became[label]}
    for label in was.keys() & became.keys() - equal:
        if one.get(label) == other.get(label):
            one[label], other[label] = was[label], became[label]
    return _side_by_side("question", "What was asked", first, second, (one, other), equal)


def _side_by_side(
    key: str, title: str, first: Kept, second: Kept, pairs: Sides, equal: Collection[str] = ()
) -> Table:
    was, became = pairs
    rows = []
    for label in dict.fromkeys([*was, *became]):
        pair = (was.get(label), became.get(label))
        same = pair[0] == pair[1] or label in equal
        rows.append((label, *pair, "same" if same else "changed"))
    columns = texts(field="Field", first=first.label, second=second.label, changed="Changed")
    return Table(key, title, columns, tuple(rows))


def _figures(first: Kept, second: Kept) -> Table:
    was, became = (key_figures(each.gives, each.answer) for each in (first, second))
    both = [(quantity, value, became[key][1]) for key, (quantity, value) in was.items() if key in became]
    rows: list[tuple[CellValue, ...]] = []
    for quantity, one, other in both:
        difference = None if one is None or other is None else other - one
        rows.append((quantity.label, quantity.unit, one, other, difference))
    columns = (
        *texts(figure="Key figure", unit="Unit"),
        Column("first", first.label, digits=4),
        Column("second", second.label, digits=4),
        Column("difference", "Later minus earlier", digits=4),
    )
    digits = tuple(quantity.digits for quantity, *_ in both)
    return Table("figures", "What it did: key figures that both have", columns, tuple(rows), digits)


def _limits(first: Kept, second: Kept) -> Table:
    rows: list[tuple[CellValue, ...]] = []
    one, other = _by_kind(limits_met(first.answer)), _by_kind(limits_met(second.answer))
    for kind in dict.fromkeys([*one, *other]):
        pairs = zip_longest(one.get(kind, ()), other.get(kind, ()))
        rows += [(KIND_WORDS.get(kind, kind), *pair) for pair in pairs]
    columns = texts(kind="Limit", first=first.label, second=second.label)
    return Table("limits", "Violations, and what binds or comes closest", columns, tuple(rows))


def _by_kind(met: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, text in met:
        found.setdefault(kind, []).append(text)
    return found
