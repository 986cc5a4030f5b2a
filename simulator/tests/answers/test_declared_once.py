"""A figure declared once is told all over: JSON, OpenAPI, card, CSV, comparison of saved scenarios, help."""

import csv
import io
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from ninja import NinjaAPI
from pydantic import BaseModel

from simulator.answers.declared import Of, data_of
from simulator.answers.quantity import Card, Quantity
from simulator.grid.limits import DEFAULT_LIMITS
from simulator.reports.cards import DASH, cards_of, kpi_table, raw_tables
from simulator.reports.figures import key_figures
from simulator.reports.help import help_report
from simulator.reports.kept_comparison import Kept, comparison_data
from simulator.reports.report import Kpi, Report
from simulator.reports.tables import render_csv

HUM = Quantity("Hum of the transformer", "% of a bee", 1, "How loud it is.", limit="loading")
WARMTH = Quantity("Warmth", "K", 2, "How warm it is.", card_digits=0)


class CoreOut(BaseModel):
    """A part."""

    warmth_k: Annotated[float | None, WARMTH]


class ToyOut(BaseModel):
    """An answer of a test's own."""

    hum: Annotated[float | None, HUM, Card(at="loudest")]
    loudest: Annotated[str, Of("transformer")]
    core: CoreOut
    bees: Annotated[list[int], Quantity("Bees", digits=0), Of(lambda toy: range(toy.count))]


@dataclass(frozen=True)
class Core:
    """A part as it is computed."""

    warmth_k: float | None


@dataclass(frozen=True)
class Toy:
    """An answer as it is computed."""

    hum: float | None
    transformer: str
    core: Core
    count: int


FOUND = Toy(0.9999999, "trafo_0", Core(12.3456), 3)
DATA = {"hum": 0.9999999, "loudest": "trafo_0", "core": {"warmth_k": 12.3456}, "bees": [0, 1, 2]}


def _cards(found: Toy, own: dict[str, list[Kpi]] | None = None) -> tuple[Kpi, ...]:
    return cards_of(ToyOut, found, limits=DEFAULT_LIMITS, own=own or {})


def _csv(*cards: Kpi) -> list[list[str]]:
    report = Report("Toy", "It hums.", "ok", (), kpis=cards, tables=(kpi_table(cards),))
    return list(csv.reader(io.StringIO(render_csv(raw_tables(report)))))


def test_json_is_read_from_what_was_found() -> None:
    assert data_of(ToyOut, FOUND) == DATA
    assert data_of(ToyOut, FOUND, loudest="none", core=Core(None))["core"] == {"warmth_k": None}


def test_a_field_is_read_from_the_first_that_has_it() -> None:
    assert data_of(CoreOut, FOUND, FOUND.core, Core(0.0)) == {"warmth_k": 12.3456}
    with pytest.raises(AttributeError, match="warmth_k"):
        data_of(CoreOut, FOUND)


def test_openapi_describes_every_field() -> None:
    api: Any = NinjaAPI(urls_namespace="toy")
    api.get("/toy", response=ToyOut)(lambda request: DATA)
    schemas = api.get_openapi_schema(path_prefix="")["components"]["schemas"]
    assert list(schemas["ToyOut"]["properties"]) == ["hum", "loudest", "core", "bees"]
    assert schemas["CoreOut"]["properties"]["warmth_k"]["anyOf"] == [{"type": "number"}, {"type": "null"}]


def test_a_card_holds_the_figure_against_its_limit_and_never_rounds_it_onto_that() -> None:
    (card,) = _cards(FOUND)
    assert (card.label, card.value, card.unit, card.place) == (
        "Hum of the transformer",
        "99.99999",
        "% of a bee",
        "trafo_0",
    )
    assert (card.limit, card.state) == ("100 %", "high")
    assert card.number == pytest.approx(99.99999)
    (unknown,) = _cards(Toy(None, "", Core(None), 0))
    assert (unknown.value, unknown.unit, unknown.state, unknown.number) == (DASH, "", "unknown", None)


def test_a_study_may_word_a_card_itself() -> None:
    own = Kpi("own", "Own", "quiet")
    assert _cards(FOUND, {"loudest": [own]})[1:] == (own,)
    assert _cards(FOUND, {"hum": []}) == ()


def test_csv_holds_numbers_as_computed_words_as_they_are_and_nothing_without_a_solution() -> None:
    cards = (*_cards(FOUND), *_cards(Toy(None, "", Core(None), 0)), Kpi("own", "Own", "quiet"))
    values = [row[1] for row in _csv(*cards)[2:]]
    assert float(values[0]) == cards[0].number
    assert values[1:] == ["", "quiet"]


def test_a_comparison_of_saved_scenarios_reads_figures_of_parts_and_counts_lists() -> None:
    figures = {label: figure for (label, _), figure in key_figures(ToyOut, DATA).items()}
    assert figures["Hum of the transformer"][1] == pytest.approx(99.99999)
    assert figures["Warmth"] == (WARMTH, 12.3456)
    assert figures["Bees"][1] == 3
    first, second = (
        Kept(pk, "Toy", (), (), (), "It hums.", ToyOut, {**DATA, "hum": hum})
        for pk, hum in ((1, 0.5), (2, 0.75))
    )
    rows = {row["figure"]: row["difference"] for row in comparison_data(first, second)["figures"]}
    assert rows == {"Hum of the transformer": 25, "Warmth": 0, "Bees": 0}


def test_an_answer_that_was_kept_before_a_figure_was_declared_is_without_it() -> None:
    assert [label for label, _ in key_figures(ToyOut, {"hum": None})] == ["Hum of the transformer"]


def test_the_help_tells_each_meaning_once() -> None:
    rows = help_report([ToyOut, CoreOut]).tables[0].rows
    assert rows[:2] == (
        ("Hum of the transformer", "% of a bee", "How loud it is."),
        ("Warmth", "K", "How warm it is."),
    )
    assert "Bees" not in {row[0] for row in rows}
