"""Key figures: each held against its limit, told by a word, never a figure without a solution."""

from dataclasses import replace

import pytest

from simulator.grid.limits import LIMIT_SETS
from simulator.reports.report import Kpi, Report
from simulator.studies.network.report import network_report
from simulator.studies.run.answer import Run
from simulator.studies.run.cards import snapshot_cards
from simulator.studies.run.report import run_report
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.sweep.report import sweep_report
from simulator.tests.studies.asking import simulate, sweep
from simulator.tests.studies.small import flat_day, scenario, small_feeder

FEEDER = small_feeder({"bus": "bus_1", "peak_kw": 20.0}, {"bus": "bus_2", "peak_kw": 10.0, "pv_kwp": 50.0})
DARK = small_feeder({"bus": "bus_2", "peak_kw": 170.0, "pv_kwp": 10.0}, length_km=0.6)


def _snapshot(pv: float = 0.2, limits: str = "twin") -> Snapshot:
    return simulate(FEEDER, flat_day(), scenario(FEEDER, pv, limits=LIMIT_SETS[limits]))


def _card(snapshot: Snapshot, key: str) -> Kpi:
    return next(card for card in snapshot_cards(snapshot) if card.key == key)


def _with(**kpis: object) -> Snapshot:
    snapshot = _snapshot()
    return replace(snapshot, kpis=snapshot.kpis.model_copy(update=kpis))


def test_the_cards_are_the_key_figures_of_the_snapshot() -> None:
    snapshot = _snapshot()
    cards = {card.key: card for card in snapshot_cards(snapshot)}
    kpis = snapshot.kpis
    assert list(cards) == [
        "transformer_loading",
        "min_voltage",
        "max_voltage",
        "line_loading",
        "violation",
        "loss",
        "exchange",
    ]
    assert cards["transformer_loading"].value == f"{100 * (kpis.transformer_loading or 0):.1f}"
    assert cards["min_voltage"].value == f"{kpis.min_voltage_pu:.3f}"
    assert cards["min_voltage"].place == "bus_1"
    assert cards["max_voltage"].limit == "0.94 to 1.06 pu"
    assert cards["line_loading"].place == "line_1"
    assert cards["loss"].value == f"{kpis.loss_kw:.1f}"
    assert {card.unit for card in cards.values()} == {"%", "pu", "kW", ""}


@pytest.mark.parametrize(
    ("vm_pu", "words"),
    [
        (0.9399, "beyond its limit"),
        (0.94, "near its limit"),
        (0.9519, "near its limit"),
        (0.9521, "within limits"),
        (1.0479, "within limits"),
        (1.06, "near its limit"),
        (1.0601, "beyond its limit"),
    ],
)
def test_a_voltage_is_within_near_or_beyond_its_band(vm_pu: float, words: str) -> None:
    assert _card(_with(max_voltage_pu=vm_pu), "max_voltage").state_words == words


@pytest.mark.parametrize(
    ("loading", "words"),
    [(0.79, "within limits"), (0.81, "near its limit"), (1.0, "near its limit"), (1.001, "beyond its limit")],
)
def test_a_loading_is_within_near_or_beyond_its_rating(loading: float, words: str) -> None:
    card = _card(_with(transformer_loading=loading, line_loading=loading), "transformer_loading")
    assert card.state_words == words
    assert card.limit == "100 %"
    assert card.bar.startswith("<svg")


def test_the_direction_is_told_beside_the_loading_and_by_import_or_export() -> None:
    importing, exporting = _snapshot(0.1), _snapshot(0.9)
    assert _card(importing, "transformer_loading").place == "trafo_0, importing"
    assert _card(importing, "exchange").label == "Import"
    assert _card(exporting, "transformer_loading").place == "trafo_0, exporting"
    assert _card(exporting, "exchange").label == "Export"
    assert _card(exporting, "exchange").value == f"{exporting.kpis.reverse_power_kw:.1f}"


def test_violations_are_counted_by_what_they_are_of() -> None:
    assert _card(_snapshot(), "violation").value == "no"
    hot = small_feeder({"bus": "bus_2", "peak_kw": 130.0})
    snapshot = simulate(hot, flat_day(), scenario(hot, 0.0))
    voltage = sum(v.kind == "undervoltage" for v in snapshot.violations)
    card = _card(snapshot, "violation")
    assert card.value == "yes"
    assert card.place == f"{voltage} of voltage, {len(snapshot.violations) - voltage} of loading"


def test_a_rise_card_is_there_only_where_a_rule_bounds_the_rise() -> None:
    assert all(card.key != "rise" for card in snapshot_cards(_snapshot()))
    rise = _card(_snapshot(0.9, "vde_4105"), "rise")
    assert rise.limit == "3 %"
    assert rise.place == "bus_2"


def test_without_a_solution_cards_show_a_dash_and_say_so() -> None:
    snapshot = simulate(DARK, flat_day(), scenario(DARK, 0.0))
    for card in snapshot_cards(snapshot):
        assert card.state_words == "no solution"
        assert card.value == ("yes" if card.key == "violation" else "–")


@pytest.mark.parametrize("feeder", [FEEDER, DARK], ids=["solved", "no solution"])
def test_reports_of_solved_and_unsolved_snapshots_hold_every_table_and_picture(feeder: object) -> None:
    chosen = FEEDER if feeder is FEEDER else DARK
    snapshot = simulate(chosen, flat_day(), scenario(chosen, 0.1))
    run, network = run_report(chosen, Run(snapshot, ())), network_report(chosen, snapshot)
    assert [figure.key for figure in run.figures] == ["diagram", "profile"]
    assert [table.key for table in run.tables] == [
        "kpis",
        "violations",
        "buses",
        "lines",
        "transformers",
        "customers",
    ]
    assert {table.key: len(table.rows) for table in network.tables} == {
        "buses": 3,
        "lines": 2,
        "transformers": 1,
        "customers": len(chosen.customers),
    }
    assert all("nan" not in figure.svg.lower() for figure in run.figures)
    _assert_no_nan(run)
    _assert_no_nan(network)


def _assert_no_nan(report: Report) -> None:
    for table in report.tables:
        for row in table.rows:
            assert all(cell == cell for cell in row), f"{table.key}: {row}"  # noqa: PLR0124 - finds NaN


def test_the_bus_table_gives_volts_and_metres() -> None:
    snapshot = _snapshot()
    table = next(table for table in run_report(FEEDER, Run(snapshot, ())).tables if table.key == "buses")
    _, vm_pu, volts, metres, state = table.rows[2]
    assert vm_pu == pytest.approx(snapshot.flow.vm_pu[0, 2])
    assert volts == pytest.approx(230.94 * snapshot.flow.vm_pu[0, 2], abs=0.01)
    assert metres == pytest.approx(200)
    assert state == "within limits"


def test_the_line_table_s_current_is_what_its_loading_is_of() -> None:
    snapshot = _snapshot()
    table = next(table for table in run_report(FEEDER, Run(snapshot, ())).tables if table.key == "lines")
    row = dict(zip([column.key for column in table.columns], table.rows[0], strict=True))
    assert row["rating_a"] == pytest.approx(142)
    assert row["current_a"] == pytest.approx(snapshot.flow.line_loading[0, 0] * 142)
    assert row["length_m"] == pytest.approx(100)


def test_the_sweep_s_report_holds_the_capacity_what_binds_and_21_points() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 80.0}, length_km=0.2)
    swept = sweep(feeder, flat_day(), [48], 0.0, LIMIT_SETS["ansi_c84_a"])
    report = sweep_report(feeder, swept)
    cards = {card.key: card for card in report.kpis}
    assert cards["hosting_capacity"].value == f"{swept.capacity.adoption * 100:.1f}"
    assert cards["hosting_capacity"].place == f"{swept.capacity.adoption * 80:.0f} kWp"
    assert cards["binding"].value == "overvoltage"
    assert cards["binding"].limit == "1.05 pu"
    assert cards["binding"].place.startswith("bus_2")
    assert "caused" not in cards
    assert len(next(table for table in report.tables if table.key == "points").rows) == 21


def test_the_sweep_of_a_feeder_in_trouble_has_the_capacity_that_pv_causes_beside_it() -> None:
    swept = sweep(DARK, flat_day(), [48], 0.0, LIMIT_SETS["twin"])
    report = sweep_report(DARK, swept)
    cards = {card.key: card for card in report.kpis}
    assert cards["hosting_capacity"].value == "0.0"
    assert cards["binding"].value == "no solution"
    assert "caused" in cards
    points = next(table for table in report.tables if table.key == "points")
    assert points.rows[0][3:] == (None,) * 4
    assert all("nan" not in figure.svg.lower() for figure in report.figures)
