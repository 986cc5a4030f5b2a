"""A technology that one file registers is found everywhere, with no other file touched."""

import json
import secrets
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.grid.profiles import read_profiles
from simulator.powerflow.flow import PowerFlow
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
    wanted = _newton(SHARE, [STEP]).vm_pu.min()
    assert found["simulate"]["min_voltage_pu"] == pytest.approx(wanted, abs=1e-6)
    assert found["simulate"]["min_voltage_pu"] < found["without"]["min_voltage_pu"] - 0.005


@pytest.mark.parametrize("study", toy.COUNTING)
def test_how_many_there_may_be_is_asked_by_form_link_api_and_command_alike(found: Any, study: str) -> None:
    told = found["over"][study]
    assert told["api"] == told["link"] == told["command"]
    assert (told["api"]["over"], told["api"]["pv_adoption"]) == ("ev", 0.2)
    customers = len(all_feeders()["feeder_00"].customers)
    assert told["api"]["ev_potential_kw"] == pytest.approx(customers * toy.CHARGER_KW)
    assert told["choices"] == [["pv", ""], ["battery", ""], ["ev", " selected"]]
    assert told["hidden"] == ["ev_adoption"]
    assert ("EV charger potential kW" if study == "monte-carlo" else "EV chargers") in told["sentence"]
    assert "PV potential" not in told["sentence"]
    assert "Sweep" in told["tabs"]


def test_the_page_of_places_adds_one_of_it(found: Any) -> None:
    assert "what one more EV charger may add at each bus" in found["places"]
    assert "the EV charger follows the EV charger profile, the load is constant" in found["places"]
    assert "plant" not in found["places"]


def test_at_its_capacity_newton_raphson_s_voltages_reach_the_lower_limit(found: Any) -> None:
    told, steps = found["over"]["sweep"]["api"], (74, 79)
    low_pu, beyond = told["limits"]["vm_min_pu"], told["beyond_potential"]
    at, above = (_newton(beyond["hosting_capacity"] + more, steps).vm_pu for more in (0.0, 0.001))
    bound = beyond["binding"]
    assert (bound["kind"], bound["step"]) == ("undervoltage", steps[above.min(axis=1).argmin()])
    assert above.min() < low_pu <= at.min()


def _newton(share: float, steps: Sequence[int]) -> PowerFlow:
    """Solve quarter-hours of feeder_00 with 20 % PV and a share of chargers, which all draw."""
    feeder = all_feeders()["feeder_00"]
    p_kw, q_kvar = map(np.asarray, slow.injections(feeder, read_profiles(), 0.2, 0.0, steps))
    chargers_kw = np.bincount(_ports(feeder)) * toy.CHARGER_KW * share
    tangent = np.tan(np.arccos(toy.POWER_FACTOR))
    return solve_newton(feeder, p_kw - chargers_kw, q_kvar - chargers_kw * tangent)


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


def test_the_day_why_and_the_files_tell_it_apart(found: Any) -> None:
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
