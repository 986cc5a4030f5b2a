"""The site's addresses: every page, and beside it the same answer as a file."""

import re

from django.templatetags.static import static
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from simulator.web.api.routes import api
from simulator.web.feeders.export import export
from simulator.web.feeders.exports import EXPORTS
from simulator.web.feeders.import_views import import_log, import_page, import_review
from simulator.web.feeders.mine import delete_feeder, edit_feeder, mine
from simulator.web.feeders.potential import potential
from simulator.web.feeders.profile_look import profile_look
from simulator.web.feeders.profiles import delete_profile, profile_file, profiles
from simulator.web.pages.compare_view import compare
from simulator.web.pages.feeders_view import feeders
from simulator.web.pages.help_view import help_page
from simulator.web.pages.studies import STUDIES
from simulator.web.pages.study_view import study
from simulator.web.people.account import account, withdraw_token
from simulator.web.people.accounts import SignIn, SignOut
from simulator.web.scenarios.save import save
from simulator.web.scenarios.scenario import delete, duplicate, edit, scenario, share, shared
from simulator.web.scenarios.scenarios import compare_scenarios, scenarios
from simulator.web.site.health import healthz, metrics

FILE = "(?P<kind>csv|pdf|json)"
MAP_FILE = "(?P<kind>csv|pdf|json|geojson)"
KIND = "(?P<kind>load|pv)"
FEEDER = "feeders/(?P<feeder_id>[^/]+)"


def _study_file(name: str, kinds: str) -> URLPattern:
    """Return the address of a study's answer as a file."""
    return re_path(rf"^{FEEDER}/{name}\.{kinds}$", study, {"name": name}, name=f"{name}-file")


urlpatterns = [
    path("", feeders, name="feeders"),
    re_path(f"^feeders\\.{MAP_FILE}$", feeders, name="feeders-file"),
    path("feeders/<str:feeder_id>/guidance/", study, {"name": "run", "whole": True}, name="guidance"),
    *(
        path(f"feeders/<str:feeder_id>/{each.path}", study, {"name": name}, name=name)
        for name, each in STUDIES.items()
    ),
    *(_study_file(name, MAP_FILE if each.geojson else FILE) for name, each in STUDIES.items()),
    re_path(rf"^{FEEDER}/export/(?P<kind>{'|'.join(map(re.escape, EXPORTS))})$", export, name="export"),
    path("feeders/<str:feeder_id>/profiles/", profiles, name="profiles"),
    path("feeders/<str:feeder_id>/profiles/look/", profile_look, name="profile-look"),
    re_path(rf"^{FEEDER}/profiles/{KIND}\.csv$", profile_file, name="profile-file"),
    re_path(rf"^{FEEDER}/profiles/{KIND}/delete/$", delete_profile, name="profile-delete"),
    path("feeders/<str:feeder_id>/edit/", edit_feeder, name="feeder-edit"),
    path("feeders/<str:feeder_id>/potential/", potential, name="feeder-potential"),
    path("feeders/<str:feeder_id>/import-log/", import_log, name="import-log"),
    path("feeders/<str:feeder_id>/delete/", delete_feeder, name="feeder-delete"),
    path("mine/", mine, name="mine"),
    path("import/", import_page, name="import"),
    path("import/<int:pk>/", import_review, name="import-review"),
    path("account/", account, name="account"),
    path("account/tokens/<int:pk>/withdraw/", withdraw_token, name="token-withdraw"),
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", SignOut.as_view(), name="logout"),
    path("compare/", compare, name="compare"),
    re_path(f"^compare\\.{FILE}$", compare, name="compare-file"),
    path("feeders/<str:feeder_id>/<str:name>/save/", save, name="save"),
    path("scenarios/", scenarios, name="scenarios"),
    re_path(rf"^scenarios\.{FILE}$", scenarios, name="scenarios-file"),
    path("scenarios/compare/", compare_scenarios, name="compare-scenarios"),
    re_path(rf"^scenarios/compare\.{FILE}$", compare_scenarios, name="compare-scenarios-file"),
    path("scenarios/<int:pk>/", scenario, name="scenario"),
    re_path(rf"^scenarios/(?P<pk>[0-9]{{1,18}})\.{FILE}$", scenario, name="scenario-file"),
    path("scenarios/<int:pk>/edit/", edit, name="edit-scenario"),
    path("scenarios/<int:pk>/duplicate/", duplicate, name="duplicate-scenario"),
    path("scenarios/<int:pk>/share/", share, name="share-scenario"),
    path("scenarios/<int:pk>/delete/", delete, name="delete-scenario"),
    path("shared/<uuid:token>/", shared, name="shared"),
    path("help/", help_page, name="help"),
    re_path(f"^help\\.{FILE}$", help_page, name="help-file"),
    path("api/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    # the admin and the API's pages name no icon, so browsers ask here
    path("favicon.ico", RedirectView.as_view(url=static("img/icon.svg"))),
]
