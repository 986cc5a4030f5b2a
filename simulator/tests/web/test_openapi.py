"""OpenAPI: valid, served with pages that need no network, and kept by every answer."""

from contextlib import closing
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, assume, given, settings
from pytest_django import DjangoDbBlocker
from schemathesis import GenerationMode

from simulator.answers.declared import WHERE_TOLD
from simulator.questions.rare import rare_fields
from simulator.tests.studies.small import small_feeder
from simulator.tests.web.asking import post
from simulator.tests.web.conftest import read_json, store
from simulator.tests.web.html import Document, words
from simulator.web.pages.studies import STUDIES
from simulator.web.pages.study import Study

ROUTES = [
    ("GET", "/api/feeders"),
    ("POST", "/api/feeders"),
    ("POST", "/api/profiles/{feeder_id}"),
    ("GET", "/api/net/{feeder_id}"),
    ("GET", "/api/import-log/{feeder_id}"),
    ("POST", "/api/simulate"),
    ("POST", "/api/day"),
    ("POST", "/api/sweep"),
    ("POST", "/api/standards"),
    ("POST", "/api/monte-carlo"),
    ("POST", "/api/nodes"),
    ("POST", "/api/why"),
    ("POST", "/api/measures"),
    ("GET", "/api/metrics"),
]


@pytest.fixture(scope="module")
def openapi(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """The API as its own description tells it, called in this process."""
    with django_db_blocker.unblock():
        return schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())


def test_the_description_is_valid_openapi(openapi: Any) -> None:
    openapi.validate()
    assert openapi.raw_schema["openapi"].startswith("3.1")


def test_it_describes_the_routes_and_every_field_of_what_they_take(openapi: Any) -> None:
    routes = {(method.upper(), path) for path, item in openapi.raw_schema["paths"].items() for method in item}
    assert routes == set(ROUTES)
    schemas = openapi.raw_schema["components"]["schemas"]
    assert set(schemas["SimulateIn"]["required"]) == {"feeder_id", "pv_adoption", "battery_adoption"}
    assert schemas["SimulateIn"]["oneOf"] == [{"required": ["step"]}, {"required": ["hour"]}]
    assert schemas["SweepIn"]["not"] == {"required": ["steps", "hours"]}
    for told, old in (("SimulateIn", "hour"), ("SweepIn", "hours"), ("WhyOut", "hour"), ("DayOut", None)):
        deprecated = {name for name, kind in schemas[told]["properties"].items() if kind.get("deprecated")}
        assert deprecated == ({old} if old else set())
    assert schemas["SimulateIn"]["additionalProperties"] is False
    steps = schemas["SweepIn"]["properties"]["steps"]
    assert (steps["minItems"], steps["maxItems"]) == (1, 96)
    assert (steps["items"]["minimum"], steps["items"]["exclusiveMaximum"]) == (0, 96)
    pv = schemas["SimulateIn"]["properties"]["pv_adoption"]
    assert (pv["minimum"], pv["maximum"]) == (0, 1)


@pytest.mark.parametrize("study", [study for study in STUDIES.values() if study.body])
def test_it_describes_every_field_of_what_they_give(openapi: Any, study: Study[Any, Any]) -> None:
    described = openapi.raw_schema["components"]["schemas"][study.gives.__name__]
    assert list(described["properties"]) == list(study.gives.model_fields)
    rare = {"existing_pv_kwp", *(each.key for each in rare_fields())}
    rare |= {name for name, field in study.gives.model_fields.items() if WHERE_TOLD in field.metadata}
    assert set(described["required"]) >= set(study.gives.model_fields) - rare


def test_answers_without_a_solution_have_every_required_field(openapi: Any, client: Client) -> None:
    store(small_feeder({"bus": "bus_2", "peak_kw": 900.0}, length_km=0.6))
    schemas = openapi.raw_schema["components"]["schemas"]
    for route, gives in (("simulate", "SimulateOut"), ("day", "DayOut"), ("why", "WhyOut")):
        needs = {"battery_adoption": 0.0, "step": 48} if route == "simulate" else {}
        answer: Any = read_json(post(client, route, {"feeder_id": "small", "pv_adoption": 0.0, **needs}))
        assert set(answer) == set(schemas[gives]["required"])
        assert not answer["converged"]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_answer_keeps_to_the_description(
    openapi: Any, method: str, path: str, mode: GenerationMode
) -> None:
    """Ask as the description allows, and as it forbids: the answer must be one that it tells of."""
    operation = openapi[path][method]
    if mode is GenerationMode.NEGATIVE and not operation.body:
        return  # a GET has nothing that can be of a wrong type

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:
        assume(mode is GenerationMode.NEGATIVE or not _whole_floats(case.body))
        answer = case.call_and_validate()
        assert mode is GenerationMode.POSITIVE or 400 <= answer.status_code < 500

    ask()


def _whole_floats(body: object) -> bool:
    """Tell whether a body says 48.0 for a whole number: an integer to JSON Schema, a wrong type to us."""
    if not isinstance(body, dict):
        return False
    numbers = [body.get(name) for name in ("step", "hour", "placements", "seed")]
    numbers += [*body.get("steps", []), *body.get("hours", [])]
    return any(isinstance(number, float) for number in numbers)


def test_answers_to_known_feeders_keep_to_the_description(openapi: Any) -> None:
    """Random words are no feeder: these are, so that the answers of 200 are held against it as well."""
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("/api/simulate", {"pv_adoption": 0.9, "battery_adoption": 0.5, "step": 48, "limits": "vde_4105"}),
        ("/api/simulate", {"pv_adoption": 0, "battery_adoption": 0, "step": 0}),
        ("/api/day", {"pv_adoption": 0.9, "battery_adoption": 0.5, "limits": "vde_4105"}),
        ("/api/day", {"pv_adoption": 0}),
        ("/api/nodes", {"pv_adoption": 0.9, "battery_adoption": 0.5, "step": 48, "limits": "vde_4105"}),
        ("/api/nodes", {"pv_adoption": 0, "step": 74, "when": "day"}),
        ("/api/why", {"pv_adoption": 0.9, "battery_adoption": 0.5, "limits": "vde_4105"}),
        ("/api/why", {"pv_adoption": 0, "step": 74, "when": "time", "bus": "bus_7"}),
        ("/api/measures", {"steps": [28, 48, 74]}),
        ("/api/measures", {"steps": [48], "battery_adoption": 0.6, "limits": "vde_4105"}),
        ("/api/sweep", {"steps": [48]}),
        ("/api/sweep", {"steps": list(range(96)), "battery_adoption": 1, "limits": "uk"}),
        ("/api/standards", {"steps": [48]}),
        ("/api/monte-carlo", {"placements": 3, "quarter_hours": "all", "limits": "vde_4105"}),
        ("/api/monte-carlo", {"placements": 60, "seed": 5, "battery_adoption": 0.3}),
        ("/api/standards", {"steps": [28, 74], "own": {"vm_min_pu": 0.92, "vm_max_pu": 1.08}}),
    ]
    for path, body in bodies:
        for feeder in ("feeder_00", "feeder_09", "feeder_11"):
            case = openapi[path]["POST"].Case(
                body={"feeder_id": feeder, **body}, media_type="application/json"
            )
            assert case.call_and_validate().status_code == 200
    case = openapi["/api/net/{feeder_id}"]["GET"].Case(path_parameters={"feeder_id": "feeder_00"})
    assert case.call_and_validate().status_code == 200


def test_the_docs_page_opens_and_names_no_other_host(client: Client) -> None:
    answer = client.get("/api/docs")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "http://" not in html.replace("http://testserver", "")
    assert "https://" not in html
    assert "//" not in html.replace("http://testserver", "").replace("<!--", "")
    document = Document(html)
    assert words(next(document.tree.iter("title"))) == "LV Mini Twin"
    sources = [e.attrib["src"] for e in document.tree.iter("script") if "src" in e.attrib]
    sources += [e.attrib["href"] for e in document.tree.iter("link")]
    assert sources
    for source in sources:
        assert source.startswith("/static/")
        with closing(client.get(source)) as answer:
            assert answer.status_code == 200, source


def test_the_description_is_json_and_names_no_host(client: Client) -> None:
    data: Any = read_json(client.get("/api/openapi.json"))
    assert data["info"]["title"] == "LV Mini Twin"
    assert all("http" not in server.get("url", "") for server in data.get("servers", []))


def test_the_description_tells_nothing_of_how_a_route_is_programmed(client: Client) -> None:
    paths: Any = read_json(client.get("/api/openapi.json"))
    told = [ask.get("description", "") for route in paths["paths"].values() for ask in route.values()]
    assert len(told) > 10
    assert not [text for text in told if "Raises:" in text or "progress" in text]
