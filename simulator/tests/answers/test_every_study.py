"""In every study, a figure that its answer declares is in its JSON, on its page and in its CSV."""

import csv
import io
import sys
from dataclasses import replace
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, create_model

from simulator.answers.declared import Of
from simulator.answers.quantity import Card, Quantity
from simulator.reports.cards import raw_tables
from simulator.reports.figures import key_figures
from simulator.reports.tables import render_csv
from simulator.studies.task import ALONE
from simulator.tests.studies.asking import asking
from simulator.tests.studies.small import flat_day, small_feeder
from simulator.web.pages.studies import STUDIES

FEEDER = small_feeder({"bus": "bus_1", "peak_kw": 20.0}, {"bus": "bus_2", "peak_kw": 10.0, "pv_kwp": 50.0})
HUM = Quantity("Hum", "dB", 1, "How loud it is.")
VALUE = 12.3456789


def _with_hum(model: type[BaseModel]) -> type[BaseModel]:
    hum: Any = (Annotated[float, HUM, Card(place="at the door"), Of(lambda *_: VALUE)], ...)
    return create_model(model.__name__, __base__=model, hum_db=hum)


@pytest.mark.parametrize("name", [name for name in STUDIES if name != "network"])  # which has no cards
def test_a_figure_more_needs_its_declaration_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = _with_hum(STUDIES[name].gives)
    study = replace(STUDIES[name], gives=model)
    room = study.report.__module__.rpartition(".")[0]
    for module in (f"{room}.report", f"{room}.cards"):
        if hasattr(sys.modules.get(module), model.__name__):
            monkeypatch.setattr(f"{module}.{model.__name__}", model)
    question: Any = asking(FEEDER, flat_day(), 0.2).asking(study.asked)
    found = study.task.compute(question, ALONE)
    report = study.report(FEEDER, found)
    data = study.full_data(question, found)
    assert data["hum_db"] == VALUE
    assert key_figures(model, data)["Hum", "dB"] == (HUM, VALUE)
    (card,) = [kpi for kpi in report.kpis if kpi.key == "hum"]
    assert (card.label, card.value, card.unit, card.place) == ("Hum", "12.3", "dB", "at the door")
    rows = list(csv.reader(io.StringIO(render_csv(raw_tables(report)))))
    assert ["Hum", repr(VALUE), "dB", "at the door", "", ""] in rows
