"""A toy technology, registered here and nowhere else: run by a test in a process of its own.

Every customer may have a charger of 4 kW, which draws at power factor 0.98 from 18:00 to 22:00. It
prints JSON: what a person, a program and a terminal find of it.
"""

import io
import json
import os
import re
from html import unescape
from typing import Any

import numpy as np

CHARGER_KW, FROM, TO, POWER_FACTOR = 4.0, 72, 88, 0.98
COUNTING = ("sweep", "standards", "monte-carlo", "measures")  # how many there may be


def register_chargers() -> None:
    """Add chargers to the technologies, as a module of its own would."""
    from simulator.technologies.registry import register
    from simulator.technologies.technology import Technology

    drawn = np.zeros(96)
    drawn[FROM:TO] = -1.0
    register(
        Technology(
            key="ev",
            label="EV charger",
            unit="kW",
            size=lambda feeder, _: np.full(len(feeder.customers), CHARGER_KW),
            plural="EV chargers",
            profile=lambda _: drawn,
            power_factor=lambda feeder: np.full(len(feeder.customers), POWER_FACTOR),
        )
    )


def words(page: str) -> str:
    """Return a page's words."""
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def found_of_it() -> dict[str, Any]:
    """Return what the site, its API and its commands tell of a question with chargers."""
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("load_feeders", stdout=io.StringIO())
    client, place = Client(SERVER_NAME="localhost"), "/feeders/feeder_00"
    query = "?pv_adoption=0.2&ev_adoption=0.5&time=19:00"
    body = {"feeder_id": "feeder_00", "pv_adoption": 0.2, "battery_adoption": 0.0, "ev_adoption": 0.5}

    def post(route: str, **more: Any) -> Any:
        response = client.post(f"/api/{route}", {**body, **more}, "application/json")
        return response.json() if response.status_code == 200 else response.content.decode()

    def text(address: str) -> str:
        return client.get(f"{place}{address}{query}").content.decode()

    def printed(command: str, *options: str) -> Any:
        out = io.StringIO()
        call_command(command, "feeder_00", "--pv=0.2", *options, "--json", stdout=out)
        return json.loads(out.getvalue())

    def counted(study: str) -> dict[str, Any]:
        asked: dict[str, Any] = {"over": "ev", "pv_adoption": 0.2, "battery_adoption": 0.0}
        chance, more = study == "monte-carlo", {"placements": 60}
        asked_on_pages = asked | (more if chance else {"times": "18:30,19:45"})
        page = client.get(f"{place}/{study}/", asked_on_pages).content.decode()
        (link,) = re.findall(rf'href="([^"]*/{study}\.json[^"]*)"', page)
        options = ["--placements=60"] if chance else ["--times=18:30,19:45"]
        body = {"feeder_id": "feeder_00", **asked, **(more if chance else {"steps": [74, 79]})}
        return {
            "api": client.post(f"/api/{study}", body, "application/json").json(),
            "link": client.get(unescape(link)).json(),
            "command": printed(study.replace("-", "_"), "--over=ev", *options),
            "choices": re.findall(r'<option value="(pv|battery|ev)"( selected)?>', page),
            "hidden": re.findall(r'<div class="field field-(\w+)" hidden>', page),
            "sentence": words(page),
            "tabs": re.findall(r"<li><a href=[^>]*>([^<]*)</a></li>", page),
        }

    page, described = text("/"), client.get("/api/openapi.json").json()["components"]["schemas"]
    return {
        "simulate": post("simulate", step=76),
        "without": post("simulate", step=76, ev_adoption=0.0),
        "day": post("day"),
        "why": post("why", step=76, when="time"),
        "sweep": client.post(
            "/api/sweep", {"feeder_id": "feeder_00", "ev_adoption": 0.5}, "application/json"
        ).json(),
        "command": printed("simulate", "--ev=0.5", "--time=19:00"),
        "taken": sorted(described["SimulateIn"]["properties"]),
        "given": sorted(described["SimulateOut"]["properties"]),
        "field": re.findall(r'<label for="id_ev_adoption">([^<]*)', page),
        "sentence": words(page),
        "link": "ev_adoption=0.5" in re.findall(r'href="([^"]*run\.csv[^"]*)"', page)[0],
        "run_csv": text("/run.csv"),
        "day_csv": text("/day.csv"),
        "why_csv": text("/why.csv"),
        "compare": client.get(f"/compare.json{query}&feeders=feeder_00").json(),
        "places": words(client.get(f"{place}/nodes/?over=ev&when=day").content.decode()),
        "over": {study: counted(study) for study in COUNTING},
        "compare_page": client.get(f"/compare/{query}&feeders=feeder_00").content.decode(),
    }


if __name__ == "__main__":
    register_chargers()
    os.environ["DJANGO_SETTINGS_MODULE"] = "lvtwin_site.settings"
    import django

    django.setup()
    print(json.dumps(found_of_it()))
