"""A technology that one file registers is found everywhere, with no other file touched."""

import json
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.grid.profiles import read_profiles
from simulator.tests import toy
from simulator.tests.feeders import all_feeders
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow

STEP, SHARE = 76, 0.5


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a site with the toy tells."""
    database = tmp_path_factory.mktemp("toy") / "toy.sqlite3"
    told = {"DATABASE_URL": f"sqlite:///{database}", "LVTWIN_SECRET_KEY": secrets.token_hex(24)}
    command = [sys.executable, "-m", "simulator.tests.toy"]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_its_power_is_what_newton_raphson_finds(found: Any) -> None:
    feeder = all_feeders()["feeder_00"]
    p_kw, q_kvar = map(np.asarray, slow.injections(feeder, read_profiles(), 0.2, 0.0, [STEP]))
    chargers_kw = np.bincount(_ports(feeder)) * toy.CHARGER_KW * SHARE
    tangent = np.tan(np.arccos(toy.POWER_FACTOR))
    wanted = solve_newton(feeder, p_kw - chargers_kw, q_kvar - chargers_kw * tangent)
    assert found["simulate"]["min_voltage_pu"] == pytest.approx(wanted.vm_pu.min(), abs=1e-6)
    assert found["simulate"]["min_voltage_pu"] < found["without"]["min_voltage_pu"] - 0.005


def _ports(feeder: Any) -> list[int]:
    at = [bus.id for bus in feeder.buses if any(c.bus == bus.id for c in feeder.customers)]
    return [at.index(customer.bus) for customer in feeder.customers]


def test_form_query_string_api_description_and_command_know_it(found: Any) -> None:
    assert [label.strip() for label in found["field"]] == ["EV charger adoption"]
    assert found["link"]
    assert {"ev_adoption"} <= set(found["taken"]) & set(found["given"])
    assert found["simulate"]["ev_adoption"] == found["sweep"]["ev_adoption"] == SHARE
    assert found["command"] == found["simulate"]
    assert "with 20 % PV and 50 % EV chargers" in found["sentence"]


def test_the_day_the_ledger_and_the_files_tell_it_apart(found: Any) -> None:
    drawn = [step["ev_kw"] for step in found["day"]["quarter_hours"]]
    customers = len(all_feeders()["feeder_00"].customers)
    assert drawn == pytest.approx([0.0] * toy.FROM + [customers * 2.0] * 16 + [0.0] * 8)
    why = found["why"]
    assert sum(section["ev_pu"] for section in [why["transformer"], *why["sections"]]) < -0.005
    total = why["source_pu"] + sum(s["total_pu"] for s in [why["transformer"], *why["sections"]])
    assert total == pytest.approx(why["voltage_pu"], abs=1e-9)
    assert ("EV charger (kW)" in found["run_csv"], "EV charger (kW)" in found["day_csv"]) == (True, True)
    assert "By EV chargers (pu)" in found["why_csv"]


def test_the_comparison_asks_with_it(found: Any) -> None:
    (row,) = found["compare"]
    assert row["ev_adoption"] == SHARE
    assert row["min_voltage_pu"] == pytest.approx(found["simulate"]["min_voltage_pu"], abs=1e-5)
    assert row["sweep"]["ev_adoption"] == SHARE
    assert "50 % EV chargers" in found["compare_page"]
