"""The site's addresses: every page, and beside it the same answer as a file."""

from django.templatetags.static import static
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from simulator.web.api.routes import api
from simulator.web.studies import STUDIES
from simulator.web.views.compare import compare
from simulator.web.views.feeders import feeders
from simulator.web.views.health import healthz, metrics
from simulator.web.views.help import help_page
from simulator.web.views.network import network
from simulator.web.views.run import run
from simulator.web.views.study import study

FILE = "(?P<kind>csv|pdf|json)"
MAP_FILE = "(?P<kind>csv|pdf|json|geojson)"
FEEDER = "feeders/(?P<feeder_id>[^/]+)"


def _study_file(name: str, kinds: str) -> URLPattern:
    """Return the address of a study's answer as a file."""
    return re_path(rf"^{FEEDER}/{name}\.{kinds}$", study, {"name": name}, name=f"{name}-file")


urlpatterns = [
    path("", feeders, name="feeders"),
    re_path(f"^feeders\\.{MAP_FILE}$", feeders, name="feeders-file"),
    path("feeders/<str:feeder_id>/", run, name="run"),
    re_path(f"^{FEEDER}/run\\.{FILE}$", run, name="run-file"),
    *(path(f"feeders/<str:feeder_id>/{name}/", study, {"name": name}, name=name) for name in STUDIES),
    *(_study_file(name, MAP_FILE if each.geojson else FILE) for name, each in STUDIES.items()),
    path("feeders/<str:feeder_id>/network/", network, name="network"),
    re_path(f"^{FEEDER}/network\\.{MAP_FILE}$", network, name="network-file"),
    path("compare/", compare, name="compare"),
    re_path(f"^compare\\.{FILE}$", compare, name="compare-file"),
    path("help/", help_page, name="help"),
    re_path(f"^help\\.{FILE}$", help_page, name="help-file"),
    path("api/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    # the admin and the API's pages name no icon, so browsers ask here
    path("favicon.ico", RedirectView.as_view(url=static("img/icon.svg"))),
]
